package telegram_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

func TestContract(t *testing.T) {
	channelstest.Run(t, func(t *testing.T) channelstest.Harness {
		h := start(t, telegram.Options{})
		h.polls()
		return channelstest.Harness{Adapter: h.Adapter, Person: person{h}, Conversation: strconv.FormatInt(h.person.ID, 10)}
	})
}

// person does in Telegram what the contract asks for.
type person struct{ *harness }

func (p person) Sees() []channelstest.Seen {
	var all []channelstest.Seen
	for _, m := range p.person.Shown() {
		seen := channelstest.Seen{Text: m.Text}
		for _, row := range m.Buttons {
			for _, b := range row {
				seen.Pressable = append(seen.Pressable, b.Text)
			}
		}
		switch {
		case m.File == nil:
		case m.File.Method == "sendPhoto":
			seen.Pictures = []string{m.Caption}
		default:
			seen.Files = map[string][]byte{m.File.Name: m.File.Data}
		}
		all = append(all, seen)
	}
	return all
}

func (p person) Says(text string) channels.Event {
	p.person.Says(text)
	return p.event()
}

func (p person) Presses(c channels.Choice) channels.Event {
	p.t.Helper()
	newest := p.newest()
	for _, label := range []string{c.Label, fmt.Sprintf("%d. %s", c.Number, c.Label), strconv.Itoa(c.Number)} {
		if slices.ContainsFunc(slices.Concat(newest.Buttons...), func(b telegramtest.Button) bool { return b.Text == label }) {
			p.person.Presses(label)
			return p.event()
		}
	}
	p.t.Fatalf("no button for %q at %+v", c.Label, newest)
	return channels.Event{}
}

func (p person) newest() telegramtest.Message {
	shown := p.person.Shown()
	return shown[len(shown)-1]
}

// Fills presses one button after the other, each when the keyboard has grown.
func (p person) Fills(form channels.Form, values map[string][]string) channels.Event {
	p.t.Helper()
	for i, f := range form.Fields {
		for _, v := range values[f.Name] {
			option, _ := strconv.Atoi(v)
			label := fmt.Sprint("☐ ", option+1)
			switch {
			case form.Ordered:
				label = strconv.Itoa(option + 1)
			case f.Kind == channels.ChoiceField:
				label = fmt.Sprintf("%d%c", i+1, 'a'+option)
			}
			edits := p.newest().Edits
			if !p.person.Presses(label) {
				p.t.Fatalf("no button %q at %+v", label, p.newest())
			}
			if !p.server.Await(func() bool { return p.newest().Edits > edits }) {
				p.t.Fatalf("the keyboard did not grow after %q", label)
			}
		}
	}
	p.person.Presses(form.Submit)
	return p.event()
}

func (p person) Blocks() { p.person.Blocks(); p.event() }

// harness is an adapter, the stand-in, one person, and what was brought.
type harness struct {
	*telegram.Adapter
	t      *testing.T
	client *http.Client
	server *telegramtest.Server
	person *telegramtest.Person
	log    *lines
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
