package store_test

import (
	"sync"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/scheduler/queue"
)

func TestEachHintIsClaimedOnce(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		const many = 1000
		var changes []learner.Change
		for i := range many {
			changes = append(changes, learner.Change{Learner: someone(nth(i), 0), Next: noon.Add(time.Duration(i) * time.Millisecond)})
		}
		commit(t, s, changes...)
		if got, err := s.Waiting(t.Context(), noon.Add(time.Minute)); got != many || err != nil {
			t.Errorf("waiting: %d, %v", got, err)
		}
		if got, err := s.Waiting(t.Context(), noon.Add(99*time.Millisecond)); got != 100 || err != nil {
			t.Errorf("waiting in a tenth of a second: %d, %v", got, err)
		}

		var (
			wg      sync.WaitGroup
			mutex   sync.Mutex
			claimed = make(map[string]int)
			all     []queue.Hint
		)
		for range 8 {
			wg.Go(func() {
				for {
					hints, err := s.Due(t.Context(), noon.Add(time.Minute), 37, queue.Lease)
					if err != nil {
						t.Error(err)
					}
					if len(hints) == 0 {
						return
					}
					mutex.Lock()
					for _, h := range hints {
						claimed[h.Learner]++
					}
					all = append(all, hints...)
					mutex.Unlock()
				}
			})
		}
		wg.Wait()
		for i := range many {
			if n := claimed[string(nth(i))]; n != 1 {
				t.Errorf("learner %d was claimed %d times", i, n)
			}
		}
		// Whoever claimed and crashed: the hints come again after the lease.
		if got := dueAt(t, s, noon.Add(time.Minute+queue.Lease-time.Second)); got != nil {
			t.Errorf("%d are due within the lease", len(got))
		}
		var settled []queue.Settled
		for i, h := range all {
			next := noon.Add(24 * time.Hour)
			if i%2 == 0 {
				next = time.Time{} // never
			}
			settled = append(settled, queue.Settled{Hint: h, Next: next})
		}
		must(t, s.Settle(t.Context(), settled[:900]...))
		if got := dueAt(t, s, noon.Add(time.Minute+queue.Lease+time.Millisecond)); len(got) != 100 {
			t.Errorf("after the lease %d are due, want the 100 that were not settled", len(got))
		}
		if got := dueAt(t, s, noon.Add(24*time.Hour)); len(got) != 450+100 {
			t.Errorf("the next day %d are due, want 550", len(got))
		}
	})
}

func TestTheOldestHintsAreFirst(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		var changes []learner.Change
		for _, i := range []int{3, 0, 4, 1, 2} {
			changes = append(changes, learner.Change{Learner: someone(nth(i), 0), Next: noon.Add(time.Duration(i) * time.Second)})
		}
		commit(t, s, changes...)
		for i := range 5 {
			hints, err := s.Due(t.Context(), noon.Add(time.Hour), 1, queue.Lease)
			must(t, err)
			if len(hints) != 1 || hints[0].Learner != string(nth(i)) {
				t.Errorf("claim %d: %v", i, hints)
			}
		}
	})
}

// A commit by a speeded clock is looked at again as much later.
func TestLeaseOfACommit(t *testing.T) {
	s, err := store.Open(t.Context(), store.Options{Folder: t.TempDir(), Secret: make([]byte, 32), Lease: time.Hour})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	commit(t, s, learner.Change{Learner: someone("odette", 0), Say: []learner.Said{message("m1", "un")}})
	if got := dueAt(t, s, noon.Add(time.Hour-time.Second)); got != nil {
		t.Errorf("due within the lease: %v", got)
	}
	if got := dueAt(t, s, noon.Add(time.Hour+time.Millisecond)); len(got) != 1 {
		t.Errorf("due after it: %v", got)
	}
}

func TestWhatACrashLeftIsDueAtOnceOnTheFile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, o store.Options) {
		s := storetest.Open(t, o)
		later := learner.Change{Learner: someone("later", 0), Next: noon.Add(time.Hour)}
		commit(t, s, learner.Change{Learner: someone("odette", 0), Say: []learner.Said{message("1", "Bonjour.")}}, later)
		due := func() int {
			n, err := s.Waiting(t.Context(), noon.Add(time.Millisecond))
			must(t, err)
			return n
		}
		if n := due(); n != 0 {
			t.Fatalf("%d hints are due while the message is in hand", n)
		}
		must(t, s.Resume(t.Context(), noon))
		want := 1
		if o.Redis != "" {
			want = 0 // another instance may have it in hand
		}
		if n := due(); n != want {
			t.Errorf("%d hints are due after a start, want %d", n, want)
		}
	})
}
