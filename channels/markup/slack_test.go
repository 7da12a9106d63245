package markup_test

import (
	"strings"
	"testing"

	"praline/channels/markup"
)

// shown makes the characters without width visible: + joins words, ^ parts them.
var shown = strings.NewReplacer("\u2060", "+", "\u200b", "^")

func TestSlack(t *testing.T) {
	for _, row := range []struct{ label, source, want string }{
		{"a paragraph", "Bonjour.", "Bonjour."},
		{"two, and a line that goes on", "Een\ntwee.\n\nDrie.", "Een twee.\n\nDrie."},
		{"a line break that was meant", "Een\\\ntwee", "Een\ntwee"},
		{"bold, italics, code", "**a** *b* `c`", "*a* _b_ `c`"},
		{"bold within italics, and italics within bold", "*a **b*** **c *d***", "_a_ *_b_ c _d_*"},
		{"bold before punctuation", "**Attention**, (*b*).", "*Attention*, (_b_)."},
		{"bold within a word", "**kort**film", "*kort*^film"},
		{"marks hug the text", "**a&nbsp;** b", "*a*\u00a0 b"},
		{"no mark spans lines", "**a\\\nb**", "*a*\n*b*"},
		{"bullets", "- un\n- **deux**", "• un\n• *deux*"},
		{"a numbered list keeps its numbers", "3. trois\n4. quatre", "3. trois\n4. quatre"},
		{"a heading is bold", "# Titre", "*Titre*"},
		{"a link", "[Safeonweb](https://safeonweb.be/nl?a=1&b=2)", "<https://safeonweb.be/nl?a=1&amp;b=2|Safeonweb>"},
		{"a bold link", "**[a](https://x.example)**", "*<https://x.example|a>*"},
		{"an address of mail", "<suspect@safeonweb.be>", "<mailto:suspect@safeonweb.be|suspect@safeonweb.be>"},
		{"an address cannot end its link", "[a](<https://x.example/|b%3E>)", "<https://x.example/%7Cb%3E|a>"},
		{"a link that runs a script is its words", "[klik](javascript:alert(1))", "klik"},
		{"a mention is text", "<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;"},
		{"marks that were typed", `\*a\* \_b\_ ~c~ ` + "\\`d\\`", "+*+a+*+ +_+b+_+ +~+c+~+ +`+d+`+"},
		{"marks that are none", `2 \* 3, snake\_case, a\*b`, "2 * 3, snake_case, a*b"},
		{"bold that ends in a mark", `**5\***`, "*5*^+*+"},
		{"a quote", `\> a`, "+&gt; a"},
		{"the name of an emoji", ":smile: 8:30 8:30:15 Source : x :+1:", ":+smile: 8:30 8:30:15 Source : x :++1:"},
		{"code is left alone", "`a_*b*_ :x: & <b>`", "`a_*b*_ :x: &amp; &lt;b&gt;`"},
		{"signs in code within bold", "**a `b*c` d**", "*a* `b*c` *d*"},
		{"code of several lines", "```\na < b\nc\n```", "`a &lt; b`\n`c`"},
		{"code with a backtick is text", "`` a`b ``", "a+`+b"},
		{"nothing", "", ""},
	} {
		if got := shown.Replace(markup.Slack(row.source)); got != row.want {
			t.Errorf("%s:\n  got  %q\n  want %q", row.label, got, row.want)
		}
	}
}
