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

// Sees is the bot's messages, oldest first.
func (r Reader) Sees() []channelstest.Seen {
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
		all = append(all, seen)
	}
	return all
}

// Says types a text and sends it.
func (r Reader) Says(words string) { r.Person.Says(words) }

// Presses presses a choice: the newest button that is labelled so or with its
// number.
func (r Reader) Presses(c channels.Choice) {
	r.server.t.Helper()
	titles := []string{c.Label, strings.TrimSpace(c.Label), fmt.Sprintf("%d. %s", c.Number, c.Label), fmt.Sprintf("%d) %s", c.Number, c.Label)}
	if c.Number > 0 {
		titles = append(titles, strconv.Itoa(c.Number))
	}
	for _, m := range slices.Backward(r.Shown()) {
		for _, b := range m.Buttons {
			if slices.Contains(titles, b.Title) {
				if _, ok := r.Person.Presses(b.Title); !ok {
					r.server.t.Errorf("Teams: %q cannot be pressed: something is not filled in", b.Title)
				}
				return
			}
		}
	}
	r.server.t.Errorf("Teams: nothing to press for %q", c.Label)
}

// Fills fills in the newest form, input after input in the order of the fields,
// and submits it. A field of many options may be spread over several inputs.
func (r Reader) Fills(form channels.Form, values map[string][]string) {
	r.server.t.Helper()
	var before []Input
	for _, m := range slices.Backward(r.Shown()) {
		if before = m.Inputs; len(before) > 0 {
			break
		}
	}
	for i, field := range form.Fields {
		if i >= len(before) {
			r.server.t.Errorf("Teams: no input for the field %q", field.Name)
			return
		}
		r.fill(before[i], field, values[field.Name])
	}
	if _, ok := r.Person.Presses(form.Submit); !ok {
		r.server.t.Errorf("Teams: the form cannot be submitted: no button %q, or something is not filled in", form.Submit)
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
