package teams_test

import (
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/teams/teamstest"
)

func TestContract(t *testing.T) {
	channelstest.Run(t, func(t *testing.T) channelstest.Harness {
		h := start(t, nil)
		return channelstest.Harness{Adapter: h.Adapter, Person: person{h, h.server.Reader(h.person)}, Conversation: h.comes()}
	})
}

// person does in Teams what the contract asks for.
type person struct {
	*harness
	teamstest.Reader
}

func (p person) Says(text string) channels.Event {
	p.Reader.Says(text)
	return p.event()
}

func (p person) Presses(c channels.Choice) channels.Event {
	p.t.Helper()
	p.Reader.Presses(c)
	return p.event()
}

func (p person) Fills(form channels.Form, values map[string][]string) channels.Event {
	p.t.Helper()
	p.Reader.Fills(form, values)
	return p.event()
}

func (p person) Blocks() { p.person.Blocks() }
