package lessons

import "strings"

// plain is the words of a text in Markdown, without its marks: what a reader
// counts, compares and types. Links keep their words, code its letters.
func plain(markdown string) string {
	if !strings.ContainsAny(markdown, "*_`[\\<>") {
		return markdown
	}
	var b strings.Builder
	b.Grow(len(markdown))
	code := false
	for i := 0; i < len(markdown); i++ {
		c := markdown[i]
		switch {
		case c == '`':
			code = !code
		case code:
			b.WriteByte(c)
		case c == '\\' && i+1 < len(markdown):
			i++
			b.WriteByte(markdown[i])
		case c == '*' || c == '[' || c == '_' && !betweenLetters(markdown, i):
		case c == ']' && i+1 < len(markdown) && markdown[i+1] == '(':
			if end := strings.IndexByte(markdown[i:], ')'); end > 0 {
				i += end
			}
		case c == ']':
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// betweenLetters says that the mark at i stands within a word: "mot_de_passe".
func betweenLetters(s string, i int) bool {
	return i > 0 && i+1 < len(s) && !isMark(s[i-1]) && !isMark(s[i+1])
}

func isMark(c byte) bool { return c <= ' ' || strings.IndexByte(".,;:!?()[]*_«»'\"", c) >= 0 }
