package slacktest

import (
	"encoding/json"
	"strings"

	"praline/channels/channelstest"
)

// Look is a message or a view as a person sees it.
type Look struct {
	Text      string   // all that is read, without markup and without buttons and options
	Pressable []string // labels of buttons, options and inputs
	Pictures  []string // alternative texts
	Spans     []Span   // what is shown in a format
}

// Look is the message as it is seen. Who sees the blocks does not see Text.
func (m Message) Look() Look {
	if len(m.blocks) > 0 {
		return look(m.blocks)
	}
	text, spans, _ := Read(m.Text)
	return Look{Text: text, Spans: spans}
}

// Blocks counts the blocks.
func (m Message) Blocks() int { return len(m.blocks) }

// Source is the message as it was sent, indented, without the ids that Slack
// gave.
func (m Message) Source() string {
	blocks := make([]any, 0, len(m.blocks))
	for _, b := range m.blocks {
		blocks = append(blocks, b)
	}
	return indented(object{"text": m.Text, "blocks": given(blocks)})
}

// given leaves out the ids that the stand-in made.
func given(v any) any {
	switch v := v.(type) {
	case object:
		out := object{}
		for name, one := range v {
			if id, ok := one.(string); !ok || !strings.HasPrefix(id, "made-") || !strings.HasSuffix(name, "_id") {
				out[name] = given(one)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, one := range v {
			out[i] = given(one)
		}
		return out
	}
	return v
}

// Look is the view as it is seen.
func (v *View) Look() Look { return look(v.blocks) }

// Source is the view as it was sent, indented.
func (v *View) Source() string { return indented(given(v.raw)) }

func indented(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(v)
	return b.String()
}

func look(blocks []object) Look {
	var l looking
	for _, b := range blocks {
		l.block(b)
	}
	l.Text = strings.TrimSpace(strings.Join(l.lines, "\n"))
	return l.Look
}

type looking struct {
	Look
	lines []string
}

func (l *looking) text(v any) {
	o, ok := v.(object)
	if !ok {
		return
	}
	source, _ := o["text"].(string)
	if o["type"] == "mrkdwn" {
		text, spans, _ := Read(source)
		l.Spans = append(l.Spans, spans...)
		l.lines = append(l.lines, text)
		return
	}
	l.Spans = append(l.Spans, emojis(o)...)
	l.lines = append(l.lines, shownText(o))
}

func (l *looking) block(b object) {
	list := func(name string) []any { all, _ := b[name].([]any); return all }
	switch b["type"] {
	case "section":
		l.text(b["text"])
		for _, f := range list("fields") {
			l.text(f)
		}
		l.element(b["accessory"])
	case "header":
		l.text(b["text"])
	case "context", "actions":
		for _, e := range list("elements") {
			if o, _ := e.(object); o["type"] == "mrkdwn" || o["type"] == plainOnly {
				l.text(e)
			} else {
				l.element(e)
			}
		}
	case "image":
		l.text(b["title"])
		l.element(b)
	case "input":
		l.text(b["label"])
		l.element(b["element"])
		l.text(b["hint"])
	case "rich_text":
		for _, e := range list("elements") {
			l.rich(e)
		}
	}
}

func (l *looking) element(v any) {
	e, ok := v.(object)
	if !ok {
		return
	}
	switch e["type"] {
	case "image":
		alt, _ := e["alt_text"].(string)
		l.Pictures = append(l.Pictures, alt)
	case "button":
		l.Pressable = append(l.Pressable, shownText(e["text"]))
		l.Spans = append(l.Spans, emojis(e["text"])...)
	case "plain_text_input", "number_input", "timepicker", "datepicker":
		kind, _ := e["type"].(string)
		l.Pressable = append(l.Pressable, or2(shownText(e["placeholder"]), kind))
	default:
		if s := shownText(e["placeholder"]); s != "" {
			l.lines = append(l.lines, s)
		}
		for _, o := range choosable(e) {
			l.Pressable = append(l.Pressable, shownText(o["text"]))
			if d := shownText(o["description"]); d != "" {
				l.lines = append(l.lines, d)
			}
		}
	}
}

func or2(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

func (l *looking) rich(v any) {
	o, _ := v.(object)
	list, _ := o["elements"].([]any)
	if o["type"] == "rich_text_list" {
		for _, e := range list {
			l.rich(e)
		}
		return
	}
	var b strings.Builder
	for _, v := range list {
		e, _ := v.(object)
		text, _ := e["text"].(string)
		switch e["type"] {
		case "emoji":
			name, _ := e["name"].(string)
			text = or2(emoji[name], ":"+name+":")
		case "link":
			address, _ := e["url"].(string)
			text = or2(text, address)
			l.Spans = append(l.Spans, Span{"link", text, address})
		}
		style, _ := e["style"].(object)
		for _, format := range []string{"bold", "italic", "strike", "code"} {
			if style[format] == true {
				l.Spans = append(l.Spans, Span{format, text, ""})
			}
		}
		b.WriteString(unseen.Replace(text))
	}
	switch o["type"] {
	case "rich_text_quote":
		l.Spans = append(l.Spans, Span{"quote", b.String(), ""})
	case "rich_text_preformatted":
		l.Spans = append(l.Spans, Span{"block", b.String(), ""})
	}
	l.lines = append(l.lines, b.String())
}

// seen is a message as the contract of all apps asks for it.
func (m Message) seen() channelstest.Seen {
	l := m.Look()
	s := channelstest.Seen{Text: l.Text, Pressable: l.Pressable, Pictures: l.Pictures}
	if f := m.File; f != nil {
		if strings.HasPrefix(f.MIME, "image/") {
			s.Pictures = append(s.Pictures, or2(f.Alt, f.Title))
		} else {
			s.Files = map[string][]byte{f.Name: f.Data}
		}
	}
	return s
}
