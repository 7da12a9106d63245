package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Slack writes a text in Slack's mrkdwn, which knows *bold*, _italics_, `code`
// and <address|words>, but neither paragraphs nor lists: those are written out.
//
// Only & < > have an escape there. What was typed is kept from being a mark
// by a word joiner (U+2060) on both sides of it: inside a word and next to a
// space no mark counts. A zero width space would do the opposite: beside our own
// marks it makes them count within a word ("**kort**film").
// https://docs.slack.dev/messaging/formatting-message-text (2026-11-25)
func Slack(source string) string { return inLines(source, "• ", slack) }

// SlackText keeps plain text from becoming mrkdwn: marks, quotes, mentions, the
// names of emoji (":smile:"). Addresses that stand in it may become links.
func SlackText(plain string) string {
	w := slackHand{b: make([]byte, 0, len(plain)+len(plain)/8), fresh: true}
	w.text(clean(plain))
	return string(w.b)
}

func slack(inlines []Inline) string {
	flat, size := runs(inlines, slackEdge), 0
	for _, r := range flat {
		size += len(r.text) + len(r.url) + 8
	}
	w := slackHand{fresh: true, b: make([]byte, 0, size)}
	write(&w, flat)
	return string(w.b)
}

// slackEdge is what may not touch a mark from within: space, and what is kept
// from being a mark.
func slackEdge(r rune) bool { return blank(r) || slackMark(r) }

// slackMark says whether Slack reads a character as a mark; the wide ones of
// East Asian keyboards too.
func slackMark(r rune) bool {
	switch r {
	case '*', '_', '~', '`', '＊', '＿', '｀':
		return true
	}
	return false
}

type slackHand struct {
	b     []byte
	fresh bool // at the beginning of a line: a > would be a quote
}

func (w *slackHand) last() rune {
	r, size := utf8.DecodeLastRune(w.b)
	if size == 0 {
		return 0
	}
	return r
}

func (w *slackHand) run(r run) {
	text := r.text
	switch {
	case r.url != "":
		w.b = append(w.b, '<')
		w.entities(address(r.url))
		w.b = append(w.b, '|')
		w.fresh = false
		w.text(text)
		w.b = append(w.b, '>')
	case r.code:
		w.entities(text) // no mark counts within code
		w.fresh = false
	default:
		w.text(text)
	}
}

// turn closes and opens marks. One that has a letter on its outer side counts
// only behind a zero width space.
func (w *slackHand) turn(runs []run, i int, closed, opened style) {
	marks := func(s style) (m string) {
		for _, mark := range []struct {
			on   bool
			sign string
		}{{s.bold, "*"}, {s.italic, "_"}, {s.code, "`"}} {
			if mark.on {
				m += mark.sign
			}
		}
		return m
	}
	before, after := reversed(marks(closed)), marks(opened)
	w.b = append(w.b, before...)
	next := '\n'
	if i < len(runs) {
		next = firstRune(runs[i].text)
		if runs[i].url != "" {
			next = '<'
		}
	}
	if after != "" && before == "" && !parts(w.last()) || after == "" && !parts(next) || after != "" && before != "" {
		w.b = append(w.b, string(narrow)...)
	}
	if after != "" {
		w.fresh = false
	}
	w.b = append(w.b, after...)
}

// reversed is for marks, which are ASCII.
func reversed(marks string) string {
	b := []byte(marks)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

// parts says whether a mark counts beside a character.
func parts(r rune) bool {
	return r == 0 || blank(r) || strings.ContainsRune(`.,;!?()"…«»`, r)
}

func (w *slackHand) entities(text string) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '&':
			w.b = append(w.b, "&amp;"...)
		case '<':
			w.b = append(w.b, "&lt;"...)
		case '>':
			w.b = append(w.b, "&gt;"...)
		default:
			w.b = append(w.b, text[i])
		}
	}
}

// text writes what was typed.
func (w *slackHand) text(text string) {
	for i := 0; i < len(text); {
		c := text[i]
		if plainly(c) && c != ':' {
			end := i + 1
			for end < len(text) && plainly(text[end]) && text[end] != ':' {
				end++
			}
			w.fresh = w.fresh && strings.TrimSpace(text[i:end]) == ""
			w.b = append(w.b, text[i:end]...)
			i = end
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\n':
			w.b = append(w.b, '\n')
			w.fresh = true
			i += size
			continue
		case slackMark(r):
			w.mark(r, firstRune(text[i+size:]))
		case (r == '>' || r == '＞') && w.fresh:
			w.join()
			w.entities(text[i : i+size])
		case r == ':' && shortcode(text, i):
			w.b = append(w.b, ':')
			w.join()
		default:
			w.entities(text[i : i+size])
		}
		w.fresh = w.fresh && blank(r)
		i += size
	}
}

// plainly says whether a byte means nothing to Slack, nor begins what does.
func plainly(c byte) bool {
	switch c {
	case '*', '_', '~', '`', '&', '<', '>', '\n', ':':
		return false
	}
	return c != 0xEF // the wide marks begin with it
}

func (w *slackHand) join() {
	if w.last() != joiner {
		w.b = append(w.b, string(joiner)...)
	}
}

// mark writes what could be a mark; between two letters (snake_case) and between
// two spaces (2 * 3) it is none. A backtick may be one anywhere.
func (w *slackHand) mark(r, next rune) {
	last := w.last()
	if r != '`' && r != '｀' && (alnum(last) && alnum(next) || last == ' ' && next == ' ') {
		w.b = utf8.AppendRune(w.b, r)
		return
	}
	w.join()
	w.b = utf8.AppendRune(w.b, r)
	w.b = append(w.b, string(joiner)...)
}

// shortcode says whether the colon at i begins the name of an emoji. Digits
// between digits are a time (8:30:15).
func shortcode(text string, i int) bool {
	digits := true
	for j, r := range text[i+1:] {
		switch {
		case r == ':':
			end := i + 1 + j
			return j > 0 && !(digits && unicode.IsDigit(lastRune(text[:i])) && unicode.IsDigit(firstRune(text[end+1:])))
		case !alnum(r) && !unicode.IsMark(r) && !strings.ContainsRune("_+-'", r):
			return false
		}
		digits = digits && unicode.IsDigit(r)
	}
	return false
}

// SlackSeen is what a reader sees of what Slack or SlackText wrote: without
// marks, and a link as its words.
func SlackSeen(written string) string {
	var b strings.Builder
	var last rune
	for rest := written; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		next := firstRune(rest[size:])
		switch {
		case r == joiner, r == narrow:
		case r == '<' && strings.IndexByte(rest, '>') > 0:
			size = strings.IndexByte(rest, '>') + 1
			b.WriteString(slackLinkSeen(rest[1 : size-1]))
		case r == '&':
			entity := entityAt(rest)
			size = len(entity)
			b.WriteString(slackEntities.Replace(entity))
		case r == '`' && last != joiner && strings.IndexByte(rest[1:], '`') > 0:
			size = strings.IndexByte(rest[1:], '`') + 2
			b.WriteString(slackEntities.Replace(rest[1 : size-1]))
		case (r == '*' || r == '_') && !(last == joiner && next == joiner) && !(alnum(last) && alnum(next)) && !(last == ' ' && next == ' '):
		default:
			b.WriteString(rest[:size])
		}
		last = lastRune(rest[:size])
		rest = rest[size:]
	}
	return b.String()
}

var slackEntities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// slackLinkSeen is what is seen of what stands in angle brackets.
func slackLinkSeen(link string) string {
	address, words, labelled := strings.Cut(link, "|")
	if !labelled {
		return slackEntities.Replace(strings.TrimPrefix(address, "mailto:"))
	}
	return SlackSeen(words)
}
