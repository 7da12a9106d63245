package outbound

import (
	"context"
	"maps"
	"sync"
	"time"
)

// Ledger is the Turns of one process, in memory: it begins with full buckets.
type Ledger struct {
	mu      sync.Mutex
	buckets map[string]bucket
	sweep   int // when to look for buckets that are full again
}

// bucket is the state of one, by the generic cell rate algorithm: one time
// says how full it is. Both are Unix µs.
type bucket struct {
	next int64 // when the turns that were taken are paid off
	hush int64 // no turn before
}

// firstSweep is how many buckets are kept without a thought.
const firstSweep = 10_000

// NewLedger returns an empty one.
func NewLedger() *Ledger {
	return &Ledger{buckets: make(map[string]bucket), sweep: firstSweep}
}

// Take takes turns; it does not fail.
func (l *Ledger) Take(_ context.Context, now time.Time, most time.Duration, buckets ...Bucket) ([]time.Duration, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	waits := make([]time.Duration, len(buckets))
	for i, b := range buckets {
		before := l.buckets[b.Name]
		after, wait := before.take(b, now.UnixMicro(), most.Microseconds())
		if after != before {
			l.keep(b.Name, after, now)
		}
		waits[i] = time.Duration(wait) * time.Microsecond
	}
	return waits, nil
}

// take is the same arithmetic as that of the script in bot/store; a test
// there compares the two.
func (s bucket) take(b Bucket, now, most int64) (bucket, int64) {
	every, advance, _ := b.Pace()
	at := max(now, s.hush, s.next-advance)
	switch {
	case at-now > most:
	case every > 0:
		s.next = max(s.next, at) + every
	case s.next > now: // some wait for the end of a silence, or have not had their turn after it
		s.next = at + Scatter
	}
	return s, at - now
}

// Hush lets no turn come before a time; it does not fail.
func (l *Ledger) Hush(_ context.Context, _ time.Time, b Bucket, until time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _, most := b.Pace()
	s := l.buckets[b.Name]
	s.hush = max(s.hush, until.UnixMicro())
	s.next = max(s.next, s.hush+most)
	l.buckets[b.Name] = s
	return nil
}

// Resume keeps a silence that was asked for in an earlier life: until when there
// is no turn, and until when the turns after that are as if used up.
func (l *Ledger) Resume(name string, until, full time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.buckets[name]
	l.buckets[name] = bucket{max(s.next, full.UnixMicro()), max(s.hush, until.UnixMicro())}
}

// keep keeps a bucket, and forgets those that are full again when there are
// many: a new one would be the same.
func (l *Ledger) keep(name string, s bucket, now time.Time) {
	if len(l.buckets) >= l.sweep {
		maps.DeleteFunc(l.buckets, func(_ string, s bucket) bool { return max(s.next, s.hush) <= now.UnixMicro() })
		l.sweep = max(firstSweep, 2*len(l.buckets))
	}
	l.buckets[name] = s
}
