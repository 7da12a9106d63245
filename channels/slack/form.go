package slack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	slackapi "github.com/slack-go/slack"

	"praline/channels"
	"praline/channels/markup"
)

// A form whose fields are chosen stands in the message itself: boxes, menus
// and clocks hold their values until the button of the form is pressed, and
// come with it. A form with something to type is a button that opens a window;
// the button carries the whole form, so that nobody has to remember it.

// field is what an element's action_id says whose value it holds: where there
// are too many boxes for one group, there are several for one field.
func (p *pencil) field(name string) string {
	p.n++
	return fieldAction + "." + name + "." + strconv.Itoa(p.n)
}

// fieldOf is the name of the field in an action_id, and the number there.
func fieldOf(id string) (name string, place int, ok bool) {
	rest, ok := strings.CutPrefix(id, fieldAction+".")
	last := strings.LastIndexByte(rest, '.')
	if !ok || last < 0 {
		return "", 0, false
	}
	place, err := strconv.Atoi(rest[last+1:])
	return rest[:last], place, err == nil
}

// form draws a form, and returns the button that submits it.
func (p *pencil) form(f *channels.Form, title string) (body []drawn, submit slackapi.BlockElement) {
	if len(f.Fields) == 0 {
		return nil, nil
	}
	if slices.ContainsFunc(f.Fields, typed) {
		return p.typedForm(f, title)
	}
	body = append(body, writtenOut(f)...)
	for i, field := range f.Fields {
		body = append(body, p.fieldBlocks(field, numbered(f.Fields[i].Options), nil)...)
	}
	button := slackapi.NewButtonBlockElement(p.id(submitAction), f.Value, plainText(f.Submit, maxButtonLabel))
	return body, button.WithStyle(slackapi.StylePrimary)
}

// typed says whether a field is filled in by typing. A number is, too: the
// app's own element for numbers knows no decimal comma.
func typed(f channels.Field) bool {
	return f.Kind == channels.TextField || f.Kind == channels.NumberField
}

// numbered says whether options are written out and numbered, because one of
// their labels is too long for a menu.
func numbered(options []channels.Option) bool {
	return slices.ContainsFunc(options, func(o channels.Option) bool { return !fits(o.Label, maxOptionLabel) })
}

// writtenOut is what the menus of a form choose among, to be read without
// opening one: all of it where a label is too long for a menu or where things
// are put in order.
func writtenOut(f *channels.Form) []drawn {
	options := f.Fields[0].Options
	if f.Fields[0].Kind == channels.TimeField || len(options) == 0 || !f.Ordered && !numbered(options) {
		return nil
	}
	var lines []string
	for i, o := range options {
		bullet := "- "
		if numbered(options) {
			bullet = fmt.Sprintf("%d. ", i+1)
		}
		lines = append(lines, bullet+markup.Escape(markup.Line(o.Label)))
	}
	return sections(strings.Join(lines, "\n"))
}

// fieldBlocks are one field in a message, or in a window where input wraps its
// elements.
func (p *pencil) fieldBlocks(f channels.Field, number bool, input func(label string, element slackapi.BlockElement) drawn) []drawn {
	beside := func(label string, element slackapi.BlockElement) drawn {
		text := plainText(label, maxSection)
		return drawn{
			block: slackapi.NewSectionBlock(text, nil, slackapi.NewAccessory(element)),
			words: markup.SlackText(text.Text), size: markup.Units(text.Text), live: true,
		}
	}
	if input != nil {
		beside = input
	}
	options := p.options(f.Options, number)
	size := 0
	for _, o := range options {
		size += markup.Units(o.Text.Text)
	}
	switch f.Kind {
	case channels.ChoicesField:
		return p.boxes(f, options, input)
	case channels.ChoiceField:
		if len(options) == 0 {
			return nil
		}
		options = options[:min(len(options), maxSelect)]
		placeholder := plainText(p.w.Say("slack.pick"), maxPlaceholder)
		menu := slackapi.NewOptionsSelectBlockElement(slackapi.OptTypeStatic, placeholder, p.field(f.Name), options...)
		if i := slices.IndexFunc(options, func(o *slackapi.OptionBlockObject) bool { return o.Value == f.Value }); i >= 0 && f.Value != "" {
			menu.InitialOption = options[i]
		}
		d := beside(f.Label, menu)
		d.size += size + markup.Units(placeholder.Text)
		return []drawn{d}
	case channels.TimeField:
		clock := slackapi.NewTimePickerBlockElement(p.field(f.Name))
		if clockTime.MatchString(f.Value) {
			clock.InitialTime = f.Value
		}
		return []drawn{beside(f.Label, clock)}
	}
	return nil
}

// boxes are groups of check boxes under one label.
func (p *pencil) boxes(f channels.Field, options []*slackapi.OptionBlockObject, input func(string, slackapi.BlockElement) drawn) []drawn {
	var out []drawn
	if label := markup.Line(f.Label); label != "" && input == nil {
		out = append(out, sections(markup.Escape(label))...)
	}
	for group := range slices.Chunk(options, maxCheckboxes) {
		boxes := slackapi.NewCheckboxGroupsBlockElement(p.field(f.Name), group...)
		var d drawn
		if input != nil {
			d = input(f.Label, boxes)
		} else {
			d = drawn{block: slackapi.NewActionBlock("", boxes), live: true}
		}
		var words []string
		for _, o := range group {
			d.size += markup.Units(o.Text.Text)
			words = append(words, markup.SlackText(o.Text.Text))
		}
		d.words = strings.TrimSpace(d.words + "\n" + strings.Join(words, "\n"))
		out = append(out, d)
	}
	return out
}

func (p *pencil) options(all []channels.Option, number bool) []*slackapi.OptionBlockObject {
	var out []*slackapi.OptionBlockObject
	for i, o := range all {
		label := markup.Line(o.Label)
		if number {
			label = fmt.Sprintf("%d. %s", i+1, label)
		}
		out = append(out, slackapi.NewOptionBlockObject(o.Value, plainText(label, maxOptionLabel), nil))
	}
	return out
}

// opening is the form of a window, as a button carries it and as the window
// brings it back.
type opening struct {
	Value        string         `json:"v"`
	Submit       string         `json:"s,omitempty"`
	Lang         string         `json:"l,omitempty"`
	Title        string         `json:"t,omitempty"`
	Fields       []openingField `json:"f,omitempty"`
	Conversation string         `json:"c,omitempty"`
	Message      string         `json:"m,omitempty"`
}

type openingField struct {
	Name    string             `json:"n"`
	Label   string             `json:"l,omitempty"`
	Kind    channels.FieldKind `json:"k"`
	Value   string             `json:"v,omitempty"`
	Options [][2]string        `json:"o,omitempty"`
}

func readOpening(text string) (opening, bool) {
	var o opening
	err := json.Unmarshal([]byte(text), &o)
	return o, err == nil && o.Value != ""
}

// typedForm is the button of a form that is typed; none for one that is too
// large for a button: whoever answers just types.
func (p *pencil) typedForm(f *channels.Form, title string) (body []drawn, open slackapi.BlockElement) {
	for most := 600; most >= 40; most /= 2 {
		o := opening{Value: f.Value, Submit: markup.Short(f.Submit, maxViewTitle), Lang: p.w.Lang, Title: markup.Short(title, min(most, maxHeader))}
		if markup.Line(title) == "" {
			o.Title = ""
		}
		for _, field := range f.Fields {
			one := openingField{Name: field.Name, Label: markup.Short(field.Label, most), Kind: field.Kind, Value: field.Value}
			for _, option := range field.Options {
				one.Options = append(one.Options, [2]string{option.Value, markup.Short(option.Label, maxOptionLabel)})
			}
			o.Fields = append(o.Fields, one)
		}
		value, err := json.Marshal(o)
		if err == nil && len(value) <= maxValue {
			button := slackapi.NewButtonBlockElement(p.id(openAction), string(value), plainText(f.Submit, maxButtonLabel))
			return nil, button.WithStyle(slackapi.StylePrimary)
		}
	}
	return nil, nil
}
