package exchange_test

import (
	"strings"
	"testing"

	"praline/lessons/exchange"
)

func TestRewrite(t *testing.T) {
	pictures := func(address string) (string, bool) { return "media/a.png", strings.HasSuffix(address, "/a.png") }
	for _, row := range []struct {
		label, html string
		room        exchange.Room
		want, lost  string
	}{
		{"a paragraph", "<p>Bonjour&nbsp;: l’été</p>", exchange.Rich, "Bonjour\u00a0: l’été", ""},
		{"two paragraphs, of which one has a break", "<p dir=\"ltr\">Un<br />deux</p>\n<p>trois</p><p><br></p>", exchange.Rich, "Un\\\ndeux\n\ntrois", ""},
		{"marks", "<p>Un <strong>mot </strong>et <em>un</em> <b><i>autre</i></b>, <code>a_b</code>.</p>", exchange.Rich, "Un **mot** et *un* ***autre***, `a_b`.", ""},
		{"marks within words", "<p><b>«</b>x<b>a</b>b</p>", exchange.Rich, "«x**a**b", ""},
		{"what Markdown would read", "<p># 2 * 3 < [x] a_b _c_ {{d}}</p>", exchange.Rich, `\# 2 \* 3 \< \[x\] a_b \_c\_ \{{d}}`, ""},
		{"what a lesson would read", "<div>= 5</div><div>- a</div><div>1. b</div><div>&gt; c</div>", exchange.Asking, "\u2060= 5\n\n\\- a\n\n1\\. b\n\n\\> c", ""},
		{"lists", "<ul><li>a</li><li><p>b</p></li></ul><ol><li>c</li><li>d</li></ol>", exchange.Rich, "- a\n- b\n\n1. c\n2. d", ""},
		{"a numbered list in a question", "<ol><li>c</li><li>d</li></ol>", exchange.Asking, "- c\n- d", ""},
		{"a quote", "<blockquote><p>a</p><p>b</p></blockquote>", exchange.Rich, "> a\n>\n> b", ""},
		{"a quote in a question", "<blockquote>a</blockquote>", exchange.Asking, "a", ""},
		{"links", `<a href="https://www.belgium.be/fr">ici</a> <a href="https://a.be">https://a.be</a> <a href="javascript:x()">là</a>`, exchange.Rich, "[ici](https://www.belgium.be/fr) <https://a.be> là", "link-dropped"},
		{"a heading", "<h3>Titre</h3><p>x</p>", exchange.Rich, "**Titre**\n\nx", ""},
		{"a table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", exchange.Rich, "a – b\n\nc – d", "table"},
		{"a program", "<p>a<script>alert(1)</script><style>p{}</style>b</p>", exchange.Rich, "ab", ""},
		{"a film from elsewhere", "<p>a</p><iframe src='https://a.be'></iframe>", exchange.Rich, "a", "media-elsewhere"},
		{"a picture that is not there", `<p>a <img src="https://a.be/b.png" alt="un lien"></p>`, exchange.Rich, "a un lien", "picture-missing"},
		{"a picture in a choice", `<p>a <img src="@@PLUGINFILE@@/a.png" alt="un lien"></p>`, exchange.Line, "a un lien", "picture-here"},
		{"a choice of two paragraphs", "<p>a</p><p>b<br>c</p>", exchange.Line, "a b c", ""},
		{"a gap", "<p>le _____ du <b>______</b></p>", exchange.Asking, "le ____ du **____**", ""},
		{"an entity that was meant as it stands", "<p>&amp;eacute; R&amp;D</p>", exchange.Rich, `\&eacute; R&D`, ""},
		{"tags that never end", strings.Repeat("<b><ul><li>", 3) + "a", exchange.Rich, "- **a**", ""},
	} {
		got := exchange.Rewrite(row.html, row.room, pictures)
		if got.Text != row.want || strings.Join(got.Lost, " ") != row.lost {
			t.Errorf("%s:\n%q, not\n%q; lost %v", row.label, got.Text, row.want, got.Lost)
		}
		// What is written means the same again.
		if again := exchange.Rewrite(exchange.HTML(got.Text), row.room, nil); again.Text != got.Text {
			t.Errorf("%s: again\n%q, not\n%q", row.label, again.Text, got.Text)
		}
	}
	got := exchange.Rewrite(`<h4>Le titre</h4><p>a <img src="@@PLUGINFILE@@/a.png" alt="Un lien"></p>`, exchange.Page, pictures)
	if got.Title != "Le titre" || got.Text != "a" || len(got.Media) != 1 || got.Media[0].Alt != "Un lien" {
		t.Errorf("a screen: %+v", got)
	}
}

func TestSlug(t *testing.T) {
	long := strings.Repeat("mot ", 40)
	for name, want := range map[string]string{
		"L’adresse de l’expéditeur": "l-adresse-de-l-expediteur", "sender-address": "sender-address", "Cœur ß Ø 12": "coeur-ss-o-12",
		"???": "", "  --a__b--": "a-b", long: strings.TrimSuffix(strings.Repeat("mot-", 15), "-")[:59],
	} {
		if got := exchange.Slug(name); got != want || len(got) > 60 {
			t.Errorf("%q: %q", name, got)
		}
	}
}

func TestDecode(t *testing.T) {
	for label, content := range map[string]string{
		"UTF-8": "été", "UTF-8 with its mark": "\xef\xbb\xbfété", "UTF-16": "\xff\xfe\xe9\x00t\x00\xe9\x00", "UTF-16, other end first": "\xfe\xff\x00\xe9\x00t\x00\xe9",
		"windows-1252": "\xe9t\xe9", "accents that stand apart": "e\u0301te\u0301", "control characters": "\x00é\x01t\x7fé",
	} {
		if got := exchange.Decode([]byte(content)); got != "été" {
			t.Errorf("%s: %q", label, got)
		}
	}
	if got := exchange.Decode([]byte("a\r\nb\rc")); got != "a\nb\nc" {
		t.Errorf("%q", got)
	}
}

// FuzzRewrite reads anything as HTML: what comes of it is read as the same again.
func FuzzRewrite(f *testing.F) {
	for _, s := range []string{"<p>Un <strong>mot</strong><br>_____</p>", "<ol><li>a<ul><li>b", "<pre>a\nb</pre>", "a&lt;b&amp;eacute;", "<b>«</b>x", "`a``b`", "<code>`</code>"} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, source string, room uint8) {
		got := exchange.Rewrite(exchange.Clean(source), exchange.Room(room%4), nil)
		if strings.ContainsAny(got.Text, "\uE000") {
			t.Errorf("%q", got.Text)
		}
		exchange.HTML(got.Text)
		exchange.Plain(got.Text)
	})
}
