package markup

import (
	"html"
	"html/template"
	"strconv"
	"strings"
)

// HTML writes a text as HTML: p, ul, ol, li, strong, em, code, a and br, and
// nothing else.
func HTML(source string) template.HTML {
	var b strings.Builder
	for _, block := range Parse(source) {
		if len(block.Items) == 0 {
			b.WriteString("<p>")
			writeHTML(&b, block.Inlines)
			b.WriteString("</p>")
			continue
		}
		open, end := "<ul>", "</ul>"
		if block.First > 0 {
			open, end = "<ol>", "</ol>"
		}
		if block.First > 1 {
			open = `<ol start="` + strconv.Itoa(block.First) + `">`
		}
		b.WriteString(open)
		for _, item := range block.Items {
			b.WriteString("<li>")
			writeHTML(&b, item)
			b.WriteString("</li>")
		}
		b.WriteString(end)
	}
	return template.HTML(b.String()) //nolint:gosec // written above, every text escaped
}

func writeHTML(b *strings.Builder, inlines []Inline) {
	for _, n := range inlines {
		switch n.Kind {
		case Text:
			b.WriteString(html.EscapeString(n.Text))
		case Code:
			b.WriteString("<code>" + html.EscapeString(n.Text) + "</code>")
		case Bold:
			within(b, "strong", n.Children)
		case Italic:
			within(b, "em", n.Children)
		case Link:
			b.WriteString(`<a href="` + html.EscapeString(n.URL) + `" rel="noopener noreferrer">`)
			writeHTML(b, n.Children)
			b.WriteString("</a>")
		case Break:
			b.WriteString("<br>")
		}
	}
}

func within(b *strings.Builder, tag string, children []Inline) {
	b.WriteString("<" + tag + ">")
	writeHTML(b, children)
	b.WriteString("</" + tag + ">")
}
