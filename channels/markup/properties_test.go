package markup_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"praline/channels/markup"
)

// app is a writer and how the app reads it.
type app struct {
	name        string
	bullet      string
	write, text func(string) string
	seen        func(string) string
	read        func(fataler, string) signs
	size        func(string) int
}

var apps = []app{
	{"Slack", "•", markup.Slack, markup.SlackText, markup.SlackSeen, func(t fataler, written string) signs {
		all := readSlack(t, written, 'a')
		if other := readSlack(t, written, ' '); !slices.Equal(all, other) {
			t.Fatalf("%q is read as %+v or as %+v", written, all, other)
		}
		return all
	}, markup.Runes},
	{"Card", "-", markup.Card, markup.CardText, markup.CardSeen, readCard, markup.UTF16Bytes},
	{"Telegram", "•", markup.Telegram, markup.TelegramText, markup.WithoutTags, readTelegram, markup.Units},
}

// readTelegram judges the tags; the styles are its own matter.
func readTelegram(t fataler, written string) (all signs) {
	all.add(seen(t, written), sign{})
	return all
}

// typed draws what people type, with everything that a markup could stumble on.
func typed() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"<b>", "</b>", "&amp;", "&", "<", ">", "\"", "'", "*", "**", "_", "__", "`", "```", "[", "]", "(", ")", "](https://x.example)", "~", "~~", "|", "#", "- ", "1. ", "2) ", "+ ",
		"é", "e\u0301", "😀", "👩‍👧", "🇧🇪", " ", " ", "  ", "\n", "\n\n", ". ", "? ", "\u00a0!", "mot", "woord", "a", "7", "\\", "!", "«\u00a0", "\u00a0»",
		":", ":smile:", "8:30", "<!channel>", "<@U1>", "<https://x.example|y>", "{{DATE(2026-11-25T06:00:00Z)}}", "{", "}", "---", "===", "=", "&lt;", "&#42;",
		"\u2060", "\u200b", "\ufeff", "\u00ad", "\t", "\r", "\x00", "＊", "＿", "｀", "＞", "https://x.example/_a_", "x@y.example", "C:\\Users\\", "$", "€", "\u2028",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(piece, piece, piece, rapid.String()), 0, 40).Draw(t, "pieces"), "")
	})
}

// composed draws texts as trainers write them, and worse.
func composed() *rapid.Generator[string] {
	marked := rapid.Custom(func(t *rapid.T) string {
		words := rapid.OneOf(rapid.SampledFrom([]string{"mot", "een woord", "a", "(b)", "«\u00a0c\u00a0»", "é", "5 €", "x.", "😀", "a_b"}), rapid.Map(typed(), func(s string) string {
			return markup.Escape(strings.ReplaceAll(s, "\n", ""))
		})).Draw(t, "words")
		around := rapid.SampledFrom([]string{"*", "_", "**", "__", "***", "`", "[", "", ""}).Draw(t, "mark")
		if around == "[" {
			return "[" + words + "](https://x.example/a_(b)?c=1&d=2)"
		}
		return around + words + around
	})
	between := rapid.SampledFrom([]string{" ", " ", " ", "", "\n", "\n\n", "\n- ", "\n1. ", "\n\n7. ", "\n\n7) ", ". ", ", ", "\\\n", "&nbsp;", "**", "*", "\n> ", "\n# ", "\n```\n", "&#10;", "!"})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(marked, between, typed()), 0, 20).Draw(t, "pieces"), "")
	})
}

// TestNothingTypedIsMarkup: what was typed is shown as it was typed, in no style,
// whichever way it comes. Space may be told apart by less: it is not compared.
func TestNothingTypedIsMarkup(t *testing.T) {
	for _, a := range apps {
		t.Run(a.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { a.typed(t, typed().Draw(t, "typed")) })
		})
	}
}

func (a app) typed(t fataler, words string) {
	var want signs
	want.add(markup.Straight(words), sign{})
	for way, written := range map[string]string{"as text": a.text(words), "within a text": a.write(markup.Escape(words))} {
		got := a.read(t, written)
		if got.String() != want.String() || !got.plain() {
			t.Fatalf("%q %s became %q, which is read as %+v", words, way, written, got)
		}
		a.sees(t, written, got)
	}
}

// sees compares the app's reader with what our own says that a person sees.
func (a app) sees(t fataler, written string, read signs) {
	var seen signs
	seen.add(a.seen(written), sign{})
	if seen.String() != read.String() {
		t.Fatalf("%q is read as %q, and said to be seen as %q", written, read, seen)
	}
}

// TestTextsAreKept: what a text says and in which style, every app says.
func TestTextsAreKept(t *testing.T) {
	for _, a := range apps {
		t.Run(a.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { a.keeps(t, composed().Draw(t, "source")) })
		})
	}
}

// dressed compares styles, but in Telegram's tags, which nest as the text does.
func (a app) dressed(got, want signs) bool {
	return a.name == "Telegram" && got.String() == want.String() || got.dressed(want)
}

func (a app) keeps(t fataler, source string) {
	want := content(source, a.bullet)
	written := a.write(source)
	got := a.read(t, written)
	if got.String() != want.String() {
		t.Fatalf("%q became %q, which is read as\n%q, not\n%q", source, written, got, want)
	}
	if !a.dressed(got, want) {
		t.Fatalf("%q became %q, which is read as\n%+v, not\n%+v", source, written, got, want)
	}
	a.sees(t, written, got)
}

// TestPartsKeep: parts say everything once, in order and in its style, and none
// is too long.
func TestPartsKeep(t *testing.T) {
	for _, a := range apps {
		t.Run(a.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				a.parts(t, composed().Draw(t, "source"), rapid.IntRange(100, 400).Draw(t, "most"))
			})
		})
	}
}

func (a app) parts(t fataler, source string, most int) {
	want := content(source, a.bullet)
	var got signs
	parts := markup.Parts(source, most, a.write, a.size)
	for _, part := range parts {
		if a.size(part) > most {
			t.Fatalf("%d, at most %d fit, of %q: %q", a.size(part), most, source, part)
		}
		if strings.TrimSpace(part) == "" {
			t.Fatalf("an empty part of %q", source)
		}
		got = append(got, a.read(t, part)...)
	}
	if !a.dressed(got, want) {
		t.Fatalf("%q became\n%q, which is read as\n%+v, not\n%+v", source, parts, got, want)
	}
}
