package slack_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
)

func socket(t *testing.T) *harness {
	t.Helper()
	return start(t, slack.Options{AppToken: slacktest.AppToken})
}

// settled waits until everything was acknowledged.
func (h *harness) settled() {
	h.t.Helper()
	h.await("acknowledgements", func() bool { return h.server.Unacknowledged() == 0 })
}

// TestSocketAcknowledgesWhatIsStored: an envelope that could not be stored is
// not acknowledged, and comes again.
func TestSocketAcknowledgesWhatIsStored(t *testing.T) {
	h := socket(t)
	h.listens()
	h.failing(errors.New("disk full"))
	h.person.Says("een")
	h.await("the failure", func() bool { return strings.Contains(h.log.String(), "not stored") })
	if n := h.server.Unacknowledged(); n != 1 {
		t.Errorf("%d not acknowledged, want 1", n)
	}
	h.server.Retries()
	if e := h.event(); e.Text != "een" {
		t.Errorf("brought %+v", e)
	}
	h.settled()
	for _, what := range []func(){
		func() { h.person.Command("/praline les") },
		func() { h.person.Shortcut(slack.ShortcutLesson) },
		func() { h.person.OpensMessages() },
	} {
		what()
		h.settled()
	}
}

// TestTheSameEvent: whatever comes again, by whatever way, has the id that it
// had.
func TestTheSameEvent(t *testing.T) {
	h := socket(t)
	h.hears()
	if _, err := h.Send(t.Context(), h.conversation(), channels.Message{ID: "1", Lang: "nl", Text: "Wilt u?", Choices: answers("Ja")}, ""); err != nil {
		t.Fatal(err)
	}
	for _, what := range []func(){
		func() { h.person.Says("les") },
		func() { h.person.Presses("Kies 1") },
		func() { h.person.Command("/praline les") },
		func() { h.person.Shortcut(slack.ShortcutLesson) },
	} {
		what()
		h.event()
	}
	h.settled()
	before := h.handed()
	h.server.Again(len(before))
	for range before {
		h.event()
	}
	h.server.Posts("")
	h.listens()
	h.server.Again(len(before))
	for range before {
		h.event()
	}
	h.settled()
	ids := map[string]int{}
	for _, e := range h.handed() {
		ids[e.ID]++
	}
	if len(ids) != len(before) {
		t.Errorf("%d things done are %d events: %v", len(before), len(ids), ids)
	}
}

// TestSocketReconnects: a request to go, a refresh and a cut lose nothing.
func TestSocketReconnects(t *testing.T) {
	h := socket(t)
	h.listens()
	for i, breaks := range []func(){
		func() { h.server.Disconnects("warning") },
		func() { h.server.Disconnects("refresh_requested") },
		h.server.Cuts,
	} {
		_, ever := h.server.Connections()
		text := fmt.Sprint("vóór ", i)
		h.person.Says(text)
		breaks()
		h.person.Says("na")
		h.await("another connection", func() bool { open, now := h.server.Connections(); return open > 0 && now > ever })
		heard := map[string]bool{}
		for end := time.Now().Add(10 * time.Second); (!heard[text] || !heard["na"]) && time.Now().Before(end); {
			select {
			case e := <-h.brings:
				heard[e.Text] = true
			case <-time.After(100 * time.Millisecond):
				h.server.Retries()
			}
		}
		if !heard[text] || !heard["na"] {
			t.Fatalf("break %d: heard %v", i, heard)
		}
		h.server.Retries()
		h.settled()
		for len(h.brings) > 0 {
			<-h.brings
		}
	}
}

// TestOrder: what one person does is handled in order, and nobody waits for
// somebody else.
func TestOrder(t *testing.T) {
	h := socket(t)
	other := h.server.Person("U0OTHER", "fr-FR")
	hold := make(chan struct{})
	var order []string
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.Listen(ctx, func(ctx context.Context, e channels.Event) ([]channels.Message, error) {
			if e.Text == "0" {
				<-hold
			}
			return h.handle(ctx, e)
		})
	}()
	t.Cleanup(func() { cancel(); <-done })
	h.await("a connection", func() bool { open, _ := h.server.Connections(); return open > 0 })
	for i := range 10 {
		h.person.Says(fmt.Sprint(i))
	}
	other.Says("moi")
	if e := h.event(); e.Text != "moi" {
		t.Errorf("somebody else waited behind %q", e.Text)
	}
	close(hold)
	for range 10 {
		order = append(order, h.event().Text)
	}
	if got := strings.Join(order, " "); got != "0 1 2 3 4 5 6 7 8 9" {
		t.Errorf("in the order %s", got)
	}
	h.settled()
}

// TestSocketStops: what is in hand when we are asked to stop is stored.
func TestSocketStops(t *testing.T) {
	h := socket(t)
	ctx, cancel := context.WithCancel(t.Context())
	began, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		h.Listen(ctx, func(ctx context.Context, e channels.Event) ([]channels.Message, error) {
			close(began)
			<-asksToStop(ctx, cancel)
			return h.handle(ctx, e)
		})
	}()
	h.await("a connection", func() bool { open, _ := h.server.Connections(); return open > 0 })
	h.person.Says("nog net")
	<-began
	<-done
	if seen := h.handed(); len(seen) != 1 || seen[0].Text != "nog net" {
		t.Errorf("handed over: %+v", seen)
	}
}

// asksToStop asks to stop, and says that it was heard; the context of what is in
// hand lives on.
func asksToStop(ctx context.Context, stop context.CancelFunc) <-chan struct{} {
	stop()
	heard := make(chan struct{})
	if ctx.Err() == nil {
		close(heard)
	}
	return heard
}

// TestSocketTokenRefused: it is said, with the mend, and without the token.
func TestSocketTokenRefused(t *testing.T) {
	h := start(t, slack.Options{AppToken: "xapp-wrong-one"})
	h.wrong = true
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); h.Listen(ctx, h.handle) }()
	h.await("a word", func() bool { return strings.Contains(h.log.String(), "SLACK_APP_TOKEN") })
	cancel()
	<-done
	if strings.Contains(h.log.String(), "xapp-wrong-one") {
		t.Error("the token is in the log")
	}
}
