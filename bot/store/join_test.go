package store_test

import (
	"errors"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/channels/web"
)

var elsewhere = learner.Address{Channel: "telegram", Conversation: "4711"}

// Of somebody who was folded into another a mark is left, which goes with the other.
func TestForwardLeavesAMark(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		fillEverything(t, s)
		if err := s.Forward(t.Context(), "odettexodettex23", 7, "stays2stays2stay"); !errors.Is(err, learner.ErrConflict) {
			t.Errorf("on a version that does not stand: %v", err)
		}
		version := load(t, s, "odettexodettex23").Learner.Version
		must(t, s.Forward(t.Context(), "odettexodettex23", version, "stays2stays2stay"))
		got := load(t, s, "odettexodettex23")
		if l := got.Learner; !l.IsMark() || l.Into != "stays2stays2stay" || l.Version != version+1 || got.Outbox != nil || got.Receipts != nil {
			t.Errorf("left: %+v", got)
		}
		if log, err := s.Log(t.Context(), "odettexodettex23"); len(log) > 0 || err != nil {
			t.Errorf("the log is left: %v, %v", log, err)
		}
		if got, err := s.Coded(t.Context(), time.Now(), "K7QF2MX9", "z"); got != "" || err != nil {
			t.Errorf("the code still leads to %q, %v", got, err)
		}
		if due := dueAt(t, s, noon.Add(48*time.Hour)); len(due) != 1 || due[0] != "stays2stays2stay" {
			t.Errorf("due: %v", due)
		}
		for range 2 {
			must(t, s.Repoint(t.Context(), home, "odettexodettex23", "stays2stays2stay"))
		}
		if id, err := s.Resolve(t.Context(), home); id != "stays2stays2stay" || err != nil {
			t.Errorf("the address leads to %q, %v", id, err)
		}
		// What is noted late stands beside the mark, and goes with it.
		must(t, s.Note(t.Context(), learner.Noted{Learner: "odettexodettex23", Message: "m9", Receipt: "app-9"}))

		l := load(t, s, "stays2stays2stay").Learner
		l.Joined, l.Addresses = []learner.ID{"odettexodettex23"}, append(l.Addresses, home)
		commit(t, s, learner.Change{Learner: l})
		must(t, s.PutCode(t.Context(), "K7QF2MX9", "stays2stays2stay", time.Now().Add(time.Hour)))
		must(t, s.Erase(t.Context(), "stays2stays2stay", nil))
		if found := whoNames(t, s, "stays2stays2stay", "odettexodettex23", home.Conversation, "4711"); found != nil {
			t.Errorf("still named by %q", found)
		}
		if found := whoNames(t, s, "code:", "at:"); found != nil {
			t.Errorf("keys are left: %q", found)
		}
	})
}

// An address that is let go leads to nobody, and its page shows nothing.
func TestRepointToNobody(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		fillEverything(t, s)
		must(t, s.Repoint(t.Context(), home, "stays2stays2stay", ""))
		if id, err := s.Resolve(t.Context(), home); id != "odettexodettex23" || err != nil {
			t.Errorf("let go by somebody else it leads to %q, %v", id, err)
		}
		must(t, s.Repoint(t.Context(), home, "odettexodettex23", ""))
		if id, err := s.Resolve(t.Context(), home); id != "" || err != nil {
			t.Errorf("it leads to %q, %v", id, err)
		}
		if entries, err := s.Entries(t.Context(), home.Conversation); len(entries) != 0 || err != nil {
			t.Errorf("its page shows %v, %v", entries, err)
		}
		_, err := s.Put(t.Context(), home.Conversation, web.Entry{At: time.Now(), Key: "k2", Text: "Bonjour"}, "")
		must(t, err, s.Repoint(t.Context(), home, "odettexodettex23", ""))
		if entries, err := s.Entries(t.Context(), home.Conversation); len(entries) != 1 || err != nil {
			t.Errorf("again, somebody new lost what their page shows: %v, %v", entries, err)
		}
	})
}

// How a conversation is reached may change; who is met there does not.
func TestAnAddressIsItsIdentity(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		one := learner.Address{Channel: "teams", Conversation: "a:1 https://one.example/"}
		two := learner.Address{Channel: "teams", Conversation: "a:1 https://two.example/"}
		if id, err := s.Claim(t.Context(), one, "odette"); id != "odette" || err != nil {
			t.Fatal(id, err)
		}
		for label, row := range map[string]struct {
			at   learner.Address
			want learner.ID
		}{
			"reached in another way":  {two, "odette"},
			"reached in no way":       {learner.Address{Channel: "teams", Conversation: "a:1"}, "odette"},
			"another conversation":    {learner.Address{Channel: "teams", Conversation: "a:2 https://one.example/"}, ""},
			"the same in another app": {elsewhere, ""},
		} {
			if id, err := s.Resolve(t.Context(), row.at); id != row.want || err != nil {
				t.Errorf("%s: %q, %v", label, id, err)
			}
		}
	})
}
