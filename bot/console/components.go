package console

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
)

// functions are what templates may call.
var functions = template.FuncMap{
	"icon": icon, "tag": tag, "pieces": pieces, "withheld": withheld, "advice": advice, "empty": empty, "dict": dict,
	"interval": interval, "share": share, "lineid": lineID,
}

// part is a template drawn by itself.
func (c *Console) part(name string, data any) (template.HTML, error) {
	var b bytes.Buffer
	err := c.templates.ExecuteTemplate(&b, name, data)
	return template.HTML(b.String()), err //nolint:gosec // by html/template
}

// icons are strokes on a square of 24.
var icons = map[string]string{
	"menu":     "M4 6h16M4 12h16M4 18h16",
	"check":    "M5 12.5l4.5 4.5L19 7.5",
	"cross":    "M6 6l12 12M18 6L6 18",
	"warning":  "M12 4L2.5 20h19zM12 10v4.5M12 17.2v.1",
	"lock":     "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
	"bulb":     "M9 18h6M10 21h4M12 3a6 6 0 0 1 3.6 10.8c-.4.4-.6 1-.6 1.7H9c0-.7-.2-1.3-.6-1.7A6 6 0 0 1 12 3z",
	"calendar": "M5 5.5h14v14H5zM5 10h14M9 3v4M15 3v4",
	"eye":      "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
	"heart":    "M12 20S4 14.5 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 5.5-8 11-8 11z",
	"person":   "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c0-4 3.5-6 7.5-6s7.5 2 7.5 6",
	"info":     "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.1",
}

// icon is a drawing that a word beside it says too.
func icon(name string) (template.HTML, error) {
	path, ok := icons[name]
	if !ok {
		return "", fmt.Errorf("console: no icon %q: add it to components.go", name)
	}
	return template.HTML(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="` + path + `"/></svg>`), nil //nolint:gosec // of this file
}

// looks are the icons of tags: good, advice (also "outdated"), bad, plain.
var looks = map[string]string{"good": "check", "advice": "warning", "bad": "cross", "info": "", "plain": ""}

// tag says a state, with an icon where that is good or bad.
func tag(look, words string) (template.HTML, error) {
	name, ok := looks[look]
	if !ok {
		return "", fmt.Errorf("console: no tag %q: it is good, advice, bad, info or plain", look)
	}
	var drawn template.HTML
	if name != "" {
		drawn, _ = icon(name)
	}
	return template.HTML(`<span class="tag ` + look + `">` + string(drawn) + template.HTMLEscapeString(words) + `</span>`), nil //nolint:gosec // escaped
}

// pieces are so many full, half full and dashed pieces; the count stands in
// words beside them.
func pieces(full, half, none int) template.HTML {
	var b strings.Builder
	b.WriteString(`<span class="pieces" aria-hidden="true">`)
	for _, kind := range []struct {
		name  string
		count int
	}{{"full", full}, {"half", half}, {"none", none}} {
		for range min(max(kind.count, 0), 40) {
			b.WriteString(`<span class="piece ` + kind.name + `"></span>`)
		}
	}
	b.WriteString(`</span>`)
	return template.HTML(b.String()) //nolint:gosec // of this file
}

// withheld is a figure that is not shown, and why.
func withheld(reason string) template.HTML {
	drawn, _ := icon("lock")
	return template.HTML(`<span class="withheld">` + string(drawn) + template.HTMLEscapeString(reason) + `</span>`) //nolint:gosec // escaped
}

// advice is what would be better, and why: {{advice "what" "why"}}. With a path
// and a button's words after it, one press leads there.
func advice(what, why string, button ...string) template.HTML {
	drawn, _ := icon("bulb")
	return box("advice", drawn, what, why, button)
}

// empty says what will be here, with the one button that starts it:
// {{empty "what" "/console/path" "button"}}, or without one.
func empty(what string, button ...string) template.HTML {
	return box("empty", "", "", what, button)
}

func box(class string, drawn template.HTML, title, words string, button []string) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<div class="%s">%s<p>`, class, drawn)
	if title != "" {
		fmt.Fprintf(&b, `<strong>%s</strong> `, template.HTMLEscapeString(title))
	}
	b.WriteString(template.HTMLEscapeString(words) + `</p>`)
	if len(button) == 2 && strings.HasPrefix(button[0], "/") && !strings.HasPrefix(button[0], "//") {
		fmt.Fprintf(&b, `<a class="button" href="%s">%s</a>`, template.HTMLEscapeString(button[0]), template.HTMLEscapeString(button[1]))
	}
	b.WriteString(`</div>`)
	return template.HTML(b.String()) //nolint:gosec // escaped
}

// dict makes what a named template needs of names and values in turn.
func dict(pairs ...any) (map[string]any, error) {
	all := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("console: dict: %v is no name", pairs[i])
		}
		all[name] = pairs[i+1]
	}
	return all, nil
}
