package markup_test

import (
	"testing"

	"praline/channels/markup"
)

func TestCard(t *testing.T) {
	for _, row := range []struct{ label, source, want string }{
		{"a paragraph", "Bonjour.", "Bonjour."},
		{"two, and a line that goes on", "Een\ntwee.\n\nDrie.", "Een twee.\n\nDrie."},
		{"a line break that was meant", "Een\\\ntwee", "Een\n\ntwee"},
		{"bold, italics, code", "**a** *b* `c*`", `**a** _b_ c\*`},
		{"bold within italics, and italics within bold", "*a **b*** **c *d***", "_a_ **_b_ c _d_**"},
		{"bold within a word", "**kort**film *on*gelijk", "**kort**film *on*gelijk"},
		{"bold of brackets within a word", "a**b\\(c\\)**&nbsp;d", "a**b(c)**\u00a0d"},
		{"no mark spans lines", "**a\\\nb**", "**a**\n\n**b**"},
		{"bullets", "- un\n- **deux**", "- un\n- **deux**"},
		{"a line break within a list", "- un\\\n  deux", "- un  \n  deux"},
		{"a numbered list keeps its numbers", "3. trois\n4. quatre", "3. trois\n4. quatre"},
		{"two lists stay two", "- un\n\n* deux", "- un\n\n+\n\n- deux"},
		{"a heading is bold", "# Titre", "**Titre**"},
		{"a link", "[Safeonweb](https://safeonweb.be/nl?a=1&b=2)", "[Safeonweb](https://safeonweb.be/nl?a=1&b=2)"},
		{"an address cannot end its link", `[a](<https://x.example/_l/a_b(c)"d>)`, "[a](https://x.example/%5Fl/a_b%28c%29%22d)"},
		{"a link behind an exclamation mark is no picture", `Kijk\![hier](https://x.example)`, "Kijk!+[hier](https://x.example)"},
		{"a link that runs a script is its words", "[klik](javascript:alert(1))", "klik"},
		{"marks that were typed", `\*a\* \_b\_ \[c\](d) ` + "\\`e\\`", `\*a\* \_b\_ \[c\](d) ` + "\\`e\\`"},
		{"marks that are none", `2 \* 3, snake\_case, C:\\Users`, `2 * 3, snake_case, C:\Users`},
		{"a backslash before a mark", `\\\*`, `\\\*`},
		{"what would begin a block", `\# a`, "+# a"},
		{"what would begin an item", `1\. mai`, "+1. mai"},
		{"what begins nothing", `-5 °C`, "-5 °C"},
		{"tags and entities are text", "<b> &amp;lt; <https:", "<+b> &+lt; <+https:"},
		{"a function of the template is text", "{{DATE(2026-11-25T06:00:00Z, SHORT)}}", "{+{DATE(2026-11-25T06:00:00Z, SHORT)}}"},
		{"nothing", "", ""},
	} {
		if got := shown.Replace(markup.Card(row.source)); got != row.want {
			t.Errorf("%s:\n  got  %q\n  want %q", row.label, got, row.want)
		}
	}
}

func TestCardText(t *testing.T) {
	for _, row := range []struct{ label, plain, want string }{
		{"a line", "Un doute ?", "Un doute ?"},
		{"lines are paragraphs", " een\n\n\n   twee\n", "een\n\ntwee"},
		{"each line may begin something", "- een\n# twee\n---", "+- een\n\n+# twee\n\n+---"},
		{"nothing", " \n", ""},
	} {
		if got := shown.Replace(markup.CardText(row.plain)); got != row.want {
			t.Errorf("%s:\n  got  %q\n  want %q", row.label, got, row.want)
		}
	}
}
