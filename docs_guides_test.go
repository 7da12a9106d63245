package praline_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestGuides holds the guides of the console to what stands on the screen:
// whatever is bold in them is a word of ours, letter by letter, with "…" for
// what is filled in. A button that gets other words is found here.
func TestGuides(t *testing.T) {
	for _, lang := range []string{"fr", "nl"} {
		said := saidIn(t, lang)
		for _, guide := range []string{"trainers/console", "managers/guide", "administrators/organisation"} {
			page := filepath.Join("docs", guide+"."+lang+".md")
			found := bold.FindAllStringSubmatch(read(t, page), -1)
			for _, m := range found {
				if words := filled.ReplaceAllString(m[1], "…"); !said[words] && !said[words+"."] {
					t.Errorf("%s: nothing says %q: take the words from locales/*.%s.yaml, or write it in italics", page, m[1], lang)
				}
			}
			if len(found) < 10 {
				t.Errorf("%s names only %d words of the screen: are they still found?", page, len(found))
			}
		}
	}
}

// TestGuidesAreTwins holds the French and the Dutch of a page to one another:
// as many headings, steps, rows and links; and French to its spaces.
func TestGuidesAreTwins(t *testing.T) {
	french := 0
	for _, page := range markdown(t) {
		if !strings.HasPrefix(page, "docs") || !strings.HasSuffix(page, ".fr.md") {
			continue
		}
		french++
		fr, nl := read(t, page), read(t, strings.TrimSuffix(page, ".fr.md")+".nl.md")
		for what, parts := range map[string]*regexp.Regexp{"headings": headings, "steps": steps, "rows": rows, "links": links} {
			if n, of := len(parts.FindAllString(fr, -1)), len(parts.FindAllString(nl, -1)); n != of {
				t.Errorf("%s has %d %s, its Dutch twin %d: say the same in both", page, n, what, of)
			}
		}
		for _, spaces := range unspaced.FindAllString(code.ReplaceAllString(fence.ReplaceAllString(fr, ""), ""), -1) {
			t.Errorf("%s: %q: U+00A0 before : and inside « », U+202F before ; ! ?", page, spaces)
		}
	}
	if french < 5 {
		t.Errorf("only %d pages in French: are they still found?", french)
	}
}

var (
	headings = regexp.MustCompile(`(?m)^#+ `)
	steps    = regexp.MustCompile(`(?m)^ *(\d+\.|-) `)
	rows     = regexp.MustCompile(`(?m)^\|`)
	links    = regexp.MustCompile(`\]\(`)
	unspaced = regexp.MustCompile(`.{0,12} (?:[;!?]|:[^-|]).{0,6}|« .{0,8}|.{0,8} »`)
)

var (
	bold   = regexp.MustCompile(`\*\*([^*\n]+)\*\*`)
	filled = regexp.MustCompile(`\{\{[^}]*\}\}|[0-9]+`)
)

// saidIn is all that a language says, words of commands one by one.
func saidIn(t *testing.T, lang string) map[string]bool {
	t.Helper()
	said := map[string]bool{"en gras": true, "in het vet": true}
	files, err := filepath.Glob("locales/*." + lang + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		var messages map[string]any
		if err := yaml.Unmarshal([]byte(read(t, file)), &messages); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for id, message := range messages {
			forms, ok := message.(map[string]any)
			if !ok {
				forms = map[string]any{"other": message}
			}
			for _, form := range forms {
				text, _ := form.(string)
				said[filled.ReplaceAllString(text, "…")] = true
				if strings.HasPrefix(id, "command.") {
					for _, word := range strings.Split(text, "|") {
						said[word] = true
					}
				}
			}
		}
	}
	return said
}
