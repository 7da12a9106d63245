package markup

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Card writes a text in the Markdown of a TextBlock of an Adaptive Card, which
// knows **bold**, _italics_, links and lists. Code is plain text there. A line
// break is a paragraph of its own, but within a list.
//
// What was typed is kept from being a mark by a backslash where every client
// takes it (* _ [ ] `), and else by a word joiner (U+2060): Teams on a phone
// shows other backslashes.
// https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features,
// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format (2026-11-25)
func Card(source string) string {
	var w cardHand
	listed := 0 // 1 after bullets, 2 after numbers
	for _, block := range Parse(source) {
		if len(w.b) > 0 {
			w.write("\n\n")
		}
		if len(block.Items) == 0 {
			w.line(block.Inlines, "\n\n")
			listed = 0
			continue
		}
		kind := 1
		if block.First > 0 {
			kind = 2
		}
		if listed == kind {
			w.write(string(joiner) + "\n\n") // else it would be one list
		}
		listed = kind
		for i, item := range block.Items {
			if i > 0 {
				w.write("\n")
			}
			mark := "- "
			if block.First > 0 {
				mark = strconv.Itoa(block.First+i) + ". "
			}
			w.write(mark)
			w.line(item, "  \n"+strings.Repeat(" ", len(mark)))
		}
	}
	return string(w.b)
}

// CardText keeps plain text from becoming the Markdown of a card. Each line is
// a paragraph.
func CardText(plain string) string {
	w := cardHand{b: make([]byte, 0, len(plain)+len(plain)/8)}
	for line := range strings.SplitSeq(clean(plain), "\n") {
		if line = strings.Trim(line, " "); line == "" {
			continue
		}
		if len(w.b) > 0 {
			w.write("\n\n")
		}
		w.start = len(w.b)
		w.text(line)
	}
	return string(w.b)
}

type cardHand struct {
	b        []byte
	start    int    // of the line in b
	lineEnd  string // what breaks a line here
	emphasis emphasis
}

func (w *cardHand) write(s string) { w.b = append(w.b, s...) }

func (w *cardHand) line(inlines []Inline, lineEnd string) {
	w.start, w.lineEnd = len(w.b), lineEnd
	write(w, runs(inlines, blank))
	w.b = w.b[:len(w.b)-spaces(w.b[w.start:])]
}

// spaces is how many a text ends with.
func spaces(b []byte) int {
	n := 0
	for n < len(b) && (b[len(b)-1-n] == ' ' || b[len(b)-1-n] == '\n') {
		n++
	}
	return n
}

func (w *cardHand) fresh() bool { return len(w.b) == w.start }

func (w *cardHand) last() rune {
	r, size := utf8.DecodeLastRune(w.b[w.start:])
	if size == 0 {
		return 0
	}
	return r
}

func (w *cardHand) turn(runs []run, i int, closed, opened style) {
	w.write(w.emphasis.turn(runs, i, w.last(), closed, opened))
}

func (w *cardHand) run(r run) {
	text := r.text
	if r.url != "" {
		if w.last() == '!' {
			w.write(string(joiner)) // else it would be a picture
		}
		w.write("[")
		w.text(text)
		w.write("](" + address(r.url) + ")")
		return
	}
	if text == "\n" {
		w.b = w.b[:len(w.b)-spaces(w.b[w.start:])]
		if !w.fresh() {
			w.write(w.lineEnd)
			w.start = len(w.b)
		}
		return
	}
	if w.fresh() {
		text = strings.TrimLeft(text, " ")
	}
	w.text(text)
}

// text writes what was typed, which has no line breaks.
func (w *cardHand) text(text string) {
	if text == "" {
		return
	}
	if w.fresh() && begins(text) {
		w.write(string(joiner))
	}
	done := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\\', '*', '_', '[', ']', '`':
			if !w.marks(text, i) {
				continue
			}
			w.b = append(w.b, text[done:i]...)
			w.b = append(w.b, '\\', c)
			done = i + 1
		case '<', '&', '~', '{':
			if i+1 < len(text) && !w.pairs(c, text[i+1]) {
				continue
			}
			w.b = append(w.b, text[done:i+1]...)
			w.b = append(w.b, string(joiner)...)
			done = i + 1
		}
	}
	w.b = append(w.b, text[done:]...)
}

// marks says whether the character at i could be a mark: a star between spaces
// or an underscore within a word is none, nor a backslash before a letter.
func (w *cardHand) marks(text string, i int) bool {
	before, after := lastRune(text[:i]), firstRune(text[i+1:])
	switch text[i] {
	case '*':
		return before != ' ' || after != ' '
	case '_':
		return !alnum(before) || !alnum(after)
	case '\\':
		return strings.TrimLeft(text[i+1:], " ") == "" || after < utf8.RuneSelf && !alnum(after) && after != ' '
	}
	return true
}

// pairs says whether what follows makes a mark of a character: a tag or an
// address, an entity, what is struck out, a function of the template ({{DATE(…)}}).
func (w *cardHand) pairs(c, next byte) bool {
	switch c {
	case '<':
		return next != ' ' && next != '=' && (next < '0' || next > '9')
	case '&':
		return next != ' '
	}
	return next == c
}

// begins says whether a line that begins so would be a heading, a quote, a list,
// a line across or the like.
func begins(text string) bool {
	c, rest := text[0], text[1:]
	switch c {
	case '#', '>', '=', '~', '|':
		return true
	case '-', '+':
		return rest == "" || !alnum(firstRune(rest))
	case ':':
		return rest == "" || rest[0] == '-'
	}
	digits := strings.TrimLeft(text, "0123456789")
	return len(digits) < len(text) && (digits == "" || digits[0] == '.' || digits[0] == ')')
}

// CardSeen is what a reader sees of what Card or CardText wrote: without marks,
// and a link as its words. Lists keep their dashes and numbers.
func CardSeen(written string) string {
	var b strings.Builder
	var last rune
	for i := 0; i < len(written); {
		r, size := utf8.DecodeRuneInString(written[i:])
		next := firstRune(written[i+size:])
		switch {
		case r == joiner, r == '[':
		case r == '\\' && next > ' ' && next < 0x7f && !alnum(next):
			b.WriteRune(next)
			size++
		case r == '*' && !(last == ' ' && (next == ' ' || next == '\n' || next == 0)), r == '_' && !(alnum(last) && alnum(next)):
		case r == ']' && next == '(':
			size = max(strings.IndexByte(written[i:], ')')+1, size)
		case r == ' ' && cardBreak(written[i:]) > 0:
			b.WriteByte('\n')
			size = cardBreak(written[i:])
		default:
			b.WriteRune(r)
		}
		last = lastRune(written[:i+size])
		i += size
	}
	return b.String()
}

// cardBreak is how long the line break is, within a list, that a text begins with.
func cardBreak(text string) int {
	rest, found := strings.CutPrefix(text, "  \n")
	if !found {
		return 0
	}
	return len(text) - len(strings.TrimLeft(rest, " "))
}
