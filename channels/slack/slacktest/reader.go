package slacktest

import (
	"fmt"
	"slices"
	"strconv"

	"praline/channels"
	"praline/channels/channelstest"
)

// Reader is a person for a conversation over all apps: what they see, and what
// they do, whatever comes of it.
type Reader struct{ *Person }

// Reader makes a person one.
func (s *Server) Reader(p *Person) Reader { return Reader{p} }

// Sees is the bot's messages, oldest first; a modal that is open comes last.
func (r Reader) Sees() []channelstest.Seen {
	var all []channelstest.Seen
	for _, m := range r.Shown() {
		all = append(all, m.seen())
	}
	if v := r.Modal(); v != nil {
		l := v.Look()
		all = append(all, channelstest.Seen{Text: v.Title + "\n" + l.Text, Pressable: l.Pressable, Pictures: l.Pictures})
	}
	return all
}

// Presses presses a choice: the button that is labelled so or with its number,
// or the one that stands beside its text.
func (r Reader) Presses(c channels.Choice) {
	r.server.t.Helper()
	labels := []string{c.Label, fmt.Sprintf("%d. %s", c.Number, c.Label), fmt.Sprintf("%d) %s", c.Number, c.Label)}
	if c.Number > 0 {
		labels = append(labels, strconv.Itoa(c.Number))
	}
	if r.presses(labels...) {
		return
	}
	r.server.t.Errorf("Slack: nothing to press for %q", c.Label)
}

// Fills fills in the newest form, in the message or in the modal that its
// button opens, and submits it.
func (r Reader) Fills(form channels.Form, values map[string][]string) {
	r.server.t.Helper()
	if !r.hasFields() && !r.Opens(form) {
		r.server.t.Errorf("Slack: nothing opens the form %q", form.Submit)
		return
	}
	if r.Modal() != nil {
		r.fill(form, values)
		if !r.Submits() {
			r.server.t.Errorf("Slack: the modal %q cannot be submitted", r.Modal().Title)
		}
		return
	}
	r.fill(form, values)
	if !r.Person.Presses(form.Submit) {
		r.server.t.Errorf("Slack: nothing submits the form: no button %q", form.Submit)
	}
}

// Opens presses what opens a form in a modal, and waits for it.
func (r Reader) Opens(form channels.Form) bool {
	shown := r.Shown()
	if len(shown) == 0 {
		return false
	}
	labels := append([]string{form.Submit}, shown[len(shown)-1].Look().Pressable...)
	for _, label := range labels {
		if r.Person.Presses(label) {
			return r.server.Await(func() bool { return r.Modal() != nil })
		}
	}
	return false
}

// fields are the elements that can be filled in on what is before the person.
func (r Reader) fields() []part {
	for _, f := range r.before() {
		var all []part
		for _, e := range f.parts() {
			if e.kind() != "button" && e.kind() != "overflow" {
				all = append(all, e)
			}
		}
		if len(all) > 0 || f.view == nil && len(f.parts()) > 0 {
			return all
		}
	}
	return nil
}

func (r Reader) hasFields() bool {
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	return len(r.fields()) > 0
}

// fill fills each field, one element after the other; a field of many options
// may be spread over several elements.
func (r Reader) fill(form channels.Form, values map[string][]string) {
	r.server.t.Helper()
	r.server.mu.Lock()
	defer r.server.mu.Unlock()
	elements := r.fields()
	for _, field := range form.Fields {
		if len(elements) == 0 {
			r.server.t.Errorf("Slack: no element for the field %q", field.Name)
			return
		}
		taken := 1
		if field.Kind == channels.ChoicesField {
			taken = r.tick(elements, field, values[field.Name])
		} else if !r.choose(elements[0], wanted(elements[0], field, values[field.Name]), first(values[field.Name])) {
			r.server.t.Errorf("Slack: the field %q does not take %q", field.Name, values[field.Name])
		}
		elements = elements[taken:]
	}
}

// tick chooses any of the options, and returns over how many elements they are
// spread.
func (r Reader) tick(elements []part, field channels.Field, values []string) (taken int) {
	first := 0
	for taken < len(elements) && first < len(field.Options) {
		e := elements[taken]
		here := len(choosable(e.element))
		var chosen []any
		for i := range here {
			if first+i < len(field.Options) && slices.Contains(values, field.Options[first+i].Value) {
				chosen = append(chosen, choosable(e.element)[i])
			}
		}
		if here == 0 {
			break
		}
		if len(chosen) > 0 && !r.choose(e, chosen, "") {
			r.server.t.Errorf("Slack: the field %q does not take %q", field.Name, chosen)
		}
		first += here
		taken++
	}
	return max(1, taken)
}

// wanted is what to choose in an element: the option that stands at the place
// of the wanted one, which may be shown in short.
func wanted(e part, field channels.Field, values []string) (all []any) {
	options := choosable(e.element)
	for _, v := range values {
		for i, o := range field.Options {
			if o.Value != v || len(options) == 0 {
				continue
			}
			same := slices.IndexFunc(options, func(one object) bool { return solid(shownText(one["text"])) == solid(o.Label) })
			if same < 0 {
				same = min(i, len(options)-1)
			}
			all = append(all, options[same])
		}
	}
	return all
}

// Blocks is as far as one can go in Slack: the account is gone.
func (r Reader) Blocks() { r.Deactivated("is_archived") }
