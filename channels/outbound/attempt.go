package outbound

import (
	"context"
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
	for attempt := range attempts {
		if !q.pace.wait(h.ctx, o.now) || !lane.pace.wait(h.ctx, o.now) {
			return false
		}
		receipt, refusal, again, wide := o.attempt(s, replaced, lane)
		if again == 0 {
			return o.note(s, receipt, refusal)
		}
		if wide {
			lane.pace.hush(o.now().Add(again))
		} else {
			q.pace.hush(o.now().Add(again))
		}
		if attempt == attempts-1 {
			o.log.Warn("message not taken so far, it waits in its store", "channel", s.Channel)
		}
	}
	return false
}

func (o *Outbound) note(s Saying, receipt string, refusal *channels.Refusal) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(o.ctx), noteTimeout)
	defer cancel()
	if err := o.receipts.Note(ctx, s, receipt, refusal); err != nil {
		o.log.Warn("receipt not kept, the message may be said twice", "channel", s.Channel, "error", err)
		return false
	}
	return true
}

// attempt tries once. again is how long to wait before the next try, and wide
// whether everybody in the app waits; 0 when the matter is settled.
func (o *Outbound) attempt(s Saying, replaced string, lane *lane) (receipt string, refusal *channels.Refusal, again time.Duration, wide bool) {
	began := o.now()
	ctx, cancel := context.WithTimeout(o.ctx, sendTimeout)
	defer cancel()
	receipt, err := lane.adapter.Send(ctx, s.Conversation, s.Message, replaced)
	took := o.now().Sub(began)
	switch refusal = channels.Refused(err); {
	case err == nil:
		o.count(s.Channel, Taken, took)
		return receipt, nil, 0, false
	case refusal != nil && refusal.Reason != channels.Busy:
		o.count(s.Channel, Dropped, took)
		o.log.Warn("message refused for good", "channel", s.Channel, "reason", refusal.Reason, "detail", refusal.Detail)
		return "", refusal, 0, false
	case refusal != nil && refusal.After > 0:
		o.count(s.Channel, Retried, took)
		o.log.Info("the app is busy, the message will be said again", "channel", s.Channel, "after", refusal.After, "detail", refusal.Detail)
		return "", nil, refusal.After, refusal.Scope != channels.ThisConversation
	default:
		o.count(s.Channel, Retried, took)
		if o.ctx.Err() == nil {
			o.log.Warn("message not taken, will be tried again", "channel", s.Channel, "error", err)
		}
		return "", nil, time.Second + rand.N(2*time.Second), false
	}
}

func (o *Outbound) count(channel string, outcome Outcome, took time.Duration) {
	if o.observe != nil {
		o.observe(channel, outcome, took)
	}
}
