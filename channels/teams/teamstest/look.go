package teamstest

import (
	"strings"
)

// Message is one message of the bot as a person sees it.
type Message struct {
	ID    string
	Edits int
	// Text is all that is read, without markup and without the buttons: texts,
	// labels, choices, what is filled in.
	Text string
	// Buttons are what can be pressed, by their titles.
	Buttons []Button
	// Demand are the titles of what shows more of the card and tells nobody.
	Demand   []string
	Inputs   []Input
	Pictures []Picture
	// Links lead out of the texts.
	Links []string
	// Files are handed over.
	Files []File
	// Activity is as it was sent; Card its Adaptive Card, nil for none.
	Activity, Card map[string]any
}

// Button is one that tells the bot, or opens an address.
type Button struct {
	Title, Kind, URL string
	Action           map[string]any
}

// Input is one that is filled in.
type Input struct {
	ID, Label, Kind string
	Value           string
	Choices         []Choice
	Several         bool
}

// Choice is one value of an Input.
type Choice struct{ Title, Value string }

// Picture is one that is shown.
type Picture struct{ URL, Alt string }

// File is one that is offered, or that can be opened at URL.
type File struct {
	Name, URL string
	Offer     map[string]any // the consent card's content; nil where it is there
}

// Summary is what a notification says.
func (m Message) Summary() string {
	for _, s := range []string{text(m.Activity["summary"]), text(m.Card["fallbackText"]), m.Text} {
		if s != "" {
			return s
		}
	}
	return ""
}

// look is what a person sees of a message.
func (m *message) look() Message {
	l := looking{toggled: m.toggled, filled: m.inputs}
	l.ID, l.Edits, l.Activity = m.id, m.edits, m.activity
	if said := text(m.activity["text"]); said != "" {
		if text(m.activity["textFormat"]) == "plain" {
			l.line(said)
		} else {
			read, links := readBy(inMessage, said)
			l.line(read)
			l.Links = append(l.Links, links...)
		}
	}
	for _, each := range list(m.activity["attachments"]) {
		l.attachment(object1(each))
	}
	l.Text = strings.Join(l.lines, "\n")
	return l.Message
}

// looking reads a message from above.
type looking struct {
	Message
	lines   []string
	toggled map[string]bool
	filled  map[string]string
}

func (l *looking) line(s string) {
	if s = strings.TrimSpace(s); s != "" {
		l.lines = append(l.lines, s)
	}
}

func (l *looking) attachment(a object) {
	content := object1(a["content"])
	switch text(a["contentType"]) {
	case cardType:
		l.Card = content
		l.part(content)
	case consentType:
		l.line(text(content["description"]))
		l.Files = append(l.Files, File{Name: text(a["name"]), Offer: content})
	case fileType:
		l.Files = append(l.Files, File{Name: text(a["name"]), URL: text(a["contentUrl"])})
	default:
		l.Pictures = append(l.Pictures, Picture{URL: text(a["contentUrl"]), Alt: text(a["name"])})
	}
}

// hidden says whether a part is not shown now.
func (l *looking) hidden(part object) bool {
	if visible, ok := l.toggled[text(part["id"])]; ok && text(part["id"]) != "" {
		return !visible
	}
	return part["isVisible"] == false
}

// part reads one part of a card, and what is in it.
func (l *looking) part(part object) {
	if part == nil || l.hidden(part) {
		return
	}
	kind := text(part["type"])
	switch {
	case kind == "TextBlock":
		l.marked(text(part["text"]))
	case kind == "RichTextBlock":
		l.rich(part)
	case kind == "FactSet":
		for _, f := range list(part["facts"]) {
			l.marked(text(object1(f)["title"]))
			l.marked(text(object1(f)["value"]))
		}
	case kind == "Image":
		l.Pictures = append(l.Pictures, Picture{URL: text(part["url"]), Alt: text(part["altText"])})
	case strings.HasPrefix(kind, "Input."):
		l.input(kind, part)
	case strings.HasPrefix(kind, "Action."):
		l.button(kind, part)
		return
	}
	for _, name := range inOrder {
		switch v := part[name].(type) {
		case object:
			l.part(v)
		case []any:
			for _, member := range v {
				l.part(object1(member))
			}
		}
	}
}

func (l *looking) marked(source string) {
	read, links := Read(source)
	l.line(read)
	l.Links = append(l.Links, links...)
}

func (l *looking) rich(part object) {
	var b strings.Builder
	for _, inline := range list(part["inlines"]) {
		b.WriteString(expanded(text(inline) + text(object1(inline)["text"])))
	}
	l.line(b.String())
}

func (l *looking) input(kind string, part object) {
	in := Input{
		ID: text(part["id"]), Label: text(part["label"]), Kind: strings.TrimPrefix(kind, "Input."), Value: l.filled[text(part["id"])],
		Several: part["isMultiSelect"] == true,
	}
	l.line(in.Label)
	for _, c := range list(part["choices"]) {
		choice := Choice{text(object1(c)["title"]), text(object1(c)["value"])}
		in.Choices = append(in.Choices, choice)
		l.line(choice.Title)
	}
	l.line(text(part["title"]))
	l.line(text(part["placeholder"]))
	if in.Choices == nil {
		l.line(in.Value)
	}
	l.Inputs = append(l.Inputs, in)
}

func (l *looking) button(kind string, part object) {
	switch {
	case part["isEnabled"] == false:
		l.line(text(part["title"]))
	case kind == "Action.ToggleVisibility", kind == "Action.ShowCard":
		l.Demand = append(l.Demand, text(part["title"]))
		if visible := l.toggled["card "+text(part["title"])]; visible {
			l.part(object1(part["card"]))
		}
	default:
		l.Buttons = append(l.Buttons, Button{Title: text(part["title"]), Kind: strings.TrimPrefix(kind, "Action."), URL: text(part["url"]), Action: part})
	}
}
