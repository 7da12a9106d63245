package markup_test

import (
	"strings"
	"testing"

	"praline/channels/markup"
)

func TestMarkup(t *testing.T) {
	for _, row := range []struct{ label, source, html, plain string }{
		{"a paragraph", "Bonjour.", "<p>Bonjour.</p>", "Bonjour."},
		{"two, and a line that goes on", "Een\ntwee.\n\nDrie.", "<p>Een twee.</p><p>Drie.</p>", "Een twee.\n\nDrie."},
		{"a line break that was meant", "Een\\\ntwee", "<p>Een<br>twee</p>", "Een\ntwee"},
		{"bold, italics, code", "**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>", "a b c"},
		{"bold within italics", "*a **b***", "<p><em>a <strong>b</strong></em></p>", "a b"},
		{"bullets", "- un\n- **deux**", "<ul><li>un</li><li><strong>deux</strong></li></ul>", "- un\n- deux"},
		{"a list in a list is one list", "- un\n  - deux\n- trois", "<ul><li>un</li><li>deux</li><li>trois</li></ul>", "- un\n- deux\n- trois"},
		{"a numbered list keeps its numbers", "3. trois\n4. quatre", `<ol start="3"><li>trois</li><li>quatre</li></ol>`, "3. trois\n4. quatre"},
		{
			"a link", "[Safeonweb](https://safeonweb.be/nl?a=1&b=2)",
			`<p><a href="https://safeonweb.be/nl?a=1&amp;b=2" rel="noopener noreferrer">Safeonweb</a></p>`, "Safeonweb (https://safeonweb.be/nl?a=1&b=2)",
		},
		{
			"an address in brackets", "<suspect@safeonweb.be>",
			`<p><a href="mailto:suspect@safeonweb.be" rel="noopener noreferrer">suspect@safeonweb.be</a></p>`, "suspect@safeonweb.be",
		},
		{"a link that runs a script is its words", "[klik](javascript:alert(1))", "<p>klik</p>", "klik"},
		{"a link that hides its scheme is its words", "[klik](&#106;avascript:alert(1)) [x](JaVaScRiPt:1) [y](//evil.example)", "<p>klik x y</p>", "klik x y"},
		{"a link to data is its words", "[klik](data:text/html,x)", "<p>klik</p>", "klik"},
		{"an address cannot leave its attribute", `[a](<https://x.example/"onclick=alert(1)>)`, `<p><a href="https://x.example/&#34;onclick=alert(1)" rel="noopener noreferrer">a</a></p>`, `a (https://x.example/"onclick=alert(1))`},
		{"tags are text", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<script>alert(1)</script>"},
		{"tags within a line are text", "a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>", "a <b onclick=x>b</b>"},
		{"a comment is text", "<!-- a -->", "<p>&lt;!-- a --&gt;</p>", "<!-- a -->"},
		{"tags in code are text", "`<i>`", "<p><code>&lt;i&gt;</code></p>", "<i>"},
		{"an image is its alternative text", "![een mail](https://x.example/y.png)", "<p>een mail</p>", "een mail"},
		{"a heading is a bold paragraph", "# Titre", "<p><strong>Titre</strong></p>", "Titre"},
		{"a quote is its paragraphs", "> cité", "<p>cité</p>", "cité"},
		{"backslashes keep marks as they are", `\*niet vet\* \[x\](y) \\`, `<p>*niet vet* [x](y) \</p>`, `*niet vet* [x](y) \`},
		{"entities are read", "a&nbsp;b &lt;i&gt; &nosuch;", "<p>a\u00a0b &lt;i&gt; &amp;nosuch;</p>", "a\u00a0b <i> &nosuch;"},
		{"an entity that was escaped is not", `\&lt;`, "<p>&amp;lt;</p>", "&lt;"},
		{"nothing", "", "", ""},
	} {
		if got := string(markup.HTML(row.source)); got != row.html {
			t.Errorf("%s: HTML\n  got  %s\n  want %s", row.label, got, row.html)
		}
		if got := markup.Plain(row.source); got != row.plain {
			t.Errorf("%s: Plain\n  got  %q\n  want %q", row.label, got, row.plain)
		}
	}
}

// FuzzHTML: whatever is typed, no tag and no attribute comes out but ours.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{"**a** <b>", "[x](javascript:y)", "- a\n  1. b", "`<`", "&lt;\\<", "[a](https://x.example/'\">)", "\x00\xff<x"} {
		f.Add(seed)
	}
	ours := strings.NewReplacer(
		"<p>", "", "</p>", "", "<ul>", "", "</ul>", "", "<ol>", "", "</ol>", "", "<li>", "", "</li>", "", "<br>", "",
		"<strong>", "", "</strong>", "", "<em>", "", "</em>", "", "<code>", "", "</code>", "", "</a>", "",
		`<a href="https://`, "", `<a href="http://`, "", `<a href="mailto:`, "", `" rel="noopener noreferrer">`, "",
	)
	f.Fuzz(func(t *testing.T, source string) {
		html := string(markup.HTML(source))
		rest := html
		for i := strings.Index(rest, `<ol start="`); i >= 0; i = strings.Index(rest, `<ol start="`) {
			end := strings.IndexByte(rest[i:], '>')
			rest = rest[:i] + rest[i+end+1:]
		}
		if rest = ours.Replace(rest); strings.ContainsAny(rest, `<>"`) {
			t.Fatalf("%q became %q", source, html)
		}
		markup.Plain(source)
	})
}
