// Package gift reads and writes GIFT, Moodle's text format for questions: one
// language a file.
//
// Read follows Moodle's own reader (question/format/gift): an escaped sign is
// put out of the way first, then the first braces are the answer. Unlike it,
// an answer may hold empty lines. Write gives what Moodle reads unchanged; the
// ids of questions and lessons stand in comments as Moodle writes them.
package gift

import (
	"regexp"
	"strings"

	"praline/lessons/exchange"
)

// Signs that are escaped with a backslash, and what stands for each meanwhile:
// nobody's characters, that no text has.
var (
	hide = strings.NewReplacer(`\\`, "\uE011", `\:`, "\uE012", `\#`, "\uE013", `\=`, "\uE014", `\{`, "\uE015", `\}`, "\uE016", `\~`, "\uE017", `\n`, "\uE018")
	show = strings.NewReplacer("\uE011", `\`, "\uE012", ":", "\uE013", "#", "\uE014", "=", "\uE015", "{", "\uE016", "}", "\uE017", "~", "\uE018", "\n")
	// escape is for writing.
	escape = strings.NewReplacer(`\`, `\\`, "#", `\#`, "=", `\=`, "~", `\~`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)
)

// piece is a question as it stands in the file, its escaped signs hidden.
type piece struct {
	line   int
	text   string
	id     string // of a comment before it
	lesson string
}

var (
	idComment     = regexp.MustCompile(`\[id:((?:[^\]\\]|\\.)+)\]`)
	lessonComment = regexp.MustCompile(`^//\s*\[lesson:([a-z0-9-]+)\]`)
)

// pieces parts a file at its empty lines, but not within braces; "$CATEGORY:"
// is a piece of its own.
func pieces(text string) []piece {
	var all []piece
	var now piece
	var lines []string
	open := false
	end := func() {
		if now.text = strings.TrimSpace(strings.Join(lines, "\n")); now.text != "" {
			all = append(all, now)
			now = piece{}
		}
		lines, open = nil, false
	}
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		trimmed := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(trimmed, "//"):
			if m := idComment.FindStringSubmatch(trimmed); m != nil {
				now.id = strings.ReplaceAll(m[1], `\`, "")
			}
			if m := lessonComment.FindStringSubmatch(trimmed); m != nil {
				now.lesson = m[1]
			}
			continue
		case trimmed == "" && (!open || len(lines) > 200):
			end()
			continue
		case strings.HasPrefix(trimmed, "$CATEGORY:"), strings.HasPrefix(trimmed, "::") && open && len(lines) > 0 && lines[len(lines)-1] == "":
			end() // a brace was never closed
		}
		hidden := hide.Replace(trimmed)
		if len(lines) == 0 {
			now.line = number
		}
		lines = append(lines, hidden)
		if i := strings.LastIndexAny(hidden, "{}"); i >= 0 {
			open = hidden[i] == '{'
		}
		if strings.HasPrefix(trimmed, "$CATEGORY:") {
			end()
		}
	}
	end()
	return all
}

// formatted parts a text from the format that it may begin with: "[html]".
func formatted(text, otherwise string) (format, rest string) {
	text = strings.TrimSpace(text)
	for _, format := range []string{"html", "markdown", "plain", "moodle"} {
		if rest, ok := strings.CutPrefix(text, "["+format+"]"); ok {
			return format, rest
		}
	}
	return otherwise, text
}

// convert is a text of GIFT as Markdown of ours.
func convert(text, format string, room exchange.Room) exchange.Rewritten {
	format, text = formatted(text, format)
	return exchange.Convert(format, show.Replace(text), room, nil)
}
