package report_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/bot/people"
	"praline/bot/report"
	"praline/records"
	"praline/records/recordstest"
	"praline/scheduler"
)

var week = scheduler.DateOf(monday, time.UTC)

// town has teams of some sizes, so many of each took part, and a manager of all.
func town(sizes, takePart []int) *village {
	v := newVillage()
	for i, n := range sizes {
		team := fmt.Sprint("t", i)
		v.teams = append(v.teams, people.Team{ID: team, Names: map[string]string{"fr": "Équipe " + team, "nl": "Team " + team}})
		for k := range n {
			who := v.comes(fmt.Sprintf("%s-%03d", team, k), team)
			if k < takePart[i] {
				for q := range 5 {
					v.answers(who, fmt.Sprint("q", q), monday, 1, float64((q+k)%5&1^1), 0)
				}
			}
		}
	}
	manages := []string{}
	for _, t := range v.teams {
		manages = append(manages, t.ID)
	}
	v.persons = append(v.persons, people.Person{ID: "els", Team: "t0", Roles: []people.Role{people.Manager}, Manages: manages})
	return v
}

func published(t *testing.T, v *village) (*report.Reports, *recordstest.Memory, report.Published) {
	t.Helper()
	store := &recordstest.Memory{}
	r := v.reports(store, monday.AddDate(0, 0, 7))
	must[report.Folded](t)(r.Fold(t.Context(), org))
	return r, store, must[report.Published](t)(r.Publish(t.Context(), org, week))
}

func TestPublish(t *testing.T) {
	rows := []struct {
		label           string
		sizes, takePart []int
		groups          int
		shown           bool // anything
	}{
		{"an organisation of four", []int{4}, []int{4}, 1, false},
		{"of five, who all take part: each would be known to", []int{5}, []int{5}, 1, false},
		{"of thirty, four of whom take part", []int{30}, []int{4}, 1, false},
		{"of thirty", []int{30}, []int{22}, 1, true},
		{"teams of three, four and twenty are groups of seven and twenty", []int{3, 4, 20}, []int{3, 4, 15}, 2, true},
		{"three teams of two are one group", []int{2, 2, 2}, []int{2, 2, 2}, 1, false},
		{"nobody takes part", []int{20, 20}, []int{0, 0}, 2, false},
	}
	for _, row := range rows {
		_, _, p := published(t, town(row.sizes, row.takePart))
		if len(p.Rows) != row.groups || (p.Views[0].Withheld == "") != row.shown {
			t.Errorf("%s: %+v", row.label, p)
		}
	}
}

func TestASmallGroupCannotBeTakenFromTheWhole(t *testing.T) {
	_, _, p := published(t, town([]int{40, 30, 9, 12}, []int{30, 25, 2, 10}))
	reasons := map[report.Withheld]int{}
	for _, row := range p.Rows {
		reasons[row.Withheld]++
	}
	if reasons[report.Few] != 1 || reasons[report.Guess] != 1 || p.Views[0].Withheld != "" {
		t.Errorf("%v %+v", reasons, p.Views)
	}
}

func TestFiguresAreRoundedAndNearTheTruth(t *testing.T) {
	_, _, p := published(t, town([]int{60, 45, 80}, []int{50, 31, 77}))
	for i, truth := range []int{50, 31, 77} {
		row := p.Rows[i]
		if row.People%5 != 0 || row.People < truth-7 || row.People > truth+7 || row.Minutes%5 != 0 || row.Known < 3 || row.Known > 8 {
			t.Errorf("%d people: %+v", truth, row)
		}
	}
}

func TestAPublishedWeekStays(t *testing.T) {
	v := town([]int{30, 20}, []int{25, 15})
	r, _, first := published(t, v)
	for i := range 5 {
		delete(v.learners, v.persons[i].Learner)
		if err := r.Forget(t.Context(), org, v.persons[i].Learner); err != nil {
			t.Fatal(err)
		}
		v.persons[i].Learner = ""
	}
	v.persons = append(v.persons[:10], v.persons[12:]...)
	must[report.Folded](t)(r.Fold(t.Context(), org))
	if d := cmp.Diff(first, must[report.Published](t)(r.Publish(t.Context(), org, week))); d != "" {
		t.Error(d)
	}
	if _, err := r.Publish(t.Context(), org, week.AddDays(7)); err == nil {
		t.Error("a week that has not ended was published")
	}
	if _, err := r.Publish(t.Context(), org, week.AddDays(1)); err == nil {
		t.Error("a week from Tuesday was published")
	}
	if _, err := r.Digest(t.Context(), org, week.AddDays(-7), nil); !errors.Is(err, records.ErrNone) {
		t.Errorf("a week that nobody published: %v", err)
	}
}

func TestManyPublishAtOnce(t *testing.T) {
	v, store := town([]int{30, 20}, []int{25, 15}), &recordstest.Memory{}
	must[report.Folded](t)(v.reports(store, monday.AddDate(0, 0, 7)).Fold(t.Context(), org))
	var all sync.WaitGroup
	got := make([]report.Published, 8)
	for i := range got {
		all.Go(func() {
			var err error
			if got[i], err = v.reports(store, monday.AddDate(0, 0, 7)).Publish(t.Context(), org, week); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, p := range got[1:] {
		if d := cmp.Diff(got[0], p); d != "" {
			t.Error(d)
		}
	}
}

func TestWhoComesInAPeriodIsCountedFromTheNext(t *testing.T) {
	v := town([]int{30}, []int{25})
	r, _, first := published(t, v)
	v.comes("new", "t0")
	v.comes("new-team", "t9")
	next := monday.AddDate(0, 0, 7)
	for _, p := range v.persons {
		if p.Learner != "" {
			v.answers(p.Learner, "q9", next, 1, 1, 0)
		}
	}
	r.Now = func() time.Time { return next.AddDate(0, 0, 7) }
	must[report.Folded](t)(r.Fold(t.Context(), org))
	p := must[report.Published](t)(r.Publish(t.Context(), org, week.AddDays(7)))
	if p.Since == first.Since && len(p.Rows) != len(first.Rows) {
		t.Errorf("a group came in the middle of a period: %+v", p.Rows)
	}
}

func TestLearnersSeeTheManagersPage(t *testing.T) {
	v := town([]int{30, 40, 25}, []int{25, 35, 20})
	v.persons = append(v.persons, people.Person{ID: "bram", Team: "t1", Roles: []people.Role{people.Manager}, Manages: []string{"t1", "t0"}})
	r, _, _ := published(t, v)
	manager := must[report.Digest](t)(r.Digest(t.Context(), org, scheduler.Date{}, []string{"t0", "t1"}))
	learner := must[report.Digest](t)(r.Seen(t.Context(), org, "t1", scheduler.Date{}))
	if d := cmp.Diff(manager, learner); d != "" || len(manager.Rows) != 2 || manager.Nobody {
		t.Errorf("%+v\n%s", manager, d)
	}
	if d := must[report.Digest](t)(r.Seen(t.Context(), org, "t2", week)); len(d.Rows) < 3 || d.Nobody {
		t.Errorf("the other manager's page: %+v", d)
	}
	if d := must[report.Digest](t)(r.Digest(t.Context(), org, week, []string{"t2", "t1"})); d.Together.Withheld != report.TooNew || len(d.Rows) != 2 {
		t.Errorf("a filter that was not published: %+v", d)
	}
}

func TestOneThingToDo(t *testing.T) {
	rows := []struct {
		label    string
		v        *village
		promised map[string]int
		want     string
	}{
		{"too few", town([]int{4}, []int{4}), nil, report.TodoWait},
		{"no time is promised", town([]int{30}, []int{25}), nil, report.TodoPromise},
		{"half of the promised time was used", town([]int{30, 20}, []int{25, 16}), map[string]int{"t0": 5, "t1": 60}, report.TodoKeep},
		{"all is well", town([]int{30}, []int{25}), map[string]int{"t0": 5}, report.TodoThank},
	}
	for _, row := range rows {
		store := &recordstest.Memory{}
		r := row.v.reports(store, monday.AddDate(0, 0, 7))
		r.Promised = func(context.Context, string) (map[string]int, error) { return row.promised, nil }
		must[report.Folded](t)(r.Fold(t.Context(), org))
		must[report.Published](t)(r.Publish(t.Context(), org, week))
		d := must[report.Digest](t)(r.Digest(t.Context(), org, week, nil))
		if d.Todo.Code != row.want {
			t.Errorf("%s: %+v of %+v", row.label, d.Todo, d)
		}
	}
}
