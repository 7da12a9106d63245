package markup

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// passage is a paragraph, or an item of a list, in runs.
type passage struct {
	mark   string // "" of a paragraph, "- " of an item, "3. "
	joined bool   // to the item before it, of the same list
	runs   []run
}

// passages lays a document out flat.
func passages(document Document) []passage {
	var all []passage
	for _, block := range document {
		if len(block.Items) == 0 {
			all = append(all, passage{runs: runs(block.Inlines, blank)})
		}
		for i, item := range block.Items {
			mark := "- "
			if block.First > 0 {
				mark = strconv.Itoa(block.First+i) + ". "
			}
			all = append(all, passage{mark: mark, joined: i > 0, runs: runs(item, blank)})
		}
	}
	return all
}

// inMarkdown writes passages back in the Markdown that Parse reads.
func inMarkdown(all []passage) string {
	h := sourceHand{emphasis: emphasis{coding: true}}
	bullet, point := "-", "."
	for i, p := range all {
		listed := i > 0 && all[i-1].mark != ""
		switch {
		case i > 0 && p.joined && listed:
			h.write("\n")
		case i > 0:
			h.write("\n\n")
			if listed && bullet == "-" {
				bullet, point = "*", ")" // else two lists would be one
			} else {
				bullet, point = "-", "."
			}
		}
		mark := strings.NewReplacer("-", bullet, ".", point).Replace(p.mark)
		h.write(mark)
		h.start, h.indent = len(h.b), len(mark)
		write(&h, p.runs)
	}
	return string(h.b)
}

type sourceHand struct {
	b        []byte
	start    int // of the line in b
	indent   int // of the lines of an item
	emphasis emphasis
}

func (h *sourceHand) write(s string) { h.b = append(h.b, s...) }

func (h *sourceHand) turn(runs []run, i int, closed, opened style) {
	last, size := utf8.DecodeLastRune(h.b[h.start:])
	if size == 0 {
		last = 0
	}
	h.write(h.emphasis.turn(runs, i, last, closed, opened))
}

func (h *sourceHand) run(r run) {
	switch {
	case r.text == "\n":
		h.write("\\\n" + strings.Repeat(" ", h.indent))
		h.start = len(h.b)
	case r.url != "":
		h.write("[" + Escape(r.text) + "](<" + strings.NewReplacer(`\`, `\\`, "<", `\<`, ">", `\>`, "&", `\&`).Replace(r.url) + ">)")
	case r.code:
		h.code(r.text)
	default:
		h.write(Escape(r.text))
	}
}

// code writes code between more backticks than stand in it.
func (h *sourceHand) code(text string) {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	space := ""
	if text[0] == '`' || text[len(text)-1] == '`' {
		space = " "
	}
	h.write(fence + space + text + space + fence)
}
