package lessons

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Write returns the files of a series as a trainer would have written them:
// series.yaml and a page for each lesson and language, under the names that
// their twins have or, where they have none, that follow from their place.
// Reading them gives the same values. Media are not among them: they stand in
// Files already.
func Write(s *Series) map[string][]byte {
	files := map[string][]byte{seriesFile: WriteSeries(s)}
	for i, l := range s.Lessons {
		for lang, t := range l.Twins {
			name := t.File
			if name == "" {
				name = PageName(i+1, len(s.Lessons), l.ID, lang)
			}
			files[name] = WriteTwin(t)
		}
	}
	return files
}

// PageName is the name of a lesson's file: the lesson's place from 1, of so
// many, its id and the language.
func PageName(place, of int, id, lang string) string {
	return fmt.Sprintf("%0*d-%s.%s.md", max(len(strconv.Itoa(of)), 2), place, id, lang)
}

// WriteSeries is series.yaml.
func WriteSeries(s *Series) []byte {
	var y yamlWriter
	y.text("id", s.ID)
	y.text("version", s.Version)
	y.languages("title", s.Title)
	y.languages("summary", s.Summary)
	y.text("licence", s.Licence)
	y.people("authors", s.Authors)
	y.people("translators", s.Translators)
	y.people("reviewers", s.Reviewers)
	y.text("reviewed", s.Reviewed)
	y.text("derived_from", s.DerivedFrom)
	y.text("level", s.Level)
	y.list("keywords", s.Keywords)
	y.list("competences", s.Competences)
	y.text("ai", s.AI)
	y.text("for", s.For)
	return y.Bytes()
}

// WriteTwin is the page of a lesson in one language.
func WriteTwin(t *Twin) []byte {
	var y yamlWriter
	y.WriteString("---\n")
	y.text("title", t.Title)
	if t.Minutes > 0 {
		y.text("minutes", strconv.Itoa(t.Minutes))
	}
	y.text("objective", t.Objective)
	y.list("sources", t.Sources)
	y.WriteString("---\n")
	for i, s := range t.Screens {
		if i > 0 {
			y.WriteString("\n---\n")
		}
		writeScreen(&y.Buffer, s)
	}
	for _, q := range t.Questions {
		y.WriteByte('\n')
		writeQuestion(&y.Buffer, q)
	}
	return y.Bytes()
}

func writeScreen(b *bytes.Buffer, s Screen) {
	if s.Title != "" {
		b.WriteString("\n# " + Escape(s.Title) + "\n")
	}
	if s.Text != "" {
		b.WriteString("\n" + s.Text + "\n")
	}
	writeMedia(b, s.Media)
}

func writeMedia(b *bytes.Buffer, all []Media) {
	for _, m := range all {
		parts := strings.Split(m.Path, "/")
		for i, part := range parts {
			parts[i] = brackets.Replace(url.PathEscape(part))
		}
		b.WriteString("\n![" + Escape(m.Alt) + "](" + strings.Join(parts, "/") + ")\n")
	}
}

// brackets would end an address early.
var brackets = strings.NewReplacer("(", "%28", ")", "%29")

// entity is how a name of a character begins: "&eacute;", "&#233;".
var entity = regexp.MustCompile(`^&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});`)

// Escape writes plain words as Markdown that shows them: "2 * 3 < 7" as
// "2 \* 3 \< 7". Words that stand at the start of a line stay words.
func Escape(words string) string {
	var b strings.Builder
	for i := 0; i < len(words); i++ {
		switch c := words[i]; c {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '{', '}':
			b.WriteByte('\\')
		case '&':
			if entity.MatchString(words[i:]) {
				b.WriteString("&amp;")
				continue
			}
		case '!':
			if i+1 < len(words) && words[i+1] == '[' {
				b.WriteByte('\\')
			}
		case '-', '+', '=', ':':
			if i == 0 {
				b.WriteByte('\\')
			}
		case '.', ')':
			if digits := strings.TrimLeft(words[:i], "0123456789"); i > 0 && digits == "" {
				b.WriteByte('\\') // "1. Bruxelles" is no list
			}
		}
		b.WriteByte(words[i])
	}
	return b.String()
}

// yamlWriter writes mappings whose every text is read as it stands.
type yamlWriter struct{ bytes.Buffer }

// plainWord is a text that YAML cannot take for something else. Values are
// read as they are written, so a version or a date needs no quotes.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*$`)

func quoted(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil { // a string always can
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (y *yamlWriter) text(key, text string) {
	if text != "" {
		fmt.Fprintf(y, "%s: %s\n", key, quoted(text))
	}
}

func (y *yamlWriter) languages(key string, text Text) {
	if len(text) == 0 {
		return
	}
	fmt.Fprintf(y, "%s:\n", key)
	for _, lang := range slices.Sorted(maps.Keys(text)) {
		fmt.Fprintf(y, "  %s: %s\n", lang, quoted(text[lang]))
	}
}

func (y *yamlWriter) people(key string, people []Person) {
	if len(people) == 0 {
		return
	}
	fmt.Fprintf(y, "%s:\n", key)
	for _, p := range people {
		fmt.Fprintf(y, "  - name: %s\n", quoted(p.Name))
		if p.Organisation != "" {
			fmt.Fprintf(y, "    organisation: %s\n", quoted(p.Organisation))
		}
	}
}

func (y *yamlWriter) list(key string, texts []string) {
	if len(texts) == 0 {
		return
	}
	fmt.Fprintf(y, "%s:\n", key)
	for _, text := range texts {
		fmt.Fprintf(y, "  - %s\n", quoted(text))
	}
}
