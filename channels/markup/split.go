package markup

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// SplitHTML cuts a text in the HTML that Telegram writes into parts of at most
// most UTF-16 units each, counted as the app counts: without tags, an entity
// as the character that it stands for. It cuts between paragraphs or after a
// sentence where one ends late enough, else between lines or words, and inside
// a word only if that alone fills a part. Tags are closed at the end of a part
// and opened again in the next. Space around a cut is dropped; a text without
// anything to read has no parts.
func SplitHTML(source string, most int) []string {
	var parts []string
	rest, open := skipSpace(trimmed(atoms(source)), nil)
	for len(rest) > 0 {
		end := len(rest)
		if n := count(rest, most); n < end {
			end = cut(rest, n, most)
		}
		part, still := written(rest[:end], open)
		parts = append(parts, part)
		rest, open = skipSpace(rest[end:], still)
	}
	return parts
}

// atom is what is never cut: a tag, or what a reader sees as one character.
type atom struct {
	raw  string
	text string // "" for a tag
	end  bool   // of a tag: "</b>"
	size int    // UTF-16 units of text
	// Of a text in runs: where it stands.
	run     *run
	passage *passage
}

func (a atom) tag() bool { return a.text == "" }

// space says whether only space is seen.
func (a atom) space() bool { return !a.tag() && strings.TrimSpace(a.text) == "" }

// atoms reads a text. It knows no more of HTML than what this package writes.
func atoms(source string) []atom {
	all := make([]atom, 0, len(source))
	for source != "" {
		if source[0] == '<' {
			if end := strings.IndexByte(source, '>'); end > 0 {
				all = append(all, atom{raw: source[:end+1], end: source[1] == '/'})
				source = source[end+1:]
				continue
			}
		}
		raw := character(source)
		text := html.UnescapeString(raw)
		source = source[len(raw):]
		all = glued(all, atom{raw: raw, text: text, size: Units(text)})
	}
	return all
}

// glued adds a character, to the one before if both are seen as one.
func glued(all []atom, a atom) []atom {
	last := len(all) - 1
	if last < 0 || all[last].tag() || all[last].run != a.run || !joins(all[last].text, a.text) || all[last].size+a.size > longestAtom {
		return append(all, a)
	}
	all[last].raw += a.raw
	all[last].text += a.text
	all[last].size += a.size
	return all
}

// longestAtom bounds what is held together as one character: accents may be
// heaped on a letter without end.
const longestAtom = 32

// character is the entity or the character that a text begins with.
func character(source string) string {
	if source[0] == '&' {
		return entityAt(source)
	}
	_, size := utf8.DecodeRuneInString(source)
	return source[:size]
}

// joins says whether two characters are seen as one: accents, skin tones,
// what a joiner holds together, the two letters of a flag.
func joins(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	const joiner = '\u200d'
	switch {
	case last == joiner, next == joiner:
		return !unicode.IsSpace(next) && !unicode.IsSpace(last)
	case unicode.In(next, unicode.Mn, unicode.Me), next >= 0x1f3fb && next <= 0x1f3ff:
		return !unicode.IsSpace(last)
	}
	return flag(last) && flag(next) && utf8.RuneCountInString(before) == 1
}

func flag(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// Units is how long a text is in UTF-16 units, the unit of Telegram.
func Units(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// skipSpace drops the space that a text begins with; the tags in between are
// opened and closed. Nothing is left where nothing is seen.
func skipSpace(all, open []atom) (rest, stillOpen []atom) {
	for i, a := range all {
		switch {
		case a.tag():
			open = nest(open, a)
		case !a.space():
			return all[i:], open
		}
	}
	return nil, open
}

// trimmed is without the space at the end.
func trimmed(all []atom) []atom {
	for i, a := range slices.Backward(all) {
		if !a.tag() && !a.space() {
			after := slices.DeleteFunc(slices.Clone(all[i+1:]), func(a atom) bool { return !a.tag() })
			return append(all[:i+1:i+1], after...)
		}
	}
	return nil
}

// nest opens or closes one tag.
func nest(open []atom, tag atom) []atom {
	if tag.end {
		return open[:max(len(open)-1, 0)]
	}
	return append(open[:len(open):len(open)], tag)
}

// written is a part: within the tags that are open before it, and closing
// those that are open after it.
func written(part, open []atom) (text string, still []atom) {
	var b strings.Builder
	for _, tag := range open {
		b.WriteString(tag.raw)
	}
	for _, a := range trimmed(part) {
		b.WriteString(a.raw)
		if a.tag() {
			open = nest(open, a)
		}
	}
	for _, tag := range slices.Backward(open) {
		name, _, _ := strings.Cut(strings.Trim(tag.raw, "<>"), " ")
		b.WriteString("</" + name + ">")
	}
	return b.String(), open
}

// How good a cut is, worst first.
const (
	anywhere = iota
	betweenWords
	betweenLines
	afterSentence
	betweenParagraphs
	grades
)

// count says how many atoms fit.
func count(all []atom, most int) int {
	size := 0
	for i, a := range all {
		if size += a.size; size > most {
			return i
		}
	}
	return len(all)
}

// cut says how many atoms make the first part, of the fit that fit: together
// they are most long.
func cut(all []atom, fit, most int) int {
	var best, filled [grades]int // the last cut of each grade, and what it fills
	size := 0
	for i, a := range all[:fit] {
		size += a.size
		if !a.tag() {
			g := grade(all[:i+1], all[i+1:])
			best[g], filled[g] = i+1, size
		}
	}
	return choose(best, filled, most)
}

// choose takes the best cut that fills enough of a part.
func choose(best, filled [grades]int, most int) int {
	for g := betweenParagraphs; g > anywhere; g-- {
		enough := most / 4
		if g == betweenParagraphs {
			enough = most / 2
		}
		if best[g] > 0 && filled[g] >= enough {
			return best[g]
		}
	}
	return max(slices.Max(best[:]), 1) // a limit below one character is none
}

// grade says how good a cut is between what was read and what is still to be
// read. A space that must not break is like a letter.
func grade(read, unread []atom) int {
	space, next := "", ""
	for _, a := range unread {
		if a.tag() {
			continue
		}
		if !a.space() || unbroken(a.text) {
			next = a.text
			break
		}
		if space += a.text; len(space) > 2 {
			break // enough to know
		}
	}
	switch {
	case space == "":
		return anywhere
	case strings.HasPrefix(space, "\n\n"):
		return betweenParagraphs
	case ended(read) && !unicode.IsLower([]rune(next + " ")[0]):
		return afterSentence
	case space[0] == '\n':
		return betweenLines
	}
	return betweenWords
}

func unbroken(space string) bool { return space == "\u00a0" || space == "\u202f" }

// ended says whether a sentence ends here, quotes and brackets closed.
func ended(read []atom) bool {
	for _, a := range slices.Backward(read) {
		switch {
		case a.tag(), unbroken(a.text), strings.Contains("»”’\")]", a.text):
		default:
			return strings.Contains(".!?…", a.text)
		}
	}
	return false
}
