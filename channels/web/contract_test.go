package web_test

import (
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/web"
	"praline/channels/web/webtest"
)

func TestContract(t *testing.T) {
	channelstest.Run(t, func(t *testing.T) channelstest.Harness {
		c := newChat(t, func(channels.Event) []channels.Message { return nil }, func(o *web.Options) { o.Media = channelstest.Media })
		p := person{webtest.Open(t, c.server.URL, "nl-BE,nl;q=0.9"), c}
		return channelstest.Harness{Adapter: c.adapter, Person: p, Conversation: c.bot.seen()[0].Conversation, Once: true}
	})
}

// person does on the page, without a script, what the contract asks for, and
// returns the event that it became.
type person struct {
	*webtest.Reader
	*chat
}

func (p person) Says(text string) channels.Event {
	return p.event(func() { p.Reader.Says(text) })
}

func (p person) Presses(c channels.Choice) channels.Event {
	return p.event(func() { p.Reader.Presses(c) })
}

func (p person) Fills(f channels.Form, values map[string][]string) channels.Event {
	return p.event(func() { p.Reader.Fills(f, values) })
}

func (p person) event(does func()) channels.Event {
	p.t.Helper()
	before := len(p.bot.seen())
	does()
	seen := p.bot.seen()
	if len(seen) != before+1 {
		p.t.Fatalf("%d events came of it", len(seen)-before)
	}
	return seen[before]
}
