package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
)

// TestUndelivered: a message that an app refuses for good leaves the outbox,
// and the last few are kept with their reason.
func TestUndelivered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, o store.Options) {
		now := noon
		o.Now = func() time.Time { return now }
		s := storetest.Open(t, o)
		commit(t, s, learner.Change{Learner: someone("odette", 0), Say: []learner.Said{message("m0", "Bonjour."), message("m9", "Et")}})
		if got, err := s.Undelivered(t.Context(), "odette"); got != nil || err != nil {
			t.Errorf("before anything was refused: %v, %v", got, err)
		}
		var want []learner.Undelivered
		for i := range 9 {
			now = noon.Add(time.Duration(i) * time.Hour)
			n := learner.Noted{Learner: "odette", Message: fmt.Sprint("m", i), Refused: fmt.Sprint("invalid: too long by ", i)}
			must(t, s.Note(t.Context(), n))
			want = append(want, learner.Undelivered{At: now, Message: n.Message, Why: n.Refused})
		}
		got, err := s.Undelivered(t.Context(), "odette")
		must(t, err)
		if diff := cmp.Diff(want[4:], got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if out := load(t, s, "odette").Outbox; len(out) != 1 || out[0].Message.ID != "m9" {
			t.Errorf("the outbox holds %+v", out)
		}
		must(t, s.Note(t.Context(), learner.Noted{Learner: "odette", Message: "m9", Refused: "gone: " + strings.Repeat("é", 1000)}))
		if got, err = s.Undelivered(t.Context(), "odette"); err != nil || len(got) != 5 || len(got[4].Why) > 320 {
			t.Errorf("%v, %v", got, err)
		}
		must(t, s.Note(t.Context(), learner.Noted{Learner: "nobody", Message: "m1", Refused: "gone: blocked"}))
		if got, err := s.Undelivered(t.Context(), "nobody"); got != nil || err != nil {
			t.Errorf("of who was erased meanwhile: %v, %v", got, err)
		}
	})
}
