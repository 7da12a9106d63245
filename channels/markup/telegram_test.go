package markup_test

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"praline/channels/markup"
)

func TestTelegram(t *testing.T) {
	for _, row := range []struct{ label, source, want string }{
		{"a paragraph", "Bonjour.", "Bonjour."},
		{"two, and a line that goes on", "Een\ntwee.\n\nDrie.", "Een twee.\n\nDrie."},
		{"a line break that was meant", "Een\\\ntwee", "Een\ntwee"},
		{"bold, italics, code", "**a** *b* `c`", "<b>a</b> <i>b</i> <code>c</code>"},
		{"bullets", "- un\n- **deux**", "• un\n• <b>deux</b>"},
		{"a numbered list keeps its numbers", "3. trois\n4. quatre", "3. trois\n4. quatre"},
		{"a heading is bold", "# Titre", "<b>Titre</b>"},
		{"a link", "[Safeonweb](https://safeonweb.be/nl?a=1&b=2)", `<a href="https://safeonweb.be/nl?a=1&amp;b=2">Safeonweb</a>`},
		{"a link without words shows its address", "[](https://x.example)", `<a href="https://x.example">https://x.example</a>`},
		{"an address of mail is left to the app", "<suspect@safeonweb.be>", "suspect@safeonweb.be"},
		{"words that lead to an address of mail", "[schrijf ons](mailto:a@b.example)", "schrijf ons (a@b.example)"},
		{"a link that runs a script is its words", "[klik](javascript:alert(1))", "klik"},
		{"a link into the app is its words", "[klik](tg://user?id=1)", "klik"},
		{"an address cannot leave its attribute", `[a](<https://x.example/"onclick=1>)`, `<a href="https://x.example/&#34;onclick=1">a</a>`},
		{"tags are text", `<a href="tg://user?id=1">a</a> & <b>b</b>`, "&lt;a href=&#34;tg://user?id=1&#34;&gt;a&lt;/a&gt; &amp; &lt;b&gt;b&lt;/b&gt;"},
		{"tags in code are text", "`<i>&amp;`", "<code>&lt;i&gt;&amp;amp;</code>"},
		{"an entity is read, then written as the app knows it", "a&nbsp;&euro; &lt;b&gt;", "a\u00a0€ &lt;b&gt;"},
		{"code of several lines", "```\na < b\nc\n```", "<code>a &lt; b\nc</code>"},
		{"control characters and broken UTF-8 are not sent", "a\x07b\xffc", "a b\uFFFDc"},
		{"nothing", "", ""},
	} {
		if got := markup.Telegram(row.source); got != row.want {
			t.Errorf("%s:\n  got  %q\n  want %q", row.label, got, row.want)
		}
	}
}

func TestLine(t *testing.T) {
	for _, row := range []struct{ source, plain string }{
		{"- 5", "- 5"},
		{"1. mai", "1. mai"},
		{"# mot-dièse", "# mot-dièse"},
		{"`verlof@zandbeke.test`", "verlof@zandbeke.test"},
		{"à 13\u00a0h **pile**", "à 13\u00a0h pile"},
		{"un\ndeux\n\ntrois", "un deux  trois"},
		{"", ""},
	} {
		if got := markup.PlainLine(row.source); got != row.plain {
			t.Errorf("PlainLine(%q) = %q, want %q", row.source, got, row.plain)
		}
	}
}

func TestSplitHTML(t *testing.T) {
	for _, row := range []struct {
		label, source string
		most          int
		want          []string
	}{
		{"what fits is one part", "Een. Twee.", 10, []string{"Een. Twee."}},
		{"tags count nothing", "<b>Een.</b> <i>Twee.</i>", 10, []string{"<b>Een.</b> <i>Twee.</i>"}},
		{"an entity is one character", "&lt;&amp;&gt;&#34;", 4, []string{"&lt;&amp;&gt;&#34;"}},
		{"an emoji is two", "😀😀😀", 4, []string{"😀😀", "😀"}},
		{"never inside a pair", "a😀", 2, []string{"a", "😀"}},
		{"after a sentence", "Een zin. Nog een zin hier.", 20, []string{"Een zin.", "Nog een zin hier."}},
		{"a sentence that closes its quotes", "Il dit « oui\u00a0!\u00a0» Puis il part vite.", 22, []string{"Il dit « oui\u00a0!\u00a0»", "Puis il part vite."}},
		{"an abbreviation ends no sentence", "Het gaat om o.a. dit en dat.", 20, []string{"Het gaat om o.a. dit", "en dat."}},
		{"between paragraphs rather", "Een. Twee.\n\nDrie. Vier.", 18, []string{"Een. Twee.", "Drie. Vier."}},
		{"between words where no sentence ends", "een twee drie vier", 10, []string{"een twee", "drie vier"}},
		{"a space that must not break holds", "het is 9\u00a0uur nu", 11, []string{"het is", "9\u00a0uur nu"}},
		{"a word without an end", "aaaaaaaaaa", 4, []string{"aaaa", "aaaa", "aa"}},
		{"tags are closed and opened again", "<b>een <i>twee</i> drie</b>", 9, []string{"<b>een <i>twee</i></b>", "<b>drie</b>"}},
		{"a link goes on", `<a href="https://x.example">een twee</a>`, 4, []string{`<a href="https://x.example">een</a>`, `<a href="https://x.example">twee</a>`}},
		{"no tags around nothing", "<b>een</b> twee", 3, []string{"<b>een</b>", "twe", "e"}},
		{"an accent stays on its letter", "abe\u0301", 3, []string{"ab", "e\u0301"}},
		{"a family stays together", "aa👩‍👧", 5, []string{"aa", "👩‍👧"}},
		{"a flag stays whole", "a🇧🇪🇧🇪", 5, []string{"a🇧🇪", "🇧🇪"}},
		{"space at the end is no part", "een" + strings.Repeat(" ", 20) + "\n", 3, []string{"een"}},
		{"space alone is none", " \n<b> </b>\n", 3, nil},
		{"nothing", "", 10, nil},
	} {
		if got := markup.SplitHTML(row.source, row.most); !slices.Equal(got, row.want) {
			t.Errorf("%s:\n  got  %q\n  want %q", row.label, got, row.want)
		}
	}
}

// ourTags are the only ones that Telegram writes.
var ourTags = regexp.MustCompile(`^(?:</?(?:b|i|code)>|<a href="(?:https?://)[^"<>]*">|</a>)`)

// seen reads a text as the app would, and fails on what the app would refuse.
func seen(t interface{ Fatalf(string, ...any) }, text string) string {
	var b strings.Builder
	var open []string
	for rest := text; rest != ""; {
		switch rest[0] {
		case '<':
			tag := ourTags.FindString(rest)
			if tag == "" {
				t.Fatalf("a tag that is not ours in %q", text)
			}
			rest = rest[len(tag):]
			name, _, _ := strings.Cut(strings.Trim(tag, "</>"), " ")
			switch {
			case tag[1] != '/':
				open = append(open, name)
			case len(open) == 0 || open[len(open)-1] != name:
				t.Fatalf("%s closes nothing in %q", tag, text)
			default:
				open = open[:len(open)-1]
			}
		case '>':
			t.Fatalf("a bare > in %q", text)
		case '&':
			end := strings.IndexByte(rest, ';')
			if end < 0 || html.UnescapeString(rest[:end+1]) == rest[:end+1] {
				t.Fatalf("a bare & in %q", text)
			}
			b.WriteString(html.UnescapeString(rest[:end+1]))
			rest = rest[end+1:]
		default:
			b.WriteByte(rest[0])
			rest = rest[1:]
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v stays open in %q", open, text)
	}
	if !utf8.ValidString(b.String()) {
		t.Fatalf("no UTF-8: %q", text)
	}
	return b.String()
}

// solid is a text without its space.
func solid(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
}

// FuzzTelegram: whatever a trainer writes, only our tags come out, nested
// rightly, and cutting it loses nothing and keeps the limit.
func FuzzTelegram(f *testing.F) {
	for _, seed := range []string{
		"**a** <b>", "[x](javascript:y)", "- a\n  1. b", "`<`", "&lt;\\<", "[a](https://x.example/'\">)", "\x00\xff<x",
		"*a **b** c*", "Een zin. [Nog **een**](https://x.example?a&b) 👩‍👧 e\u0301", "1. a\n\n   b\n2. c", "&#0;&#x110000;&amp;amp;",
	} {
		f.Add(seed, 7)
	}
	f.Fuzz(func(t *testing.T, source string, most int) {
		whole := markup.Telegram(source)
		text := seen(t, whole)
		split(t, whole, text, 1+most&63)
		split(t, whole, text, 4096)
	})
}

func split(t interface{ Fatalf(string, ...any) }, whole, text string, most int) {
	parts := markup.SplitHTML(whole, most)
	var joined strings.Builder
	for _, p := range parts {
		shown := seen(t, p)
		if n := markup.Units(shown); n > most && (most >= 32 || n > 32) { // one character may be that long
			t.Fatalf("a part of %d units, at most %d fit: %q", n, most, p)
		}
		if strings.TrimSpace(shown) != shown || shown == "" {
			t.Fatalf("a part begins or ends in space: %q", p)
		}
		joined.WriteString(shown)
	}
	if solid(joined.String()) != solid(text) {
		t.Fatalf("cut at %d, %q became %q", most, text, parts)
	}
	if markup.Units(strings.TrimSpace(text)) <= most && len(parts) > 1 {
		t.Fatalf("%q fits and was cut into %q", text, parts)
	}
}

// words draws texts as people type them, with everything that a markup could stumble on.
func words() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"<b>", "</b>", "&amp;", "&", "<", ">", "\"", "'", "*", "_", "`", "[", "](https://x.example)", "~", "|", "#", "- ", "1. ",
		"é", "e\u0301", "😀", "👩‍👧", "🇧🇪", " ", " ", "\n", "\n\n", ". ", "? ", "\u00a0!", "mot", "woord", "\\", "!", "«\u00a0", "\u00a0»",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(piece, piece, rapid.String()), 0, 60).Draw(t, "pieces"), "")
	})
}

// TestNothingTypedBecomesMarkup: plain text is shown as it was typed.
func TestNothingTypedBecomesMarkup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := words().Draw(t, "typed")
		escaped := markup.TelegramText(typed)
		if strings.ContainsAny(escaped, `<>"`) {
			t.Fatalf("%q became %q", typed, escaped)
		}
		if got := seen(t, escaped); solid(got) != solid(markup.Straight(typed)) {
			t.Fatalf("%q is shown as %q", typed, got)
		}
	})
}

// TestSplitKeeps: whatever is cut at whatever length.
func TestSplitKeeps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := markup.Telegram(words().Draw(t, "source"))
		split(t, whole, seen(t, whole), rapid.IntRange(8, 200).Draw(t, "most"))
	})
}
