package words_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"praline/words"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ label, text, want string }{
		{"nothing to do", "ou en suis-je ?", "ou en suis-je ?"},
		{"capitals and accents", "Où En ÊTES-vous ?", "ou en etes-vous ?"},
		{"accents typed apart", "e\u0301cole", "ecole"},
		{"letters joined", "Cœur, nævus, Straße, STRAẞE, Ørsted", "coeur, naevus, strasse, strasse, orsted"},
		{"apostrophes", "l’oeuf ‘s ochtends l`an l´an", "l'oeuf 's ochtends l'an l'an"},
		{"hyphens and minus", "rendez‑vous 9–17 −3", "rendez-vous 9-17 -3"},
		{"spaces keep their number", "a\u00a0b\u202fc\t d", "a b c  d"},
		{"what nobody sees", "le\u00adçon\u200b\u200e", "lecon"},
		{"signs of one letter", "m² ½ ﬁn İ", "m2 1⁄2 fin i"},
		{"bytes that are no text", "a\xffb", "a b"},
		{"", "", ""},
	} {
		if got := words.Fold(c.text); got != c.want {
			t.Errorf("%s: Fold(%q) = %q, want %q", c.label, c.text, got, c.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct{ label, text, want string }{
		{"a question", "  Où en suis-je ? ", "ou en suis je"},
		{"a command", "/leçon", "lecon"},
		{"punctuation alone", "…?!", ""},
		{"an elision", "l’œuvre d'art", "l oeuvre d art"},
		{"digits", "5 min.", "5 min"},
		{"no digit out of a sign", "1½ heure, 2²", "1 heure 2"},
		{"other letters", "Ωmega Ж", "ωmega ж"},
	} {
		if got := words.Plain(c.text); got != c.want {
			t.Errorf("%s: Plain(%q) = %q, want %q", c.label, c.text, got, c.want)
		}
	}
}

func TestOneSlip(t *testing.T) {
	for _, c := range []struct {
		label, a, b string
		want        bool
	}{
		{"equal", "lecon", "lecon", false},
		{"missing", "leon", "lecon", true},
		{"too many at the end", "lecons", "lecon", true},
		{"doubled", "leccon", "lecon", true},
		{"another", "lezon", "lecon", true},
		{"swapped", "leocn", "lecon", true},
		{"swapped at the start", "elcon", "lecon", true},
		{"swapped with one between", "ceton", "tecon", false},
		{"two others", "lezen", "lecon", false},
		{"swapped and one more", "leocns", "lecon", false},
		{"two too many", "leconss", "lecon", false},
		{"letters of several bytes", "één", "een", false},
		{"one letter of several bytes", "eén", "een", true},
		{"four bytes for one", "le𝒸on", "lecon", true},
		{"four bytes too many", "lecon𝒸", "lecon", true},
		{"letters that share a byte", "é", "è", true},
		{"nothing", "", "", false},
		{"one letter of nothing", "a", "", true},
		{"two letters of nothing", "ab", "", false},
	} {
		if words.OneSlip(c.a, c.b) != c.want || words.OneSlip(c.b, c.a) != c.want {
			t.Errorf("%s: OneSlip(%q, %q) is not %v both ways", c.label, c.a, c.b, c.want)
		}
	}
}

// TestOneSlipIsADistanceOfOne compares with the whole distance, written out.
func TestOneSlipIsADistanceOfOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOfN(rapid.RuneFrom([]rune("abcéè")), 0, 7, -1)
		a, b := letters.Draw(t, "a"), letters.Draw(t, "b")
		if got, d := words.OneSlip(a, b), words.Distance([]rune(a), []rune(b)); got != (d == 1) {
			t.Fatalf("OneSlip(%q, %q) = %v, their distance is %d", a, b, got, d)
		}
	})
}

func TestNearest(t *testing.T) {
	keys := []string{"title", "summary", "id", "licence", "level", "translators"}
	for _, c := range []struct{ label, word, want string }{
		{"itself", "title", "title"},
		{"capitals", "Title", "title"},
		{"one slip", "titel", "title"},
		{"another spelling", "license", "licence"},
		{"two slips in a long word", "traslatorz", "translators"},
		{"two slips in a short word", "tilte2", ""},
		{"one slip in a short word", "ip", "id"},
		{"two slips in a very short word", "ot", ""},
		{"far", "colour", ""},
		{"a whole sentence", strings.Repeat("title ", 20), ""},
		{"nothing", "", ""},
	} {
		if got := words.Nearest(c.word, keys); got != c.want {
			t.Errorf("%s: Nearest(%q) = %q, want %q", c.label, c.word, got, c.want)
		}
	}
	if got := words.Nearest("title", nil); got != "" {
		t.Errorf("nearest of none: %q", got)
	}
}

// FuzzWords: whatever is typed, folding is done once and for all, leaves no
// capital and no accent, and a slip is one whichever word comes first.
func FuzzWords(f *testing.F) {
	for _, text := range []string{"Où en suis-je ?", "l’œuvre", "\xff", "1½ ﬁ İ ẞ", "e\u0301", "\u2003\u200b", "Dž ϓ ㎏"} {
		f.Add(text, "lecon")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		folded, plain := words.Fold(a), words.Plain(a)
		switch {
		case !utf8.ValidString(folded) || !utf8.ValidString(plain):
			t.Fatalf("%q is %q and %q: no text", a, folded, plain)
		case words.Fold(folded) != folded:
			t.Fatalf("%q folds to %q, that to %q", a, folded, words.Fold(folded))
		case words.Plain(plain) != plain:
			t.Fatalf("%q is plainly %q, that %q", a, plain, words.Plain(plain))
		case strings.Join(strings.Fields(plain), " ") != plain:
			t.Fatalf("%q is plainly %q: spaces", a, plain)
		case words.OneSlip(a, b) != words.OneSlip(b, a):
			t.Fatalf("a slip from %q to %q and not back", a, b)
		case words.OneSlip(a, a):
			t.Fatalf("%q is a slip from itself", a)
		}
	})
}
