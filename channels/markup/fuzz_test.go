package markup_test

import (
	"testing"

	"praline/channels/markup"
)

// hard are texts that some markup stumbles on.
var hard = []string{
	"**a** <b>", "[x](javascript:y)", "- a\n  1. b", "`<`", "&lt;\\<", "[a](https://x.example/_l/'\">)", "\x00\xff<x", "*a **b** c*", ":smile: 8:30",
	"Een zin. [Nog **een**](https://x.example?a&b) 👩‍👧 e\u0301", "1. a\n\n   b\n2. c", "&#0;&#x110000;&amp;amp;", "{{DATE(2026-11-25T06:00:00Z)}}", "<!channel> > a\n> b",
	"***a*b** c*d", "\u2060*\u200b_x_", "    indented\n\n\ttoo", "~~a~~ ~b~ `` ` ``", "--- \n===\n# a\n7) b\n\n8. c", "a\\\n\\\nb\\",
}

func FuzzSlack(f *testing.F) { fuzz(f, apps[0]) }

func FuzzCard(f *testing.F) { fuzz(f, apps[1]) }

// fuzz: what is typed never becomes a mark, what is written says what the text
// says, and so do its parts.
func fuzz(f *testing.F, a app) {
	for _, text := range hard {
		f.Add(text, 100)
	}
	f.Fuzz(func(t *testing.T, text string, most int) {
		a.typed(t, text)
		a.keeps(t, text)
		a.parts(t, text, 200+most&1023)
	})
}

// FuzzPlain: plain text has no markup, so what was typed is all that is left.
func FuzzPlain(f *testing.F) {
	for _, text := range hard {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var want, got, line signs
		want.add(text, sign{})
		got.add(markup.Plain(markup.Escape(text)), sign{})
		line.add(markup.PlainLine(markup.Escape(text)), sign{})
		if got.String() != want.String() || line.String() != want.String() {
			t.Fatalf("%q became %q and %q", text, got, line)
		}
	})
}
