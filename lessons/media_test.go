package lessons

import (
	"testing"
)

func TestMIME(t *testing.T) {
	for path, want := range map[string]string{
		"media/a.png": "image/png", "media/a.JPG": "image/jpeg", "media/a.b.jpeg": "image/jpeg", "media/a.gif": "image/gif", "media/a.webp": "image/webp",
		"media/a.svg": "image/svg+xml", "media/a.mp3": "audio/mpeg", "media/a.mp4": "video/mp4", "media/a.exe": "application/octet-stream", "png": "application/octet-stream",
	} {
		if got := (Media{Path: path}).MIME(); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

func TestSeconds(t *testing.T) {
	twin := &Twin{
		Screens:   []Screen{{Title: "Deux mots", Text: "trois mots : ici"}, {Text: "un deux trois quatre cinq"}},
		Questions: []*Question{{}, {}},
	}
	for _, row := range []struct{ from, want int }{
		{0, 10*60/WordsAMinute + 30}, {1, 5*60/WordsAMinute + 30}, {2, 30}, {9, 30}, {-1, 10*60/WordsAMinute + 30},
	} {
		if got := twin.Seconds(row.from); got != row.want {
			t.Errorf("from screen %d: %d seconds, want %d", row.from, got, row.want)
		}
	}
}

func TestDrawing(t *testing.T) {
	const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`
	for _, row := range []struct {
		label, text string
		want        content
	}{
		{"a drawing", open + `<path d="M0 0"/></svg>`, asNamed},
		{"a byte-order mark, a type and a comment", "\uFEFF<?xml version=\"1.0\"?><!DOCTYPE svg><!-- <script> -->" + open + `</svg>`, asNamed},
		{"styles, links and other vocabularies", open + `<style>rect{fill:red}</style><metadata xmlns:d="urn:d"><d:x/></metadata><a xlink:href="https://www.belgium.be/fr"><text>on</text></a></svg>`, asNamed},
		{"a prefix for its own vocabulary", `<s:svg xmlns:s="http://www.w3.org/2000/svg"/>`, asNamed},
		{"nothing", "", another},
		{"words", "svg", another},
		{"a web page", `<html xmlns="http://www.w3.org/1999/xhtml"><svg xmlns="http://www.w3.org/2000/svg"/></html>`, another},
		{"no vocabulary named", `<svg/>`, another},
		{"not closed", open, another},
		{"a script", open + `<script/></svg>`, acting},
		{"a script with a prefix", `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:SCRIPT/></s:svg>`, acting},
		{"a handler", open + `<rect onclick="x()"/></svg>`, acting},
		{"a handler that is set later", open + `<set attributeName="onmouseover" to="x()"/></svg>`, acting},
		{"an address that acts", open + "<a xlink:href=\" java\nscript:x()\"/></svg>", acting},
		{"an address spelled in numbers", open + `<a href="&#106;avascript:x()"/></svg>`, acting},
		{"a web page inside", open + `<foreignObject/></svg>`, acting},
		{"one by its vocabulary", open + `<b xmlns="http://www.w3.org/1999/xhtml"/></svg>`, acting},
		{"a style sheet from elsewhere", `<?xml-stylesheet href="x.xsl"?>` + open + `</svg>`, acting},
	} {
		if got := drawing([]byte(row.text)); got != row.want {
			t.Errorf("%s: %d, want %d", row.label, got, row.want)
		}
	}
}

func FuzzDrawing(f *testing.F) {
	f.Add([]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`))
	f.Add([]byte("<?x?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if is := drawing(text); is < asNamed || is > acting {
			t.Fatalf("%q is %d", text, is)
		}
	})
}
