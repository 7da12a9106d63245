package slacktest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a part of a text that is shown in a format.
type Span struct {
	Format string // "bold", "italic", "strike", "code", "block", "quote", "link", "mention" or "emoji"
	Text   string // as it is read
	URL    string // of a link; of an emoji in plain text, what was written
}

// Read returns what a reader sees of mrkdwn, which parts of it are formatted,
// and what is wrong with it: a <, > or & that is neither markup nor an entity.
// It follows https://docs.slack.dev/messaging/formatting-message-text as read on
// 2026-11-25; signs that nobody sees (U+200B, U+2060, U+FEFF) are left out.
func Read(source string) (text string, spans []Span, problems []string) {
	r := reading{}
	for i, part := range strings.Split(source, "```") {
		switch {
		case i%2 == 1 && strings.Count(source, "```") > i:
			r.span("block", r.plain(strings.Trim(part, "\n")), "")
		case i%2 == 1:
			r.lines("```" + part)
		default:
			r.lines(part)
		}
	}
	return unseen.Replace(r.out.String()), r.spans, r.problems
}

// unseen are signs without width that separate and join.
var unseen = strings.NewReplacer("\u200b", "", "\u2060", "", "\ufeff", "")

// reading is a text on its way from mrkdwn to what is read.
type reading struct {
	out      strings.Builder
	spans    []Span
	problems []string
}

func (r *reading) span(format, text, address string) {
	text = unseen.Replace(text)
	r.spans = append(r.spans, Span{format, text, address})
	r.out.WriteString(text)
}

func (r *reading) lines(source string) {
	for i, line := range strings.Split(source, "\n") {
		if i > 0 {
			r.out.WriteByte('\n')
		}
		quoted, isQuote := strings.CutPrefix(line, ">")
		if !isQuote {
			quoted, isQuote = strings.CutPrefix(line, "&gt;")
		}
		if isQuote {
			inner := reading{}
			inner.inline(strings.TrimPrefix(quoted, " "), boundary)
			r.spans = append(append(r.spans, Span{"quote", unseen.Replace(inner.out.String()), ""}), inner.spans...)
			r.problems = append(r.problems, inner.problems...)
			r.out.WriteString(inner.out.String())
			continue
		}
		r.inline(line, boundary)
	}
}

const boundary = ' '

var formats = map[byte]string{'*': "bold", '_': "italic", '~': "strike"}

var (
	entities  = regexp.MustCompile(`^&(?:amp|lt|gt);`)
	bracketed = regexp.MustCompile(`^<((?:https?://|mailto:|tel:|slack:)[^<>|\n]+|@[A-Z0-9]+|#[A-Z0-9]+|!(?:here|channel|everyone|subteam\^[A-Z0-9]+|date\^[^<>|]+))(?:\|([^<>\n]*))?>`)
	shortcode = regexp.MustCompile(`^:([a-z0-9_+'-]+):`)
)

// inline reads one line; before is the sign in front of it.
func (r *reading) inline(s string, before rune) {
	for s != "" {
		if n, ok := r.formatted(s, before); ok {
			before, s = rune(s[n-1]), s[n:]
			continue
		}
		sign, n := utf8.DecodeRuneInString(s)
		switch sign {
		case '<', '>', '&':
			n = r.control(s)
		case ':':
			if m := shortcode.FindStringSubmatch(s); m != nil && emoji[m[1]] != "" {
				r.span("emoji", emoji[m[1]], "")
				n = len(m[0])
				break
			}
			r.out.WriteByte(':')
		default:
			r.out.WriteString(s[:n])
		}
		before, s = sign, s[n:]
	}
}

// formatted reads a part between two signs of one format, if one begins here.
func (r *reading) formatted(s string, before rune) (n int, ok bool) {
	if s[0] == '`' {
		end := strings.IndexByte(s[1:], '`')
		if end <= 0 || word(before) {
			return 0, false
		}
		r.span("code", r.plain(s[1:1+end]), "")
		return end + 2, true
	}
	format := formats[s[0]]
	if format == "" || word(before) || before == rune(s[0]) {
		return 0, false
	}
	for end := 1; end < len(s); end++ {
		if s[end] != s[0] || !closes(s, end) {
			continue
		}
		inner := reading{}
		inner.inline(s[1:end], rune(s[0]))
		r.problems = append(r.problems, inner.problems...)
		r.span(format, inner.out.String(), "")
		r.spans = append(r.spans, inner.spans...)
		return end + 1, true
	}
	return 0, false
}

// closes: something is inside, no space touches the signs from within, and no
// word goes on behind.
func closes(s string, end int) bool {
	first, _ := utf8.DecodeRuneInString(s[1:])
	last, _ := utf8.DecodeLastRuneInString(s[:end])
	next, _ := utf8.DecodeRuneInString(s[end+1:])
	return end > 1 && !space(first) && !space(last) && first != rune(s[0]) && !word(next) && next != rune(s[0])
}

// space: a zero width space parts as a space does.
func space(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// word: beside these a sign is a part of a word; a word joiner is one by its
// name.
func word(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\u2060')
}

// control reads an entity or what stands in angle brackets.
func (r *reading) control(s string) (n int) {
	if found := entities.FindString(s); found != "" {
		r.out.WriteString(decode(found))
		return len(found)
	}
	m := bracketed.FindStringSubmatch(s)
	if m == nil {
		r.problems = append(r.problems, fmt.Sprintf("a %c that is neither markup nor an entity, in mrkdwn", s[0]))
		r.out.WriteByte(s[0])
		return 1
	}
	target, label := m[1], decode(m[2])
	switch {
	case strings.HasPrefix(target, "!date^"):
		r.out.WriteString(label)
	case target[0] == '!':
		r.span("mention", "@"+strings.TrimPrefix(target, "!"), "")
	case target[0] == '@' || target[0] == '#':
		r.span("mention", target, "")
	default:
		if label == "" {
			label = decode(target)
		}
		r.span("link", label, decode(target))
	}
	return len(m[0])
}

// plain reads code: entities are decoded, nothing else is markup but links.
func (r *reading) plain(s string) string {
	inner := reading{}
	for s != "" {
		n := 1
		if strings.ContainsRune("<>&", rune(s[0])) {
			n = inner.control(s)
		} else {
			inner.out.WriteByte(s[0])
		}
		s = s[n:]
	}
	r.problems = append(r.problems, inner.problems...)
	return inner.out.String()
}

var decoder = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// decode reads the three entities; in texts without markup they are all there is.
func decode(s string) string { return decoder.Replace(s) }

var encoder = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func encode(s string) string { return encoder.Replace(s) }

// emoji are the short names that are likely to be met; others are shown as
// they are written.
var emoji = map[string]string{
	"white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "bulb": "💡", "books": "📚", "tada": "🎉", "wave": "👋", "clock8": "🕗", "fire": "🔥",
	"smile": "😄", "slightly_smiling_face": "🙂", "+1": "👍", "thumbsup": "👍", "warning": "⚠️", "question": "❓", "star": "⭐", "eyes": "👀", "stop": "🛑",
	"black_square_button": "🔲", "white_medium_square": "◻️", "arrow_right": "➡️", "information_source": "ℹ️", "calendar": "📆", "bell": "🔔", "chocolate_bar": "🍫",
}
