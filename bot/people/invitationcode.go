package people

import (
	"encoding/hex"
	"strings"
)

// An invitation's code is INV and twelve characters that cannot be mistaken
// for one another (Crockford's base 32), written INV-7KQ2-M3XA-9TBD: 60 bits, so
// that with a million invitations open, and 10 tries a second for a year, the
// chance that any guess hits any of them is 1 in 3,600. A code that joins
// two apps has eight characters and is never taken for one; one digit at least
// is from 2 to 9, so that no word ("investissements") is either.
const (
	codeSign          = "INV"
	invitationLength  = 12
	invitationLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// codeOf is the code in a digest; false where it would read as a word.
func codeOf(digest string) (string, bool) {
	bytes, err := hex.DecodeString(digest)
	if err != nil || len(bytes) < invitationLength {
		return "", false
	}
	var b strings.Builder
	b.WriteString(codeSign)
	for i, random := range bytes[:invitationLength] {
		if i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(invitationLetters[int(random)%len(invitationLetters)]) // 256 is a multiple of 32
	}
	code := b.String()
	return code, strings.ContainsAny(code, "23456789")
}

// ReadInvitation reads a text that is an invitation's code and nothing else, as
// people type it and links bring it: in small letters, with or without hyphens,
// with an O for a zero and an I or L for a one. ok says whether it has the form
// of one; whether it leads anywhere, Join says.
func ReadInvitation(text string) (code string, ok bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "/start ")
	text = strings.ToUpper(strings.Trim(text, " .*`\"'«»“”\u00a0\u202f"))
	text = strings.NewReplacer("-", "", "–", "", " ", "", "\u00a0", "", "\u202f", "", "‑", "").Replace(text)
	if len(text) != len(codeSign)+invitationLength || strings.Trim(text[:1], "I1L") != "" || text[1:3] != codeSign[1:] {
		return "", false
	}
	letters := strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(text[3:])
	if strings.Trim(letters, invitationLetters) != "" || !strings.ContainsAny(letters, "23456789") {
		return "", false
	}
	return codeSign + "-" + letters[:4] + "-" + letters[4:8] + "-" + letters[8:], true
}
