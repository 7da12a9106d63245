package report

import "slices"

// suppressed is what of rows and views is not shown, and why; "" is shown.
type suppressed struct {
	rows, views []Withheld
}

// suppress withholds what is of too few people, and what would give them away:
// in a view that is shown together, those of its groups that are not shown are
// what is left when the shown ones are taken from it. So they must be people
// enough together; else the smallest other group of it is withheld too. And
// where what is left in one view is part of what is left in another, the
// difference must be enough as well; else the narrower view is withheld.
func suppress(v veil, all []group, cells []*cell, views [][]string) suppressed {
	s := suppressed{make([]Withheld, len(all)), make([]Withheld, len(views))}
	for i, c := range cells {
		if !v.enough(c) {
			s.rows[i] = Few
		}
	}
	for i, teams := range views {
		if !v.enough(union(cells, within(all, teams))) {
			s.views[i] = Few
		}
	}
	for s.widen(v, all, cells, views) || s.narrow(v, all, cells, views) {
		continue // what was withheld may give away something else
	}
	return s
}

// left are the groups of a view that are not shown.
func (s suppressed) left(all []group, teams []string) []int {
	return slices.DeleteFunc(within(all, teams), func(g int) bool { return s.rows[g] == "" })
}

// widen withholds one group more where what is left of a view is too few; false
// where nothing was to be done.
func (s suppressed) widen(v veil, all []group, cells []*cell, views [][]string) bool {
	for i, teams := range views {
		left := s.left(all, teams)
		if s.views[i] != "" || len(left) == 0 || v.enough(union(cells, left)) {
			continue
		}
		smallest := -1
		for _, g := range within(all, teams) {
			if s.rows[g] == "" && (smallest < 0 || cells[g].size < cells[smallest].size) {
				smallest = g
			}
		}
		if smallest >= 0 {
			s.rows[smallest] = Guess
			return true
		}
	}
	return false
}

// narrow withholds a view where what is left in it, taken from what is left in
// another, leaves too few.
func (s suppressed) narrow(v veil, all []group, cells []*cell, views [][]string) bool {
	for i, teams := range views {
		left := s.left(all, teams)
		if s.views[i] != "" || len(left) == 0 || len(teams) == 0 {
			continue
		}
		for j := range views {
			wider := s.left(all, views[j])
			if s.views[j] != "" || len(wider) <= len(left) || slices.ContainsFunc(left, func(g int) bool { return !slices.Contains(wider, g) }) {
				continue
			}
			rest := slices.DeleteFunc(slices.Clone(wider), func(g int) bool { return slices.Contains(left, g) })
			if !v.enough(union(cells, rest)) {
				s.views[i] = Guess
				return true
			}
		}
	}
	return false
}
