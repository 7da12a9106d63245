package markup

import (
	"html"
	"strings"
	"unicode"
)

// Telegram writes a text in the HTML mode of Telegram's Bot API, which knows
// b, i, code and a, but neither paragraphs nor lists nor a line break: those
// are written out. What is not ours is escaped.
// https://core.telegram.org/bots/api#html-style
func Telegram(source string) string { return inLines(source, "• ", telegram) }

// TelegramText escapes plain text for Telegram's HTML mode. What the API would
// refuse (bytes that are no UTF-8) or take away (control characters) goes.
func TelegramText(plain string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(Straight(plain), "\uFFFD")))
}

// WithoutTags is what a reader sees of a text in Telegram's HTML.
func WithoutTags(source string) string {
	var b strings.Builder
	for _, a := range atoms(source) {
		b.WriteString(a.text)
	}
	return b.String()
}

func telegram(inlines []Inline) string {
	var b strings.Builder
	for _, n := range inlines {
		switch n.Kind {
		case Text:
			b.WriteString(TelegramText(n.Text))
		case Code:
			b.WriteString("<code>" + TelegramText(n.Text) + "</code>")
		case Bold:
			b.WriteString("<b>" + telegram(n.Children) + "</b>")
		case Italic:
			b.WriteString("<i>" + telegram(n.Children) + "</i>")
		case Link:
			b.WriteString(telegramLink(n))
		case Break:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// telegramLink writes a link. The app makes none of mailto: it finds an
// address that stands in the text.
func telegramLink(n Inline) string {
	words := telegram(n.Children)
	address, mail := strings.CutPrefix(n.URL, "mailto:")
	switch {
	case !mail:
		return `<a href="` + TelegramText(n.URL) + `">` + words + "</a>"
	case plain(n.Children) == address:
		return words
	}
	return words + " (" + TelegramText(address) + ")"
}
