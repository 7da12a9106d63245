// Package queue finds out who is due: it claims hints in batches and hands
// their learners to the one who speaks.
//
// A hint is only (learner, time): "look at this learner then". What is true
// stands in the learner's own state; a hint that is too early, too late or
// twice does no harm. It is written before a change is committed and settled
// after everything was said, so a crash between leaves a hint that comes due.
package queue

import (
	"context"
	"time"
)

// Hint says to look at a learner. Score is what the queue holds for it now
// (Unix microseconds, made unique): the proof of a claim.
type Hint struct {
	Learner string
	Score   int64
}

// Settled is a hint that was looked at, and when to look again (zero: never).
type Settled struct {
	Hint Hint
	Next time.Time
}

// Hints is what the queue asks of a store.
type Hints interface {
	// Due claims up to limit hints that are due at now, oldest first: each
	// comes due again at now + lease unless it is settled before.
	Due(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]Hint, error)
	// Settle sets the next time of each hint whose Score still stands; where
	// somebody wrote another meanwhile, theirs stays.
	Settle(ctx context.Context, settled ...Settled) error
	// Waiting counts the hints that are due at now.
	Waiting(ctx context.Context, now time.Time) (int, error)
}
