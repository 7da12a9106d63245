package exchange

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"
)

var (
	toHTML = goldmark.New(goldmark.WithRendererOptions(html.WithXHTML()))
	// loose lets HTML within Markdown through: fromhtml.go takes what is good of it.
	loose = goldmark.New(goldmark.WithRendererOptions(html.WithXHTML(), html.WithUnsafe()))
)

// gapSign stands for the gap while a text is not Markdown: a line of low lines
// would be a rule. It is nobody's character, so no text has it (Clean).
const gapSign = "\uE000"

// gapText is the gap in a lesson's text; wideGap how Moodle writes it.
const (
	gapText = "____"
	wideGap = "_____"
)

// HTML is Markdown of ours as HTML. The gap of a question becomes "_____".
func HTML(markdown string) string { return render(toHTML, markdown) }

func render(by goldmark.Markdown, markdown string) string {
	markdown = strings.ReplaceAll(markdown, gapText, gapSign)
	var b bytes.Buffer
	if err := by.Convert([]byte(markdown), &b); err != nil { // a buffer takes all
		return ""
	}
	return strings.ReplaceAll(strings.TrimSpace(b.String()), gapSign, wideGap)
}

// InlineHTML is a line of Markdown as HTML, without a paragraph around it.
func InlineHTML(markdown string) string {
	text := HTML(markdown)
	inner, ok := strings.CutPrefix(text, "<p>")
	inner, closed := strings.CutSuffix(inner, "</p>")
	if ok && closed && !strings.Contains(inner, "<p>") {
		return inner
	}
	return text
}

// Plain is the words of Markdown, on one line.
func Plain(markdown string) string {
	var b strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(HTML(markdown)))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return strings.ReplaceAll(OneLine(b.String()), wideGap, gapText)
		case nethtml.TextToken:
			b.Write(bytes.Clone(z.Text()))
		case nethtml.SelfClosingTagToken:
			b.WriteByte(' ')
		}
	}
}

// Marked says that Markdown is more than its words.
func Marked(markdown string) bool {
	text := HTML(markdown)
	return strings.Count(text, "<") > strings.Count(text, "<p>")+strings.Count(text, "</p>")
}

// FromPlain is plain text as Markdown that shows it: its lines stay lines.
func FromPlain(text string) string {
	return Rewrite(strings.ReplaceAll(nethtml.EscapeString(strings.TrimSpace(Clean(text))), "\n", "<br>"), Rich, nil).Text
}

// longestText is more than a lesson can hold. What is longer is cut: the time
// that Markdown takes grows with the square of hostile text.
const longestText = 16 << 10

func cut(text string) string {
	if len(text) > longestText {
		return strings.ToValidUTF8(text[:longestText], "") + " …"
	}
	return text
}

// FromMarkdown is anybody's Markdown as the subset that lessons have.
func FromMarkdown(markdown string, room Room, pictures Pictures) Rewritten {
	return Rewrite(render(loose, cut(Clean(markdown))), room, pictures)
}
