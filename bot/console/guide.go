package console

import (
	"bytes"
	"html/template"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"praline/bot/people"
	"praline/docs"
)

// The guides of docs/, as pages: where findings, forms and the menu under one's
// name link to.

func (c *Console) guidePages() []page {
	return []page{{"GET /console/guide/{guide}", people.SeeCatalogue, c.guide}}
}

// manuals are the guides, by their name in an address.
var manuals = map[string]struct{ file, title string }{
	"advice":         {"trainers/advice", "library.guide-advice"},
	"write-a-lesson": {"trainers/write-a-lesson", "library.guide-write"},
	"console":        {"trainers/console", "console.guide-trainers"},
	"managers":       {"managers/guide", "console.guide-managers"},
	"organisation":   {"administrators/organisation", "console.guide-administrators"},
}

// anchors stand before headings in the guides; they become the headings' ids.
var anchors = regexp.MustCompile(`(?m)^<a id="([a-z0-9-]+)"></a>\n(#+ .*)$`)

var guides = goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAttribute()))

// heads say of what the heads of a table are.
var heads = strings.NewReplacer("<th>", `<th scope="col">`, "<th ", `<th scope="col" `)

func (c *Console) guide(v *visit) error {
	manual, ok := manuals[v.r.PathValue("guide")]
	if !ok {
		return noSuch(true)
	}
	source, err := docs.Files.ReadFile(manual.file + "." + v.W.Lang + ".md")
	if err != nil {
		return err
	}
	source = anchors.ReplaceAll(source, []byte("$2 {#$1}"))
	tree := guides.Parser().Parse(text.NewReader(source))
	settle(tree, source, path.Dir(manual.file))
	var body bytes.Buffer
	if err := guides.Renderer().Render(&body, source, tree); err != nil {
		return err
	}
	return v.draw("guide", manual.title, template.HTML(heads.Replace(body.String()))) //nolint:gosec // of our own guides; goldmark leaves out raw HTML
}

// settle makes a page of docs one of the console: each heading can be linked to;
// a link to another guide leads there; what else stands beside the page in docs
// is not here, so of a link to it the words stay, and its pictures, of pages
// that are one press away, do not.
func settle(tree ast.Node, source []byte, folder string) {
	var away []ast.Node
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if _, named := n.AttributeString("id"); !named {
				n.SetAttributeString("id", []byte(anchorOf(string(n.Lines().Value(source)))))
			}
		case *ast.Image:
			away = append(away, n)
		case *ast.Link:
			to, here := guideAt(folder, string(n.Destination))
			if n.Destination = []byte(to); !here {
				away = append(away, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, n := range away {
		if _, words := n.(*ast.Link); words {
			for n.FirstChild() != nil {
				n.Parent().InsertBefore(n.Parent(), n, n.FirstChild())
			}
		}
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// guideAt is where in the console a link of a page in docs leads.
func guideAt(folder, link string) (to string, here bool) {
	file, fragment, marked := strings.Cut(link, "#")
	if file == "" || strings.Contains(file, "://") {
		return link, true
	}
	file = path.Join(folder, file)
	for name, manual := range manuals {
		if file == manual.file+".fr.md" || file == manual.file+".nl.md" {
			if to = "/console/guide/" + name; marked {
				to += "#" + fragment
			}
			return to, true
		}
	}
	return "", false
}

// notInAnchors is all that the name of a heading leaves out.
var notInAnchors = regexp.MustCompile(`[^\p{L}\p{M}\p{N}_ -]`)

// anchorOf is what a link to a heading names, as where docs are read otherwise.
func anchorOf(heading string) string {
	return strings.ReplaceAll(notInAnchors.ReplaceAllString(strings.ToLower(strings.TrimSpace(heading)), ""), " ", "-")
}
