// Package moodle reads and writes Moodle XML, the format that holds most of
// what Moodle's question bank does: one language a file, lessons as
// categories, screens as descriptions.
//
// Read goes element by element, with limits of size and depth; declarations
// (DTD, entities) are refused. What Moodle 2 to 5 write comes in. Write gives
// what Moodle reads unchanged: HTML in CDATA, marks of Moodle's own list.
package moodle

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"praline/lessons/exchange"
	"praline/lessons/exchange/archive"
)

// element is an element with its text and its children, as the file has them.
type element struct {
	name       string
	line       int
	attributes map[string]string
	text       string
	children   []*element
}

// mostElements is more than a file of MostBytes needs.
const mostElements = 500_000

// parse reads XML as elements. Its depth and number are limited; entities are
// those of HTML, and none can be declared.
func parse(content []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(content))
	d.CharsetReader = archive.Charset
	d.Entity = xml.HTMLEntity
	fault := func(code string, arguments ...any) error {
		line, _ := d.InputPos()
		return &exchange.Fault{Line: line, Code: code, Args: arguments}
	}
	root := &element{}
	open := []*element{root}
	for n := 0; ; {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return root, nil
		case err != nil:
			return nil, fault("not-xml")
		}
		here := open[len(open)-1]
		switch token := token.(type) {
		case xml.Directive:
			return nil, fault("declares")
		case xml.StartElement:
			if n++; n > mostElements || len(open) > exchange.MostDepth {
				return nil, fault("too-deep", "limit", exchange.MostDepth)
			}
			line, _ := d.InputPos()
			e := &element{name: token.Name.Local, line: line, attributes: map[string]string{}}
			for _, a := range token.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			here.children = append(here.children, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			here.text += string(token)
		}
	}
}

// first is the first child by a name, an empty one if there is none.
func (e *element) first(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return &element{line: e.line}
}

// all are the children by a name.
func (e *element) all(name string) []*element {
	var all []*element
	for _, c := range e.children {
		if c.name == name {
			all = append(all, c)
		}
	}
	return all
}

// said is the text of a child <name><text>…</text></name>.
func (e *element) said(name string) string {
	return strings.TrimSpace(e.first(name).first("text").text)
}

// is says whether a child holds "true" or "1".
func (e *element) is(name string) bool {
	text := strings.TrimSpace(e.first(name).text)
	return text == "1" || strings.EqualFold(text, "true")
}
