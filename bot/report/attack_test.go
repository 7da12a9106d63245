package report_test

import (
	"fmt"
	"math/rand/v2"
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
	random    *rand.Rand
	reports   *report.Reports
	store     *recordstest.Memory
	now       time.Time
	habit     map[string]bool // person: takes part
	questions int
	skill     float64
	known     string              // the accomplice
	there     []map[string]bool   // week: persons who could be counted
	groups    []map[string]string // week: person to group, by its teams
	sizes     []map[string]int
	shown     []report.Published
}

const attackWeeks = 6

// newCity is a city in which whoever takes part answers so many questions a week.
func newCity(seed uint64, questions int) *city {
	c := &city{village: newVillage(), random: rand.New(rand.NewPCG(seed, 99)), store: &recordstest.Memory{}, now: monday, habit: make(map[string]bool), questions: questions}
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
			for q := range c.questions {
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

func TestAThousandAttacksRevealNobody(t *testing.T) {
	t.Parallel()
	attacks := 1000
	if raced {
		attacks = 100
	}
	if testing.Short() {
		attacks = 50
	}
	weekly, strict, naive, shown, persons := 0, 0, 0, 0, 0
	for seed := range attacks {
		c := newCity(uint64(seed), 1)
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
