package telegramtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"praline/channels"
	"praline/channels/channelstest"
)

// Reader is a person for a conversation over all apps: what they see, and what
// they do, whatever comes of it.
type Reader struct{ *Person }

// Reader makes a person one.
func (s *Server) Reader(p *Person) Reader { return Reader{p} }

// Sees is the bot's messages, oldest first.
func (r Reader) Sees() []channelstest.Seen {
	var all []channelstest.Seen
	for _, m := range r.Shown() {
		seen := channelstest.Seen{Text: m.Text}
		if m.Poll != nil {
			seen.Text = strings.Join(append([]string{m.Poll.Question}, m.Poll.Options...), "\n")
			if !m.Poll.Closed && m.Poll.Chosen < 0 {
				seen.Pressable = append(seen.Pressable, m.Poll.Options...)
			}
		}
		for _, b := range slices.Concat(m.Buttons...) {
			seen.Pressable = append(seen.Pressable, b.Text)
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

// Presses presses a choice of the newest message: by its words, by its number,
// or as the answer of a quiz.
func (r Reader) Presses(c channels.Choice) {
	r.server.t.Helper()
	newest := r.newest()
	if newest.Poll != nil && c.Role == channels.Answer {
		option := slices.IndexFunc(newest.Poll.Options, func(o string) bool { return solid(o) == solid(c.Label) })
		if option < 0 || !r.Votes(option) {
			r.server.t.Errorf("Telegram: the quiz takes no %q: %+v", c.Label, *newest.Poll)
		}
		return
	}
	for _, label := range []string{c.Label, fmt.Sprintf("%d. %s", c.Number, c.Label), strconv.Itoa(c.Number)} {
		if r.press(newest, label) {
			return
		}
	}
	r.server.t.Errorf("Telegram: no button for %q at %+v", c.Label, newest)
}

// press presses the button of a message that is labelled so.
func (r Reader) press(m Message, label string) bool {
	for _, b := range slices.Concat(m.Buttons...) {
		if b.Text == label && b.Data != "" {
			r.PressesData(m.ID, b.Data)
			return true
		}
	}
	return false
}

func (r Reader) newest() Message {
	shown := r.Shown()
	if len(shown) == 0 {
		return Message{}
	}
	return shown[len(shown)-1]
}

// Fills presses one button of the newest form after the other, each when the
// keyboard has grown, and then the one that submits it.
func (r Reader) Fills(form channels.Form, values map[string][]string) {
	r.server.t.Helper()
	for i, f := range form.Fields {
		for _, v := range values[f.Name] {
			if f.Kind != channels.ChoiceField && f.Kind != channels.ChoicesField {
				r.Says(v)
				return
			}
			option, _ := strconv.Atoi(v)
			label := fmt.Sprint("☐ ", option+1)
			switch {
			case form.Ordered:
				label = strconv.Itoa(option + 1)
			case f.Kind == channels.ChoiceField:
				label = fmt.Sprintf("%d%c", i+1, 'a'+option)
			}
			edits := r.newest().Edits
			if !r.press(r.newest(), label) {
				r.server.t.Errorf("Telegram: no button %q at %+v", label, r.newest())
				return
			}
			if !r.server.Await(func() bool { return r.newest().Edits > edits }) {
				r.server.t.Errorf("Telegram: the keyboard did not grow after %q", label)
				return
			}
		}
	}
	if !r.press(r.newest(), form.Submit) {
		r.server.t.Errorf("Telegram: nothing submits the form: no button %q at %+v", form.Submit, r.newest())
	}
}

func solid(text string) string { return strings.Join(strings.Fields(text), "") }
