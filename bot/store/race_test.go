package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
)

func TestTwoDevicesAnswerAtOnceAndOneCounts(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		const times = 1000
		commit(t, s, learner.Change{Learner: someone("odette", 0)})
		for version := uint64(1); version <= times; version++ {
			var wg sync.WaitGroup
			var errs [2]error
			for device := range errs {
				wg.Go(func() {
					errs[device] = s.Commit(t.Context(), noon, learner.Change{
						Learner: someone("odette", version),
						Answers: []learner.Answer{{At: noon.Add(time.Duration(version) * time.Second), Choice: device}},
					})[0]
				})
			}
			wg.Wait()
			if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs[0], errs[1]), learner.ErrConflict) {
				t.Fatalf("answer %d: the devices are told %v and %v", version, errs[0], errs[1])
			}
		}
		log, err := s.Log(t.Context(), "odette")
		must(t, err)
		if got := load(t, s, "odette").Learner.Version; got != times+1 || len(log) != times {
			t.Errorf("version %d with %d answers, want %d and %d", got, len(log), times+1, times)
		}
	})
}
