package console

import (
	"bytes"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"praline/bot/people"
	"praline/docs"
)

// The trainers' guides, where findings and forms link to.

func (c *Console) guidePages() []page {
	return []page{{"GET /console/guide/{guide}", people.SeeCatalogue, c.guide}}
}

// anchors stand before headings in the guides; they become the headings' ids.
var anchors = regexp.MustCompile(`(?m)^<a id="([a-z0-9-]+)"></a>\n(#+ .*)$`)

var guides = goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAttribute()))

// heads say of what the heads of a table are.
var heads = strings.NewReplacer("<th>", `<th scope="col">`, "<th ", `<th scope="col" `)

func (c *Console) guide(v *visit) error {
	names := map[string]string{"advice": "library.guide-advice", "write-a-lesson": "library.guide-write"}
	title, ok := names[v.r.PathValue("guide")]
	if !ok {
		return noSuch(true)
	}
	source, err := docs.Files.ReadFile("trainers/" + v.r.PathValue("guide") + "." + v.W.Lang + ".md")
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := guides.Convert(anchors.ReplaceAll(source, []byte("$2 {#$1}")), &body); err != nil {
		return err
	}
	return v.draw("guide", title, template.HTML(heads.Replace(body.String()))) //nolint:gosec // of our own guides; goldmark leaves out raw HTML
}
