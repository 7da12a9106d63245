package markup

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// run is text in one style: what lies between two marks of an app that knows
// no nesting of tags but *signs* within the text.
type run struct {
	text string // "\n" for a line break, which stands alone
	url  string // of a link, whose words are one run
	style
}

// style is a set of marks.
type style struct{ bold, italic, code bool }

// stays is what of s can stay open when t follows: bold goes around italics, and
// both around code.
func (s style) stays(t style) style {
	stay := style{bold: s.bold && t.bold}
	stay.italic = s.italic && t.italic && s.bold == t.bold
	stay.code = s.code && t.code && s == t
	return stay
}

// without is what s has and t has not.
func (s style) without(t style) style {
	return style{s.bold && !t.bold, s.italic && !t.italic, s.code && !t.code}
}

// runs lays a line's tree out flat. Signs around a text only count when the
// text touches them: what edge says may not touch them (space) is taken out of
// the style at both ends.
func runs(inlines []Inline, edge func(rune) bool) []run {
	f := flat{all: make([]run, 0, 2*len(inlines)+2), edge: edge}
	f.add(inlines, style{})
	all := f.all
	for len(all) > 0 && all[0].empty() {
		all = all[1:]
	}
	for len(all) > 0 && all[len(all)-1].empty() {
		all = all[:len(all)-1]
	}
	return bridged(all)
}

// empty says whether nothing of a run is seen.
func (r run) empty() bool { return strings.TrimFunc(r.text, blank) == "" }

type flat struct {
	all  []run
	edge func(rune) bool
}

func (f *flat) add(inlines []Inline, s style) {
	for _, n := range inlines {
		inner := s
		switch n.Kind {
		case Text:
			f.lines(n.Text, s)
		case Code:
			inner.code = true
			f.lines(n.Text, inner)
		case Bold:
			inner.bold = true
			f.add(n.Children, inner)
		case Italic:
			inner.italic = true
			f.add(n.Children, inner)
		case Link:
			f.link(n, s)
		case Break:
			f.all = append(f.all, run{text: "\n"})
		}
	}
}

// lines adds a text; a line break in it (in code, or as an entity) is one.
func (f *flat) lines(text string, s style) {
	for text = clean(text); ; {
		line, rest, more := strings.Cut(text, "\n")
		f.text(line, s)
		if !more {
			return
		}
		f.all = append(f.all, run{text: "\n"})
		text = rest
	}
}

// text adds a text, and what may not touch the signs as runs of their own.
func (f *flat) text(text string, s style) {
	if s == (style{}) {
		f.put(text, s)
		return
	}
	edge := f.edge
	if s.code && edge('`') && strings.ContainsAny(text, "`｀") {
		s.code = false // no app that counts signs can show it as code
	}
	if s.code && strings.ContainsFunc(text, func(r rune) bool { return edge(r) && !blank(r) }) {
		s = style{code: true} // signs around it might be closed by those in it
	}
	if s.code {
		edge = blank // what is code is no sign
	}
	inner := strings.TrimLeftFunc(text, edge)
	f.put(text[:len(text)-len(inner)], style{})
	core := strings.TrimRightFunc(inner, edge)
	f.put(core, s)
	f.put(inner[len(core):], style{})
}

// put makes one of runs that look the same.
func (f *flat) put(text string, s style) {
	last := len(f.all) - 1
	switch {
	case text == "":
	case last >= 0 && f.all[last].style == s && f.all[last].url == "" && f.all[last].text != "\n":
		f.all[last].text += text
	default:
		f.all = append(f.all, run{text: text, style: s})
	}
}

// link adds a link: all its words are in the style of the first of them.
func (f *flat) link(n Inline, s style) {
	var words strings.Builder
	l := label(&words, n.Children, s)
	text := strings.TrimFunc(strings.ReplaceAll(clean(words.String()), "\n", " "), blank)
	f.all = append(f.all, run{text: text, url: n.URL, style: style{bold: l.bold, italic: l.italic}})
}

// label writes the words of a link, and returns the style of the first of them.
func label(words *strings.Builder, inlines []Inline, s style) style {
	first := s
	for _, n := range inlines {
		inner := s
		inner.bold = inner.bold || n.Kind == Bold
		inner.italic = inner.italic || n.Kind == Italic
		seen := !hollow(words.String())
		words.WriteString(n.Text)
		if n.Kind == Break {
			words.WriteByte(' ')
		}
		if l := label(words, n.Children, inner); !seen {
			first = l
		}
	}
	return first
}

// bridged lets a style go on through the space between two runs that have it.
func bridged(all []run) []run {
	for i := range all {
		r := &all[i]
		if i > 0 && i+1 < len(all) && r.style == (style{}) && r.text != "\n" && r.empty() {
			r.style = all[i-1].stays(all[i+1].style)
			r.code = false
		}
	}
	return all
}

// blank says whether a character shows nothing but distance.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == narrow || r == '\ufeff'
}

// Characters without width.
const (
	narrow = '\u200b' // parts two words
	joiner = '\u2060' // joins them
)

// hand is how an app writes runs.
type hand interface {
	// run writes a text, its marks apart.
	run(run)
	// turn writes the marks between runs[i-1] and runs[i].
	turn(runs []run, i int, closed, opened style)
}

// write writes a line.
func write(h hand, runs []run) {
	var open style
	for i := 0; i <= len(runs); i++ {
		var next style
		if i < len(runs) {
			next = runs[i].style
		}
		stay := open.stays(next)
		if open != next {
			h.turn(runs, i, open.without(stay), next.without(stay))
		}
		if i < len(runs) {
			h.run(runs[i])
		}
		open = next
	}
}

// clean is a text without what an app would refuse (bytes that are no UTF-8) or
// take away (control characters), in the direction in which it is written, and without joiners: those are ours.
func clean(plain string) string {
	plain = Straight(plain)
	i := 0
	for i < len(plain) {
		size := 1
		if c := plain[i]; c < ' ' && c != '\n' || c >= 0x7f {
			var r rune
			if r, size = utf8.DecodeRuneInString(plain[i:]); unclean(r) {
				break
			}
		}
		i += size
	}
	if i == len(plain) {
		return plain
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == joiner:
			return -1
		case unclean(r) && r != utf8.RuneError:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(plain, "\uFFFD"))
}

func unclean(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r < ' ' && r != '\n' || r == 0x7f
	case r < 0xa0: // the other control characters
		return true
	}
	return r == joiner || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}

// address is one that no app can end too early or find marks in.
func address(url string) string {
	url = clean(url)
	var b strings.Builder
	for i, r := range url {
		switch {
		case r == '&' && len(entityAt(url[i:])) > 1, r == '_' && !(alnum(lastRune(url[:i])) && alnum(firstRune(url[i+1:]))),
			strings.ContainsRune("()<>[]{}*`\\\"~| ", r):
			b.WriteByte('%')
			b.WriteString(strings.ToUpper(strconv.FormatInt(int64(r), 16)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func alnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// lastRune is what a text ends with; 0 for nothing.
func lastRune(text string) rune {
	if text == "" {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

// firstRune is what a text begins with; 0 for nothing.
func firstRune(text string) rune {
	if text == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(text)
	return r
}
