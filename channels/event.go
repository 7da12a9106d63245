package channels

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kind is what happened.
type Kind string

// The kinds of events.
const (
	Said    Kind = "said"    // typed text
	Pressed Kind = "pressed" // a choice of ours
	Formed  Kind = "form"    // a form of ours
	Edited  Kind = "edited"  // text that was said before, changed
	Sent    Kind = "media"   // a picture, a sticker, a voice message: nothing we read
	Came    Kind = "came"    // opened or installed the bot
	Left    Kind = "left"    // removed it
	Blocked Kind = "blocked" // blocked it
)

// Event is one thing that a person did in an app.
type Event struct {
	Kind    Kind
	Channel string // the adapter's Name
	// Conversation is opaque, made by the adapter and handed back to it:
	// where to answer. What stands before its first space names the one private
	// conversation with a person, for ever; what follows is how it is reached
	// now and may change (Teams: the serviceUrl). See Identity.
	Conversation string
	User         string              // the app's own id of the person
	Text         string              // Said, Edited
	Value        string              // Pressed: the Choice's Value; Formed: the Form's
	Fields       map[string][]string // Formed: by the Field's Name
	Payload      string              // deep link's payload with Came
	Languages    []string            // hints, best first: "fr-BE", "nl"
	Zone         string              // hint of the time zone: "Europe/Brussels"
	Name         string              // how the app calls the person; may be empty
	ID           string              // the app's own id of the event: the same again is the same event
	At           time.Time           // the app's own time; zero where it has none
	Message      string              // receipt of the message that was pressed, where the app says it
}

// Place is the Value of a Pressed where an app says only the place of an answer
// among those of a message, from 0, and not the Choice's Value (a quiz of its
// own). Message then names the message.
func Place(n int) string { return placeSign + strconv.Itoa(n) }

// placeSign begins no Choice's Value.
const placeSign = "#"

// Placed reads what Place wrote; false for every other value.
func Placed(value string) (n int, ok bool) {
	digits, ok := strings.CutPrefix(value, placeSign)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 0 && Place(n) == value
}

// Names says whether an Event's Message names the message of a receipt: the
// whole of it or, where an app knows a message by several names, one of them;
// these stand in its receipt with spaces between.
func Names(message, receipt string) bool {
	return message != "" && (message == receipt || slices.Contains(strings.Fields(receipt), message))
}

// Identity is the part of a conversation that never changes.
func Identity(conversation string) string {
	identity, _, _ := strings.Cut(conversation, " ")
	return identity
}
