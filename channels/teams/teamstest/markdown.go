package teamstest

import (
	"html"
	"regexp"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	textpkg "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// function is what a TextBlock replaces by a date or a time of the reader's:
// https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features
var function = regexp.MustCompile(`\{\{(DATE|TIME)\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))(?:,\s*(?:COMPACT|SHORT|LONG))?\)\}\}`)

// expanded is a text whose functions have become dates and times.
func expanded(source string) string {
	return function.ReplaceAllStringFunc(source, func(found string) string {
		parts := function.FindStringSubmatch(found)
		for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
			at, err := time.Parse(form, parts[2])
			switch {
			case err != nil:
			case parts[1] == "DATE":
				return at.UTC().Format("2/1/2006")
			default:
				return at.UTC().Format("15:04")
			}
		}
		return found
	})
}

// The renderer of Teams is a whole Markdown parser, which knows more than the
// subset that the vendor promises; no HTML within cards. In the text of a
// message HTML counts, too.
var (
	inCard    = parserOf(false)
	inMessage = parserOf(true)
)

func parserOf(tags bool) parser.Parser {
	return goldmark.New(goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(without(tags, parser.DefaultBlockParsers(), parser.NewHTMLBlockParser())...),
		parser.WithInlineParsers(without(tags, parser.DefaultInlineParsers(), parser.NewRawHTMLParser())...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	))).Parser()
}

// without is all parsers but one.
func without(keep bool, all []util.PrioritizedValue, one any) []util.PrioritizedValue {
	if keep {
		return all
	}
	var rest []util.PrioritizedValue
	for _, p := range all {
		if p.Value != one {
			rest = append(rest, p)
		}
	}
	return rest
}

// Read is a text as one reads it, without markup, and where its links lead.
func Read(source string) (read string, links []string) { return readBy(inCard, expanded(source)) }

func readBy(p parser.Parser, source string) (read string, links []string) {
	src := []byte(source)
	var b strings.Builder
	_ = ast.Walk(p.Parse(textpkg.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Type() == ast.TypeBlock {
				newLine(&b)
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(unescaped(n, src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			b.Write(n.Lines().Value(src))
		case *ast.AutoLink:
			b.Write(n.Label(src))
			links = append(links, string(n.URL(src)))
		case *ast.Link:
			links = append(links, string(n.Destination))
		case *ast.Image:
			links = append(links, string(n.Destination))
			return ast.WalkSkipChildren, nil // it becomes a picture, or nothing
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(strings.ReplaceAll(b.String(), joiner, "")), links
}

// escape is a backslash before a sign that every client takes it from, or an
// entity. Before another sign a backslash is seen on a phone, and so it is here.
var escape = regexp.MustCompile("\\\\[\\\\*_\\[\\]`]|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")

// joiner is seen by nobody.
const joiner = "\u2060"

// unescaped is a text without what stood for signs.
func unescaped(n *ast.Text, src []byte) []byte {
	value := n.Value(src)
	if _, code := n.Parent().(*ast.CodeSpan); code || n.IsRaw() {
		return value
	}
	return escape.ReplaceAllFunc(value, func(found []byte) []byte {
		if found[0] == '\\' {
			return found[1:]
		}
		return []byte(html.UnescapeString(string(found)))
	})
}

func newLine(b *strings.Builder) {
	if s := b.String(); s != "" && !strings.HasSuffix(s, "\n") {
		b.WriteByte('\n')
	}
}
