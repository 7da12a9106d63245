package lessons

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"
)

// draft is a question while its blocks are read, from top to bottom.
type draft struct {
	*Question
	text      []string
	answered  ast.Node // the block that says how it is answered, nil so far
	gapLine   int      // of the sentence with the gap
	plainList ast.Node // a list that may have been meant as choices
}

// question reads a question: its text, one answer, and the quotes at its end,
// which explain it.
func (p *page) question(from section) *Question {
	d := &draft{Question: &Question{ID: p.questionID(from.head), Line: p.line(from.head)}}
	body, quotes := p.explained(p.untilBreak(from.nodes))
	for i, n := range body {
		p.read(d, n, body[i+1:])
	}
	d.Text = strings.Join(d.text, "\n\n")
	d.Explanation = p.quoted(quotes)
	p.complete(d)
	return d.Question
}

// questionID is what stands behind the question mark of a heading.
func (p *page) questionID(h *ast.Heading) string {
	id := strings.Trim(strings.TrimPrefix(p.words(h), "?"), " ")
	switch {
	case id == "":
		p.fault(h, "question-without-id")
	case !isID(id):
		p.fault(h, "question-id-form", "id", short(id))
	}
	return id
}

// untilBreak is a question's blocks up to a line ---, behind which nothing may
// stand before the next question.
func (p *page) untilBreak(nodes []ast.Node) []ast.Node {
	at := slices.IndexFunc(nodes, func(n ast.Node) bool { return n.Kind() == ast.KindThematicBreak })
	if at < 0 {
		return nodes
	}
	if slices.ContainsFunc(nodes[at:], func(n ast.Node) bool { return n.Kind() != ast.KindThematicBreak }) {
		p.fault(nodes[at], "screen-after-question")
	}
	return nodes[:at]
}

// explained parts a question's blocks in its body and the quotes at its end.
func (p *page) explained(nodes []ast.Node) (body, quotes []ast.Node) {
	end := len(nodes)
	for end > 0 && nodes[end-1].Kind() == ast.KindBlockquote {
		end--
	}
	return nodes[:end], nodes[end:]
}

// quoted is the text of quotes, without their mark.
func (p *page) quoted(quotes []ast.Node) string {
	var nodes []ast.Node
	for _, q := range quotes {
		nodes = append(nodes, children(q)...)
	}
	return p.blocks(nodes, nil)
}

// read takes in one block; behind are those that follow.
func (p *page) read(d *draft, n ast.Node, behind []ast.Node) {
	if list, ok := n.(*ast.List); ok {
		switch {
		case slices.ContainsFunc(children(list), hasBox):
			if d.answered == nil || len(d.Choices) == 0 {
				p.answer(d, n)
			}
			p.choices(d, list)
			return
		case list.IsOrdered():
			p.answer(d, n)
			p.items(d, list)
			return
		}
		d.plainList = n
	}
	if table, ok := n.(*extensions.Table); ok {
		p.answer(d, n)
		p.pairs(d, table)
		return
	}
	if p.isText(n) {
		p.paragraph(d, n)
		return
	}
	if n.Kind() == ast.KindBlockquote && d.answered != nil {
		if len(d.Choices) > 0 && len(behind) > 0 && behind[0].Kind() == ast.KindList {
			p.fault(n, "feedback-not-indented")
		} else {
			p.fault(n, "text-after-answer")
		}
		return
	}
	p.say(d, n, p.block(n, &d.Media))
}

// answer notes the block that says how a question is answered; there is one.
func (p *page) answer(d *draft, n ast.Node) {
	if d.answered != nil {
		p.fault(n, "two-answers", "line", p.line(d.answered))
		return
	}
	d.answered = n
}

// say adds a block of text to the question's own.
func (p *page) say(d *draft, n ast.Node, text string) {
	if text == "" {
		return
	}
	if d.answered != nil {
		p.fault(n, "text-after-answer")
	}
	d.text = append(d.text, text)
}

// paragraph is text, perhaps with a gap, and lines that start with = are the
// answer.
func (p *page) paragraph(d *draft, n ast.Node) {
	source, plain := strings.Split(p.inlines(n, &d.Media), "\n"), strings.Split(p.words(n), "\n")
	first := slices.IndexFunc(plain, func(l string) bool { return strings.HasPrefix(l, "=") })
	if first < 0 {
		first = len(plain)
	}
	if text := strings.Join(source[:min(first, len(source))], "\n"); strings.TrimSpace(text) != "" {
		if strings.HasPrefix(text, "#") {
			p.fault(n, "heading-without-space")
		}
		p.say(d, n, p.gap(d, n, tidy(text)))
	}
	if h, ok := n.(*ast.Heading); ok && h.Level == 1 && first == len(plain) { // a lone = under a text
		p.answer(d, n)
		p.r.fault(p.file, p.line(n)+h.Lines().Len(), "answer-empty")
	}
	if first < len(plain) {
		p.typed(d, n, plain[first:], p.line(n)+first)
	}
}

// complete notes what a question lacks.
func (p *page) complete(d *draft) {
	lacks := func(is bool, code string) {
		if is {
			p.r.fault(p.file, d.Line, code, "id", d.ID)
		}
	}
	if d.gapLine > 0 && d.answered != nil {
		p.fault(d.answered, "two-answers", "line", d.gapLine)
	}
	if len(d.Choices) == 1 {
		p.fault(d.answered, "choice-alone")
	}
	lacks(d.Text == "", "question-without-text")
	none := d.answered == nil && d.gapLine == 0
	if none && d.plainList != nil {
		p.fault(d.plainList, "list-without-boxes")
	} else {
		lacks(none, "question-without-answer")
	}
	lacks(d.Explanation == "" && d.Kind != Poll, "explanation-missing")
}
