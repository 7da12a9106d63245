package lessons

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown is CommonMark with what questions are written in: boxes and tables.
var markdown = parser.NewParser(
	parser.WithBlockParsers(parser.DefaultBlockParsers()...),
	parser.WithInlineParsers(append(parser.DefaultInlineParsers(), util.Prioritized(extension.NewTaskCheckBoxParser(), 0))...),
	parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(), util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
	parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
)

// page is the Markdown of one lesson in one language, being read.
type page struct {
	r      *reading
	file   string
	source []byte
	first  int // lines of the file before source
}

// section is a screen (head is nil) or a question, as it stands in the tree.
type section struct {
	head  *ast.Heading
	nodes []ast.Node
}

// page reads the screens and questions of a twin.
func (r *reading) page(t *Twin, body []byte, first int) {
	p := &page{r: r, file: t.File, source: body, first: first}
	screens, questions := p.parts(markdown.Parse(text.NewReader(body)))
	for _, s := range screens {
		t.Screens = append(t.Screens, p.screen(s.nodes))
	}
	for _, q := range questions {
		t.Questions = append(t.Questions, p.question(q))
	}
	if len(questions) == 0 {
		r.fault(t.File, 0, "lesson-without-question")
	}
}

// parts splits a page: screens up to the first question, then questions.
func (p *page) parts(document ast.Node) (screens, questions []section) {
	screen, refused := section{}, false
	endScreen := func() {
		if len(screen.nodes) > 0 {
			screens = append(screens, screen)
		}
		screen = section{}
	}
	add := func(n ast.Node) {
		switch {
		case refused: // belongs to a scenario
		case len(questions) > 0:
			q := &questions[len(questions)-1]
			q.nodes = append(q.nodes, n)
		default:
			screen.nodes = append(screen.nodes, n)
		}
	}
	for n := document.FirstChild(); n != nil; n = n.NextSibling() {
		if p.silent(n) {
			continue
		}
		h, isHeading := n.(*ast.Heading)
		mark := ""
		if isHeading && p.isHash(h) {
			mark = p.mark(h)
		}
		switch {
		case mark == "?":
			endScreen()
			questions, refused = append(questions, section{head: h}), false
		case mark == ">":
			endScreen()
			p.fault(n, "scenario-not-yet")
			refused = true
		case isHeading && !p.isHash(h) && h.Level == 2:
			add(n)
			p.r.fault(p.file, p.line(n)+h.Lines().Len(), "break-under-text")
			if len(questions) == 0 && !refused {
				endScreen()
			}
		case n.Kind() == ast.KindThematicBreak && len(questions) == 0 && !refused:
			endScreen()
		default:
			add(n)
		}
	}
	endScreen()
	return screens, questions
}

// mark is "?" for the heading of a question, ">" for one of a scenario's.
func (p *page) mark(h *ast.Heading) string {
	words := p.words(h)
	for _, mark := range []string{"?", ">"} {
		if words == mark || strings.HasPrefix(words, mark) && (h.Level == 2 || strings.HasPrefix(words, mark+" ")) {
			if h.Level != 2 {
				p.fault(h, "question-level", "level", h.Level)
			}
			return mark
		}
	}
	return ""
}

// screen reads what stands on one screen.
func (p *page) screen(nodes []ast.Node) Screen {
	s := Screen{Line: p.line(nodes[0])}
	before := len(p.r.faults)
	if h, ok := nodes[0].(*ast.Heading); ok && h.Level == 1 {
		p.inlines(h, nil) // for its faults
		s.Title = p.words(h)
		nodes = nodes[1:]
	}
	s.Text = p.blocks(nodes, &s.Media)
	if s.Text == "" && len(s.Media) == 0 && len(p.r.faults) == before {
		p.r.fault(p.file, s.Line, "screen-empty")
	}
	return s
}

// silent says that a node is not for readers: a comment, or the address of a
// link that stands elsewhere.
func (p *page) silent(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		return p.isComment(n)
	case *ast.LinkReferenceDefinition:
		return true
	}
	return false
}

func (p *page) isComment(n *ast.HTMLBlock) bool {
	raw := bytes.TrimSpace(p.rawLines(n))
	return n.HTMLBlockType == ast.HTMLBlockType2 && bytes.Index(raw, []byte("-->")) == len(raw)-3
}

// rawLines are the lines of a block as they stand in the file.
func (p *page) rawLines(n *ast.HTMLBlock) []byte {
	raw := n.Lines().Value(p.source)
	if n.HasClosure() {
		raw = append(bytes.Clone(raw), n.ClosureLine.Value(p.source)...)
	}
	return raw
}

// isHash says that a heading is written with #, not underlined.
func (p *page) isHash(h *ast.Heading) bool {
	rest := p.source[min(max(h.Pos(), 0), len(p.source)):]
	after := bytes.TrimLeft(rest, "#")
	return len(after) < len(rest) && (len(after) == 0 || bytes.ContainsAny(after[:1], " \t\n"))
}

// isText says that a block is a paragraph, or was meant as one: a text that
// has become a heading by what stands under it.
func (p *page) isText(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return true
	case *ast.Heading:
		return !p.isHash(n)
	}
	return false
}

// line is the line of a node in the file.
func (p *page) line(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if n.Pos() >= 0 && n.Kind() != ast.KindDocument {
			return p.first + lineAt(p.source, n.Pos())
		}
	}
	return p.first + 1
}

func (p *page) fault(n ast.Node, code string, arguments ...any) {
	p.r.fault(p.file, p.line(n), code, arguments...)
}
