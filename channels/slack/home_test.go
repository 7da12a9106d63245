package slack_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/slack"
)

// homes is a bot whose Home counts how often it was asked for.
func homes(asked *atomic.Int64) func(context.Context, string) ([]channels.Message, error) {
	return func(_ context.Context, conversation string) ([]channels.Message, error) {
		n := asked.Add(1)
		return []channels.Message{
			{ID: "a", Lang: "nl", Title: "Uw les", Text: fmt.Sprintf("Gevraagd: %d keer, door %s", n, conversation), Choices: []channels.Choice{primary("Beginnen")}},
			{ID: "b", Lang: "nl", Title: "Uw uren", Text: "**maandag** om 9 uur", Choices: []channels.Choice{{Label: "Pauze", Value: "do.pause", Role: channels.Secondary}}},
		}, nil
	}
}

func TestHome(t *testing.T) {
	var asked atomic.Int64
	h := start(t, slack.Options{Home: homes(&asked)})
	h.hears()
	h.person.Says("les")
	h.event()
	if n := asked.Load(); n > 0 {
		t.Errorf("made %d times for somebody who never opened it", n)
	}
	h.person.OpensHome()
	published := func(least int) func() bool {
		return func() bool { _, n := h.person.Home(); return n >= least }
	}
	h.await("Home", published(1))
	home, _ := h.person.Home()
	if text := home.Look().Text; !strings.Contains(text, "maandag om 9 uur") || !strings.Contains(text, h.conversation()) {
		t.Errorf("Home is %q", text)
	}
	h.person.Says("pauze")
	if e := h.event(); e.Text != "pauze" {
		t.Errorf("brought %+v", e)
	}
	h.await("Home, kept current", published(2))
	h.person.OpensHome()
	h.await("Home, opened again", published(3))
	if !h.person.Presses("Pauze") {
		t.Fatal("nothing to press")
	}
	e := h.event()
	if e.Kind != channels.Pressed || e.Value != "do.pause" || e.Conversation != h.conversation() {
		t.Errorf("brought %+v", e)
	}
	h.await("Home after a press on it", published(4))
}

// TestHomeHarmsNobody: a Home that cannot be made or published delays and
// breaks nothing.
func TestHomeHarmsNobody(t *testing.T) {
	h := start(t, slack.Options{Home: func(ctx context.Context, _ string) ([]channels.Message, error) {
		<-ctx.Done()
		return nil, errors.New("away")
	}})
	h.hears()
	h.person.OpensHome()
	began := time.Now()
	for i := range 20 {
		h.person.Says(fmt.Sprint(i))
		h.event()
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestWhoOpensIsGreetedOnce(t *testing.T) {
	known := atomic.Bool{}
	h := start(t, slack.Options{Known: func(context.Context, string) (bool, error) { return known.Load(), nil }})
	h.hears()
	h.person.OpensMessages()
	if e := h.event(); e.Kind != channels.Came {
		t.Errorf("brought %+v", e)
	}
	known.Store(true)
	h.person.OpensMessages()
	h.person.Says("ja")
	if e := h.event(); e.Kind != channels.Said {
		t.Errorf("brought %+v", e)
	}
	h = start(t, slack.Options{Known: func(context.Context, string) (bool, error) { return false, errors.New("disk full") }})
	path, kind, body := request("event.opened-messages", arrived(t, "event.opened-messages"))
	if w := h.post(path, kind, body); w.Code != 503 {
		t.Errorf("answered %d when it is not known who it is", w.Code)
	}
}
