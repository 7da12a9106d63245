package outbound

import (
	"context"
	"fmt"
	"maps"
	"time"
)

// forgotten is how long an owner's messages are not taken after Forget: by then
// the owner is erased, or was not, and hands them in again.
const forgotten = time.Minute

// Forget drops what is to be said for an owner who is about to be erased, takes
// nothing more of them for a while, and waits for the message that is in an
// app's hands: after it returns nothing of theirs is written anywhere. The
// error says that ctx ended before, so that nothing may be erased yet.
func (o *Outbound) Forget(ctx context.Context, owner string) error {
	var saying []*hand
	o.mu.Lock()
	now := o.now()
	maps.DeleteFunc(o.forgotten, func(_ string, until time.Time) bool { return !now.Before(until) })
	o.forgotten[owner] = now.Add(forgotten)
	for _, q := range o.queues {
		q.drop(owner)
		if q.hand != nil && q.hand.saying.Owner == owner {
			q.hand.forget()
			saying = append(saying, q.hand)
		}
	}
	o.mu.Unlock()
	for _, h := range saying {
		select {
		case <-h.done:
		case <-ctx.Done():
			return fmt.Errorf("a message of learner %s is still on its way: %w", owner, ctx.Err())
		}
	}
	return nil
}

// forgets says whether an owner's messages are not taken now.
func (o *Outbound) forgets(owner string) bool {
	until, ok := o.forgotten[owner]
	return ok && o.now().Before(until)
}

// hand is the message that is being said.
type hand struct {
	saying    message
	looked    time.Time       // when it was known to be still to be said; zero if it was not
	ours      time.Time       // until then no other instance says it
	ctx       context.Context // of the waits before and between attempts
	stop      context.CancelFunc
	forgotten bool
	hurry     chan struct{} // closed when it is not to wait in line any more
	hastened  bool          // it is closed
	done      chan struct{} // closed when it was said, or given up
}

func (o *Outbound) take(m message) *hand {
	ctx, stop := context.WithCancel(o.ctx)
	looked := m.at
	if m.Again {
		looked = time.Time{}
	}
	return &hand{saying: m, looked: looked, ctx: ctx, stop: stop, hurry: make(chan struct{}), done: make(chan struct{})}
}

// hasten says that an answer waits behind; under Outbound.mu.
func (h *hand) hasten() {
	if !h.hastened {
		h.hastened = true
		close(h.hurry)
	}
}

// patient says whether a message may wait in line.
func (h *hand) patient() bool {
	select {
	case <-h.hurry:
		return false
	default:
		return h.saying.Unasked
	}
}

// forget ends the waiting, not the call that is under way: what an app or a
// store has begun to take cannot be taken back, only waited for.
func (h *hand) forget() {
	h.forgotten = true
	h.stop()
}
