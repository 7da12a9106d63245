package markup

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/util"
)

// unescape reads Markdown's backslashes ("\*") and entities ("&nbsp;"), in one
// pass: what a backslash kept from being an entity stays as it was typed.
func unescape(source string) string {
	if !strings.ContainsAny(source, `\&`) {
		return source
	}
	var b strings.Builder
	for i := 0; i < len(source); i++ {
		switch {
		case source[i] == '\\' && i+1 < len(source) && util.IsPunct(source[i+1]):
			i++
			b.WriteByte(source[i])
		case source[i] == '&':
			entity := entityAt(source[i:])
			b.WriteString(html.UnescapeString(entity))
			i += len(entity) - 1
		default:
			b.WriteByte(source[i])
		}
	}
	return b.String()
}

// longestEntity is "&CounterClockwiseContourIntegral;".
const longestEntity = 33

// entityAt returns the entity that a text begins with, or its "&".
func entityAt(text string) string {
	end := strings.IndexByte(text[:min(len(text), longestEntity)], ';')
	if end < 2 || strings.ContainsAny(text[1:end], `\& `) {
		return text[:1]
	}
	return text[:end+1]
}

// Escape keeps a plain text (what a learner typed, say) from becoming Markdown.
func Escape(plain string) string {
	var b strings.Builder
	for _, r := range plain {
		if strings.ContainsRune("\\`*_{}[]()#+-.!|<>~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
