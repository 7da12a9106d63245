package report_test

import (
	"fmt"
	"slices"
	"testing"
)

// kin are persons whom no figure tells apart: of the same groups in the same
// weeks.
type kin struct {
	size, takes int
	in          []int // facts
	fixed       bool  // the attacker knows it
}

// revealed is how many persons' habit follows from the facts. The strict
// attacker takes all weeks together; the other one each by itself.
func (c *city) revealed(t *testing.T, facts []fact, strict bool) int {
	t.Helper()
	if strict {
		return solve(t, c.kins(facts), facts)
	}
	all := 0
	for week := range c.shown {
		some := slices.DeleteFunc(slices.Clone(facts), func(f fact) bool { return f.week != week })
		all += solve(t, c.kins(some), some)
	}
	return all
}

func (c *city) kins(facts []fact) []*kin {
	byName := make(map[string]*kin)
	for id, takes := range c.habit {
		k := &kin{}
		for i, f := range facts {
			if c.there[f.week][id] && slices.Contains(f.groups, c.groups[f.week][id]) {
				k.in = append(k.in, i)
			}
		}
		if len(k.in) == 0 {
			continue // in no figure at all
		}
		name := fmt.Sprint(k.in)
		if id == c.known {
			name, k.fixed = "accomplice", true
		}
		if byName[name] == nil {
			byName[name] = k
		}
		byName[name].size++
		if takes {
			byName[name].takes++
		}
	}
	var all []*kin
	for _, name := range slices.Sorted(mapsKeys(byName)) {
		all = append(all, byName[name])
	}
	return all
}

func mapsKeys(m map[string]*kin) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// solve counts the persons of whom no other world than the true one is found.
func solve(t *testing.T, kins []*kin, facts []fact) int {
	t.Helper()
	sums := make([]int, len(facts))
	for _, k := range kins {
		for _, f := range k.in {
			sums[f] += k.takes
		}
	}
	for i, f := range facts {
		if sums[i] < f.low || sums[i] > f.high {
			t.Fatalf("the truth itself does not agree with a figure: %d in %+v", sums[i], f)
		}
	}
	change := func(k *kin, by int) {
		k.takes += by
		for _, f := range k.in {
			sums[f] += by
		}
	}
	agrees := func() bool {
		for i, f := range facts {
			if sums[i] < f.low || sums[i] > f.high {
				return false
			}
		}
		return true
	}
	can := func(k *kin, by int) bool { return !k.fixed && k.takes+by >= 0 && k.takes+by <= k.size }
	var search func(but *kin, deep int) bool
	search = func(but *kin, deep int) bool {
		if agrees() {
			return true
		}
		if deep == 0 {
			return false
		}
		for _, k := range kins {
			for _, by := range []int{1, -1} {
				if k == but || !can(k, by) {
					continue
				}
				change(k, by)
				found := search(but, deep-1)
				change(k, -by)
				if found {
					return true
				}
			}
		}
		return false
	}
	revealed := 0
	for _, k := range kins {
		if k.fixed || k.takes > 0 && k.takes < k.size {
			continue // any two of them may be exchanged
		}
		by := 1
		if k.takes > 0 {
			by = -1
		}
		change(k, by)
		if !search(k, 2) {
			revealed += k.size
		}
		change(k, -by)
	}
	return revealed
}
