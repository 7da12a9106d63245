// Package markup reads the small Markdown subset in which Praline's messages
// are written, once, into a tiny tree that every app can be written from:
// paragraphs and lists of plain text, **bold**, *italics*, `code` and links.
//
//	document := markup.Parse("Kijk op **één** plaats: [Safeonweb](https://safeonweb.be).")
//	for _, block := range document { … }
//
// A writer for each place where it is shown writes the tree:
//
//	HTML      a page
//	Telegram  the HTML mode of the Bot API
//	Slack     mrkdwn
//	Card      the Markdown of an Adaptive Card, for Teams
//	Plain     nothing but text; PlainLine, where it is one line
//
// What is no Markdown but plain text (a name, what a learner typed) goes through
// TelegramText, SlackText or CardText; Escape puts it into a text that one of
// the writers writes. Either way nothing in it becomes a mark of the app.
// WithoutTags, SlackSeen and CardSeen read what was written as a person does.
//
// Short and Line make a label or a name of a plain text, in one line.
//
// Parts writes a text in as many parts as an app's limit asks for; SplitHTML does
// so for what is HTML already. Both cut where a reader would pause.
//
// Escaping is total: tags are text like any other, a heading is a bold
// paragraph, a quote its paragraphs, an image its alternative text. A link
// leads to http, https or mailto, or it is just its words.
package markup

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Document is a text, block by block.
type Document []Block

// Block is a paragraph (Inlines), or a list when Items is not empty.
type Block struct {
	Inlines []Inline
	Items   [][]Inline
	// First is the number of the first item; 0 for bullets.
	First int
}

// Kind of an Inline.
type Kind int

// The kinds of inlines.
const (
	Text   Kind = iota // Text
	Code               // Text, as it stands
	Bold               // Children
	Italic             // Children
	Link               // Children, leading to URL
	Break              // a line break that was meant
)

// Inline is a piece of a line.
type Inline struct {
	Kind     Kind
	Text     string
	URL      string
	Children []Inline
}

// reader knows neither HTML blocks nor inline HTML: both stay text.
var reader = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(paragraphs{parser.NewParagraphParser()}, 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewEmphasisParser(), 500),
	),
)

// paragraphs are what is indented, too: there is no code in that way, and no
// text may be lost.
type paragraphs struct{ parser.BlockParser }

func (paragraphs) CanAcceptIndentedLine() bool { return true }

// Parse reads a text. Any text is a Document; nothing is refused.
func Parse(source string) Document {
	source = Straight(source)
	bytes := []byte(source)
	w := walk{source: bytes, text: source}
	w.blocks(reader.Parse(text.NewReader(bytes)))
	return w.document
}

// liner knows no blocks but paragraphs.
var liner = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(paragraphs{parser.NewParagraphParser()}, 1000)),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewEmphasisParser(), 500),
	),
)

// ParseLine reads a text that is one line: a choice's label, a list's item.
// "- 5" and "1. mai" stay what they are.
func ParseLine(source string) []Inline {
	source = Straight(strings.NewReplacer("\r", " ", "\n", " ").Replace(source))
	bytes := []byte(source)
	w := walk{source: bytes, text: source}
	w.blocks(liner.Parse(text.NewReader(bytes)))
	if len(w.document) == 0 {
		return nil
	}
	return w.document[0].Inlines
}

// walk turns goldmark's tree into ours.
type walk struct {
	source   []byte
	text     string // the same
	document Document
}

func (w *walk) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			w.add(Block{Inlines: w.inlines(n)})
		case *ast.Heading:
			w.add(Block{Inlines: []Inline{{Kind: Bold, Children: w.inlines(n)}}})
		case *ast.List:
			w.list(n)
		case *ast.FencedCodeBlock:
			w.add(Block{Inlines: []Inline{{Kind: Code, Text: strings.TrimRight(string(n.Lines().Value(w.source)), "\n")}}})
		default:
			w.blocks(n)
		}
	}
}

func (w *walk) add(b Block) {
	if len(b.Items) > 0 || shows(b.Inlines) {
		w.document = append(w.document, b)
	}
}

// list reads a list; a list within a list becomes items of the outer one.
func (w *walk) list(list *ast.List) {
	block := Block{}
	if list.IsOrdered() {
		block.First = max(list.Start, 1)
	}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		inner := walk{source: w.source, text: w.text}
		inner.blocks(item)
		var line []Inline
		var nested [][]Inline
		for _, b := range inner.document {
			nested = append(nested, b.Items...)
			if len(line) > 0 && len(b.Inlines) > 0 {
				line = append(line, Inline{Kind: Break})
			}
			line = append(line, b.Inlines...)
		}
		if shows(line) {
			block.Items = append(block.Items, line)
		}
		block.Items = append(block.Items, nested...)
	}
	w.add(block)
}

func (w *walk) inlines(parent ast.Node) []Inline {
	return w.within(make([]Inline, 0, parent.ChildCount()), parent)
}

// within adds what stands within a node.
func (w *walk) within(all []Inline, parent ast.Node) []Inline {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		all = w.inline(all, n)
	}
	return all
}

func (w *walk) inline(all []Inline, n ast.Node) []Inline {
	switch n := n.(type) {
	case *ast.Text:
		words := unescape(w.text[n.Segment.Start:n.Segment.Stop])
		switch {
		case n.HardLineBreak():
			return append(join(all, Inline{Text: words}), Inline{Kind: Break})
		case n.SoftLineBreak():
			words += " "
		}
		return join(all, Inline{Text: words})
	case *ast.CodeSpan:
		return append(all, Inline{Kind: Code, Text: w.raw(n)})
	case *ast.Emphasis:
		kind := Italic
		if n.Level > 1 {
			kind = Bold
		}
		return append(all, Inline{Kind: kind, Children: w.inlines(n)})
	case *ast.Link:
		return link(all, unescape(string(n.Destination)), w.inlines(n))
	case *ast.AutoLink:
		label := string(n.Label(w.source))
		address := label
		if n.AutoLinkType == ast.AutoLinkEmail {
			address = "mailto:" + label
		}
		return link(all, address, []Inline{{Text: label}})
	}
	return w.within(all, n)
}

// raw is the text of a code span, its lines joined.
func (w *walk) raw(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.WriteString(strings.ReplaceAll(string(t.Segment.Value(w.source)), "\n", " "))
		}
	}
	return b.String()
}

// shows says whether anything of a line is seen.
func shows(inlines []Inline) bool {
	for _, n := range inlines {
		if !hollow(n.Text) || shows(n.Children) {
			return true
		}
	}
	return false
}

// hollow says whether nothing of a text is seen.
func hollow(text string) bool {
	for _, r := range text {
		if !blank(r) && r != joiner {
			return false
		}
	}
	return true
}

// link adds what leads to an address that may be followed, or just its words.
func link(all []Inline, address string, words []Inline) []Inline {
	if !Safe(address) {
		for _, n := range words {
			all = join(all, n)
		}
		return all
	}
	scheme, rest, _ := strings.Cut(address, ":")
	address = strings.ToLower(scheme) + ":" + rest
	if !shows(words) {
		words = []Inline{{Text: strings.TrimPrefix(address, "mailto:")}} // a link must be seen
	}
	return append(all, Inline{Kind: Link, URL: address, Children: words})
}

// Safe says whether an address may be followed: http and https with a host,
// and mailto.
func Safe(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	}
	return false
}

// join adds an inline, and makes one of texts that follow one another.
func join(all []Inline, n Inline) []Inline {
	if last := len(all) - 1; n.Kind == Text && last >= 0 && all[last].Kind == Text {
		all[last].Text += n.Text
		return all
	}
	return append(all, n)
}
