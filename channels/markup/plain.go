package markup

import (
	"strconv"
	"strings"
)

// Plain writes a text without any markup: blocks apart by an empty line, list
// items after a dash or their number, a link as its words and its address.
func Plain(source string) string { return inLines(source, "- ", plain) }

// inLines sets a text in lines, for an app that knows neither paragraphs nor
// lists: blocks apart by an empty line, each item after a bullet or its number.
func inLines(source, bullet string, write func([]Inline) string) string {
	var blocks []string
	for _, block := range Parse(source) {
		if len(block.Items) == 0 {
			blocks = append(blocks, write(block.Inlines))
			continue
		}
		var lines []string
		for i, item := range block.Items {
			mark := bullet
			if block.First > 0 {
				mark = strconv.Itoa(block.First+i) + ". "
			}
			lines = append(lines, mark+write(item))
		}
		blocks = append(blocks, strings.Join(lines, "\n"))
	}
	return strings.Join(blocks, "\n\n")
}

// PlainLine is Plain for a text that is one line: a "-" or "1." at its
// beginning is text.
func PlainLine(source string) string { return plain(ParseLine(source)) }

func plain(inlines []Inline) string {
	var b strings.Builder
	for _, n := range inlines {
		switch n.Kind {
		case Text, Code:
			b.WriteString(n.Text)
		case Break:
			b.WriteByte('\n')
		case Link:
			words := plain(n.Children)
			b.WriteString(words)
			if address := strings.TrimPrefix(n.URL, "mailto:"); address != words {
				b.WriteString(" (" + address + ")")
			}
		default:
			b.WriteString(plain(n.Children))
		}
	}
	return b.String()
}
