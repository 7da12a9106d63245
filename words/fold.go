// Package words is how people write: with or without capitals and accents,
// with their own apostrophes and hyphens, and with a slip of the finger. It
// knows no language, no learner and no lesson; what may be forgiven where is
// for those to say who ask.
//
//   - Fold takes case and accents off, and keeps punctuation.
//   - Plain takes punctuation off too: what is left are words.
//   - OneSlip says that two words differ by one letter.
//   - Nearest is the one of several that was probably meant.
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is a text in lower case, without accents, in the simplest of the
// characters that look alike: straight apostrophes, plain hyphens and spaces,
// "oe" for "œ", "2" for "²". Punctuation and every space stay.
func Fold(text string) string {
	if isFolded(text) {
		return text
	}
	return fold(norm.NFKD.String(strings.ReplaceAll(whole(text), "´", "'"))) // it would be parted into a space and an accent
}

// Plain is a text in lower case, without accents and punctuation, with one
// space between words: "  Où en suis-je ? " is "ou en suis je". Unlike Fold it
// takes no digit out of a sign: "1½" stays 1 and never becomes 11.
func Plain(text string) string {
	if !isFolded(text) {
		text = fold(norm.NFD.String(whole(text)))
	}
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// whole is a text with a space for what is no UTF-8: beside such a byte accents
// would not be parted.
func whole(text string) string { return strings.ToValidUTF8(text, " ") }

// fold does the work for a text whose accents were parted from their letters.
func fold(parted string) string {
	var b strings.Builder
	b.Grow(len(parted))
	for _, r := range parted {
		switch r {
		case 'œ', 'Œ':
			b.WriteString("oe")
		case 'æ', 'Æ':
			b.WriteString("ae")
		case 'ß', 'ẞ':
			b.WriteString("ss")
		case 'ø', 'Ø':
			b.WriteByte('o')
		case '’', '‘', 'ʼ', '′', '`', '´':
			b.WriteByte('\'')
		case '−':
			b.WriteByte('-')
		default:
			switch {
			case unicode.IsSpace(r) || r == utf8.RuneError:
				b.WriteByte(' ')
			case unicode.Is(unicode.Pd, r):
				b.WriteByte('-')
			case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			default:
				b.WriteRune(unicode.ToLower(r))
			}
		}
	}
	return b.String()
}

// isFolded says that fold would change nothing: most of what is typed.
func isFolded(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c < ' ' || c >= 'A' && c <= 'Z' || c == '`' {
			return false
		}
	}
	return true
}
