package report_test

import (
	"slices"

	"praline/bot/people"
	"praline/bot/report"
)

// fact is what a figure says: how many of some groups of a week took part.
type fact struct {
	week      int
	groups    []string
	low, high int
}

// facts are what the attacker reads.
func (c *city) facts() []fact {
	var all []fact
	for n, p := range c.shown {
		var names []string
		for _, row := range p.Rows {
			names = append(names, rowName(row))
			all = append(all, c.reads(n, row, names[len(names)-1:]))
		}
		for _, v := range p.Views {
			var in []string
			for i, row := range p.Rows {
				if len(v.Teams) == 0 || slices.ContainsFunc(row.Teams, func(t people.Team) bool { return slices.Contains(v.Teams, t.ID) }) {
					in = append(in, names[i])
				}
			}
			all = append(all, c.reads(n, v.Row, in))
			all = append(all, c.leftOver(n, p, v, in, names)...)
		}
	}
	return all
}

func (c *city) reads(week int, row report.Row, groups []string) fact {
	size := 0
	for _, g := range groups {
		size += c.sizes[week][g]
	}
	f := fact{week, slices.Clone(groups), 0, size}
	switch {
	case row.Withheld == report.Guess: // it was enough by itself
		f.low = 5
	case row.Withheld == report.Few && size >= 7:
		f.high = 9 // the highest threshold is ten
	case row.Withheld == "":
		f.low, f.high = max(5, row.People-7), min(size, row.People+7) // moved by five, rounded by two
	}
	return f
}

// leftOver is what a shown view says about its withheld groups: together they
// are enough; and before the last one was added to them they were not.
func (c *city) leftOver(week int, p report.Published, v report.View, in, names []string) []fact {
	if v.Withheld != "" {
		return nil
	}
	var left []string
	last, size := "", 0
	for i, row := range p.Rows {
		if !slices.Contains(in, names[i]) || row.Withheld == "" {
			continue
		}
		left = append(left, names[i])
		if row.Withheld == report.Guess && c.sizes[week][names[i]] > size { // the smallest was added first
			last, size = names[i], c.sizes[week][names[i]]
		}
	}
	if len(left) == 0 {
		return nil
	}
	all := []fact{{week, left, 5, 1000}}
	if before := slices.DeleteFunc(slices.Clone(left), func(g string) bool { return g == last }); last != "" && len(p.Views) == 1 && len(before) > 0 {
		if total := c.reads(week, report.Row{Withheld: report.Few}, before); total.high == 9 {
			all = append(all, total)
		}
	}
	return all
}

// exactly is what the attacker would read if figures were neither moved nor
// rounded and five were the only rule.
func (c *city) exactly() []fact {
	all := c.facts()
	for i := range all {
		n := 0
		for _, g := range all[i].groups {
			for id, of := range c.groups[all[i].week] {
				if of == g && c.there[all[i].week][id] && c.habit[id] {
					n++
				}
			}
		}
		if n >= 5 {
			all[i].low, all[i].high = n, n
		}
	}
	return all
}
