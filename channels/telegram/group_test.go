package telegram_test

import (
	"strings"
	"testing"
	"time"

	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

// TestGroups: one sentence, with the way to the private conversation, and we
// are gone; nothing is handed over.
func TestGroups(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	clock := make(chan time.Time, 1)
	clock <- now
	h := start(t, telegram.Options{Now: func() time.Time { at := <-clock; clock <- at; return at }})
	h.polls()
	g := h.server.Group(-100_1234, "supergroup")
	gone := func(label string, heard int) {
		t.Helper()
		h.confirmed()
		if !h.server.Await(g.Left) {
			t.Fatalf("%s: still there", label)
		}
		if n := len(g.Heard()); n != heard {
			t.Errorf("%s: the group heard %d sentences, want %d", label, n, heard)
		}
	}
	g.Adds(h.person)
	gone("added", 1)
	lines := strings.Split(g.Heard()[0], "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "Dag") || !strings.Contains(lines[1], "Bonjour") || strings.Count(g.Heard()[0], "https://t.me/"+telegramtest.Username) != 2 {
		t.Errorf("heard: %q", g.Heard()[0])
	}
	g.Adds(h.person)
	gone("added again", 1)
	g.Says(h.person, "/lesson")
	gone("spoken to", 1)
	<-clock
	clock <- now.Add(time.Hour)
	g.Adds(h.person)
	gone("an hour later", 2)
	if n := len(h.brings); n > 0 {
		t.Errorf("%d events were handed over", n)
	}
}

// TestGroupSpeaks: a group that we did not leave, in which somebody speaks.
func TestGroupSpeaks(t *testing.T) {
	h := start(t, telegram.Options{})
	h.server.Fails(telegramtest.Internal.Of("leaveChat"))
	g := h.server.Group(-77, "group")
	h.polls()
	g.Adds(h.server.Person(5, "de"))
	h.confirmed()
	if g.Left() {
		t.Fatal("the fault did not come")
	}
	for range 3 {
		g.Says(h.person, "hallo @"+telegramtest.Username)
	}
	h.confirmed()
	if heard := g.Heard(); len(heard) != 1 || !strings.HasPrefix(heard[0], "Guten Tag") || strings.Count(heard[0], "\n") != 2 {
		t.Errorf("heard: %q", heard)
	}
	if n := h.server.Calls("leaveChat"); n != 1 {
		t.Errorf("leaveChat was called %d times within an hour", n)
	}
	g.Moves(-100_77) // the supergroup is another one, to which nobody added us
	h.confirmed()
}

// TestChannels: left in silence.
func TestChannels(t *testing.T) {
	h := start(t, telegram.Options{})
	h.polls()
	g := h.server.Group(-100_99, "channel")
	g.Adds(h.person)
	h.confirmed()
	if !h.server.Await(g.Left) || len(g.Heard()) > 0 {
		t.Errorf("left: %v, heard: %q", g.Left(), g.Heard())
	}
}

// TestOthersWords: what was passed on, and what a client of somebody's wrote,
// is neither an answer nor a command.
func TestOthersWords(t *testing.T) {
	h := start(t, telegram.Options{})
	h.polls()
	h.person.Forwards("/stop")
	h.person.Business("/stop")
	h.person.Sends(map[string]any{"text": "1", "via_bot": map[string]any{"id": 9, "is_bot": true, "first_name": "Other"}})
	h.person.Sends(map[string]any{"story": map[string]any{"chat": map[string]any{"id": 5, "type": "private"}, "id": 1}})
	h.person.Sends(map[string]any{"write_access_allowed": map[string]any{}})
	h.person.Says("zelf")
	if e := h.event(); e.Text != "zelf" {
		t.Errorf("brought %+v", e)
	}
	h.confirmed()
}
