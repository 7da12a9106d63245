package teamstest

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

// Sees is the bot's messages, oldest first. A file that is offered is taken.
func (r Reader) Sees() []channelstest.Seen {
	r.Accepts()
	var all []channelstest.Seen
	for _, m := range r.Shown() {
		seen := channelstest.Seen{Text: m.Text}
		for _, in := range m.Inputs {
			seen.Pressable = append(seen.Pressable, in.Label)
		}
		for _, b := range m.Buttons {
			seen.Pressable = append(seen.Pressable, b.Title)
		}
		for _, p := range m.Pictures {
			seen.Pictures = append(seen.Pictures, p.Alt)
		}
		for _, f := range m.Files {
			if data := r.server.Uploaded(f.URL); data != nil {
				seen.Files = map[string][]byte{f.Name: data}
			}
		}
		all = append(all, seen)
	}
	return all
}

// Says types a text and sends it.
func (r Reader) Says(words string) { r.Person.Says(words) }

// Presses presses a choice: the newest button that is labelled so or with its
// number, or the newest of a list, which is then sent.
func (r Reader) Presses(c channels.Choice) {
	r.server.t.Helper()
	if !r.presses(c) {
		r.server.t.Errorf("Teams: nothing to press for %q", c.Label)
	}
}

func (r Reader) presses(c channels.Choice) bool {
	for _, m := range slices.Backward(r.Shown()) {
		for _, b := range m.Buttons {
			if names(c, b.Title) {
				_, ok := r.Person.Presses(b.Title)
				return ok
			}
		}
		for _, in := range m.Inputs {
			i := slices.IndexFunc(in.Choices, func(one Choice) bool { return names(c, one.Title) })
			if i < 0 {
				continue
			}
			r.fills(in.ID, func(Input) (string, bool) { return in.Choices[i].Value, true })
			return r.sends(m)
		}
	}
	return false
}

// names says whether a title is a choice's: its label, with or without its
// number, or its number alone.
func names(c channels.Choice, title string) bool {
	title = strings.Join(strings.Fields(title), " ") // some spaces do not break
	label := strings.Join(strings.Fields(c.Label), " ")
	labels := []string{label, fmt.Sprintf("%d. %s", c.Number, label), fmt.Sprintf("%d) %s", c.Number, label)}
	return slices.Contains(labels, title) || c.Number > 0 && title == strconv.Itoa(c.Number)
}

// sends presses the button that sends what is filled in.
func (r Reader) sends(m Message) bool {
	for _, b := range m.Buttons {
		if text(b.Action["associatedInputs"]) != "none" && b.Kind != "OpenUrl" {
			_, ok := r.Person.Presses(b.Title)
			return ok
		}
	}
	return false
}

// Fills fills in the newest form, input after input in the order of the fields,
// and sends it.
func (r Reader) Fills(form channels.Form, values map[string][]string) {
	r.server.t.Helper()
	var asks Message
	for _, m := range slices.Backward(r.Shown()) {
		if asks = m; len(asks.Inputs) > 0 {
			break
		}
	}
	for i, field := range form.Fields {
		if i >= len(asks.Inputs) {
			r.server.t.Errorf("Teams: no input for the field %q", field.Name)
			return
		}
		r.fill(asks.Inputs[i], field, values[field.Name])
	}
	if !r.sends(asks) {
		r.server.t.Errorf("Teams: the form cannot be sent: no button %q, or something is not filled in", form.Submit)
	}
}

func (r Reader) fill(in Input, field channels.Field, values []string) {
	r.server.t.Helper()
	if in.Choices == nil {
		if len(values) > 0 && !r.Types(in.ID, values[0]) {
			r.server.t.Errorf("Teams: the field %q does not take %q", field.Name, values[0])
		}
		return
	}
	var chosen []string
	for i, o := range field.Options {
		if slices.Contains(values, o.Value) && i < len(in.Choices) {
			chosen = append(chosen, in.Choices[i].Value) // two choices may have one title
		}
	}
	if len(chosen) != len(values) || !r.fills(in.ID, func(Input) (string, bool) { return strings.Join(chosen, ","), in.Several || len(chosen) == 1 }) {
		r.server.t.Errorf("Teams: the field %q does not take %q", field.Name, values)
	}
}
