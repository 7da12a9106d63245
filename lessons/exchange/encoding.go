package exchange

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Decode reads bytes as text: by the mark that they begin with, else as UTF-8,
// else as what Excel on an old Windows writes. Lines end with \n, accents are
// composed, and control characters are gone.
func Decode(content []byte) string {
	if decoded, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), content); err == nil {
		content = decoded
	}
	if !utf8.Valid(content) {
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(content); err == nil {
			content = decoded
		}
	}
	content = bytes.TrimPrefix(content, []byte("\uFEFF"))
	return Clean(strings.ToValidUTF8(string(content), "\uFFFD"))
}

// Clean is a text without what no text has: control characters, carriage
// returns, accents that stand apart.
func Clean(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case c < ' ' || c == 0x7f, c >= 0xE000 && c <= 0xF8FF: // nobody's characters
			return -1
		}
		return c
	}, text)
	return norm.NFC.String(text)
}

// OneLine is a text on one line, with single spaces. A no-break space is no
// space here: French needs it.
func OneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '\n' || c == '\t' }), " ")
}
