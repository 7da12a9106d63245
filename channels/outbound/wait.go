package outbound

import (
	"context"
	"errors"
	"slices"
	"time"

	"praline/channels"
)

// A message is said when its turn has come in its conversation, in its
// workspace, and in its app. An answer takes the three at once, and waits for
// the slowest.
//
// An unasked message has time. It waits for its conversation first, by itself;
// then it stands in line with the others of its workspace, and at the head of
// that with those at the heads of others. Who is at the head takes one turn and
// leaves a part of the burst; so however many stand there, an answer is behind
// one of them in each instance, and each workspace is heard as often as any
// other. Nobody holds a line while an app takes a message or a conversation is
// silent.

// errLater says that a message waits in its store: the silence is longer than
// one waits, or we were told to stop.
var errLater = errors.New("later")

// buckets are the conversation's own: the usual one first, that over a longer
// time if there is one; and those around it: the workspace's if there is one,
// the app's last.
func (l *lane) buckets(conversation string) (own, around []Bucket) {
	identity := channels.Identity(conversation)
	own = append(make([]Bucket, 0, 4), Bucket{
		Name: l.adapter.Name() + " conversation " + identity, Rate: l.limits.Conversation,
	})
	if l.limits.Steady.PerSecond > 0 {
		own = append(own, Bucket{Name: l.adapter.Name() + " steady " + identity, Rate: l.limits.Steady})
	}
	if w := l.workspace(conversation); w != "" {
		around = append(around, Bucket{Name: l.adapter.Name() + " workspace " + w, Rate: l.limits.Workspace})
	}
	return own, append(around, Bucket{Name: l.adapter.Name(), Rate: l.limits.App})
}

// workspace is "" where an app does not count by workspace.
func (l *lane) workspace(conversation string) string {
	if namer, ok := l.adapter.(channels.WorkspaceNamer); ok {
		return namer.Workspace(conversation)
	}
	return ""
}

// turn waits until a message may be said. It returns errLater, or that the
// ledger did not answer.
func (o *Outbound) turn(h *hand, q *queue, lane *lane) error {
	own, around := lane.buckets(h.saying.Conversation)
	for {
		var err error
		if h.patient() && lane.limited {
			err = o.turnInLine(h, lane, own, around)
		} else {
			err = o.turnAtOnce(h, q, lane, own, around)
		}
		if err != nil {
			return err
		}
		// Silence may have been asked for while this turn was waited for.
		silence := lane.silences.left(o.now(), own, around)
		if silence <= 0 {
			return nil
		}
		if err := wait(h.ctx, silence); err != nil {
			return err
		}
	}
}

// turnAtOnce takes a turn of all buckets, and waits for the slowest. What
// follows the slowest is taken anew when that has come: used later than they
// came, several such turns would meet.
func (o *Outbound) turnAtOnce(h *hand, q *queue, lane *lane, own, around []Bucket) error {
	if err := o.look(h, lane); err != nil {
		return err
	}
	buckets := slices.Concat(own, around)
	for first := true; len(buckets) > 0; first = false {
		asked := buckets
		if first && q.slow {
			asked = own // slower than those around, as they were before: waste no turn of these
		}
		waits, err := lane.turns.Take(h.ctx, o.now(), longestWait, asked...)
		if err != nil {
			return err
		}
		if first {
			q.slow = slices.Max(waits[:len(own)]) > 0
		}
		slowest := 0
		for i, w := range waits {
			if w >= waits[slowest] {
				slowest = i
			}
		}
		if err := o.await(h.ctx, lane, buckets[slowest], waits[slowest]); err != nil {
			return err
		}
		if first {
			slowest = max(slowest, len(own)-1) // nobody else is in the conversation's own
		}
		buckets = buckets[slowest+1:]
	}
	return nil
}

// turnInLine waits until the conversation has a turn, without taking it, and
// then for one in line.
func (o *Outbound) turnInLine(h *hand, lane *lane, own, around []Bucket) error {
	for {
		waits, err := lane.turns.Take(h.ctx, o.now(), Peek, own...)
		if err != nil {
			return err
		}
		if err := wait(h.ctx, slices.Max(waits)); err != nil {
			return err
		}
		if err := o.stand(h, lane, own, around); !errors.Is(err, errSilent) {
			return err
		}
	}
}

// errSilent says that a conversation had no turn left when its message was at
// the head of the line.
var errSilent = errors.New("no turn left in the conversation")

// stand stands in the line of the workspace, then at the head of it in that of
// the app. There the conversation's turn is taken, not before: it would have
// filled up again meanwhile, and be there twice. The lines are left when the
// last turn has come. Who loses patience (an answer waits behind) goes on at
// once.
func (o *Outbound) stand(h *hand, lane *lane, own, around []Bucket) error {
	for i, b := range around {
		if !lane.lines.enter(h.ctx, b.Name, h.hurry) {
			if h.ctx.Err() != nil {
				return errLater
			}
			return o.turnAtOnce(h, &queue{}, lane, own, around[i:])
		}
		defer lane.lines.leave(b.Name)
		if b.Keep = b.Rate.Burst / 2; i == len(around)-1 {
			if err := o.look(h, lane); err != nil {
				return err
			}
			waits, err := lane.turns.Take(h.ctx, o.now(), 0, own...)
			if err != nil {
				return err
			}
			if slices.Max(waits) > 0 {
				return errSilent
			}
		}
		if err := o.takeOne(h.ctx, lane, b); err != nil {
			return err
		}
	}
	return nil
}

// takeOne takes a bucket's turn and waits for it.
func (o *Outbound) takeOne(ctx context.Context, lane *lane, b Bucket) error {
	waits, err := lane.turns.Take(ctx, o.now(), longestWait, b)
	if err != nil {
		return err
	}
	return o.await(ctx, lane, b, waits[0])
}

// await waits for a bucket's turn. On a busy machine one may wake late: where
// no burst is allowed, a turn that is used late by more than half the time
// to the next one would meet that one at the app, so the next comes later, too.
func (o *Outbound) await(ctx context.Context, lane *lane, b Bucket, d time.Duration) error {
	came := o.now().Add(d)
	if err := wait(ctx, d); err != nil {
		return err
	}
	every, _, most := b.Pace()
	half := time.Duration(every/2) * time.Microsecond
	if now := o.now(); d > 0 && most == 0 && every > 0 && now.Sub(came) > half {
		return lane.turns.Hush(ctx, now, b, now.Add(half))
	}
	return nil
}

// wait waits on the wall for what is not too long.
func wait(ctx context.Context, d time.Duration) error {
	if d > longestWait || d > 0 && !sleep(ctx, d) {
		return errLater
	}
	return nil
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

// spendWithin bounds the asking of who must not wait.
const spendWithin = 100 * time.Millisecond

// Spend takes note that an adapter did something in a conversation that was no
// message (a keyboard grew): it takes its turn of the conversation and of the
// others, if there is one left, and never waits for it.
func (o *Outbound) Spend(channel, conversation string) {
	lane, ok := o.adapters[channel]
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(o.ctx, spendWithin)
	defer cancel()
	own, around := lane.buckets(conversation)
	_, _ = lane.turns.Take(ctx, o.now(), 0, slices.Concat(own, around)...) // without a ledger nothing else is said either
}
