package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/records"
	"praline/records/recordstest"
)

// house is an organisation with a trainer and some people who came.
type house struct {
	*inbox.Inbox
	t       *testing.T
	store   *failing
	now     time.Time
	letters map[learner.ID][]learner.Letter
	refuse  error // by whom letters are handed over
}

// failing is a store that fails at its nth call, once.
type failing struct {
	recordstest.Memory
	at int
}

var errAway = errors.New("away")

func (f *failing) call() error {
	f.at--
	if f.at == 0 {
		return errAway
	}
	return nil
}

func (f *failing) Read(ctx context.Context, keys ...records.Key) ([]records.Record, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	return f.Memory.Read(ctx, keys...)
}

func (f *failing) List(ctx context.Context, org, kind string) ([]records.Record, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	return f.Memory.List(ctx, org, kind)
}

func (f *failing) Write(ctx context.Context, all ...records.Record) error {
	if err := f.call(); err != nil {
		return err
	}
	return f.Memory.Write(ctx, all...)
}

var trainer = people.Actor{Org: "spf", Person: "t1", Name: "Amélie Exemple", Roles: []people.Role{people.Learner, people.Trainer}}

func newHouse(t *testing.T) *house {
	h := &house{t: t, store: &failing{}, now: time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC), letters: map[learner.ID][]learner.Letter{}}
	secret := []byte(strings.Repeat("s", 32))
	now := func() time.Time { return h.now }
	h.Inbox = &inbox.Inbox{
		Store: h.store, Secret: secret, Now: now,
		People: &people.People{Store: h.store, Secret: secret, Now: now},
		Write: func(_ context.Context, to learner.ID, l learner.Letter) error {
			if h.refuse != nil {
				return h.refuse
			}
			if !slices.ContainsFunc(h.letters[to], func(x learner.Letter) bool { return x.ID == l.ID }) {
				h.letters[to] = append(h.letters[to], l)
			}
			return nil
		},
	}
	for _, org := range []string{"spf", "fod"} {
		h.put(records.Key{Kind: "organisation", ID: org}, people.Organisation{ID: org})
		h.put(records.Key{Org: org, Kind: "person", ID: "t1"}, people.Person{ID: "t1", Name: trainer.Name, Roles: []people.Role{people.Trainer}, Learner: learner.ID("trainer-" + org)})
	}
	for n := range 9 {
		id := fmt.Sprintf("m%d", n)
		h.put(records.Key{Org: "spf", Kind: "person", ID: id}, people.Person{ID: id, Learner: who(n), Team: []string{"a", "b"}[n%2], Lang: []string{"fr", "nl"}[n%2]})
	}
	return h
}

func who(n int) learner.ID { return learner.ID(fmt.Sprintf("learner%09d", n)) }

func (h *house) put(key records.Key, value any) {
	h.t.Helper()
	h.ok(records.Put(h.t.Context(), h.store, key, value))
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) asks(n int, text string) {
	h.t.Helper()
	h.ok(h.Ask(h.t.Context(), asking(n, text)))
}

func asking(n int, text string) inbox.Asking {
	return inbox.Asking{Org: "spf", Learner: who(n), Event: text, Lang: "fr", Text: text}
}

func (h *house) open() []inbox.Question {
	h.t.Helper()
	open, _, err := h.Questions(h.t.Context(), "spf")
	h.ok(err)
	return open
}

// everything that stands in the store.
func (h *house) everything() string {
	var all strings.Builder
	for _, org := range []string{"", "spf", "fod"} {
		for _, kind := range []string{"inbox-question", "inbox-told", "survey", "survey-sum", "survey-who", "inbox-need", "inbox-trace"} {
			list, err := h.store.Memory.List(h.t.Context(), org, kind)
			h.ok(err)
			for _, r := range list {
				fmt.Fprintf(&all, "%s %s\n", r.Key, r.Body)
			}
		}
	}
	return all.String()
}
