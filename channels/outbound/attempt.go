package outbound

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"praline/channels"
)

// attempts is how often a message is tried in one go; afterwards it waits in
// its store for the owner's hint to come due.
const attempts = 5

// sendTimeout bounds one call to an app.
const sendTimeout = 20 * time.Second

// longestWait bounds the wait between attempts; an app that asks for longer is
// asked again when the owner's hint comes due, and not before it wants.
const longestWait = 30 * time.Second

// noteTimeout bounds the noting of a receipt, which is finished even when we
// are asked to stop: a message without its receipt is said twice.
const noteTimeout = 5 * time.Second

// say says one message and notes its receipt; false when it was given up for now.
func (o *Outbound) say(h *hand, q *queue, lane *lane) bool {
	s := h.saying.Saying
	var replaced string
	if s.Message.Replaces != "" {
		var err error
		if replaced, err = o.receipts.Receipt(o.ctx, s, s.Message.Replaces); err != nil {
			o.log.Warn("receipt not readable, message waits", "channel", s.Channel, "error", err)
			return false
		}
	}
	var again time.Duration
	for attempt := range attempts {
		if attempt > 0 && !sleep(h.ctx, again) {
			return false
		}
		err := o.turn(h, q, lane)
		if err == nil {
			err = o.look(h, lane)
		}
		switch {
		case errors.Is(err, errSettled):
			return true
		case errors.Is(err, errLater):
			return false
		case err != nil:
			// The ledger is the store that notes receipts, too: what is said
			// without it would be said twice. So there is nothing to fall back to.
			again = moment()
			if o.ctx.Err() == nil {
				o.few.Do(func() {
					o.log.Warn("the store does not answer, messages wait", "channel", s.Channel, "error", err)
				})
			}
			continue
		}
		receipt, refusal, err := o.attempt(s, replaced, lane)
		switch {
		case err == nil:
			return o.note(s, receipt, refusal)
		case refusal != nil:
			o.hush(lane, s.Conversation, refusal)
			again = 0 // the turn is waited for
		default:
			again = moment()
		}
	}
	if o.ctx.Err() == nil {
		o.few.Do(func() {
			o.log.Warn("message not taken so far, it waits in its store", "channel", s.Channel, "learner", s.Owner)
		})
	}
	return false
}

// moment is how long to wait where nobody said how long.
func moment() time.Duration { return time.Second + rand.N(2*time.Second) }

func (o *Outbound) note(s Saying, receipt string, refusal *channels.Refusal) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(o.ctx), noteTimeout)
	defer cancel()
	if err := o.receipts.Note(ctx, s, receipt, refusal); err != nil {
		o.log.Warn("receipt not kept, the message may be said twice", "channel", s.Channel, "error", err)
		return false
	}
	return true
}

// attempt tries once. The matter is settled where there is no error: the app
// took the message, or refused it for good. Else it is tried again; the refusal
// says how long the app wants silence, if it does.
func (o *Outbound) attempt(s Saying, replaced string, lane *lane) (receipt string, refusal *channels.Refusal, err error) {
	began := o.now()
	ctx, cancel := context.WithTimeout(o.ctx, sendTimeout)
	defer cancel()
	receipt, err = lane.adapter.Send(ctx, s.Conversation, s.Message, replaced)
	took := o.now().Sub(began)
	switch refusal = channels.Refused(err); {
	case err == nil:
		o.count(s.Channel, Taken, took)
		return receipt, nil, nil
	case refusal != nil && refusal.Reason != channels.Busy:
		o.count(s.Channel, Dropped, took)
		o.log.Warn("message refused for good", "channel", s.Channel, "learner", s.Owner, "reason", refusal.Reason, "detail", refusal.Detail)
		return "", refusal, nil
	}
	o.count(s.Channel, Retried, took)
	if refusal != nil && refusal.After > 0 {
		return "", refusal, err
	}
	if o.ctx.Err() == nil {
		o.log.Warn("message not taken, will be tried again", "channel", s.Channel, "learner", s.Owner, "error", err)
	}
	return "", nil, err
}

func (o *Outbound) count(channel string, outcome Outcome, took time.Duration) {
	if o.observe != nil {
		o.observe(channel, outcome, took)
	}
}
