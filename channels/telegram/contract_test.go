package telegram_test

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

// TestContract: with sealed buttons and quizzes, and without.
func TestContract(t *testing.T) {
	for _, row := range []struct {
		label   string
		options telegram.Options
	}{
		{"as configured", telegram.Options{Key: key}},
		{"with quizzes", telegram.Options{Key: key, Quiz: true}},
		{"without a key", telegram.Options{}},
	} {
		t.Run(row.label, func(t *testing.T) {
			channelstest.Run(t, func(t *testing.T) channelstest.Harness {
				h := start(t, row.options)
				h.polls()
				return channelstest.Harness{Adapter: h.Adapter, Person: person{h}, Conversation: strconv.FormatInt(h.person.ID, 10)}
			})
		})
	}
}

// key seals the buttons of tests.
var key = []byte("a key of thirty-two bytes, or so")

// person does in Telegram what the contract asks for, and waits for the event.
type person struct{ *harness }

func (p person) Sees() []channelstest.Seen { return p.reader().Sees() }

func (p person) Says(text string) channels.Event {
	p.person.Says(text)
	return p.event()
}

func (p person) Presses(c channels.Choice) channels.Event {
	p.t.Helper()
	p.reader().Presses(c)
	return p.event()
}

func (p person) Fills(form channels.Form, values map[string][]string) channels.Event {
	p.t.Helper()
	p.reader().Fills(form, values)
	return p.event()
}

func (p person) Blocks() { p.person.Blocks(); p.event() }

func (p person) reader() telegramtest.Reader { return p.server.Reader(p.person) }

func (p person) newest() telegramtest.Message {
	shown := p.person.Shown()
	return shown[len(shown)-1]
}

// harness is an adapter, the stand-in, one person, and what was brought.
type harness struct {
	*telegram.Adapter
	t      *testing.T
	client *http.Client
	server *telegramtest.Server
	person *telegramtest.Person
	log    *channelstest.Log
	brings chan channels.Event

	mu    sync.Mutex
	fails []error // what handle returns next
	seen  []channels.Event
}

// handle notes an event, unless it is told to fail.
func (h *harness) handle(_ context.Context, e channels.Event) ([]channels.Message, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.fails) > 0 {
		err := h.fails[0]
		h.fails = h.fails[1:]
		if err != nil {
			return nil, err
		}
	}
	h.seen = append(h.seen, e)
	h.brings <- e
	return nil, nil
}
