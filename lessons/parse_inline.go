package lessons

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extensions "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// hard stands for a line break that was meant, until a text is whole. It is a
// control character, and no file has one.
const hard = "\x01"

// blocks writes blocks as Markdown in the subset that every app can show:
// paragraphs, plain lists, quotes. Images go to media; what has no place gets
// a fault.
func (p *page) blocks(nodes []ast.Node, media *[]Media) string {
	var all []string
	for _, n := range nodes {
		if text := p.block(n, media); text != "" {
			all = append(all, text)
		}
	}
	return strings.Join(all, "\n\n")
}

func (p *page) block(n ast.Node, media *[]Media) string {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return p.flow(n, media)
	case *ast.Heading:
		return p.heading(n, media)
	case *ast.List:
		return p.list(n, media)
	case *ast.Blockquote:
		inner := p.blocks(children(n), media)
		if inner == "" {
			return ""
		}
		return "> " + strings.ReplaceAll(inner, "\n", "\n> ")
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		p.fault(n, "code-block")
	case *extensions.Table:
		p.fault(n, "table-here")
	case *ast.HTMLBlock:
		p.html(n)
	}
	return ""
}

func (p *page) html(n *ast.HTMLBlock) {
	switch {
	case p.isComment(n):
	case n.HTMLBlockType == ast.HTMLBlockType2 && !bytes.Contains(p.rawLines(n), []byte("-->")):
		p.fault(n, "comment-open")
	default:
		p.fault(n, "html", "tag", tag(p.rawLines(n)))
	}
}

// tag is the beginning of HTML, to be recognised by.
func tag(raw []byte) string {
	s := strings.TrimSpace(string(raw))
	if end := strings.IndexAny(s, ">\n"); end >= 0 {
		s = s[:end+1]
	}
	return short(strings.TrimSpace(s))
}

// short is a text that fits a line of a report.
func short(s string) string {
	r := []rune(oneLine(s))
	if len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return string(r)
}

func (p *page) heading(h *ast.Heading, media *[]Media) string {
	switch {
	case h.Level == 2 && !p.isHash(h):
		return p.flow(h, media) // its underline has a fault already
	case h.Level == 1:
		p.fault(h, "title-not-first", "title", short(p.words(h)))
	case h.Level == 2:
		p.fault(h, "heading-no-question", "title", short(p.words(h)))
	default:
		p.fault(h, "heading-too-deep", "title", short(p.words(h)))
	}
	return ""
}

// list writes a plain list, an item a line.
func (p *page) list(list *ast.List, media *[]Media) string {
	var b strings.Builder
	number := max(list.Start, 1)
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if hasBox(item) {
			p.fault(item, "box-outside-question")
		}
		text := p.item(item, media)
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		if list.IsOrdered() {
			b.WriteString(strconv.Itoa(number) + ". " + text)
			number++
		} else {
			b.WriteString("- " + text)
		}
	}
	return b.String()
}

// item writes an item of a plain list on one line.
func (p *page) item(item ast.Node, media *[]Media) string {
	var all []string
	for _, n := range children(item) {
		switch {
		case p.silent(n):
		case p.isText(n):
			if text := p.flow(n, media); text != "" {
				all = append(all, text)
			}
		case n.Kind() == ast.KindList:
			p.fault(n, "list-in-list")
		case n.Kind() == ast.KindBlockquote, n.Kind() == ast.KindHeading:
			p.fault(n, "item-with-more")
		default:
			p.block(n, media)
		}
	}
	return strings.Join(all, " ")
}

// flow writes the inlines of a node on one line, but for line breaks that were
// meant.
func (p *page) flow(n ast.Node, media *[]Media) string {
	return tidy(p.inlines(n, media))
}

func tidy(text string) string {
	text = strings.ReplaceAll(oneLine(text), hard+" ", hard)
	return strings.ReplaceAll(strings.Trim(text, hard+" "), hard, "\\\n")
}

// inlines writes the inlines of a node as Markdown, its lines as in the file.
// Without a place for media an image is a fault.
func (p *page) inlines(parent ast.Node, media *[]Media) string {
	w := inlineWriter{page: p, media: media}
	w.children(parent)
	return w.String()
}

// words is the inlines of a node as plain text, its lines as in the file. It
// notes no fault.
func (p *page) words(parent ast.Node) string {
	w := inlineWriter{page: p, plain: true}
	w.children(parent)
	return strings.Trim(w.String(), " \t\n")
}

type inlineWriter struct {
	strings.Builder
	*page
	media *[]Media
	plain bool
}

func (w *inlineWriter) children(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.inline(n)
	}
}

func (w *inlineWriter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(n)
	case *ast.CodeSpan:
		w.code(n)
	case *ast.Emphasis:
		w.around(strings.Repeat("*", n.Level), n)
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n)
	case *ast.RawHTML:
		if raw := n.Segments.Value(w.source); !w.plain && !bytes.HasPrefix(raw, []byte("<!--")) {
			w.fault(n, "html", "tag", tag(raw))
		}
	}
}

func (w *inlineWriter) text(n *ast.Text) {
	value := n.Segment.Value(w.source)
	if w.plain {
		value = unescape(value)
	}
	w.Write(value)
	switch {
	case n.HardLineBreak() && w.plain, n.SoftLineBreak():
		w.WriteByte('\n')
	case n.HardLineBreak():
		w.WriteString(hard + "\n")
	}
}

// unescape resolves backslashes and entities: "\*" and "&eacute;".
func unescape(value []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
}

func (w *inlineWriter) around(mark string, n ast.Node) {
	if w.plain {
		mark = ""
	}
	w.WriteString(mark)
	w.children(n)
	w.WriteString(mark)
}

func (w *inlineWriter) code(n *ast.CodeSpan) {
	var raw strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			raw.Write(t.Segment.Value(w.source))
		}
	}
	words := oneLine(raw.String())
	if w.plain {
		w.WriteString(words)
		return
	}
	fence := "`"
	for strings.Contains(words, fence) {
		fence += "`"
	}
	space := ""
	if strings.HasPrefix(words, "`") || strings.HasSuffix(words, "`") {
		space = " "
	}
	w.WriteString(fence + space + words + space + fence)
}

func (w *inlineWriter) link(n *ast.Link) {
	address := string(unescape(n.Destination))
	if w.plain {
		w.children(n)
		return
	}
	if !isAddress(address) {
		w.fault(n, "link-address", "address", short(address))
		w.children(n)
		return
	}
	w.WriteByte('[')
	w.children(n)
	w.WriteString("](" + whole.Replace(address) + ")")
}

// whole keeps an address from ending early.
var whole = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C", "\n", "", "\t", "")

func (w *inlineWriter) autoLink(n *ast.AutoLink) {
	label := string(n.Label(w.source))
	switch {
	case w.plain:
		w.WriteString(label)
	case n.AutoLinkType == ast.AutoLinkURL && !isAddress(label):
		w.fault(n, "link-address", "address", short(label))
	default:
		w.WriteString("<" + label + ">")
	}
}

// isAddress says whether a link may lead there: the web, or a mailbox.
func isAddress(address string) bool {
	if isWebAddress(address) {
		return true
	}
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "mailto" && u.Opaque != ""
}

func (w *inlineWriter) image(n *ast.Image) {
	switch {
	case w.plain:
	case w.media == nil:
		w.fault(n, "media-here")
	default:
		m := Media{Path: string(unescape(n.Destination)), Alt: w.words(n), Line: w.line(n)}
		m.Alt = oneLine(m.Alt)
		*w.media = append(*w.media, w.checkMedia(m))
	}
}

func children(n ast.Node) []ast.Node {
	all := make([]ast.Node, 0, n.ChildCount())
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		all = append(all, c)
	}
	return all
}

// hasBox says that an item of a list starts with a box to tick.
func hasBox(item ast.Node) bool { _, has := box(item); return has }

// box is the box that an item of a list starts with.
func box(item ast.Node) (ticked, has bool) {
	if first := item.FirstChild(); first != nil {
		if b, ok := first.FirstChild().(*extensions.TaskCheckBox); ok {
			return b.IsChecked, true
		}
	}
	return false, false
}
