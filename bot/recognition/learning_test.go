package recognition

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/lessons"
	"praline/records/recordstest"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// aSeries has two lessons of two questions each, and a poll.
func aSeries() *lessons.Series {
	question := func(id string, kind lessons.Kind) *lessons.Question { return &lessons.Question{ID: id, Kind: kind} }
	lesson := func(id string, questions ...*lessons.Question) *lessons.Lesson {
		return &lessons.Lesson{ID: id, Twins: map[string]*lessons.Twin{"fr": {Lang: "fr", Questions: questions}}}
	}
	return &lessons.Series{
		ID: "phishing", Version: "1.0.0", Title: lessons.Text{"fr": "Hameçonnage"}, Languages: []string{"fr"},
		Lessons: []*lessons.Lesson{
			lesson("one", question("a", lessons.Single), question("b", lessons.Short), question("poll", lessons.Poll)),
			lesson("two", question("c", lessons.Single), question("d", lessons.Order), question("e", lessons.Order)),
		},
	}
}

func TestWhatABadgeAsksFor(t *testing.T) {
	began := time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC)
	card := func(id string, missed bool, stability float64) learner.Card {
		return learner.Card{Key: "phishing/" + id, Memory: recall.Memory{Stability: stability, Difficulty: 5, Last: scheduler.DateOf(began, time.UTC), Reps: 2, Missed: missed}}
	}
	whole := func() learner.Learner {
		return learner.Learner{
			ID: "nora", Lang: "fr", Taught: []string{"phishing/one", "phishing/two"},
			Cards: learner.Cards{card("a", false, 60), card("b", false, 60), card("c", false, 60), card("d", false, 60), card("e", true, 1)},
		}
	}
	log := []learner.Answer{{At: began, Card: 0, Score: 1, Seconds: 50}, {At: began.AddDate(0, 0, 3), Card: 4, Score: 0, Seconds: 40}, {At: began, Card: -1, Seconds: 500}}
	for label, row := range map[string]struct {
		change func(*learner.Learner)
		after  int // days
		want   bool
	}{
		"all taught, four in five known, a week later": {func(*learner.Learner) {}, 7, true},
		"a day too early":        {func(*learner.Learner) {}, 6, false},
		"a lesson is missing":    {func(l *learner.Learner) { l.Taught = l.Taught[:1] }, 7, false},
		"three in five known":    {func(l *learner.Learner) { l.Cards[0].Memory.Missed = true }, 7, false},
		"known then, faded now":  {func(*learner.Learner) {}, 400, false},
		"a question never asked": {func(l *learner.Learner) { l.Cards = l.Cards[1:]; l.Cards[3].Memory.Missed = true }, 7, false},
	} {
		l := whole()
		row.change(&l)
		today := scheduler.DateOf(began, time.UTC).AddDays(row.after)
		if got := LearningOf(l, log, aSeries(), time.UTC, today).Earned(today); got != row.want {
			t.Errorf("%s: %v", label, got)
		}
	}
	l := LearningOf(whole(), log, aSeries(), time.UTC, scheduler.DateOf(began, time.UTC).AddDays(9))
	if l.Questions != 5 || l.Known != 4 || l.Minutes != 2 || l.DaysSince != 9 || l.From != scheduler.DateOf(began, time.UTC) || l.To != l.From.AddDays(3) {
		t.Errorf("%+v", l)
	}
	y := YearOf(whole(), log, lessons.NewCatalogue(aSeries()), []Badge{{At: began}, {At: began.AddDate(1, 0, 0)}}, time.UTC, 2026, l.From.AddDays(9))
	if y.Days != 2 || y.Answers != 2 || y.Right != 1 || y.Minutes != 10 || y.Months[9] != 10 || len(y.Badges) != 1 || len(y.Learnings) != 1 {
		t.Errorf("%+v", y)
	}
}

func TestThanks(t *testing.T) {
	r := issuing()
	store := &recordstest.Memory{}
	r.Store = store
	for _, press := range []string{"a", "b", "a"} {
		if err := r.Thank(t.Context(), "spf", "phishing/sender", press, day0); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Thank(t.Context(), "spf", "phishing/links", "c", day0.AddDate(-1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	if err := r.Thank(t.Context(), "fod", "phishing/links", "d", day0); err != nil {
		t.Fatal(err)
	}
	byLesson, total, err := r.Thanked(t.Context(), "spf", "phishing", 2026)
	if err != nil || total != 2 || byLesson["sender"] != 2 {
		t.Errorf("this year: %v %d %v", byLesson, total, err)
	}
	if _, total, err := r.Thanked(t.Context(), "spf", "phishing", 0); err != nil || total != 3 {
		t.Errorf("in all: %d %v", total, err)
	}
	store.Away = errors.New("away")
	if err := r.Thank(t.Context(), "spf", "phishing/sender", "e", day0); err == nil {
		t.Error("a store that is away says nothing")
	}
}

// Of a team's successes stands what somebody wished to be known, and no longer
// than they wish.
func TestSuccesses(t *testing.T) {
	r := issuing()
	r.Store = &recordstest.Memory{}
	ctx := t.Context()
	share := func(who learner.ID, team, series string, at time.Time) {
		t.Helper()
		if err := r.Share(ctx, "spf", who, Success{Team: team, Name: string(who), Series: series, At: at}); err != nil {
			t.Fatal(err)
		}
	}
	names := func(team string) (all []string) {
		t.Helper()
		found, err := r.Successes(ctx, "spf", team, day0)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range found {
			all = append(all, s.Name+" "+s.Series)
		}
		return all
	}
	share("nora", "desk", "phishing", day0.AddDate(0, 0, -3))
	share("nora", "desk", "phishing", day0.AddDate(0, 0, -3))
	share("nora", "desk", "writing", day0.AddDate(0, 0, -1))
	share("bram", "desk", "phishing", day0.AddDate(0, 0, -2))
	share("lien", "desk", "phishing", day0.AddDate(0, 0, -61))
	share("omar", "archive", "phishing", day0)
	if got := fmt.Sprint(names("desk")); got != "[nora writing bram phishing nora phishing]" {
		t.Errorf("the desk's: %s", got)
	}
	if err := r.Unshare(ctx, "spf", "nora", "writing"); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(names("desk")); got != "[bram phishing nora phishing]" {
		t.Errorf("after one was taken back: %s", got)
	}
	if err := r.Forget(ctx, "spf", "nora"); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(names("desk"), names("archive")); got != "[bram phishing] [omar phishing]" {
		t.Errorf("after she erased everything: %s", got)
	}
}
