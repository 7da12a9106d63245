package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/channels"
	"praline/channels/web"
	"praline/scheduler/queue"
)

// What a Store answers.
var (
	_ bot.Store      = (*store.Store)(nil)
	_ queue.Hints    = (*store.Store)(nil)
	_ web.Transcript = (*store.Store)(nil)
)

// noon is when these tests play.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

var home = learner.Address{Channel: "web", Conversation: "a-room-of-one-s-own"}

func someone(id learner.ID, version uint64) learner.Learner {
	return learner.Learner{ID: id, Version: version, Created: noon, Name: "Odette", Lang: "fr", Addresses: []learner.Address{home}}
}

func message(id, text string) learner.Said {
	return learner.Said{To: home, Message: channels.Message{ID: id, Lang: "fr", Text: text}, At: noon}
}

// must is for errors that no test expects.
func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func commit(t testing.TB, s *store.Store, changes ...learner.Change) {
	t.Helper()
	must(t, s.Commit(t.Context(), noon, changes...)...)
}

func load(t testing.TB, s *store.Store, id learner.ID) learner.Record {
	t.Helper()
	records, err := s.Load(t.Context(), id)
	must(t, err)
	return records[0]
}

// dueAt returns who is due at a time, and claims them.
func dueAt(t testing.TB, s *store.Store, at time.Time) []string {
	t.Helper()
	hints, err := s.Due(t.Context(), at, 1000, queue.Lease)
	must(t, err)
	var ids []string
	for _, h := range hints {
		ids = append(ids, h.Learner)
	}
	slices.Sort(ids)
	return ids
}

func TestCommit(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		if got := load(t, s, "nobody"); got.Learner.Version != 0 || got.Learner.ID != "nobody" || got.Outbox != nil {
			t.Errorf("nobody is stored as %+v", got)
		}

		first := learner.Change{
			Learner: someone("odette", 0),
			Say:     []learner.Said{message("m1", "Bonjour."), message("m2", "Quelle langue ?")},
			Answers: []learner.Answer{{At: noon, Card: 0, Score: 1, Seconds: 12, Choice: 2}},
		}
		commit(t, s, first)
		got := load(t, s, "odette")
		want := first.Learner
		want.Version = 1
		if diff := cmp.Diff(want, got.Learner); diff != "" {
			t.Errorf("learner (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(first.Say, got.Outbox); diff != "" {
			t.Errorf("outbox (-want +got):\n%s", diff)
		}

		// The same again, and anything else that was decided on the old version.
		for label, version := range map[string]uint64{"as new": 0, "on a version that never was": 7} {
			err := s.Commit(t.Context(), noon, learner.Change{
				Learner: someone("odette", version), Say: []learner.Said{message("m9", "Deux fois.")},
				Answers: []learner.Answer{{At: noon, Score: 1}},
			})[0]
			if !errors.Is(err, learner.ErrConflict) {
				t.Errorf("%s: %v, want a conflict", label, err)
			}
		}
		if again := load(t, s, "odette"); !cmp.Equal(got, again) {
			t.Errorf("a conflict changed something:\n%s", cmp.Diff(got, again))
		}
		log, err := s.Log(t.Context(), "odette")
		must(t, err)
		if diff := cmp.Diff(first.Answers, log); diff != "" {
			t.Errorf("log (-want +got):\n%s", diff)
		}

		// The next version: messages after those before, whatever their names;
		// one dropped unsaid; answers appended.
		commit(t, s, learner.Change{
			Learner: someone("odette", 1), Drop: []string{"m2"},
			Say:     []learner.Said{message("b", "un"), message("a", "deux"), message("m0", "trois")},
			Answers: []learner.Answer{{At: noon.Add(time.Minute), Card: 1, Score: 0.5, Seconds: 3, Choice: -1}},
		})
		if got := names(load(t, s, "odette").Outbox); got != "m1 b a m0" {
			t.Errorf("outbox in order: %s", got)
		}
		if log, err = s.Log(t.Context(), "odette"); err != nil || len(log) != 2 || log[1].Score != 0.5 {
			t.Errorf("log: %v %v", log, err)
		}
	})
}

func names(outbox []learner.Said) string {
	var all []string
	for _, said := range outbox {
		all = append(all, said.Message.ID)
	}
	return strings.Join(all, " ")
}

func TestBatchAppliesEachChangeOrNone(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		const many = 200
		var changes []learner.Change
		for i := range many {
			changes = append(changes, learner.Change{Learner: someone(nth(i), 0), Say: []learner.Said{message("m", "Bonjour.")}})
		}
		commit(t, s, changes...)
		for i := range changes {
			changes[i].Learner.Version = 1
			changes[i].Say[0].Message.ID = "n"
		}
		changes[77].Learner.Version = 5                                              // stale
		changes = append(changes, learner.Change{Learner: someone(nth(10), 1)})      // a second one of the same
		changes = append(changes, learner.Change{Learner: someone(nth(10), 2)})      // and one that follows
		changes = append(changes, learner.Change{Learner: someone("late-comer", 3)}) // not stored
		for i, err := range s.Commit(t.Context(), noon, changes...) {
			wrong := i == 77 || i == many || i == many+2
			if wrong != errors.Is(err, learner.ErrConflict) || !wrong && err != nil {
				t.Errorf("change %d: %v", i, err)
			}
		}
		if errs := s.Commit(t.Context(), noon); len(errs) != 0 {
			t.Errorf("no change: %v", errs)
		}
		for i, want := range map[int]uint64{0: 2, 10: 3, 77: 1, many - 1: 2} {
			if got := load(t, s, nth(i)).Learner.Version; got != want {
				t.Errorf("learner %d stands at version %d, want %d", i, got, want)
			}
		}
		if got := names(load(t, s, nth(77)).Outbox); got != "m" {
			t.Errorf("the stale change left %q in the outbox", got)
		}
		if got := load(t, s, "late-comer").Learner.Version; got != 0 {
			t.Errorf("a change of somebody who is not stored made version %d", got)
		}
	})
}

func nth(i int) learner.ID { return learner.ID(fmt.Sprintf("learner-%05d", i)) }

func TestNoteKeepsReceiptsAndSettlesTheHint(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		next := noon.Add(19 * time.Hour)
		commit(t, s, learner.Change{
			Learner: someone("odette", 0), Next: next, Say: []learner.Said{message("m1", "un"), message("m2", "deux")},
		})
		must(t, s.Note(t.Context(), learner.Noted{Learner: "odette", Message: "m1", Receipt: "app-1"}))
		if got := load(t, s, "odette"); names(got.Outbox) != "m2" || got.Receipts["m1"] != "app-1" {
			t.Errorf("after one note: outbox %s, receipts %v", names(got.Outbox), got.Receipts)
		}
		if got := dueAt(t, s, noon.Add(29*time.Second)); got != nil {
			t.Errorf("due before the lease is over: %v", got)
		}
		// Something is left to say: the hint comes due when the lease is over.
		if got, err := s.Waiting(t.Context(), noon.Add(31*time.Second)); err != nil || got != 1 {
			t.Errorf("waiting: %d, %v", got, err)
		}
		must(t, s.Note(t.Context(), learner.Noted{Learner: "odette", Message: "m2"})) // the app will never take it
		if got := load(t, s, "odette"); len(got.Outbox) != 0 || len(got.Receipts) != 1 {
			t.Errorf("after both notes: %+v", got)
		}
		if got := dueAt(t, s, next.Add(-time.Second)); got != nil {
			t.Errorf("due before its next time: %v", got)
		}
		if got := dueAt(t, s, next); !slices.Equal(got, []string{"odette"}) {
			t.Errorf("due at its next time: %v", got)
		}
		if got, err := s.Receipt(t.Context(), "odette", "m1"); err != nil || got != "app-1" {
			t.Errorf("receipt: %q, %v", got, err)
		}
		if got, err := s.Receipt(t.Context(), "odette", "m2"); err != nil || got != "" {
			t.Errorf("a receipt that was never given: %q, %v", got, err)
		}
		commit(t, s, learner.Change{Learner: someone("odette", 1), Forget: []string{"m1"}})
		if got := load(t, s, "odette"); len(got.Receipts) != 0 {
			t.Errorf("a forgotten receipt: %v", got.Receipts)
		}
		must(t, s.Note(t.Context(), learner.Noted{Learner: "nobody", Message: "m1", Receipt: "app-1"}))
		if got := load(t, s, "nobody"); got.Learner.Version != 0 || got.Receipts != nil {
			t.Errorf("a note made %+v", got)
		}
	})
}

func TestALateNoteLeavesANewerHint(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		commit(t, s, learner.Change{Learner: someone("odette", 0), Next: noon.Add(time.Hour), Say: []learner.Said{message("m1", "un")}})
		hints, err := s.Due(t.Context(), noon.Add(time.Minute), 10, queue.Lease) // claimed by the queue meanwhile
		must(t, err)
		must(t, s.Note(t.Context(), learner.Noted{Learner: "odette", Message: "m1", Receipt: "app-1"}))
		if got := dueAt(t, s, noon.Add(10*time.Minute)); !slices.Equal(got, []string{"odette"}) {
			t.Errorf("the claimed hint was moved: due %v", got)
		}
		must(t, s.Settle(t.Context(), queue.Settled{Hint: hints[0], Next: noon.Add(2 * time.Hour)}))
		if got := dueAt(t, s, noon.Add(11*time.Minute)); !slices.Equal(got, []string{"odette"}) {
			t.Errorf("a hint that was claimed again was settled by who claimed it first: due %v", got)
		}
	})
}

func TestNothingToSayIsSettledAtOnce(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		commit(t, s, learner.Change{Learner: someone("odette", 0), Next: noon.Add(time.Hour)},
			learner.Change{Learner: someone("never", 0)})
		if got := dueAt(t, s, noon.Add(59*time.Minute)); got != nil {
			t.Errorf("due early: %v", got)
		}
		if got := dueAt(t, s, noon.Add(time.Hour)); !slices.Equal(got, []string{"odette"}) {
			t.Errorf("due in an hour: %v", got)
		}
	})
}

func TestAddressesAndLists(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		if got, err := s.Resolve(t.Context(), home); got != "" || err != nil {
			t.Errorf("an address of nobody: %q, %v", got, err)
		}
		for _, id := range []learner.ID{"odette", "late", "odette"} {
			if got, err := s.Claim(t.Context(), home, id); got != "odette" || err != nil {
				t.Errorf("claimed by %s: %q has it, %v", id, got, err)
			}
		}
		if got, err := s.Resolve(t.Context(), learner.Address{Channel: "telegram", Conversation: home.Conversation}); got != "" || err != nil {
			t.Errorf("the same conversation of another channel: %q, %v", got, err)
		}

		lines := [][]byte{[]byte("un"), []byte(""), []byte("trois\nquatre\x00")}
		for _, line := range lines {
			must(t, s.Append(t.Context(), "reports", line))
		}
		got, err := s.Lines(t.Context(), "reports")
		must(t, err)
		if diff := cmp.Diff(lines, got); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
		if got, err := s.Lines(t.Context(), "none"); len(got) != 0 || err != nil {
			t.Errorf("a list that is not there: %q, %v", got, err)
		}
	})
}

func TestLearnersAreNamedOnce(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		const many = 1203 // more than one look at the keys
		want := make(map[learner.ID]bool)
		var changes []learner.Change
		for i := range many {
			want[nth(i)] = true
			changes = append(changes, learner.Change{Learner: someone(nth(i), 0), Say: []learner.Said{message("m", "x")}, Answers: []learner.Answer{{At: noon}}})
		}
		commit(t, s, changes...)
		must(t, s.Append(t.Context(), "reports", []byte("x")))
		must(t, s.Learners(t.Context(), func(id learner.ID) error {
			if !want[id] {
				t.Errorf("%q is named twice or is nobody", id)
			}
			delete(want, id)
			return nil
		}))
		if len(want) > 0 {
			t.Errorf("%d are not named", len(want))
		}
		stop := errors.New("enough")
		if err := s.Learners(t.Context(), func(learner.ID) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("stopped by %v", err)
		}
	})
}

func TestMeta(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		if got, err := s.Meta(t.Context(), "clock"); got != "" || err != nil {
			t.Errorf("nothing kept: %q, %v", got, err)
		}
		must(t, s.SetMeta(t.Context(), "clock", "1440"), s.Ready(t.Context()), s.Close())
		s = open()
		if got, err := s.Meta(t.Context(), "clock"); got != "1440" || err != nil {
			t.Errorf("kept: %q, %v", got, err)
		}
	})
}

func TestANewerSchemaIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, o store.Options) {
		s, err := store.Open(t.Context(), o)
		must(t, err)
		must(t, s.SetMeta(t.Context(), "schema", "2"), s.Close())
		if s, err = store.Open(t.Context(), o); err == nil {
			s.Close()
			t.Fatal("a store of a newer Praline was opened")
		}
		if !strings.Contains(err.Error(), "newer Praline (schema 2") || !strings.Contains(err.Error(), "run that version again") {
			t.Errorf("it is refused with %q", err)
		}
	})
}

func TestOpenedAgain(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		commit(t, s, learner.Change{Learner: someone("odette", 0), Say: []learner.Said{message("m1", "Bonjour.")}, Answers: []learner.Answer{{At: noon}}})
		before := load(t, s, "odette")
		must(t, s.Close())
		if err := s.Commit(t.Context(), noon, learner.Change{Learner: someone("odette", 1)})[0]; err == nil {
			t.Error("a closed store took a commit")
		}
		if _, err := s.Load(t.Context(), "odette"); err == nil {
			t.Error("a closed store was read")
		}
		if diff := cmp.Diff(before, load(t, open(), "odette")); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	})
}

func TestWhoGivesUpIsAnsweredAtOnce(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Commit(ctx, noon, learner.Change{Learner: someone("odette", 0)})[0]; !errors.Is(err, context.Canceled) {
			t.Errorf("commit: %v", err)
		}
		if _, err := s.Load(ctx, "odette"); !errors.Is(err, context.Canceled) {
			t.Errorf("load: %v", err)
		}
		commit(t, s, learner.Change{Learner: someone("other", 0)}) // and the store goes on
	})
}
