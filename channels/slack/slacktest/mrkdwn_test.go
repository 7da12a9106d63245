package slacktest_test

import (
	"fmt"
	"strings"
	"testing"

	"praline/channels/slack/slacktest"
)

func TestRead(t *testing.T) {
	for _, row := range []struct {
		label, source, text, spans string
		problems                   int
	}{
		{"nothing", "Bonjour.", "Bonjour.", "", 0},
		{"bold", "un *deux* trois", "un deux trois", "bold=deux", 0},
		{"bold at both ends", "*un*", "un", "bold=un", 0},
		{"bold in brackets", "(*un*), *deux*.", "(un), deux.", "bold=un bold=deux", 0},
		{"italic", "_un_", "un", "italic=un", 0},
		{"strike", "~un~", "un", "strike=un", 0},
		{"nested", "*un _deux_*", "un deux", "bold=un deux italic=deux", 0},
		{"a word with signs in it", "a*b*c snake_case_name", "a*b*c snake_case_name", "", 0},
		{"space within", "* un * 2 * 3", "* un * 2 * 3", "", 0},
		{"over lines", "*un\ndeux*", "*un\ndeux*", "", 0},
		{"two signs", "**un**", "**un**", "", 0},
		{"apart by a sign without width", "*\u200bun\u200b*", "*un*", "", 0},
		{"kept from being marks", "\u2060*\u2060un\u2060*\u2060 \u2060`\u2060deux\u2060`\u2060", "*un* `deux`", "", 0},
		{"within a word, apart", "\u200b*kort*\u200bfilm", "kortfilm", "bold=kort", 0},
		{"code", "`a*b*`", "a*b*", "code=a*b*", 0},
		{"code with an entity", "`a &lt; b`", "a < b", "code=a < b", 0},
		{"a block of code", "```\na *b*\n```", "a *b*", "block=a *b*", 0},
		{"an open block", "```a", "```a", "", 0},
		{"a quote", "&gt; un\ndeux", "un\ndeux", "quote=un", 0},
		{"a quote, raw", ">un", "un", "quote=un", 0},
		{"a link", "<https://x.be/?a=1&amp;b=2|ici &amp; là>", "ici & là", "link=ici & là", 0},
		{"a bare link", "<https://x.be>", "https://x.be", "link=https://x.be", 0},
		{"mentions", "<@U123> <!channel>", "@U123 @channel", "mention=@U123 mention=@channel", 0},
		{"mentions that are typed", "&lt;@U123&gt; &lt;!channel&gt;", "<@U123> <!channel>", "", 0},
		{"an emoji", ":wave: :nosuchthing: 8:30:15", "👋 :nosuchthing: 8:30:15", "emoji=👋", 0},
		{"entities", "&lt;b&gt; &amp;amp;", "<b> &amp;", "", 0},
		{"raw signs", "a < b > c & d", "a < b > c & d", "", 3},
		{"other entities", "&nbsp;", "&nbsp;", "", 1},
		{"a tag", "<b>gras</b>", "<b>gras</b>", "", 4},
		{"Markdown", "[x](https://x.be) **y**", "[x](https://x.be) **y**", "", 0},
	} {
		t.Run(strings.ReplaceAll(row.label, " ", "_"), func(t *testing.T) {
			text, spans, problems := slacktest.Read(row.source)
			var formats []string
			for _, s := range spans {
				formats = append(formats, fmt.Sprint(s.Format, "=", s.Text))
			}
			if got := strings.Join(formats, " "); text != row.text || got != row.spans || len(problems) != row.problems {
				t.Errorf("%q, %q, %q", text, got, problems)
			}
		})
	}
}
