package bot

import (
	"context"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/channels/outbound"
	"praline/scheduler"
)

// say hands messages over; they stand in the outbox until their receipt is noted.
func (b *Bot) say(id learner.ID, said ...learner.Said) {
	sayings := make([]outbound.Saying, 0, len(said))
	for _, s := range said {
		sayings = append(sayings, outbound.Saying{
			Owner: string(id), Channel: s.To.Channel, Conversation: s.To.Conversation, Message: s.Message, Unasked: s.Unasked, Again: s.Again,
		})
	}
	b.Outbound.Say(sayings...)
}

// dropLate takes unasked messages out of the outbox that waited so long (an
// app was away, we were) that they would disturb, or that are not wanted any more.
func (t *turn) dropLate() bool {
	for _, s := range t.waiting {
		switch {
		case s.Letter != nil && t.learner.Stopped:
			t.takeBackLetter(s, learner.WhyStopped)
		case s.Letter != nil && t.expired(*s.Letter):
			t.drop = append(t.drop, s.Message.ID)
			t.failed(s, learner.WhyExpired)
		case s.Letter != nil && scheduler.DateOf(s.At, t.zone) != t.today: // it counts on the day on which it is said
			t.takeBackLetter(s, learner.WhyAway)
		case s.Letter == nil && s.Unasked && (t.learner.Stopped || t.late(s.At)):
			t.drop = append(t.drop, s.Message.ID)
			t.failed(s, learner.WhyLate)
			t.excuse(s.At)
		}
	}
	return len(t.drop) > 0
}

// late says that what was said at a time has met the next slot, or the end of the day's work.
func (t *turn) late(at time.Time) bool {
	return t.gate().Late(at, t.now, scheduler.Next(t.learner.Slots, at, t.zone), t.outside())
}

// excuse keeps a day on which we failed from breaking the streak.
func (t *turn) excuse(at time.Time) {
	t.learner.Streak.Excuse(scheduler.DateOf(at, t.zone))
}

// unsaid is what waited before and may be said now: an answer always, an
// unasked message while the gate is open.
func (t *turn) unsaid() []learner.Said {
	var may []learner.Said
	for _, s := range t.waiting {
		if slices.Contains(t.drop, s.Message.ID) || s.Unasked && !t.gate().Check(t.now, s.At, s.Letter == nil && t.outside(), 0).Open {
			continue
		}
		s.Again = true
		may = append(may, s)
	}
	return may
}

// Receipts answers what channels/outbound asks about the messages that it says.
type Receipts struct {
	Store Store
	// Gone is told whom an app says it cannot reach any more.
	Gone func(context.Context, outbound.Saying)
	// Refused is told of every message that an app refused for good, once that
	// is noted; nil for nobody.
	Refused func(channel string, reason channels.Reason)
}

// Receipt returns the app's receipt of an earlier message of the same learner.
func (r Receipts) Receipt(ctx context.Context, s outbound.Saying, message string) (string, error) {
	if s.Owner == "" {
		return "", nil
	}
	return r.Store.Receipt(ctx, learner.ID(s.Owner), message)
}

// Waits says whether a message still stands in its owner's outbox: it may have
// been said by another instance, or dropped as late.
func (r Receipts) Waits(ctx context.Context, s outbound.Saying) (bool, error) {
	records, err := r.Store.Load(ctx, learner.ID(s.Owner))
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(records[0].Outbox, func(w learner.Said) bool { return w.Message.ID == s.Message.ID }), records[0].Damaged
}

// Note keeps the app's receipt, or that the app will never take the message.
func (r Receipts) Note(ctx context.Context, s outbound.Saying, receipt string, refused *channels.Refusal) error {
	if s.Owner == "" {
		return nil // the last word to somebody who was erased
	}
	if refused != nil && refused.Reason == channels.Gone && r.Gone != nil {
		r.Gone(ctx, s)
	}
	noted := learner.Noted{Learner: learner.ID(s.Owner), Message: s.Message.ID, Receipt: receipt}
	if refused != nil {
		noted.Refused = string(refused.Reason) + ": " + refused.Detail
	}
	if err := r.Store.Note(ctx, noted); err != nil {
		return err
	}
	if refused != nil && r.Refused != nil {
		r.Refused(s.Channel, refused.Reason)
	}
	return nil
}
