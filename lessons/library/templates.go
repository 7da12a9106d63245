package library

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed templates
var templates embed.FS

// Templates are the first lessons that one can begin from, by name, in the
// order in which they are offered.
var Templates = []string{"reflex", "steps", "recall"}

// Beginning is what a trainer says of a new series.
type Beginning struct {
	ID             string
	Title, Summary map[string]string // by language
	Licence, Level string
	Author         string
	Organisation   string
}

// File is series.yaml of a new series, at version 0.1.0.
func (b Beginning) File() Change {
	var out strings.Builder
	line := func(key string, value any) {
		text, _ := json.Marshal(value) // YAML reads JSON; of strings only
		fmt.Fprintf(&out, "%s: %s\n", key, unescapeHTML(text))
	}
	fmt.Fprintf(&out, "id: %s\nversion: 0.1.0\n", b.ID)
	line("title", b.Title)
	line("summary", b.Summary)
	line("licence", b.Licence)
	author := map[string]string{"name": b.Author}
	if b.Organisation != "" {
		author["organisation"] = b.Organisation
	}
	line("authors", []map[string]string{author})
	line("level", b.Level)
	out.WriteString("ai: none\n")
	return Change{Path: "series.yaml", Content: []byte(strings.NewReplacer(`":"`, `": "`, `","`, `", "`).Replace(out.String()))}
}

func unescapeHTML(text []byte) []byte {
	for _, c := range []struct{ from, to string }{{`\u003c`, "<"}, {`\u003e`, ">"}, {`\u0026`, "&"}} {
		text = bytes.ReplaceAll(text, []byte(c.from), []byte(c.to))
	}
	return text
}

// FromTemplate is a lesson to begin from, a file for each language that the
// template has: its number in the series, its id, and its title by language.
func FromTemplate(template string, number int, id string, titles map[string]string) ([]Change, error) {
	if !isID(id) {
		return nil, refuse("id-form", "id", id)
	}
	if !slices.Contains(Templates, template) {
		return nil, refuse("no-template", "template", template)
	}
	var all []Change
	for lang, title := range titles {
		text, err := fs.ReadFile(templates, path.Join("templates", template+"."+lang+".md"))
		if err != nil {
			continue // not in this language
		}
		quoted, _ := json.Marshal(title)
		filled := strings.NewReplacer(`"TITLE"`, string(unescapeHTML(quoted)), "ID-", id+"-").Replace(string(text))
		all = append(all, Change{Path: fmt.Sprintf("%02d-%s.%s.md", number, id, lang), Content: []byte(filled)})
	}
	return all, nil
}

// NextNumber is that of a lesson that comes after all others.
func (d Draft) NextNumber() int {
	next := 1
	for _, lesson := range d.lessons() {
		var n int
		if _, err := fmt.Sscanf(lesson, "%d-", &n); err == nil {
			next = max(next, n+1)
		}
	}
	return next
}
