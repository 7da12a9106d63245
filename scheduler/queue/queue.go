package queue

import (
	"cmp"
	"context"
	"log/slog"
	"time"
)

// Batch is how many learners are claimed, loaded and committed at once.
const Batch = 500

// Lease is how long a claim holds, on the wall, before the hint comes due again.
const Lease = 30 * time.Second

// Rest is how long the queue waits, on the wall, when nothing is due.
const Rest = time.Second

// Speaker looks at the learners of due hints, says what is due, and returns
// when to look at each again; a hint that it leaves out keeps its lease.
type Speaker func(ctx context.Context, now time.Time, hints []Hint) ([]Settled, error)

// Queue claims what is due and hands it to the one who speaks.
type Queue struct {
	Hints Hints
	Speak Speaker
	Now   func() time.Time // the bot's clock
	// Lease by the bot's clock: a speeded one makes it as much longer. Zero is
	// the usual Lease.
	Lease time.Duration
	Log   *slog.Logger
	// Due is told how many hints each batch held; nil for nobody.
	Due func(n int)
}

// Run claims and speaks until ctx ends. A store that is away is said once and
// asked again until it is back.
func (q *Queue) Run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	away := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		n, err := q.Once(ctx)
		switch {
		case err != nil && ctx.Err() == nil && !away:
			q.Log.Error("pushes wait: the store does not answer", "error", err)
			away = true
		case err == nil && away:
			q.Log.Info("pushes go on: the store is back")
			away = false
		}
		rest := Rest
		if n == Batch && err == nil {
			rest = 0 // more is due
		}
		timer.Reset(rest)
	}
}

// Once claims and speaks one batch, and returns how many hints it held.
func (q *Queue) Once(ctx context.Context) (int, error) {
	now := q.Now()
	hints, err := q.Hints.Due(ctx, now, Batch, cmp.Or(q.Lease, Lease))
	if err != nil || len(hints) == 0 {
		return 0, err
	}
	if q.Due != nil {
		q.Due(len(hints))
	}
	settled, err := q.Speak(ctx, now, hints)
	if err != nil {
		return len(hints), err
	}
	return len(hints), q.Hints.Settle(ctx, settled...)
}
