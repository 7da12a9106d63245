package store_test

import (
	"sync"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
)

func TestACodeIsClaimedOnce(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s, now := open(), time.Now()
		claim := func(code, claimer string, at time.Time) learner.ID {
			t.Helper()
			got, err := s.ClaimCode(t.Context(), at, code, claimer)
			must(t, err)
			return got
		}
		must(t, s.PutCode(t.Context(), "K7QF2MX9", "odette", now.Add(time.Hour)))
		if got := claim("AAAA2222", "telegram 1", now) + claim("", "telegram 1", now); got != "" {
			t.Errorf("another code leads to %q", got)
		}
		if got, err := s.Coded(t.Context(), now, "K7QF2MX9", "telegram 1"); got != "odette" || err != nil {
			t.Errorf("looked at, it leads to %q, %v", got, err)
		}
		var wg sync.WaitGroup
		won := make(chan string, 16)
		for n := range 16 {
			wg.Go(func() {
				who := string(rune('a' + n))
				got, err := s.ClaimCode(t.Context(), now, "K7QF2MX9", who)
				if err != nil {
					t.Error(err)
				} else if got == "odette" {
					won <- who
				}
			})
		}
		wg.Wait()
		if len(won) != 1 {
			t.Fatalf("%d of sixteen claimed it at once", len(won))
		}
		winner := <-won
		if got := claim("K7QF2MX9", winner, now); got != "odette" {
			t.Errorf("the same again, after a crash: %q", got)
		}
		if got, err := s.Coded(t.Context(), now, "K7QF2MX9", "z"); got != "" || err != nil {
			t.Errorf("somebody else looks at it: %q, %v", got, err)
		}
		if found := whoNames(t, s, "telegram 1"); found != nil {
			t.Errorf("who claims is named in %q", found)
		}

		must(t, s.PutCode(t.Context(), "22222222", "odette", now.Add(time.Hour)))
		must(t, s.PutCode(t.Context(), "33333333", "odette", now.Add(time.Hour)))
		if found := whoNames(t, s, "odette"); len(found) != 2 { // the slot's own key, and the code's
			t.Errorf("codes that ended still name the learner: %q", found)
		}
		if got := claim("22222222", "z", now); got != "" {
			t.Errorf("the one before the last leads to %q", got)
		}
		if got := claim("33333333", "z", now.Add(time.Hour)); got != "" {
			t.Errorf("an hour later the last leads to %q", got)
		}
		must(t, s.Erase(t.Context(), "odette", nil))
		if found := whoNames(t, s, "odette"); found != nil {
			t.Errorf("erased, and still named in %q", found)
		}
	})
}
