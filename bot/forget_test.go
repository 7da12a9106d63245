package bot_test

import (
	"context"
	"errors"
	"testing"

	"praline/channels"
)

// hurried cannot wait for the message that is on its way.
type hurried struct{ mute }

var errOnItsWay = errors.New("a message is still on its way")

func (hurried) Forget(context.Context, string) error { return errOnItsWay }

// TestNothingIsErasedUnderAMessage: while one is on its way to the learner,
// who could be written to afterwards, nothing is erased and the press comes again.
func TestNothingIsErasedUnderAMessage(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := atQuestion(t, s)
		c.says("effacez mes données")
		c.bot.Outbound = hurried{}
		event := channels.Event{Kind: channels.Pressed, Channel: home.Channel, Conversation: home.Conversation, ID: "forget", Value: "forget.yes"}
		if _, err := c.bot.Handle(t.Context(), c.now, event); !errors.Is(err, errOnItsWay) {
			t.Errorf("got %v", err)
		}
		if c.record().Learner.Version == 0 {
			t.Error("the learner is erased")
		}
	})
}
