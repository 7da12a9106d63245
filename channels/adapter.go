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

// WorkspaceNamer is an Adapter whose app counts by workspace, too: it names the
// one in which a conversation is.
type WorkspaceNamer interface {
	Workspace(conversation string) string
}

// Doctor is an Adapter that can say what is wrong with its configuration.
type Doctor interface {
	// Diagnose asks the app, and returns what it found out: troubles first,
	// nil where all is well. It takes as long as ctx lets it.
	Diagnose(ctx context.Context) []Diagnosis
}

// Diagnosis is one finding about a configuration: the id of a message in
// locales ("doctor.slack-token-refused"), and its arguments. It holds no
// secret.
type Diagnosis struct {
	Code      string
	Arguments []any // names and values, as for locales.Words.Say
	Trouble   bool  // it will not work like this; else it is worth knowing
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

// Scope is whom a Busy refusal concerns.
type Scope string

// The scopes of a Refusal.
const (
	ThisConversation Scope = ""          // or the app does not say
	ThisWorkspace    Scope = "workspace" // everybody in this workspace
	WholeApp         Scope = "app"       // everybody
)

// Refusal is an app's no.
type Refusal struct {
	Reason Reason
	After  time.Duration // Busy: not before
	Scope  Scope         // Busy: who has to wait
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
