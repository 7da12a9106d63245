package markup_test

import (
	"slices"
	"testing"

	"praline/channels/markup"
)

func TestParts(t *testing.T) {
	for _, row := range []struct {
		label, source string
		most          int
		write         func(string) string
		want          []string
	}{
		{"what fits is one part", "Een. Twee.", 10, markup.Slack, []string{"Een. Twee."}},
		{"marks count", "**Een.** Twee.", 11, markup.Slack, []string{"*Een.*", "Twee."}},
		{"after a sentence", "Een zin. Nog een zin hier.", 20, markup.Card, []string{"Een zin.", "Nog een zin hier."}},
		{"between paragraphs rather", "Een. Twee.\n\nDrie. Vier.", 18, markup.Card, []string{"Een. Twee.", "Drie. Vier."}},
		{"between words where no sentence ends", "een twee drie vier", 10, markup.Slack, []string{"een twee", "drie vier"}},
		{"a word without an end", "aaaaaaaaaa", 4, markup.Slack, []string{"aaaa", "aaaa", "aa"}},
		{"an emoji is one character", "😀😀😀", 2, markup.Slack, []string{"😀😀", "😀"}},
		{"bold is whole on both sides", "**een twee** drie", 9, markup.Card, []string{"**een**", "**twee**", "drie"}},
		{"italics within bold", "**een *twee drie***", 12, markup.Card, []string{"**een**", "**_twee_**", "**_drie_**"}},
		{"a link is whole on both sides", "[een twee](https://x.example)", 27, markup.Slack, []string{"<https://x.example|een>", "<https://x.example|twee>"}},
		{"items keep their numbers", "3. een\n4. twee\n5. drie", 15, markup.Card, []string{"3. een\n4. twee", "5. drie"}},
		{"an item goes on as a paragraph", "3. een twee\n4. drie vier", 14, markup.Card, []string{"3. een twee", "4. drie vier"}},
		{"and what is behind it keeps its number", "1. een twee drie vier vijf\n2. zes", 18, markup.Card, []string{"1. een twee drie", "vier vijf\n\n2. zes"}},
		{"what is typed stays typed", `een \*twee\* drie`, 12, markup.Card, []string{`een \*twee\*`, "drie"}},
		{"in HTML, too", "**een** twee", 12, markup.Telegram, []string{"<b>een</b>", "twee"}},
		{"space alone is none", " &nbsp;\n\n- \n", 3, markup.Slack, nil},
		{"a limit that nothing keeps", "**ab**", 1, markup.Slack, []string{"*a*", "*b*"}},
		{"nothing", "", 10, markup.Card, nil},
	} {
		if got := markup.Parts(row.source, row.most, row.write, markup.Runes); !slices.Equal(got, row.want) {
			t.Errorf("%s:\n  got  %q\n  want %q", row.label, got, row.want)
		}
	}
}
