package store_test

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/scheduler/queue"
)

// places runs a benchmark on the file, and on Redis with each way to sync.
func places(b *testing.B, run func(b *testing.B, s *store.Store)) {
	b.Run("file", func(b *testing.B) {
		run(b, storetest.Open(b, store.Options{Folder: b.TempDir(), Secret: storetest.Secret}))
	})
	for _, sync := range []string{"always", "everysec"} {
		b.Run("redis-"+sync, func(b *testing.B) {
			server := storetest.StartRedis(b, "--appendfsync", sync)
			run(b, storetest.Open(b, store.Options{Redis: server.URL, Secret: storetest.Secret}))
		})
	}
}

func perSecond(b *testing.B, n int, what string) {
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), what+"/s")
}

// answered is the next commit of a learner who has answered: a message, an answer.
func answered(l learner.Learner, version uint64) learner.Change {
	l.Version = version
	return learner.Change{
		Learner: l, Next: noon.Add(20 * time.Hour), Say: []learner.Said{message("m", "Juste. Un expéditeur connu peut être imité.")},
		Answers: []learner.Answer{{At: noon, Card: 1, Score: 1, Seconds: 9}},
	}
}

// BenchmarkAnswer is one answer at a time: load, commit, note.
func BenchmarkAnswer(b *testing.B) {
	places(b, func(b *testing.B, s *store.Store) {
		l := busyLearner("odette", 60)
		n := 0
		for b.Loop() {
			answer(b, s, l, uint64(n))
			n++
		}
		perSecond(b, n, "answers")
	})
}

func answer(b *testing.B, s *store.Store, l learner.Learner, version uint64) {
	if got := load(b, s, l.ID).Learner.Version; got != version {
		b.Fatalf("version %d, want %d", got, version)
	}
	commit(b, s, answered(l, version))
	must(b, s.Note(b.Context(), learner.Noted{Learner: l.ID, Message: "m", Receipt: "123"}))
}

// BenchmarkCommit is commits of one learner after another.
func BenchmarkCommit(b *testing.B) {
	places(b, func(b *testing.B, s *store.Store) {
		l := busyLearner("odette", 60)
		n := 0
		for b.Loop() {
			commit(b, s, answered(l, uint64(n)))
			n++
		}
		perSecond(b, n, "commits")
	})
}

// BenchmarkCommit64 is commits of sixty-four at once.
func BenchmarkCommit64(b *testing.B) {
	places(b, func(b *testing.B, s *store.Store) {
		var who atomic.Int64
		b.SetParallelism(64 / min(64, runtime.GOMAXPROCS(0)))
		b.RunParallel(func(pb *testing.PB) {
			l := busyLearner(nth(int(who.Add(1))), 60)
			for version := uint64(0); pb.Next(); version++ {
				commit(b, s, answered(l, version))
			}
		})
		perSecond(b, b.N, "commits")
	})
}

// BenchmarkPush is full pushes in batches as the queue makes them: claim,
// load, commit with a message, note its receipt (sixteen say at once), settle.
func BenchmarkPush(b *testing.B) {
	places(b, func(b *testing.B, s *store.Store) {
		var changes []learner.Change
		for i := range queue.Batch {
			changes = append(changes, learner.Change{Learner: busyLearner(nth(i), 60), Next: noon})
		}
		commit(b, s, changes...)
		pushed, now := 0, noon
		for b.Loop() {
			now = now.Add(24 * time.Hour)
			hints, err := s.Due(b.Context(), now, queue.Batch, queue.Lease)
			must(b, err)
			if len(hints) != queue.Batch {
				b.Fatalf("%d of %d are due", len(hints), queue.Batch)
			}
			pushBatch(b, s, hints, now)
			pushed += len(hints)
		}
		perSecond(b, pushed, "pushes")
	})
}

func pushBatch(b *testing.B, s *store.Store, hints []queue.Hint, now time.Time) {
	var ids []learner.ID
	for _, h := range hints {
		ids = append(ids, learner.ID(h.Learner))
	}
	records, err := s.Load(b.Context(), ids...)
	must(b, err)
	var changes []learner.Change
	for _, r := range records {
		changes = append(changes, learner.Change{Learner: r.Learner, Next: now.Add(24 * time.Hour), Say: []learner.Said{message("m", "C'est l'heure ?")}})
	}
	must(b, s.Commit(b.Context(), now, changes...)...)
	notes, done := make(chan learner.ID), make(chan error)
	for range 16 {
		go func() {
			var failed error
			for id := range notes {
				if err := s.Note(b.Context(), learner.Noted{Learner: id, Message: "m", Receipt: "123"}); err != nil {
					failed = fmt.Errorf("note: %w", err)
				}
			}
			done <- failed
		}()
	}
	for _, id := range ids {
		notes <- id
	}
	close(notes)
	for range 16 {
		must(b, <-done)
	}
}
