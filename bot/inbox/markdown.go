package inbox

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	picture = regexp.MustCompile(`!\[[^\]]*\]\(`)
	table   = regexp.MustCompile(`(?m)^\s*\|.*\|\s*$`)
	linked  = regexp.MustCompile(`\]\(\s*([^)\s]*)`)
)

// CheckAnswer returns an answer as it goes out, or what is wrong with it:
// ErrEmpty, ErrLong, ErrMarkup. It may hold the Markdown of lessons that every
// app shows: bold, italic, code, lists, links to https.
func CheckAnswer(text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\x00", ""))
	switch {
	case text == "":
		return "", ErrEmpty
	case utf8.RuneCountInString(text) > LongestAnswer:
		return "", ErrLong
	case picture.MatchString(text), table.MatchString(text):
		return "", ErrMarkup
	}
	for _, link := range linked.FindAllStringSubmatch(text, -1) {
		if !strings.HasPrefix(link[1], "https://") && !strings.HasPrefix(link[1], "mailto:") {
			return "", ErrMarkup
		}
	}
	return text, nil
}
