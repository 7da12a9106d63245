package exchange

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"praline/lessons"
)

// Room is what a place in a lesson has room for.
type Room int

// The rooms. A question's text has no numbered list and no quote, which would
// be its answer and its explanation.
const (
	Rich   Room = iota // an explanation, feedback
	Page               // a screen: a heading at its start is its title
	Asking             // a question's text
	Line               // a choice, an item: one line
)

// Pictures finds a picture by its address, and returns its path in the series'
// folder; not ok if there is no such picture.
type Pictures func(address string) (path string, ok bool)

// Rewritten is HTML as Markdown of ours.
type Rewritten struct {
	Title string // of a Page: its words
	Text  string
	Media []lessons.Media
	Lost  []string // codes of notes, each once
}

// Rewrite turns HTML into the Markdown that lessons have: paragraphs, lists,
// bold, italics, links, code, quotes. It reads anything, well-formed or not,
// and takes nothing that acts.
func Rewrite(source string, room Room, pictures Pictures) Rewritten {
	w := rewriter{room: room, pictures: pictures}
	z := html.NewTokenizer(strings.NewReader(lowLines(source)))
	z.SetMaxBuf(MostBytes)
	for {
		switch z.Next() {
		case html.ErrorToken:
			w.flush()
			w.out.Text = strings.ReplaceAll(w.text(), gapSign, gapText)
			return w.out
		case html.TextToken:
			if w.hidden == 0 {
				w.say(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(z.Token())
		case html.EndTagToken:
			w.close(z.Token().DataAtom)
		}
	}
}

// lowLines puts the sign of a gap where a text has five low lines or more.
func lowLines(source string) string {
	var b strings.Builder
	for len(source) > 0 {
		start := strings.Index(source, wideGap)
		if start < 0 {
			break
		}
		rest := strings.TrimLeft(source[start:], "_")
		b.WriteString(source[:start] + gapSign)
		source = rest
	}
	return b.String() + source
}

// run is words with the marks on them.
type run struct {
	text               string
	bold, italic, code bool
	href               string
	breaks             bool // the line ends here
}

// block is a paragraph or an item of a list.
type block struct {
	text   string
	item   string // "- ", "1. " or ""
	quoted bool
}

type rewriter struct {
	room     Room
	pictures Pictures
	out      Rewritten
	runs     []run
	blocks   []block
	// what is open
	bold, italic, code, quote, hidden, pre int
	hrefs                                  []string
	lists                                  []int // the next number of each, 0 for a plain one
	item                                   string
	heading                                bool
}

func (w *rewriter) lose(code string) {
	if !slices.Contains(w.out.Lost, code) {
		w.out.Lost = append(w.out.Lost, code)
	}
}

func (w *rewriter) say(text string) {
	if w.pre > 0 {
		for i, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
			if i > 0 {
				w.runs = append(w.runs, run{breaks: true})
			}
			w.put(line)
		}
		return
	}
	w.put(text)
}

func (w *rewriter) put(text string) {
	r := run{text: text, bold: w.bold > 0, italic: w.italic > 0, code: w.code > 0}
	if len(w.hrefs) > 0 {
		r.href = w.hrefs[len(w.hrefs)-1]
	}
	w.runs = append(w.runs, r)
}

func (w *rewriter) open(t html.Token) {
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript:
		w.hidden++
	case atom.Iframe, atom.Object, atom.Video, atom.Audio, atom.Embed:
		w.lose("media-elsewhere")
	case atom.B, atom.Strong:
		w.bold++
	case atom.I, atom.Em:
		w.italic++
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		w.code++
	case atom.A:
		w.hrefs = append(w.hrefs, w.address(attribute(t, "href")))
	case atom.Br:
		w.runs = append(w.runs, run{breaks: true})
	case atom.Img:
		w.picture(t)
	case atom.Sub, atom.Sup:
		w.lose("sub-sup")
	case atom.Td, atom.Th:
		if len(w.runs) > 0 {
			w.put(" – ")
		}
	default:
		w.openBlock(t.DataAtom)
	}
}

func (w *rewriter) openBlock(a atom.Atom) {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Tr, atom.Hr, atom.Dl, atom.Dt, atom.Dd, atom.Caption:
		w.flush()
	case atom.Table:
		w.flush()
		w.lose("table")
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.flush()
		w.bold++
		w.heading = true
	case atom.Pre:
		w.flush()
		w.pre, w.code = w.pre+1, w.code+1
	case atom.Blockquote:
		w.flush()
		w.quote++
	case atom.Ul, atom.Ol:
		w.flush()
		first := 0
		if a == atom.Ol {
			first = 1
		}
		w.lists = append(w.lists, first)
	case atom.Li:
		w.flush()
		w.item = w.bullet()
	}
}

// bullet is how the next item of the innermost list starts.
func (w *rewriter) bullet() string {
	if len(w.lists) == 0 || w.room == Asking {
		return "- "
	}
	next := &w.lists[len(w.lists)-1]
	if *next == 0 || *next > 999 || len(w.lists) > 1 {
		return "- "
	}
	*next++
	return itoa(*next-1) + ". "
}

func (w *rewriter) close(a atom.Atom) {
	down := func(n *int) { *n = max(*n-1, 0) }
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript:
		down(&w.hidden)
	case atom.B, atom.Strong:
		down(&w.bold)
	case atom.I, atom.Em:
		down(&w.italic)
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		down(&w.code)
	case atom.A:
		if len(w.hrefs) > 0 {
			w.hrefs = w.hrefs[:len(w.hrefs)-1]
		}
	case atom.P, atom.Div, atom.Section, atom.Tr, atom.Table, atom.Li, atom.Dt, atom.Dd, atom.Caption:
		w.flush()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.flush()
		down(&w.bold)
		w.heading = false
	case atom.Pre:
		w.flush()
		down(&w.pre)
		down(&w.code)
	case atom.Blockquote:
		w.flush()
		down(&w.quote)
	case atom.Ul, atom.Ol:
		w.flush()
		if len(w.lists) > 0 {
			w.lists = w.lists[:len(w.lists)-1]
		}
	}
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return Clean(a.Val)
		}
	}
	return ""
}

// address is where a link leads, "" where it may not: the web, or a mailbox.
func (w *rewriter) address(href string) string {
	u, err := url.Parse(strings.TrimSpace(href))
	if err == nil && ((u.Scheme == "http" || u.Scheme == "https") && u.Host != "" || u.Scheme == "mailto" && u.Opaque != "") {
		return whole.Replace(u.String())
	}
	if href != "" {
		w.lose("link-dropped")
	}
	return ""
}

// whole keeps an address from ending early.
var whole = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C", "\n", "", "\t", "")

func (w *rewriter) picture(t html.Token) {
	address, alt := attribute(t, "src"), OneLine(attribute(t, "alt"))
	if w.room == Line || w.pictures == nil {
		w.lose("picture-here")
		w.put(alt)
		return
	}
	path, ok := w.pictures(address)
	if !ok {
		w.lose("picture-missing")
		w.put(alt)
		return
	}
	if alt == "" {
		w.lose("picture-without-alt")
	}
	w.out.Media = append(w.out.Media, lessons.Media{Path: path, Alt: alt})
}
