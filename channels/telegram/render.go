package telegram

import (
	"fmt"
	"strings"

	"praline/channels"
	"praline/channels/markup"
)

// render is a message as Telegram's HTML, in parts that each fit one message.
// The keyboard belongs to the last part.
func render(m channels.Message) []string {
	var b strings.Builder
	paragraph := func(text string) {
		if text = strings.TrimSpace(text); text == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(text)
	}
	if m.Steps != nil {
		paragraph("<i>" + markup.TelegramText(m.Steps.Label) + "</i>")
	}
	if m.Title != "" {
		paragraph("<b>" + markup.TelegramText(m.Title) + "</b>")
	}
	paragraph(markup.Telegram(m.Text))
	paragraph(verdict(m.Verdict))
	paragraph(listed(m))
	paragraph(options(m.Form))
	paragraph(marks(m))
	paragraph(markup.Telegram(m.After))
	if m.Note != "" {
		paragraph("<i>" + markup.Telegram(m.Note) + "</i>")
	}
	if 0 < b.Len() && b.Len() <= maxText { // bytes, with the tags: it surely fits
		return []string{b.String()}
	}
	return markup.SplitHTML(b.String(), maxText)
}

// listed writes out the answers of which one is too long for a button, every
// other label that would be cut, and links that no button may carry.
func listed(m channels.Message) string {
	var lines []string
	for _, c := range m.Choices {
		label := markup.TelegramText(c.Label)
		switch {
		case c.URL != "" && !public(c.URL):
			lines = append(lines, label+" "+markup.TelegramText(c.URL))
		case c.Value == "" && c.URL == "":
		case c.Role == channels.Answer && c.Number > 0 && written(m):
			lines = append(lines, fmt.Sprintf("%d. %s", c.Number, label))
		case markup.Units(button(c).Text) < markup.Units(c.Label):
			lines = append(lines, "• "+label)
		}
	}
	return strings.Join(lines, "\n")
}

// options writes out what a form chooses among, with what can be typed.
func options(f *channels.Form) string {
	if f == nil || len(f.Fields) == 0 || len(f.Fields[0].Options) == 0 {
		return ""
	}
	var lines []string
	if !f.Ordered && f.Fields[0].Kind == channels.ChoiceField {
		for i, field := range f.Fields {
			lines = append(lines, fmt.Sprintf("<b>%d.</b> %s", i+1, markup.TelegramText(field.Label)))
		}
		lines = append(lines, "")
		for i, o := range f.Fields[0].Options {
			lines = append(lines, fmt.Sprintf("<b>%c.</b> %s", 'a'+i, markup.TelegramText(o.Label)))
		}
		return strings.Join(lines, "\n")
	}
	for i, o := range f.Fields[0].Options {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, markup.TelegramText(o.Label)))
	}
	return strings.Join(lines, "\n")
}

// verdict writes how an answer without choices came out.
func verdict(v *channels.Verdict) string {
	if v == nil {
		return ""
	}
	return map[channels.Mark]string{channels.Right: "✓ "}[v.Mark] + markup.Telegram(v.Text)
}

// marks writes how the answers came out: what was chosen, what is right.
func marks(m channels.Message) string {
	var parts []string
	for _, c := range m.Choices {
		if c.Mark == channels.Unmarked || c.Mark == channels.Folded {
			continue
		}
		sign := map[channels.Mark]string{channels.Right: "✓ ", channels.NotQuite: "✗ ", channels.Chosen: "• "}[c.Mark]
		part := sign
		if c.Said != "" {
			part += "<b>" + markup.TelegramText(c.Said) + "</b>\n"
		}
		if c.Number > 0 {
			part += fmt.Sprintf("%d. ", c.Number)
		}
		part += markup.TelegramText(c.Label)
		if c.Detail != "" {
			part += "\n" + markup.Telegram(c.Detail)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "\n\n")
}
