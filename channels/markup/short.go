package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is a plain text as every app takes it in one line: valid UTF-8 without
// control characters, and without space around it.
func Line(plain string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(Straight(plain), "\uFFFD")))
}

// Short is Line of at most so many UTF-16 units: what is longer ends in "…",
// and so does nothing at all, which apps refuse.
func Short(plain string, most int) string {
	plain = Line(plain)
	if plain == "" {
		return "…"
	}
	if Units(plain) <= most {
		return plain
	}
	end, units := 0, 1 // the "…"
	for i, r := range plain {
		if units += Units(string(r)); units > most {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return strings.TrimSpace(plain[:end]) + "…"
}
