package exchange

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const longestID = 60

// Slug makes an id of a name: "L’adresse de l’expéditeur" is
// "l-adresse-de-l-expediteur". The same name always gives the same id; a name
// without letters gives "".
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, c := range norm.NFD.String(strings.ToLower(spelled.Replace(name))) {
		switch {
		case unicode.Is(unicode.Mn, c):
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(c)
		default:
			gap = true
		}
		if b.Len() > 2*longestID {
			break
		}
	}
	id := b.String()
	if len(id) > longestID { // at a word, if there is one
		id = id[:longestID]
		if i := strings.LastIndexByte(id, '-'); i > longestID/2 {
			id = id[:i]
		}
	}
	return strings.Trim(id, "-")
}

// spelled are letters that do not come apart.
var spelled = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "ß", "ss", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l")

// names gives each name an id of its own: the second "Question" is
// "question-2".
type names map[string]bool

func (n names) id(name, otherwise string) string {
	id := Slug(name)
	if id == "" {
		id = otherwise
	}
	one := id
	for i := 2; n[one]; i++ {
		suffix := "-" + strconv.Itoa(i)
		one = strings.TrimRight(id[:min(len(id), longestID-len(suffix))], "-") + suffix
	}
	n[one] = true
	return one
}

// opening is the first words of a text, for a name.
func opening(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(len(words), 6)], " ")
}
