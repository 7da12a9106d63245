package pages

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Flood lets each key (a session, an address) do something a few times at once
// and then at a steady pace. It holds a bounded number of keys: those that have
// been quiet are forgotten, which does them no harm.
type Flood struct {
	every time.Duration
	burst int
	most  int

	mu   sync.Mutex
	keys map[string]*tap
}

type tap struct {
	limiter *rate.Limiter
	seen    time.Time
}

// NewFlood allows burst at once and then one every so often.
func NewFlood(burst int, every time.Duration) *Flood {
	return &Flood{every: every, burst: burst, most: 10_000, keys: make(map[string]*tap)}
}

// Allow takes one, at a time of the wall's clock; false when there is none left.
func (f *Flood) Allow(key string, now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	t, ok := f.keys[key]
	if !ok {
		if len(f.keys) >= f.most {
			f.forget(now)
		}
		t = &tap{limiter: rate.NewLimiter(rate.Every(f.every), f.burst)}
		f.keys[key] = t
	}
	t.seen = now
	return t.limiter.AllowN(now, 1)
}

// forget drops whoever has a full measure again, and, while that leaves more
// than half, anybody: so that a crowd does not make it run for each newcomer.
func (f *Flood) forget(now time.Time) {
	full := time.Duration(f.burst) * f.every
	for key, t := range f.keys {
		if now.Sub(t.seen) >= full {
			delete(f.keys, key)
		}
	}
	for key := range f.keys {
		if len(f.keys) <= f.most/2 {
			return
		}
		delete(f.keys, key)
	}
}
