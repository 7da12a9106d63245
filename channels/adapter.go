package channels

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// Handler is who an adapter brings events to: it commits the event's effect
// together with the messages that answer it and returns those. When it returns
// an error nothing was stored, and the app shall bring the event again.
//
// The messages are said by channels/outbound, not by the adapter; they are
// returned for adapters that answer inside a request.
type Handler func(ctx context.Context, event Event) ([]Message, error)

// Adapter is one chat app.
type Adapter interface {
	// Name is short, lower case and stable: it is stored.
	Name() string
	// Limits of the app, kept by the adapter itself; previews show them.
	Limits() Limits
	// Send says one message and returns the app's receipt (its id of what it
	// took). replaced is the receipt of message.Replaces, "" if there is
	// none. A *Refusal says why the app did not take it; any other error means
	// that we never learned, and it is sent again.
	Send(ctx context.Context, conversation string, message Message, replaced string) (receipt string, err error)
}

// Library opens media by Media.Path.
type Library interface {
	fs.FS
}

// Reason is why an app refused a message.
type Reason string

// The reasons of a Refusal.
const (
	Busy    Reason = "busy"    // too many, or the app is unwell: again after After
	Gone    Reason = "gone"    // the person blocked or left us, or is not there
	Invalid Reason = "invalid" // the app will never take this message
)

// Refusal is an app's no.
type Refusal struct {
	Reason Reason
	After  time.Duration // Busy: not before
	Wide   bool          // Busy: the whole app, not only this conversation
	Detail string        // the app's words, without token or text
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("refused (%s): %s", r.Reason, r.Detail)
}

// Refused returns the Refusal in err's chain, nil if there is none.
func Refused(err error) *Refusal {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	return nil
}
