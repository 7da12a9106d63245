package teams

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"praline/channels"
	"praline/channels/markup"
)

// maxTyped is how much can be typed into a field, in characters.
const maxTyped = 1000

// maxOptions is how much the titles of a form's choices may have together, in
// UTF-16 units, before they are written out once and numbered.
const maxOptions = 5000

// answers are the choices of a question with an answer chosen in a list; nil
// where they are buttons: beside a form, one alone, or a few that have no
// numbers ("3 minutes"), which one tap chooses.
func answers(m channels.Message) []channels.Choice {
	if m.Form != nil {
		return nil
	}
	var all []channels.Choice
	few := true
	for _, c := range m.Choices {
		if c.Role == channels.Answer && c.Value != "" && c.URL == "" && c.Mark == channels.Unmarked {
			all = append(all, c)
			few = few && c.Number == 0 && utf8.RuneCountInString(c.Label) <= maxLabel
		}
	}
	if len(all) < 2 || few && len(m.Choices) <= maxActions {
		return nil
	}
	return all
}

// inputs writes what is filled in.
func (w *writer) inputs() {
	if all := answers(w.m); all != nil {
		w.single(all)
	}
	if w.m.Form != nil {
		w.form(*w.m.Form)
	}
}

// single is a question with one answer: a list with a round box before each.
func (w *writer) single(all []channels.Choice) {
	var options []channels.Option
	for _, c := range all {
		options = append(options, channels.Option{Value: c.Value, Label: c.Label})
	}
	titles, written := w.titles(options, func(i int) string {
		if n := all[i].Number; n > 0 {
			return fmt.Sprint(n)
		}
		return "" // what is typed instead is no number of a list: "3" means three minutes
	})
	if written {
		w.writtenAnswers()
	}
	in := w.input("Input.ChoiceSet", inputChoice, w.words.Say("teams.your-answer"), "teams.choose")
	in["style"], in["wrap"], in["choices"] = "expanded", true, titles
	w.filled = append(w.filled, in)
}

// titles are the choices of an input. What a client could take for Markdown is
// not among them: some read titles as plain text and some do not, so it is
// written out above, escaped, and chosen by its number.
func (w *writer) titles(options []channels.Option, number func(int) string) (all []any, written bool) {
	for _, o := range options {
		written = written || !plainly(o.Label)
	}
	for i, o := range options {
		title := number(i)
		switch {
		case written && title == "":
			title = fmt.Sprint(i + 1)
		case written:
		case title == "":
			title = flat(clean(o.Label))
		default:
			title += "." + unbreaking + flat(clean(o.Label)) // with a space it would be a list of its own
		}
		all = append(all, part{"title": title, "value": o.Value})
	}
	return all, written
}

const unbreaking = "\u00a0"

// plainly says whether a label is the same as plain text and as Markdown.
func plainly(label string) bool {
	label = flat(clean(label))
	return label != "" && markup.CardText(label) == label && !strings.ContainsAny(label, "<&")
}

// input is one that must be filled in, unless why is "".
func (w *writer) input(kind, id, label, why string) part {
	label = flat(clean(label))
	if label == "" {
		label = w.words.Say("teams.your-answer")
	}
	if !plainly(label) {
		w.text(markup.Escape(label), nil)
		label = fmt.Sprintf("%s %d", w.words.Say("teams.your-answer"), len(w.filled)+1)
	}
	in := part{"type": kind, "id": id, "label": label}
	if why != "" {
		in["isRequired"], in["errorMessage"] = true, w.words.Say(why)
	}
	return in
}

func (w *writer) form(f channels.Form) {
	lists, units := 0, 0
	for _, field := range f.Fields {
		if len(field.Options) > 0 {
			lists++
		}
		for _, o := range field.Options {
			units += markup.Units(o.Label)
		}
	}
	same := lists > 1 && (units > maxOptions || slices.ContainsFunc(f.Fields[0].Options, func(o channels.Option) bool { return !plainly(o.Label) }))
	if same {
		w.writtenForm()
	}
	for _, field := range f.Fields {
		if reserved(field.Name) {
			continue
		}
		w.field(field, same)
	}
}

// reserved says whether a name is one of a button's own.
func reserved(name string) bool {
	return slices.Contains([]string{"", dataValue, dataForm, dataMessage, dataSeveral}, name)
}

// field is one input; numbered says that its options are written out above.
func (w *writer) field(f channels.Field, numbered bool) {
	var in part
	switch f.Kind {
	case channels.ChoiceField, channels.ChoicesField:
		if len(f.Options) == 0 {
			return
		}
		why := "teams.choose"
		if f.Kind == channels.ChoicesField {
			why = "" // none of them may be right
		}
		var titles []any
		if numbered {
			for i, o := range f.Options {
				titles = append(titles, part{"title": fmt.Sprint(i + 1), "value": o.Value})
			}
		} else {
			var written bool
			titles, written = w.titles(f.Options, func(i int) string { return fmt.Sprint(i + 1) })
			if written {
				w.writtenOptions(f.Options)
			}
		}
		in = w.input("Input.ChoiceSet", f.Name, f.Label, why)
		in["choices"] = titles
		if f.Kind == channels.ChoicesField {
			in["isMultiSelect"], in["style"], in["wrap"] = true, "expanded", true
		} else {
			in["style"], in["placeholder"] = "compact", w.words.Say("teams.pick")
		}
		if slices.ContainsFunc(f.Options, func(o channels.Option) bool { return o.Value == f.Value }) {
			in["value"] = f.Value
		}
	case channels.TimeField:
		in = w.input("Input.Time", f.Name, f.Label, "teams.fill")
		if _, err := time.Parse("15:04", f.Value); err == nil {
			in["value"] = f.Value
		}
	default: // numbers, too: Input.Number takes no comma
		in = w.input("Input.Text", f.Name, f.Label, "teams.fill")
		in["maxLength"] = maxTyped
		if f.Value != "" {
			in["value"] = f.Value
		}
	}
	w.filled = append(w.filled, in)
}

// writtenAnswers writes the answers with their numbers.
func (w *writer) writtenAnswers() {
	var lines []string
	for i, c := range answers(w.m) {
		n := c.Number
		if n == 0 {
			n = i + 1
		}
		lines = append(lines, fmt.Sprintf("%d. %s", n, markup.Escape(flat(clean(c.Label)))))
	}
	w.text(strings.Join(lines, "\n"), nil)
}

// writtenForm writes what a form chooses among.
func (w *writer) writtenForm() {
	f := w.m.Form
	if f == nil || len(f.Fields) == 0 {
		return
	}
	w.writtenOptions(f.Fields[0].Options)
}

func (w *writer) writtenOptions(options []channels.Option) {
	var lines []string
	for i, o := range options {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, markup.Escape(flat(clean(o.Label)))))
	}
	w.text(strings.Join(lines, "\n"), nil)
}
