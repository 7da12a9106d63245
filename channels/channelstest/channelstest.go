// Package channelstest is the one contract that every chat app's adapter
// passes: what a person then sees and can do, whatever the app.
//
//	func TestContract(t *testing.T) {
//		channelstest.Run(t, func(t *testing.T) channelstest.Harness { … })
//	}
//
// A Harness is an adapter connected to a stand-in of its app, and one person
// there. The adapter opens its media from Media. Whatever the person does is
// brought to a handler of the harness's own, which stores nothing and answers
// nothing.
//
//	channelstest.go  a harness, a person in it, and how a row looks at them
//	rows.go          the contract; rows_form.go forms, rows_replace.go what takes another's
//	                 place, rows_file.go pictures and documents
//	attack.go        what a webhook must refuse; attack_raw.go byte by byte
//	golden.go        what somebody saw, kept in a file; log.go what was logged
//	await.go         waiting for the other side, which the stand-ins do
package channelstest

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"praline/channels"
	"praline/channels/markup"
)

// Harness is an adapter, and a person in its app.
type Harness struct {
	Adapter channels.Adapter
	Person  Person
	// Conversation is where the person is reached.
	Conversation string
	// Once says that the app shows a message that is said twice only once.
	Once bool
}

// Person is somebody with the app open. What they do returns the event that
// the adapter made of it.
type Person interface {
	// Sees is the bot's messages, oldest first.
	Sees() []Seen
	// Says types a text and sends it.
	Says(text string) channels.Event
	// Presses presses a choice of the newest message: by its label or, where
	// the app shows numbers, by its number.
	Presses(choice channels.Choice) channels.Event
	// Fills chooses in the newest form what values say, by the names of the
	// fields, and submits it, as one does in this app.
	Fills(form channels.Form, values map[string][]string) channels.Event
	// Blocks the bot. Its event may be nothing.
	Blocks()
}

// Seen is one message as a person sees it.
type Seen struct {
	// Text is all that is read, without markup and without the buttons.
	Text string
	// Pressable is what can be pressed, filled in or submitted.
	Pressable []string
	// Pictures are the alternative texts of the pictures that are shown.
	Pictures []string
	// Files are handed over, by name.
	Files map[string][]byte
}

// Media is what the adapter of a harness opens its media from: Picture is in
// it, and nothing else.
var Media = fstest.MapFS{Picture: {Data: picture()}}

// Picture is the path of a picture in Media.
const Picture = "example/media/dot.png"

func picture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		panic(err) // memory: cannot happen
	}
	return b.Bytes()
}

// check is one harness in one test.
type check struct {
	*testing.T
	Harness
}

// Run holds an adapter to the contract. start makes a new harness, which ends
// with the test that it is given.
func Run(t *testing.T, start func(*testing.T) Harness) {
	t.Helper()
	for _, row := range rows {
		t.Run(strings.ReplaceAll(row.name, " ", "_"), func(t *testing.T) { row.test(check{t, start(t)}) })
	}
}

// say says a message and returns its receipt.
func (c check) say(m channels.Message, replaced string) string {
	c.Helper()
	receipt, err := c.Adapter.Send(c.context(), c.Conversation, m, replaced)
	if err != nil {
		c.Fatalf("message %s was not taken: %v", m.ID, err)
	}
	return receipt
}

func (c check) context() context.Context {
	ctx, cancel := context.WithTimeout(c.Context(), 20*time.Second)
	c.Cleanup(cancel)
	return ctx
}

// all is everything that is read, one message after the other.
func (c check) all() string {
	var texts []string
	for _, s := range c.Person.Sees() {
		texts = append(texts, s.Text)
		texts = append(texts, s.Pictures...)
		texts = append(texts, s.Pressable...)
	}
	return strings.Join(texts, "\n")
}

// reads fails unless each text is read, spaces aside, in this order.
func (c check) reads(texts ...string) {
	c.Helper()
	rest := solid(c.all())
	for _, text := range texts {
		before, after, found := strings.Cut(rest, solid(text))
		if !found {
			c.Errorf("not read: %q\nin %q\n(skipped %d)", text, c.all(), len(before))
			continue
		}
		rest = after
	}
}

func (c check) doesNotRead(texts ...string) {
	c.Helper()
	for _, text := range texts {
		if strings.Contains(solid(c.all()), solid(text)) {
			c.Errorf("still read: %q\nin %q", text, c.all())
		}
	}
}

// event fails unless an event is of this kind and value, and complete.
func (c check) event(e channels.Event, kind channels.Kind, value string) {
	c.Helper()
	if e.Kind != kind || e.Value != value {
		c.Errorf("the event is %s %q, want %s %q", e.Kind, e.Value, kind, value)
	}
	if e.Channel != c.Adapter.Name() || e.Conversation != c.Conversation || e.User == "" || e.ID == "" {
		c.Errorf("the event does not say from where: %+v", e)
	}
}

// solid is a text without its space.
func solid(text string) string { return strings.Join(strings.Fields(text), "") }

// length is how an app counts.
func length(text string, unit channels.Unit) int {
	switch unit {
	case channels.UTF16:
		return markup.Units(text)
	case channels.Bytes:
		return len(text)
	}
	return len([]rune(text))
}
