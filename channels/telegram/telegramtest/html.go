package telegramtest

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

// tags that HTML mode knows: https://core.telegram.org/bots/api#html-style
var tags = []string{"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}

var (
	// entity is one that HTML mode knows: four names, and numbers.
	entity = regexp.MustCompile(`^&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});`)
	// href is the only attribute that we may write.
	href = regexp.MustCompile(`^a href="[^"<>]+"$`)
)

// parsed returns the text that a person reads, or what the API would refuse.
// It is stricter than the API, which lets a bare & or > pass.
func parsed(text string) (plain, problem string) {
	var open []string
	var b strings.Builder
	for text != "" {
		switch text[0] {
		case '<':
			end := strings.IndexByte(text, '>')
			if end < 0 {
				return "", "Bad Request: can't parse entities: unclosed start tag"
			}
			if open, problem = nested(open, text[1:end]); problem != "" {
				return "", problem
			}
			text = text[end+1:]
		case '>':
			return "", "Bad Request: can't parse entities: > is not escaped"
		case '&':
			found := entity.FindString(text)
			if found == "" {
				return "", "Bad Request: can't parse entities: & is not escaped"
			}
			b.WriteString(html.UnescapeString(found))
			text = text[len(found):]
		default:
			b.WriteByte(text[0])
			text = text[1:]
		}
	}
	if len(open) > 0 {
		return "", "Bad Request: can't parse entities: can't find end tag corresponding to start tag " + open[len(open)-1]
	}
	return b.String(), ""
}

// nested opens or closes one tag.
func nested(open []string, tag string) (now []string, problem string) {
	name, closing := strings.CutPrefix(tag, "/")
	last := len(open) - 1
	switch {
	case closing && (last < 0 || open[last] != name):
		return nil, "Bad Request: can't parse entities: unmatched end tag " + name
	case closing:
		return open[:last], ""
	}
	name, attributes, _ := strings.Cut(tag, " ")
	switch {
	case !slices.Contains(tags, name):
		return nil, "Bad Request: can't parse entities: unsupported start tag \"" + name + "\""
	case name == "a" && !href.MatchString(tag), name != "a" && attributes != "":
		return nil, "Bad Request: can't parse entities: attributes of \"" + name + "\""
	case last >= 0 && (open[last] == "code" || open[last] == "pre" || open[last] == "a"):
		return nil, "Bad Request: can't parse entities: \"" + name + "\" within \"" + open[last] + "\" is lost"
	}
	return append(open, name), ""
}
