package outbound

import (
	"context"
	"time"

	"praline/channels"
)

// Turns hands out turns to speak, one ledger for all instances: a store keeps
// it. A turn that was taken is its taker's, whether it is used or not.
type Turns interface {
	// Take takes one turn of each bucket and returns how long to wait until
	// all of them have come; 0 for now.
	Take(ctx context.Context, now time.Time, buckets ...Bucket) (time.Duration, error)
	// Hush lets no turn of a bucket come before a time: an app has asked for
	// silence.
	Hush(ctx context.Context, bucket string, until time.Time) error
}

// Bucket is what is bounded by a rate: "telegram", "slack/T012AB3C4",
// "telegram/123456789".
type Bucket struct {
	Name string
	Rate channels.Rate
	// Keep is how many turns of a burst are left for others: who is not in a
	// hurry leaves some to those who are.
	Keep float64
}
