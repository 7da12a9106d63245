package console

import (
	"io/fs"
	"regexp"
	"testing"
)

// All topics share one set of templates: of two with one name, one would be
// lost without a word.
func TestTemplatesHaveNamesOfTheirOwn(t *testing.T) {
	defined, where := regexp.MustCompile(`\{\{-? ?define "([^"]+)"`), map[string]string{}
	entries, err := fs.Glob(own, "*.html")
	if err != nil || len(entries) < 4 {
		t.Fatalf("%v %v", entries, err)
	}
	for _, name := range entries {
		content, err := own.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range defined.FindAllStringSubmatch(string(content), -1) {
			if where[found[1]] != "" {
				t.Errorf("%s and %s both define %q", where[found[1]], name, found[1])
			}
			where[found[1]] = name
		}
	}
}
