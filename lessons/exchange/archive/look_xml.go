package archive

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

const (
	spaceSVG   = "http://www.w3.org/2000/svg"
	spaceXHTML = "http://www.w3.org/1999/xhtml"
)

// walk reads XML to its end, and refuses declarations of entities and what is
// nested too deep. Each element and its text are shown to see.
func walk(name string, content []byte, limits Limits, see func(xml.Token) error) error {
	d := xml.NewDecoder(bytes.NewReader(content))
	d.CharsetReader = Charset
	d.Entity = xml.HTMLEntity
	depth, first := 0, true
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && !first && depth == 0:
			return nil
		case err != nil:
			return refuse(name, "not-as-named")
		}
		switch token.(type) {
		case xml.Directive:
			return refuse(name, "xml-declares")
		case xml.StartElement:
			first = false
			if depth++; depth > limits.Nesting {
				return refuse(name, "xml-nesting", "limit", limits.Nesting)
			}
		case xml.EndElement:
			depth--
		}
		if err := see(token); err != nil {
			return err
		}
	}
}

func plainXML(name string, content []byte, limits Limits) error {
	return walk(name, content, limits, func(xml.Token) error { return nil })
}

// Charset reads XML in the encoding that it says it has; for xml.Decoder.
func Charset(label string, r io.Reader) (io.Reader, error) {
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Reader(r), nil
}

// drawing refuses an SVG that does something: runs a program, or fetches from
// elsewhere. What a drawing shows must be in it.
func drawing(name string, content []byte, limits Limits) error {
	first, style := true, false
	return walk(name, content, limits, func(token xml.Token) error {
		switch token := token.(type) {
		case xml.StartElement:
			if first && (token.Name.Local != "svg" || token.Name.Space != spaceSVG) {
				return refuse(name, "not-as-named")
			}
			first = false
			style = strings.EqualFold(token.Name.Local, "style")
			return still(name, token)
		case xml.EndElement:
			style = false
		case xml.CharData:
			if style && fetches(string(token)) {
				return refuse(name, "svg-fetches")
			}
		case xml.ProcInst:
			if token.Target != "xml" {
				return refuse(name, "svg-fetches") // a style sheet from elsewhere
			}
		}
		return nil
	})
}

// still refuses an element of a drawing that acts or fetches.
func still(name string, e xml.StartElement) error {
	switch strings.ToLower(e.Name.Local) {
	case "script", "foreignobject", "handler", "listener", "iframe", "embed", "object":
		return refuse(name, "svg-acts")
	}
	if e.Name.Space == spaceXHTML {
		return refuse(name, "svg-acts")
	}
	for _, a := range e.Attr {
		value := strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
		switch attribute := strings.ToLower(a.Name.Local); {
		case strings.HasPrefix(attribute, "on"),
			attribute == "attributename" && (strings.HasPrefix(value, "on") || strings.HasSuffix(value, "href")),
			strings.Contains(value, "javascript:"), strings.Contains(value, "data:text/"):
			return refuse(name, "svg-acts")
		case attribute == "href" || attribute == "src":
			if !strings.HasPrefix(value, "#") && !embedded(value) {
				return refuse(name, "svg-fetches")
			}
		case strings.HasPrefix(attribute, "xmlns") || a.Name.Space == "xmlns":
		case fetches(value):
			return refuse(name, "svg-fetches")
		}
	}
	return nil
}

// embedded says that an address is a picture within the file.
func embedded(address string) bool {
	for _, kind := range []string{"png", "jpeg", "jpg", "gif", "webp"} {
		if strings.HasPrefix(address, "data:image/"+kind+";base64,") {
			return true
		}
	}
	return false
}

// fetches says that CSS names an address that is not within the drawing.
func fetches(css string) bool {
	css = strings.ToLower(strings.Join(strings.Fields(css), ""))
	if strings.Contains(css, "@import") || strings.Contains(css, "\\") && strings.Contains(css, "(") {
		return true
	}
	for {
		_, after, found := strings.Cut(css, "url(")
		if !found {
			return false
		}
		if css = after; !strings.HasPrefix(strings.TrimLeft(after, "'\""), "#") && !embedded(strings.TrimLeft(after, "'\"")) {
			return true
		}
	}
}
