package markup

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestShort(t *testing.T) {
	for _, row := range []struct {
		label, plain string
		most         int
		want         string
	}{
		{"as long as may be", "cinq!", 5, "cinq!"},
		{"one longer", "six ou", 5, "six…"},
		{"two units a letter", "🍫🍫🍫", 5, "🍫🍫…"},
		{"no half of a letter", "🍫🍫🍫", 4, "🍫…"},
		{"lines become one", " a\nb\tc ", 9, "a b c"},
		{"nothing", " \n", 5, "…"},
		{"no text at all", "a\xffb", 5, "a\uFFFDb"},
	} {
		if got := Short(row.plain, row.most); got != row.want {
			t.Errorf("%s: %q, want %q", row.label, got, row.want)
		}
	}
}

// TestShortFits: whatever is shortened fits, is text, and begins as it did.
func TestShortFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain, most := rapid.String().Draw(t, "plain"), rapid.IntRange(1, 40).Draw(t, "most")
		if got := Short(plain, most); Units(got) > most || got == "" || !utf8.ValidString(got) {
			t.Fatalf("%q of at most %d is %q", plain, most, got)
		}
	})
}
