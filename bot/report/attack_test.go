package report_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot/people"
	"praline/bot/report"
	"praline/records/recordstest"
	"praline/scheduler"
)

// The attacker of docs/figures.md knows everything but who takes part and what
// they answer: the roster with the day on which each came, left or was erased,
// how groups are made, how figures are rounded and within which bounds they are
// moved, and every figure that was ever published, of all managers. They do not
// know our secret. The strict one believes moreover that whoever takes part
// takes part each week as long as they are there; and each has an accomplice,
// of whom they know it.
//
// A person is revealed where all worlds that agree with every figure agree on
// whether that person takes part. The reference knows the true world, and looks
// for another one beside it in which the person does the opposite: by changing
// that person alone, or with one or two others.

// city is the true world.
type city struct {
	*village
	random  *rand.Rand
	reports *report.Reports
	store   *recordstest.Memory
	now     time.Time
	habit   map[string]bool // person: takes part
	skill   float64
	known   string              // the accomplice
	there   []map[string]bool   // week: persons who could be counted
	groups  []map[string]string // week: person to group, by its teams
	sizes   []map[string]int
	shown   []report.Published
}

const (
	attackWeeks    = 6
	questionsAWeek = 4
)

func newCity(seed uint64) *city {
	c := &city{village: newVillage(), random: rand.New(rand.NewPCG(seed, 99)), store: &recordstest.Memory{}, now: monday, habit: make(map[string]bool)}
	c.reports = c.village.reports(c.store, monday)
	c.reports.Secret = fmt.Appendf(nil, "secret %d", seed)
	c.reports.Now = func() time.Time { return c.now }
	c.skill = []float64{0.03, 0.5, 0.8, 0.98, 1}[c.random.IntN(5)]
	for i := range 1 + c.random.IntN(5) {
		c.teams = append(c.teams, people.Team{ID: fmt.Sprint("t", i)})
		for range 1 + c.random.IntN(14) {
			c.joins(i)
		}
	}
	for i := range c.random.IntN(3) { // managers look at the same people through other filters
		teams := []string{}
		for _, t := range c.teams {
			if c.random.IntN(2) == 0 {
				teams = append(teams, t.ID)
			}
		}
		c.persons = append(c.persons, people.Person{ID: fmt.Sprint("manager-", i), Roles: []people.Role{people.Manager}, Manages: teams})
	}
	c.known = c.persons[c.random.IntN(len(c.persons))].ID
	return c
}

func (c *city) joins(team int) {
	name := fmt.Sprintf("a%03d", len(c.persons))
	c.comes(name, c.teams[team].ID)
	c.habit["p-"+name] = c.random.IntN(4) > 0
}

// come is who joins before a week.
func (c *city) come() {
	for range c.random.IntN(3) {
		c.joins(c.random.IntN(len(c.teams)))
	}
}

// leave is who leaves, or erases what they learned, when a week is over and not
// yet published.
func (c *city) leave(t *testing.T) {
	t.Helper()
	for range c.random.IntN(3) {
		p := &c.persons[c.random.IntN(len(c.persons))]
		if p.Learner == "" {
			continue
		}
		if c.random.IntN(2) == 0 {
			p.Left = c.now
		} else {
			delete(c.learners, p.Learner)
			delete(c.logs, p.Learner)
			if err := c.reports.Forget(t.Context(), org, p.Learner); err != nil {
				t.Fatal(err)
			}
		}
		p.Learner = ""
	}
}

// week lets everybody live a week, and publishes it.
func (c *city) week(t *testing.T, n int) {
	t.Helper()
	week := monday.AddDate(0, 0, 7*n)
	if n > 0 {
		c.come()
	}
	for _, p := range c.persons {
		if c.habit[p.ID] && p.Learner != "" {
			for q := range questionsAWeek {
				score := 0.0
				if c.random.Float64() < c.skill {
					score = 1
				}
				c.answers(p.Learner, fmt.Sprint("q", n, "-", q), week, 1, score, 0)
			}
		}
	}
	c.now = week.AddDate(0, 0, 7)
	if n > 0 {
		c.leave(t)
	}
	must[report.Folded](t)(c.reports.Fold(t.Context(), org))
	p := must[report.Published](t)(c.reports.Publish(t.Context(), org, scheduler.DateOf(week, time.UTC)))
	again := must[report.Published](t)(c.reports.Publish(t.Context(), org, scheduler.DateOf(week, time.UTC)))
	if fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", p) {
		t.Fatal("a published figure changed")
	}
	c.shown = append(c.shown, p)
	c.note(t, p)
}

// note keeps who was in which group: those of the first week of the period that
// showed something, or of this one.
func (c *city) note(t *testing.T, p report.Published) {
	t.Helper()
	there, of, sizes := make(map[string]bool), make(map[string]string), make(map[string]int)
	for id, g := range must[map[string]int](t)(c.reports.Members(t.Context(), org, p.Since)) {
		of[id] = rowName(p.Rows[g])
	}
	for _, person := range c.persons {
		if of[person.ID] != "" && person.Learner != "" {
			there[person.ID] = true
			sizes[of[person.ID]]++
		}
	}
	c.there, c.groups, c.sizes = append(c.there, there), append(c.groups, of), append(c.sizes, sizes)
}

func rowName(r report.Row) string {
	var ids []string
	for _, t := range r.Teams {
		ids = append(ids, t.ID)
	}
	return strings.Join(ids, "+") + "."
}

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

func TestAThousandAttacksRevealNobody(t *testing.T) {
	t.Parallel()
	attacks := 1000
	if testing.Short() {
		attacks = 50
	}
	weekly, strict, naive, shown, persons := 0, 0, 0, 0, 0
	for seed := range attacks {
		c := newCity(uint64(seed))
		for n := range attackWeeks {
			c.week(t, n)
		}
		facts := c.facts()
		for _, p := range c.shown {
			for _, row := range p.Rows {
				if row.Withheld == "" {
					shown++
				}
			}
		}
		persons += len(c.habit)
		if n := c.revealed(t, facts, false); n > 0 {
			t.Errorf("attack %d: %d persons revealed by figures of one week", seed, n)
			weekly += n
		}
		if n := c.revealed(t, facts, true); n > 0 {
			t.Errorf("attack %d: %d persons revealed to who believes in habits", seed, n)
			strict += n
		}
		naive += c.revealed(t, c.exactly(), true)
	}
	t.Logf("%d attacks on %d persons, %d rows shown: %d revealed by a week, %d by all weeks; exact figures would reveal %d", attacks, persons, shown, weekly, strict, naive)
	if naive == 0 || shown == 0 {
		t.Error("the attack would find nobody anyway")
	}
}
