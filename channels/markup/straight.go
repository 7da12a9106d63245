package markup

import "strings"

// Straight is a text without the signs that turn the direction of what comes
// after them (U+202A to U+202E, U+2066 to U+2069): no French or Dutch needs
// one, and with them a text reads otherwise than it is written: "gnp.exe" as
// "exe.png", and a line of a review as another.
func Straight(text string) string {
	for i := 0; i+2 < len(text); i++ {
		if text[i] == 0xe2 && turns(text[i+1], text[i+2]) {
			return strings.Map(func(r rune) rune {
				if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
					return -1
				}
				return r
			}, text)
		}
	}
	return text
}

// turns says whether bytes end such a sign in UTF-8.
func turns(second, third byte) bool {
	return second == 0x80 && third >= 0xaa && third <= 0xae || second == 0x81 && third >= 0xa6 && third <= 0xa9
}
