package bot

import (
	"context"

	"praline/bot/learner"
	"praline/channels"
	"praline/channels/outbound"
)

// Receipts answers what channels/outbound asks about the messages that it says.
type Receipts struct {
	Store Store
	// Gone is told whom an app says it cannot reach any more.
	Gone func(context.Context, outbound.Saying)
}

// Receipt returns the app's receipt of an earlier message of the same learner.
func (r Receipts) Receipt(ctx context.Context, s outbound.Saying, message string) (string, error) {
	if s.Owner == "" {
		return "", nil
	}
	return r.Store.Receipt(ctx, learner.ID(s.Owner), message)
}

// Note keeps the app's receipt, or that the app will never take the message.
func (r Receipts) Note(ctx context.Context, s outbound.Saying, receipt string, refused *channels.Refusal) error {
	if s.Owner == "" {
		return nil // the last word to somebody who was erased
	}
	if refused != nil && refused.Reason == channels.Gone && r.Gone != nil {
		r.Gone(ctx, s)
	}
	return r.Store.Note(ctx, learner.Noted{Learner: learner.ID(s.Owner), Message: s.Message.ID, Receipt: receipt})
}
