package slack_test

import (
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
)

func TestContract(t *testing.T) {
	for name, connect := range map[string]func(*harness){
		"http":   func(h *harness) { h.hears() },
		"socket": func(h *harness) { h.listens() },
	} {
		t.Run(name, func(t *testing.T) {
			channelstest.Run(t, func(t *testing.T) channelstest.Harness {
				h := start(t, slack.Options{AppToken: slacktest.AppToken})
				connect(h)
				return channelstest.Harness{Adapter: h.Adapter, Person: hands{h.server.Reader(h.person), h}, Conversation: h.conversation()}
			})
		})
	}
}

// hands are a reader's, and bring back what came of it.
type hands struct {
	slacktest.Reader
	h *harness
}

func (p hands) Says(text string) channels.Event {
	p.Reader.Says(text)
	return p.h.event()
}

func (p hands) Presses(c channels.Choice) channels.Event {
	p.h.t.Helper()
	p.Reader.Presses(c)
	return p.h.event()
}

func (p hands) Fills(form channels.Form, values map[string][]string) channels.Event {
	p.h.t.Helper()
	p.Reader.Fills(form, values)
	return p.h.event()
}
