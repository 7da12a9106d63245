package teams

import (
	"context"
	"time"

	"praline/channels"
)

// Address is what tests ask of a conversation.
func (a *Adapter) Address(conversation string) (service, id string, ok bool) {
	return a.address(conversation)
}

// Believe verifies a token.
func (a *Adapter) Believe(ctx context.Context, token string) error {
	_, err := a.believe(ctx, token)
	return err
}

// Hurries shows after a moment that we are at it.
func (a *Adapter) Hurries() { a.slow = time.Millisecond }

// Drive says whether a file may be put at an address.
func (a *Adapter) Drive(address string) bool { return a.drive(address) }

// Render is how many cards a message has.
func (a *Adapter) Render(m channels.Message) int { return len(a.render("a:1x", m)) }
