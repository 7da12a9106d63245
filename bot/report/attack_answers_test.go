package report_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"praline/bot/people"
	"praline/bot/report"
)

// Here the attacker even knows who takes part, and how many questions each met:
// only not which of their answers were right. Each answer is one unknown, and
// revealed where all worlds agree on it.

// card is one answer that nobody should learn of.
type card struct {
	person string
	week   int
}

// answered is, for each answer that was given, whether the question is known.
func (c *city) cards() map[card][2]int {
	all := make(map[card][2]int) // met, known
	for _, p := range c.persons {
		for _, a := range c.logs[p.Learner] {
			week := int(a.At.Sub(monday).Hours() / 24 / 7)
			n := all[card{p.ID, week}]
			n[0]++
			if a.Score >= 1 {
				n[1]++
			}
			all[card{p.ID, week}] = n
		}
	}
	return all
}

// shares are what the figures of known questions say.
func (c *city) shares(cards []map[card][2]int) (facts []fact, kins []*kin) {
	byName := make(map[string]*kin)
	in := make(map[card][]int)
	truths := make(map[card][2]int)
	for n, p := range c.shown {
		tell := func(row report.Row, groups []string) {
			if row.Withheld != "" || row.Known == report.NotShown {
				return
			}
			all, i := 0, len(facts)
			for which, met := range cards[n] {
				if c.there[n][which.person] && c.habit[which.person] && slices.Contains(groups, c.groups[n][which.person]) {
					all += met[0]
					in[which] = append(in[which], i)
					truths[which] = met
				}
			}
			low, high := float64(row.Known-1)/10*float64(all), float64(row.Known+1)/10*float64(all)
			f := fact{n, groups, int(math.Ceil(low - 1e-9)), int(math.Floor(high + 1e-9))}
			switch row.Known {
			case 0:
				f.low, f.high = 0, int(math.Ceil(high-1e-9))-1
			case 10:
				f.low, f.high = int(math.Floor(low+1e-9))+1, all
			}
			facts = append(facts, f)
		}
		var names []string
		for _, row := range p.Rows {
			names = append(names, rowName(row))
			tell(row, names[len(names)-1:])
		}
		for _, v := range p.Views {
			var groups []string
			for i, row := range p.Rows {
				if len(v.Teams) == 0 || slices.ContainsFunc(row.Teams, func(t people.Team) bool { return slices.Contains(v.Teams, t.ID) }) {
					groups = append(groups, names[i])
				}
			}
			tell(v.Row, groups)
		}
	}
	for which, facts := range in {
		name := fmt.Sprint(facts)
		if byName[name] == nil {
			byName[name] = &kin{in: facts}
		}
		byName[name].size += truths[which][0]
		byName[name].takes += truths[which][1]
	}
	for _, name := range slices.SortedFunc(maps.Keys(byName), strings.Compare) {
		kins = append(kins, byName[name])
	}
	return facts, kins
}

func TestNobodysAnswersAreRevealed(t *testing.T) {
	t.Parallel()
	attacks := 400
	if raced {
		attacks = 40
	}
	if testing.Short() {
		attacks = 40
	}
	shown := 0
	for seed := range attacks {
		c := newCity(uint64(5000+seed), 4)
		var cards []map[card][2]int
		for n := range attackWeeks {
			c.week(t, n)
			cards = append(cards, c.cards())
		}
		facts, kins := c.shares(cards)
		shown += len(facts)
		if n := solve(t, kins, facts); n > 0 {
			t.Errorf("attack %d: %d answers revealed", seed, n)
		}
	}
	t.Logf("%d attacks on %d shares", attacks, shown)
	if shown == 0 {
		t.Error("no share was shown at all")
	}
}
