package lessons

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"
)

// content is what a file holds, held against what its name promises.
type content int

const (
	asNamed content = iota
	another         // a web page called .png, a broken drawing
	acting          // a drawing with a program in it
)

// looksLike looks into a picture: chat apps go by what is in it, and browsers
// run what a drawing brings along. Sounds and films are taken by their name,
// since there are too many ways to begin one.
func (r *reading) looksLike(name string, kind mediaKind) (content, error) {
	if !strings.HasPrefix(kind.mime, "image/") {
		return asNamed, nil
	}
	f, err := r.folder.Open(name)
	if err != nil {
		return another, err
	}
	defer f.Close()
	most := kind.most << 20
	if kind.mime != mimeSVG {
		most = 512 // as far as DetectContentType looks
	}
	start, err := io.ReadAll(io.LimitReader(f, most))
	switch {
	case err != nil:
		return another, err
	case kind.mime == mimeSVG:
		return drawing(start), nil
	case http.DetectContentType(start) != kind.mime:
		return another, nil
	}
	return asNamed, nil
}

const (
	spaceSVG   = "http://www.w3.org/2000/svg"
	spaceXHTML = "http://www.w3.org/1999/xhtml"
)

// drawing tells whether a text is an SVG, and whether it does more than be
// seen: a script, an attribute that starts one (onload), an address that is
// one, a web page inside (foreignObject), a style sheet that could be any of it.
func drawing(text []byte) content {
	d := xml.NewDecoder(bytes.NewReader(text))
	for first := true; ; {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && !first:
			return asNamed
		case err != nil:
			return another
		}
		switch token := token.(type) {
		case xml.StartElement:
			if first && (token.Name.Space != spaceSVG || token.Name.Local != "svg") {
				return another
			}
			first = false
			if acts(token) {
				return acting
			}
		case xml.ProcInst:
			if token.Target != "xml" {
				return acting
			}
		}
	}
}

func acts(e xml.StartElement) bool {
	switch strings.ToLower(e.Name.Local) {
	case "script", "foreignobject", "handler", "listener", "iframe", "embed", "object":
		return true
	}
	if e.Name.Space == spaceXHTML {
		return true
	}
	for _, a := range e.Attr {
		value := strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
		switch name := strings.ToLower(a.Name.Local); {
		case strings.HasPrefix(name, "on"),
			name == "attributename" && strings.HasPrefix(value, "on"),
			strings.Contains(value, "javascript:"),
			strings.Contains(value, "data:text/html"):
			return true
		}
	}
	return false
}
