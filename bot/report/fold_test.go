package report_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/report"
	"praline/records/recordstest"
)

// busy is a village of thirty who answered for some weeks.
func busy(seed uint64, people, days int) *village {
	v := newVillage()
	r := rand.New(rand.NewPCG(seed, 1))
	for i := range people {
		v.comes(fmt.Sprintf("learner-%02d", i), fmt.Sprint("team-", i%3))
	}
	v.lives(r, 0, days)
	return v
}

// lives lets everybody answer a few questions a day.
func (v *village) lives(r *rand.Rand, from, to int) {
	for day := from; day < to; day++ {
		for i, p := range v.persons {
			if r.IntN(3) == 0 {
				continue
			}
			question := r.IntN(min(3+day, 12))
			at := monday.AddDate(0, 0, day).Add(time.Duration(i) * time.Minute)
			v.answers(p.Learner, fmt.Sprint("q", question), at, 1+i%2, float64(r.IntN(2)), r.IntN(4))
		}
	}
}

func TestEachAnswerCountsOnce(t *testing.T) {
	whole := busy(1, 30, 20)
	reference := &recordstest.Memory{}
	now := monday.AddDate(0, 0, 21)
	must[report.Folded](t)(whole.reports(reference, now).Fold(t.Context(), org))
	want := allOnly(t, counted(t, reference))
	if !strings.Contains(want, `"n":`) {
		t.Fatalf("nothing is counted: %s", want)
	}

	t.Run("again and again", func(t *testing.T) {
		for range 3 {
			done := must[report.Folded](t)(whole.reports(reference, now).Fold(t.Context(), org))
			if done.Answers != 0 {
				t.Errorf("%d answers counted anew", done.Answers)
			}
		}
		if got := allOnly(t, counted(t, reference)); got != want {
			t.Errorf("counts changed:\n%s\nnot\n%s", got, want)
		}
	})
	t.Run("however the logs are cut", func(t *testing.T) {
		v, r, store := newVillage(), rand.New(rand.NewPCG(1, 1)), &recordstest.Memory{}
		for i := range 30 {
			v.comes(fmt.Sprintf("learner-%02d", i), fmt.Sprint("team-", i%3))
		}
		for day := range 20 {
			v.lives(r, day, day+1)
			if day%4 == 1 {
				must[report.Folded](t)(v.reports(store, now).Fold(t.Context(), org, v.persons[day].Learner, v.persons[3].Learner))
			}
			if day%7 == 5 {
				must[report.Folded](t)(v.reports(store, now).Fold(t.Context(), org))
			}
		}
		must[report.Folded](t)(v.reports(store, now).Fold(t.Context(), org))
		if got := allOnly(t, counted(t, store)); got != want {
			t.Errorf("counts differ:\n%s\nnot\n%s", got, want)
		}
	})
	t.Run("a crash at any call, before or after it took effect", func(t *testing.T) {
		for fails := 1; fails < 8; fails++ {
			for _, lately := range []bool{false, true} {
				memory := &recordstest.Memory{}
				store := &brittle{Store: memory, fails: fails, lately: lately}
				var err error
				for range 2 {
					_, err = whole.reports(store, now).Fold(t.Context(), org)
				}
				if err != nil { // the second was cut short
					must[report.Folded](t)(whole.reports(store, now).Fold(t.Context(), org))
				}
				if got := allOnly(t, counted(t, memory)); got != want {
					t.Errorf("call %d failed (late %v): counts differ", fails, lately)
				}
			}
		}
	})
	t.Run("two at a time", func(t *testing.T) {
		store := &recordstest.Memory{}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for i := range whole.persons {
					if _, err := whole.reports(store, now).Fold(t.Context(), org, whole.persons[i].Learner); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if got := allOnly(t, counted(t, store)); got != want {
			t.Errorf("counts differ:\n%s\nnot\n%s", got, want)
		}
	})
}

// allOnly leaves out what is shown: it follows in steps, so it depends on when
// answers were folded.
func allOnly(t *testing.T, counted string) string {
	t.Helper()
	text := ""
	for line := range strings.Lines(counted) {
		id, body, _ := strings.Cut(line, " ")
		var c report.Counts
		if err := json.Unmarshal([]byte(body), &c); err != nil {
			t.Fatal(err)
		}
		for i := range c.All.Firsts { // sums of fractions come in another order
			f := &c.All.Firsts[i]
			f.X, f.Y, f.YY, f.XY = round(f.X), round(f.Y), round(f.YY), round(f.XY)
		}
		b, err := json.Marshal(c.All)
		if err != nil {
			t.Fatal(err)
		}
		text += fmt.Sprintf("%s %s–%s %s\n", id, c.Since, c.Until, b)
	}
	return text
}

func round(x float64) float64 { return float64(int(x*1e6+0.5)) / 1e6 }

func TestAJoinedLearnerIsNotCountedTwice(t *testing.T) {
	v, store := newVillage(), &recordstest.Memory{}
	a, b := v.comes("nora-exemple", "t"), v.comes("nora-on-the-web", "t")
	v.answers(a, "q1", monday, 1, 1, 0)
	for i := range 3 {
		v.answers(b, fmt.Sprint("q", i), monday.Add(time.Hour), 1, 0, 1)
	}
	r := v.reports(store, monday.AddDate(0, 0, 1))
	must[report.Folded](t)(r.Fold(t.Context(), org))
	v.answers(b, "q3", monday.Add(2*time.Hour), 1, 0, 1) // and this one nobody counted yet
	before := counted(t, store)

	l, n := v.learners[a], v.learners[b]
	folded := l.Fold(n, v.logs[b], 10, 10, nil)
	v.logs[a] = append(v.logs[a], folded...)
	l.Answers = len(v.logs[a])
	v.learners[a], v.learners[b] = l, learner.Learner{ID: b, Into: a, Version: 9}
	v.persons = v.persons[:1]
	must[report.Folded](t)(r.Fold(t.Context(), org))
	for range 2 {
		must[report.Folded](t)(r.Fold(t.Context(), org))
	}
	after := counted(t, store)
	if strings.Count(after, "\n") != strings.Count(before, "\n")+1 {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	for line := range strings.Lines(before) {
		if !strings.Contains(after, line) {
			t.Errorf("changed: %s", line)
		}
	}
}

func TestErasedIsForgottenAndCountsStay(t *testing.T) {
	v, store := busy(3, 12, 10), &recordstest.Memory{}
	r := v.reports(store, monday.AddDate(0, 0, 11))
	must[report.Folded](t)(r.Fold(t.Context(), org))
	who := v.persons[4].Learner
	before := counted(t, store)
	if !strings.Contains(everything(t, store), string(who)) {
		t.Fatal("their cursor should be there")
	}
	delete(v.learners, who)
	delete(v.logs, who)
	v.persons[4].Learner = ""
	for range 2 {
		if err := r.Forget(t.Context(), org, who); err != nil {
			t.Fatal(err)
		}
	}
	must[report.Folded](t)(r.Fold(t.Context(), org))
	if strings.Contains(everything(t, store), string(who)) {
		t.Error("something still names them")
	}
	if counted(t, store) != before {
		t.Error("the counts changed")
	}
}

// everything is all that is kept.
func everything(t *testing.T, store *recordstest.Memory) string {
	t.Helper()
	text := ""
	for _, kind := range []string{"report-question", "report-cursor", "report-groups", "report-member", "report-digest", "report-mistake", "report-tally"} {
		all, err := store.List(t.Context(), org, kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range all {
			text += record.ID + " " + string(record.Body) + "\n"
		}
	}
	return text
}

func TestAnotherRightAnswerStartsNewCounts(t *testing.T) {
	v, store := newVillage(), &recordstest.Memory{}
	who := v.comes("a", "t")
	v.answers(who, "q1", monday, 1, 0, 1)
	r := v.reports(store, monday.AddDate(0, 0, 30))
	must[report.Folded](t)(r.Fold(t.Context(), org))
	v.learners[who].Cards[0].Fingerprint = "other"
	v.answers(who, "q1", monday.AddDate(0, 0, 1), 1, 1, 2)
	v.logs[who][1].First = true // as the bot says it
	must[report.Folded](t)(r.Fold(t.Context(), org))
	all := counted(t, store)
	if !strings.Contains(all, "phishing/q1@fq1") || !strings.Contains(all, "phishing/q1@other") || strings.Contains(all, `"u":1`) {
		t.Errorf("%s", all)
	}
}

func TestFoldAnswered(t *testing.T) {
	v, store := busy(5, 6, 3), &recordstest.Memory{}
	r := v.reports(store, monday.AddDate(0, 0, 4))
	who := v.persons[2].Learner
	r.Answered(who)
	store.Away = errAway
	if _, err := r.FoldAnswered(t.Context()); err == nil {
		t.Error("an error is lost")
	}
	store.Away = nil
	done := must[report.Folded](t)(r.FoldAnswered(t.Context()))
	if done.Learners != 1 || done.Answers != len(v.logs[who]) {
		t.Errorf("%+v of %d answers", done, len(v.logs[who]))
	}
	if done = must[report.Folded](t)(r.FoldAnswered(t.Context())); done.Learners != 0 {
		t.Errorf("nothing was noted since: %+v", done)
	}
}
