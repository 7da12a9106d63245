package bot

import (
	"strings"
	"testing"

	"praline/locales"
)

func TestReadCode(t *testing.T) {
	for _, row := range []struct{ label, typed, want string }{
		{"as it is shown", "K7QF 2MX9", "K7QF2MX9"},
		{"in one word, in small letters", "k7qf2mx9", "K7QF2MX9"},
		{"with a dash", "K7QF-2MX9", "K7QF2MX9"},
		{"with a space that does not break", "K7QF\u00a02MX9", "K7QF2MX9"},
		{"misread", "kOqF2xI9", "K0QF2X19"},
		{"an L for a one", "klqf2mx9", "K1QF2MX9"},
		{"with a point, in quotes", "« K7QF 2MX9 ».", "K7QF2MX9"},
		{"copied with its marks", "**K7QF 2MX9**", "K7QF2MX9"},
		{"from a link", "/start k7qf2mx9", "K7QF2MX9"},
		{"spaces around", "  K7QF 2MX9\n", "K7QF2MX9"},
		{"too short", "K7QF 2MX", ""},
		{"too long", "K7QF 2MX9 1", ""},
		{"a space elsewhere", "K7Q F2MX9", ""},
		{"letters only", "ABCDEFGH", ""},
		{"digits only", "12345678", ""},
		{"no digit from 2 on", "ABCDEF10", ""},
		{"a letter that codes lack", "K7QF 2MU9", ""},
		{"a time", "13h30min", ""},
		{"an hour of a day", "mardi 9h", ""},
		{"words around it", "code K7QF 2MX9", ""},
		{"nothing", "", ""},
		{"not UTF-8", "\xff\xfeK7QF2M", ""},
		{"very long", strings.Repeat("K7QF2MX9", 1000), ""},
	} {
		if got := readCode(row.typed); got != row.want {
			t.Errorf("%s: %q is read as %q, want %q", row.label, row.typed, got, row.want)
		}
	}
}

// No word of the bot's own is a code, in any language.
func TestNoCommandIsACode(t *testing.T) {
	for word := range vocabulary() {
		if readCode(word) != "" {
			t.Errorf("%q reads as a code", word)
		}
	}
	for _, lang := range locales.Spoken {
		for _, id := range []string{"word.yes", "word.no", "word.do-not-know", "word.fr", "word.nl"} {
			for word := range strings.SplitSeq(locales.For(lang).Say(id), "|") {
				if readCode(word) != "" {
					t.Errorf("%q reads as a code", word)
				}
			}
		}
	}
}

// Every code is read as what it is, however it is typed, and is nothing else.
func TestCodesAreRead(t *testing.T) {
	seen := map[string]bool{}
	for range 500 {
		code := newCode()
		for _, typed := range asTyped(code) {
			if got := readCode(strings.ToLower(typed)); got != code {
				t.Fatalf("%q is read as %q", typed, got)
			}
		}
		if seen[code] {
			t.Fatalf("%s came twice in 500", code)
		}
		seen[code] = true
	}
}
