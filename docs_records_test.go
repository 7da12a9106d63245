package praline_test

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// recordKind is how a room names a kind of record that it keeps.
var recordKind = regexp.MustCompile(`\bkind[A-Z]\w* *= "([a-z-]+)"|records\.Key\{[^}]*Kind: "([a-z-]+)"`)

// TestOperationsListAllRecords holds the list of what is kept, for whoever runs
// the server, to what the rooms keep.
func TestOperationsListAllRecords(t *testing.T) {
	page, kinds := read(t, "docs/operations.md"), 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (path != "." && strings.HasPrefix(entry.Name(), ".") || path == "records" || path == "data" || path == "bin" || entry.Name() == "node_modules"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "test/"):
			return nil
		}
		for _, m := range recordKind.FindAllStringSubmatch(read(t, path), -1) {
			kind := m[1] + m[2]
			first, _, _ := strings.Cut(kind, "-")
			kinds++
			if !strings.Contains(page, "`"+kind+"`") && !strings.Contains(page, "`"+first+"-…`") {
				t.Errorf("%s keeps records of the kind %q, which docs/operations.md does not list", path, kind)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if kinds < 30 {
		t.Errorf("only %d kinds: are they still found?", kinds)
	}
}
