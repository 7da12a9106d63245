package outbound

import (
	"context"
	"math"
	"time"

	"praline/channels"
)

// Turns hands out turns to speak, one ledger for all instances: a store keeps
// it (bot/store), or this process alone (Ledger). Their clocks are in step, as
// those of leases are.
type Turns interface {
	// Take takes one turn of each bucket and returns how long each is to be
	// waited for, in order; 0 for now. A turn that was taken is its taker's,
	// whether it is used or not. A bucket whose next turn comes later than most
	// gives none; its wait is longer than most. So 0 takes what is there now,
	// and Peek takes nothing, and tells.
	Take(ctx context.Context, now time.Time, most time.Duration, buckets ...Bucket) ([]time.Duration, error)
	// Hush lets no turn of a bucket come before a time: an app has asked for
	// silence. Then they come one by one, as if all had been used up.
	Hush(ctx context.Context, now time.Time, bucket Bucket, until time.Time) error
}

// Peek is before any turn. Ledgers count in microseconds.
const Peek = -time.Microsecond

// Bucket is what is bounded by a rate: an app, a workspace in it, a
// conversation. Without a rate it is only ever hushed.
type Bucket struct {
	Name string
	Rate channels.Rate
	// Keep is how many turns of a burst are left for others: who is not in a
	// hurry leaves some to those who are.
	Keep int
}

// Pace is a bucket's rate as a ledger counts it, in microseconds: the time
// from one turn to the next, 0 for none, and how much of it may be had in
// advance by who takes a turn, and by anybody.
func (b Bucket) Pace() (every, advance, most int64) {
	if b.Rate.PerSecond <= 0 {
		return 0, 0, 0
	}
	every = int64(math.Ceil(1e6 / b.Rate.PerSecond))
	burst := max(b.Rate.Burst, 1)
	return every, int64(max(burst-1-b.Keep, 0)) * every, int64(burst-1) * every
}

// Scatter is the time from one turn to the next, in microseconds, for those
// who waited for the end of a silence where there is no rate.
const Scatter = 50_000
