package teams

import (
	"fmt"
	"maps"
	"strings"

	"praline/channels"
	"praline/channels/markup"
)

// buttons writes what can be pressed: first what submits what is filled in,
// then the other choices in their order, six in a row. link is one more, nil
// for none.
func (w *writer) buttons(link part) {
	var all []any
	switch {
	case w.m.Form != nil && len(w.filled) > 0:
		data := part{dataForm: w.m.Form.Value, dataMessage: w.m.ID}
		if several := several(*w.m.Form); several != "" {
			data[dataSeveral] = several
		}
		all = append(all, w.submit(w.m.Form.Submit, data))
	case len(w.filled) > 0:
		all = append(all, w.submit(w.words.Say("teams.answer"), part{dataMessage: w.m.ID}))
	}
	listed := answers(w.m) != nil
	for _, c := range w.m.Choices {
		if listed && c.Role == channels.Answer {
			continue
		}
		if b := w.button(c, len(all) == 0 || len(w.filled) == 0); b != nil {
			all = append(all, b)
		}
	}
	if link != nil {
		all = append(all, link)
	}
	for len(all) > maxActions {
		w.sets, all = append(w.sets, all[:maxActions:maxActions]), all[maxActions:]
	}
	if len(all) > 0 {
		w.sets = append(w.sets, all)
	}
}

// several are the names of the fields of which several options may be chosen.
func several(f channels.Form) string {
	var names []string
	for _, field := range f.Fields {
		if field.Kind == channels.ChoicesField {
			names = append(names, field.Name)
		}
	}
	return strings.Join(names, " ")
}

// submit is the button that sends what is filled in.
func (w *writer) submit(label string, data part) part {
	b := execute("answer", w.label(label, ""), data)
	b["style"] = "positive"
	return b
}

// button is a choice; nil where it cannot be pressed. main says whether a
// primary one is the main way on.
func (w *writer) button(c channels.Choice, main bool) part {
	if c.URL != "" {
		if public(c.URL) || nearby(c.URL) && strings.HasPrefix(c.URL, "http") {
			return part{"type": "Action.OpenUrl", "title": w.label(c.Label, ""), "url": c.URL}
		}
		w.text(markup.Escape(c.Label+" "+c.URL), nil)
		return nil
	}
	if c.Value == "" || c.Mark != channels.Unmarked {
		return nil
	}
	number := ""
	if c.Number > 0 {
		number = fmt.Sprint(c.Number)
	}
	b := execute("press", w.label(c.Label, number), part{dataValue: c.Value, dataMessage: w.m.ID})
	b["associatedInputs"] = "none" // what is not filled in does not keep anybody from pressing
	b["fallback"].(part)["associatedInputs"] = "none"
	if c.Role == channels.Primary && main {
		b["style"] = "positive"
	}
	return b
}

// label is what a button shows. A label that would be cut is written out above;
// the button then shows its number or its beginning.
func (w *writer) label(label, number string) string {
	label = flat(clean(label))
	runes := []rune(label)
	switch {
	case label == "":
		return "…"
	case len(runes) <= maxLabel:
		return label
	case number != "":
		w.text(number+". "+markup.Escape(label), nil)
		return number
	}
	w.text("- "+markup.Escape(label), nil)
	return strings.TrimSpace(string(runes[:maxLabel-1])) + "…"
}

// execute is a press that Teams brings as an invoke, and older clients as a
// message.
func execute(verb, title string, data part) part {
	return part{
		"type": "Action.Execute", "verb": verb, "title": title, "data": data,
		"fallback": part{"type": "Action.Submit", "title": title, "data": maps.Clone(data)},
	}
}
