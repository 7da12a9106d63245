package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/store"
	"praline/channels"
)

// waitedFor notes whose messages were stopped before they were erased.
type waitedFor struct {
	silence
	owners []string
}

func (w *waitedFor) Forget(_ context.Context, owner string) error {
	w.owners = append(w.owners, owner)
	return nil
}

// Who came and never agreed is forgotten after a month; nobody else is.
func TestStrangersAreForgotten(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s, err := store.Open(t.Context(), store.Options{Folder: t.TempDir(), Secret: make([]byte, secretBytes), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	days := func(n int) time.Time { return now.AddDate(0, 0, -n) }
	people := []learner.Learner{
		{ID: "long-ago", Created: days(31)},
		{ID: "last-month", Created: days(29)},
		{ID: "agreed", Created: days(400), Agreed: days(400)},
	}
	for i := range 2*together + 1 { // more than are read at once
		people = append(people, learner.Learner{ID: learner.ID(fmt.Sprint("visitor-", i)), Created: days(90)})
	}
	for _, l := range people {
		l.Lang = "nl"
		l.Addresses = []learner.Address{{Channel: "web", Conversation: string(l.ID)}}
		if _, err := s.Claim(t.Context(), l.Addresses[0], l.ID); err != nil {
			t.Fatal(err)
		}
		hello := learner.Said{To: l.Addresses[0], Message: channels.Message{ID: "1", Text: "hello"}, At: l.Created}
		if err := s.Commit(t.Context(), l.Created, learner.Change{Learner: l, Say: []learner.Said{hello}})[0]; err != nil {
			t.Fatal(err)
		}
	}
	var stopped waitedFor
	admin := administration{bot: &bot.Bot{Store: s, Outbound: &stopped}, store: s, now: func() time.Time { return now }}
	n, err := admin.forgetStrangers(t.Context())
	if want := 1 + 2*together + 1; n != want || err != nil {
		t.Errorf("%d erased, not %d: %v", n, want, err)
	}
	if len(stopped.owners) != n || !slices.Contains(stopped.owners, "long-ago") {
		t.Errorf("what was on its way to %d of %d was waited for", len(stopped.owners), n)
	}
	var left []string
	if err := admin.each(t.Context(), func(l learner.Learner) error { left = append(left, string(l.ID)); return nil }); err != nil {
		t.Fatal(err)
	}
	if slices.Sort(left); strings.Join(left, " ") != "agreed last-month" {
		t.Errorf("left: %v", left)
	}
	if id, err := s.Resolve(t.Context(), learner.Address{Channel: "web", Conversation: "long-ago"}); id != "" || err != nil {
		t.Errorf("the address leads to %q, %v", id, err)
	}
	now = now.AddDate(0, 0, 2)
	if n, err := admin.forgetStrangers(t.Context()); n != 1 || err != nil {
		t.Errorf("two days later: %d, %v", n, err)
	}
}
