package teams_test

import (
	"testing"

	"praline/channels/channelstest"
)

// TestAttacks: each is refused, and nobody is told of it, asked or answered.
func TestAttacks(t *testing.T) {
	h := start(t, nil)
	h.comes()
	attacks := h.server.Attacks(h.person)
	if len(attacks) < 80 {
		t.Errorf("%d attacks, want 80", len(attacks))
	}
	t.Logf("%d attacks", len(attacks))
	events, sent := h.events(), h.server.Calls("send")
	channelstest.AllRefused(t, h.address, attacks)
	if h.events() != events || h.server.Calls("send") != sent || h.server.Calls("token") != 0 {
		t.Errorf("the attacks had an effect: %d events, %d messages, %d tokens\n%s", h.events()-events, h.server.Calls("send")-sent, h.server.Calls("token"), h.log.String())
	}
	if h.server.Calls("keys") > 2 {
		t.Errorf("the attacks had Microsoft's keys fetched %d times", h.server.Calls("keys"))
	}
	if out := h.person.Says("bonjour"); !out.Taken() {
		t.Errorf("after the attacks a good message is answered %d", out.Status)
	}
	h.event()
}
