package preview

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"praline/channels"
	"praline/channels/markup"
	"praline/locales"
)

// width of a terminal's lines, in characters: one that is easy to read.
const width = 72

// Terminal writes messages as a learner sees them, one after the other, with
// under each what every app will do with it.
func Terminal(out io.Writer, words locales.Words, apps []App, messages []channels.Message) error {
	var b strings.Builder
	for _, m := range messages {
		if m.Retire {
			continue
		}
		writeMessage(&b, m)
		b.WriteString("  " + SayFits(words, apps, m) + "\n\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func writeMessage(b *strings.Builder, m channels.Message) {
	words := locales.For(m.Lang)
	label := ""
	if m.Steps != nil {
		label = " " + m.Steps.Label + " "
	}
	b.WriteString("──" + label + strings.Repeat("─", max(width-2-utf8.RuneCountInString(label), 0)) + "\n")
	paragraph(b, "", m.Title)
	paragraph(b, "", markup.Plain(m.Text))
	for _, medium := range m.Media {
		paragraph(b, "", "["+medium.Path+words.Colon()+medium.Alt+"]")
	}
	if v := m.Verdict; v != nil {
		paragraph(b, map[channels.Mark]string{channels.Right: "  ✓ ", channels.NotQuite: "  ~ "}[v.Mark], markup.Plain(v.Text))
	}
	for _, c := range m.Choices {
		writeChoice(b, words, c)
	}
	paragraph(b, "", markup.Plain(m.After))
	if m.Form != nil {
		writeForm(b, words, m.Form)
	}
	paragraph(b, "", markup.Plain(m.Note))
}

func writeChoice(b *strings.Builder, words locales.Words, c channels.Choice) {
	switch {
	case c.Mark != channels.Unmarked:
		mark := map[channels.Mark]string{channels.Right: "✓ ", channels.NotQuite: "~ ", channels.Chosen: "• "}[c.Mark]
		said := c.Said
		if said != "" {
			said += words.Colon()
		}
		paragraph(b, fmt.Sprintf("  %s%d. ", mark, c.Number), said+markup.Plain(c.Label))
		paragraph(b, "       ", markup.Plain(c.Detail))
	case c.Role == channels.Answer:
		paragraph(b, fmt.Sprintf("  (%d) ", c.Number), markup.Plain(c.Label))
	default:
		paragraph(b, "  ", "["+c.Label+"]")
	}
}

func writeForm(b *strings.Builder, words locales.Words, f *channels.Form) {
	for _, field := range f.Fields {
		options := make([]string, len(field.Options))
		for i, o := range field.Options {
			options[i] = markup.Plain(o.Label)
		}
		label := markup.Plain(field.Label) + words.Colon()
		text := label + "____"
		if len(options) > 0 {
			text = label + strings.Join(options, " | ")
		}
		paragraph(b, "  ", text)
	}
	paragraph(b, "  ", "["+f.Submit+"]")
}

// paragraph writes text wrapped, its first line after lead and the others
// indented as far; an empty text is nothing.
func paragraph(b *strings.Builder, lead, text string) {
	if text == "" {
		return
	}
	indent := strings.Repeat(" ", utf8.RuneCountInString(lead))
	for line := range strings.SplitSeq(text, "\n") {
		for _, wrapped := range wrap(line, width-len(indent)) {
			b.WriteString(lead + wrapped + "\n")
			lead = indent
		}
	}
}

// wrap breaks a line at spaces so that none is longer than most, where words allow.
func wrap(line string, most int) []string {
	var lines []string
	current := ""
	for _, word := range strings.Split(line, " ") {
		if current != "" && utf8.RuneCountInString(current)+1+utf8.RuneCountInString(word) > most {
			lines, current = append(lines, current), word
			continue
		}
		if current != "" {
			current += " "
		}
		current += word
	}
	return append(lines, current)
}

// SayFits says in one line what each app does with a message.
func SayFits(words locales.Words, apps []App, m channels.Message) string {
	parts := make([]string, len(apps))
	for i, app := range apps {
		var said []string
		for _, effect := range Fit(app, m) {
			said = append(said, words.Say("preview."+string(effect)))
		}
		parts[i] = app.Name + words.Colon() + words.List(said)
	}
	return strings.Join(parts, " · ")
}
