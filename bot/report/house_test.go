package report_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/bot/report"
	"praline/records"
	"praline/scheduler"
	"praline/scheduler/recall"
)

const org = "spf-exemple"

// monday is one, at eight in Brussels.
var monday = time.Date(2026, 10, 12, 6, 0, 0, 0, time.UTC)

// village is everybody: their logs, and the roster.
type village struct {
	mu       sync.Mutex
	learners map[learner.ID]learner.Learner
	logs     map[learner.ID][]learner.Answer
	persons  []people.Person
	teams    []people.Team
	prints   map[string]string // of right answers; without: "f" and the question
}

func newVillage() *village {
	return &village{learners: make(map[learner.ID]learner.Learner), logs: make(map[learner.ID][]learner.Answer)}
}

func (v *village) Load(_ context.Context, ids ...learner.ID) ([]learner.Record, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	all := make([]learner.Record, len(ids))
	for i, id := range ids {
		all[i].Learner = v.learners[id]
		all[i].Learner.ID = id
	}
	return all, nil
}

func (v *village) Log(_ context.Context, id learner.ID) ([]learner.Answer, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.logs[id], nil
}

func (v *village) Persons(context.Context, string) ([]people.Person, error) { return v.persons, nil }
func (v *village) Teams(context.Context, string) ([]people.Team, error)     { return v.teams, nil }

// comes is somebody on the roster who joined the bot.
func (v *village) comes(name, team string) learner.ID {
	id := learner.ID(name)
	v.persons = append(v.persons, people.Person{ID: "p-" + name, Name: name, Team: team, Learner: id, Joined: monday.AddDate(0, -6, 0)})
	v.learners[id] = learner.Learner{ID: id, Version: 1, Member: learner.Membership{Org: org, Person: "p-" + name, Since: monday.AddDate(0, -6, 0)}}
	return id
}

// print is the fingerprint of a question as it stands.
func (v *village) print(question string) string {
	if v.prints[question] == "" {
		return "f" + question
	}
	return v.prints[question]
}

// answers is an answer of a learner: to question, scored, of a choice.
func (v *village) answers(id learner.ID, question string, at time.Time, lang int, score float64, choice int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	l := v.learners[id]
	card := l.Card("phishing/" + question)
	first := card < 0
	if first {
		card = len(l.Cards)
		l.Cards = append(l.Cards[:card:card], learner.Card{Key: "phishing/" + question, Fingerprint: v.print(question)})
	}
	day := scheduler.DateOf(at, time.UTC)
	l.Cards[card].Memory = recall.Memory{Stability: 60, Difficulty: 5, Last: day, Due: day.AddDays(30), Reps: 1, Missed: score < 1}
	a := learner.Answer{At: at, Card: card, Score: score, Seconds: 20, Choice: choice, Lang: lang, First: first}
	if choice >= 0 {
		a.Picked = learner.Picks([]int{choice})
	}
	v.logs[id] = append(v.logs[id], a)
	l.Answers, l.Seconds, l.Version = len(v.logs[id]), l.Seconds+60, l.Version+1
	v.learners[id] = l
}

func (v *village) reports(store records.Store, now time.Time) *report.Reports {
	return &report.Reports{Store: store, Learners: v, Roster: v, Secret: []byte("secret of the tests"), Now: func() time.Time { return now }}
}

var errAway = errors.New("the store is away")

// brittle fails one call of a store: before it, or after it took effect.
type brittle struct {
	records.Store
	mu     sync.Mutex
	calls  int
	fails  int // the call that fails, from 1
	lately bool
}

func (b *brittle) next() (before, after error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.calls++; b.calls != b.fails {
		return nil, nil
	}
	if b.lately {
		return nil, errAway
	}
	return errAway, nil
}

func (b *brittle) Read(ctx context.Context, keys ...records.Key) ([]records.Record, error) {
	if before, after := b.next(); before != nil || after != nil {
		return nil, errAway
	}
	return b.Store.Read(ctx, keys...)
}

func (b *brittle) Write(ctx context.Context, all ...records.Record) error {
	before, after := b.next()
	if before != nil {
		return before
	}
	return errors.Join(b.Store.Write(ctx, all...), after)
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// counted are all counts of an organisation as they are kept.
func counted(t *testing.T, store records.Store) string {
	t.Helper()
	all := must[[]records.Record](t)(store.List(t.Context(), org, "report-question"))
	text := ""
	for _, r := range all {
		text += fmt.Sprintf("%s %s\n", r.ID, r.Body)
	}
	return text
}
