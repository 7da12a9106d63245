package lessons

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"
)

// choices reads a list of boxes. Its kind follows from how many are ticked:
// one, several or none.
func (p *page) choices(d *draft, list *ast.List) {
	for _, item := range children(list) {
		ticked, has := box(item)
		if !has {
			p.fault(item, "choice-without-box")
		}
		c := Choice{Right: ticked, Line: p.line(item)}
		for i, n := range children(item) {
			switch {
			case p.silent(n):
			case i == 0 && p.isText(n):
				c.Text = p.short(n)
			case n.Kind() == ast.KindBlockquote:
				c.Feedback = strings.TrimSpace(c.Feedback + "\n\n" + p.quoted([]ast.Node{n}))
			default:
				p.fault(n, "choice-with-more")
			}
		}
		if c.Text == "" {
			p.fault(item, "choice-empty")
		} else if twin := slices.IndexFunc(d.Choices, func(o Choice) bool { return same(o.Text, c.Text) }); twin >= 0 {
			p.fault(item, "choice-twice", "choice", short(c.Text), "line", d.Choices[twin].Line)
		}
		d.Choices = append(d.Choices, c)
	}
	right := 0
	for _, c := range d.Choices {
		if c.Right {
			right++
		}
	}
	switch right {
	case 0:
		d.Kind = Poll
	case 1:
		d.Kind = Single
	default:
		d.Kind = Multiple
	}
}

// short is text on one line, without media.
func (p *page) short(n ast.Node) string {
	return oneLine(strings.ReplaceAll(p.flow(n, nil), "\\\n", " "))
}

// same says that a reader could not tell two texts apart.
func same(a, b string) bool { return normal(plain(a)) == normal(plain(b)) && strings.EqualFold(a, b) }

// items reads an ordered list: what is to be put in this order.
func (p *page) items(d *draft, list *ast.List) {
	d.Kind = Order
	for _, item := range children(list) {
		text := strings.ReplaceAll(p.item(item, nil), "\\\n", " ")
		switch {
		case text == "":
			p.fault(item, "item-empty")
		case slices.ContainsFunc(d.Items, func(o string) bool { return same(o, text) }):
			p.fault(item, "item-twice", "item", short(text))
		}
		d.Items = append(d.Items, text)
	}
	if len(d.Items) < 2 {
		p.fault(list, "item-alone")
	}
}

// pairs reads a table of two columns, its head the titles of the columns.
func (p *page) pairs(d *draft, table *extensions.Table) {
	d.Kind = Pairs
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for _, cell := range children(row) {
			cells = append(cells, p.short(cell))
		}
		if n := max(len(cells), p.cells(row)); n != 2 {
			p.fault(row, "pairs-columns", "columns", n)
			return
		}
		if row.Kind() == extensions.KindTableHeader {
			d.LeftTitle, d.RightTitle = cells[0], cells[1]
			continue
		}
		for i, side := range [][]string{d.Left, d.Right} {
			switch {
			case cells[i] == "":
				p.fault(row, "pair-empty")
			case slices.ContainsFunc(side, func(o string) bool { return same(o, cells[i]) }):
				p.fault(row, "pair-twice", "text", short(cells[i]))
			}
		}
		d.Left, d.Right = append(d.Left, cells[0]), append(d.Right, cells[1])
	}
	if len(d.Left) < 2 {
		p.fault(table, "pair-alone")
	}
}

// cells counts the cells of a row as it is written: the tree drops those that
// its head has no column for.
func (p *page) cells(row ast.Node) int {
	line, _, _ := bytes.Cut(p.source[row.Pos():], []byte("\n"))
	line = bytes.Trim(line, " \t")
	line = bytes.TrimPrefix(line, []byte("|"))
	n, escaped := 1, false
	for i, c := range line {
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '|' && i < len(line)-1:
			n++
		}
	}
	return n
}

// typed reads the lines of "= Bruxelles | Bruxelles-Capitale" or "= 42 ± 2".
// An answer that reads as a number is a number.
func (p *page) typed(d *draft, n ast.Node, lines []string, first int) {
	if d.answered == nil || d.Kind != Short && d.Kind != Number {
		p.answer(d, n)
	}
	var all []string
	for i, line := range lines {
		if !strings.HasPrefix(line, "=") {
			p.r.fault(p.file, first+i, "text-after-answer")
			continue
		}
		all = append(all, p.accepted(line[1:], first+i)...)
	}
	if d.Kind == Number { // a second paragraph of answers
		all = append([]string{sayNumber(d.Value)}, all...)
		d.Value, d.Tolerance = 0, 0
	}
	d.Kind = Short
	d.Accepted = append(d.Accepted, all...)
	if len(d.Accepted) == 1 {
		p.number(d, d.Accepted[0], first)
		return
	}
	for _, a := range d.Accepted {
		if strings.Contains(a, "±") {
			p.r.fault(p.file, first, "tolerance-form", "answer", short(a))
		}
	}
}

// accepted are the answers between bars.
func (p *page) accepted(text string, line int) []string {
	var all []string
	for a := range strings.SplitSeq(text, "|") {
		a = oneLine(a)
		switch {
		case a == "":
			p.r.fault(p.file, line, "answer-empty")
		case slices.Contains(all, a):
			p.r.fault(p.file, line, "answer-twice", "answer", short(a))
		default:
			all = append(all, a)
		}
	}
	return all
}

// tolerances are how "plus or minus" is written.
var tolerances = strings.NewReplacer("+/-", "±", "+-", "±")

// number makes the question one for a number, if its answer is one.
func (p *page) number(d *draft, answer string, line int) {
	value, tolerance, tolerant := strings.Cut(tolerances.Replace(answer), "±")
	v, t := numbers(value), []float64{0}
	if tolerant {
		t = numbers(tolerance)
	}
	switch {
	case len(v) == 0 && !tolerant:
		return // words
	case len(v) == 0 || len(t) == 0 || t[0] < 0:
		p.r.fault(p.file, line, "tolerance-form", "answer", short(answer))
	case len(v) > 1 || len(t) > 1:
		p.r.fault(p.file, line, "number-unclear", "answer", short(answer))
	default:
		d.Kind, d.Accepted, d.Value, d.Tolerance = Number, nil, v[0], t[0]
		return
	}
	d.Kind, d.Accepted = "", nil // nothing to hold its twin against
}

var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "’", "'", "−", "-", "–", "-")

// numbers is what a text that is wholly a number can mean: "1.234" is a
// thousand or one, "1 234,5" is clear. None if it is no number.
func numbers(text string) []float64 {
	r := []rune(strings.TrimSpace(spaces.Replace(text)))
	sign := 1.0
	if len(r) > 0 && (r[0] == '-' || r[0] == '+') {
		if r[0] == '-' {
			sign = -1
		}
		r = r[1:]
	}
	if len(r) == 0 || len(r) > 30 || !isDigit(r[0]) && !(len(r) > 1 && isDigit(r[1])) {
		return nil
	}
	groups, separators, end := groupsOf(r, 0)
	if end != len(r) || len(groups[0]) > 1 && groups[0][0] == '0' {
		return nil // "078 170 170" is a name made of digits
	}
	all := readings(groups, separators)
	for i := range all {
		all[i] *= sign
	}
	return all
}

// gap takes the gap out of a text: "le {{domaine|nom}} du lien". A question
// has one.
func (p *page) gap(d *draft, n ast.Node, text string) string {
	before, rest, found := strings.Cut(text, "{{")
	if !found {
		return text
	}
	inside, after, closed := strings.Cut(rest, "}}")
	switch {
	case !closed:
		p.fault(n, "gap-open")
		d.gapLine = p.line(n)
		return text
	case d.gapLine > 0 || strings.Contains(after, "{{"):
		p.fault(n, "gap-twice")
		if d.gapLine > 0 {
			return text
		}
	}
	d.gapLine = p.line(n)
	d.Kind = Gap
	d.Accepted = p.accepted(plain(inside), d.gapLine)
	return before + "____" + after
}
