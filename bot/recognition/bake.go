package recognition

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// badgesNamespace is that of the element in which a picture carries its
// credential (https://www.imsglobal.org/spec/ob/v3p0#svg).
const badgesNamespace = "https://purl.imsglobal.org/ob/v3p0"

// bake draws a badge that carries its credential.
func bake(credential []byte, title, organisation, day string) []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="` + badgesNamespace + `" viewBox="0 0 400 400" role="img">` + "\n")
	fmt.Fprintf(&b, "<title>%s</title>\n<openbadges:credential><![CDATA[%s]]></openbadges:credential>\n",
		escaped(title), strings.ReplaceAll(string(credential), "]]>", "]]\\u003e"))
	b.WriteString(`<rect x="8" y="8" width="384" height="384" rx="123" fill="#6B3322"/>` +
		`<rect x="30" y="30" width="340" height="340" rx="109" fill="#F8F4EF"/>` + "\n")
	lines := wrapped(title, 18)
	y := 190 - 19*len(lines)
	for _, line := range lines {
		y += 38
		fmt.Fprintf(&b, `<text x="200" y="%d" text-anchor="middle" font-family="Georgia, serif" font-weight="700" font-size="30" fill="#2A1B15">%s</text>`+"\n", y, escaped(line))
	}
	for i, small := range []string{organisation, day} {
		fmt.Fprintf(&b, `<text x="200" y="%d" text-anchor="middle" font-family="sans-serif" font-size="17" fill="#655149">%s</text>`+"\n", 292+24*i, escaped(shortened(small, 30)))
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}

// wrapped breaks a title into at most four lines.
func wrapped(text string, width int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		if n := len(lines); n > 0 && len([]rune(lines[n-1]))+1+len([]rune(word)) <= width {
			lines[n-1] += " " + word
			continue
		}
		if len(lines) == 4 {
			lines[3] += "…"
			break
		}
		lines = append(lines, word)
	}
	return lines
}

func shortened(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// unbake is the credential that a picture carries.
func unbake(picture []byte) ([]byte, error) {
	decoder := xml.NewDecoder(bytes.NewReader(picture))
	var credential []byte
	inside, depth, found := false, 0, 0
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("this picture cannot be read: %w: give the .svg as it was received", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth > deepest {
				return nil, errors.New("this picture is nested too deep for a badge")
			}
			if token.Name.Space == badgesNamespace && token.Name.Local == "credential" {
				inside = true
				found++
			}
		case xml.EndElement:
			depth--
			inside = false
		case xml.CharData:
			if inside {
				credential = append(credential, token...)
			}
		}
	}
	if found != 1 {
		return nil, errors.New("this picture carries no badge, or several: give the .svg as it was received")
	}
	return credential, nil
}
