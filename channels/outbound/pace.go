package outbound

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"praline/channels"
)

// pace is how fast an app, or one conversation in it, may be spoken to: a token
// bucket, and a time before which the app asked for silence.
type pace struct {
	bucket *rate.Limiter

	mu    sync.Mutex
	until time.Time
}

// newPace is a rate as a token bucket.
func newPace(r channels.Rate) *pace {
	if r.PerSecond <= 0 {
		return &pace{bucket: rate.NewLimiter(rate.Inf, 1)}
	}
	return &pace{bucket: rate.NewLimiter(rate.Limit(r.PerSecond), max(r.Burst, 1))}
}

// hush keeps silence until a time.
func (p *pace) hush(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.until) {
		p.until = until
	}
}

// silence is how long there is still to be silence.
func (p *pace) silence(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until.Sub(now)
}

// idle says whether a new pace would be the same.
func (p *pace) idle(now time.Time) bool {
	return p.silence(now) <= 0 && (p.bucket.Limit() == rate.Inf || p.bucket.TokensAt(now) >= float64(p.bucket.Burst()))
}

// wait waits until one message may be said; false when it shall be said later,
// because the silence is longer than one waits or ctx ended.
func (p *pace) wait(ctx context.Context, now func() time.Time) bool {
	for {
		silence := p.silence(now())
		switch {
		case silence > longestWait:
			return false
		case silence <= 0:
			return p.bucket.Wait(ctx) == nil
		case !sleep(ctx, silence):
			return false
		}
	}
}

// sleep waits on the wall; false when ctx ended meanwhile.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
