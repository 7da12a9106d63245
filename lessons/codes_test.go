package lessons_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"praline/lessons"
)

// noting are the functions that note a fault, and which argument is its code.
var noting = map[string]int{"r.fault": 2, "m.r.fault": 2, "p.r.fault": 2, "p.fault": 1, "w.fault": 1, "wrong": 0, "lacks": 1, "differ": 1}

// codes are all codes of faults in this package's source.
func codes(t *testing.T) map[string]bool {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{"yaml-syntax": true, "yaml-colon": true, "yaml-key-twice": true}
	for _, entry := range files {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "advice") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			place, ok := noting[called(call.Fun)]
			if !ok {
				return true
			}
			if _, first := call.Args[0].(*ast.BasicLit); called(call.Fun) == "wrong" && !first {
				place = 2 // behind a condition and a key
			}
			if literal, is := call.Args[place].(*ast.BasicLit); is {
				code, _ := strconv.Unquote(literal.Value)
				all[code] = true
			}
			return true
		})
	}
	if len(all) < 60 {
		t.Fatalf("%d codes", len(all))
	}
	return all
}

func called(f ast.Expr) string {
	switch f := f.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return called(f.X) + "." + f.Sel.Name
	}
	return ""
}

// TestWords holds that every code has words and a mend in every language of
// the checker, and that there are no words without a code.
func TestWords(t *testing.T) {
	all := codes(t)
	for code := range all {
		has(t, code)
	}
	words, err := os.ReadFile("../locales/check.fr.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(words)) {
		code, ok := strings.CutPrefix(line, "check.")
		code, _, _ = strings.Cut(strings.Replace(code, ".mend:", ":", 1), ":")
		if ok && !all[code] {
			t.Errorf("words without a fault: %s", code)
		}
	}
}

func has(t *testing.T, code string) {
	t.Helper()
	inWords(t, lessons.Finding{Code: code, Args: []any{
		"id", "x", "key", "x", "near", "x", "known", "x", "cause", "x", "limit", 1, "line", 1, "lang", "x", "file", "x", "level", 1, "licence", "x",
		"version", "x", "date", "x", "ai", "x", "for", "x", "competence", "x", "number", "x", "other", "x", "lesson", "x", "minutes", 1, "from", 1, "to", 1, "needs", 1,
		"words", 1, "questions", 1, "source", "x", "title", "x", "tag", "x", "address", "x", "media", "x", "kinds", "x", "choice", "x", "item", "x", "text", "x",
		"answer", "x", "kind", "x", "columns", 1, "here", "x", "there", "x", "code", 1,
	}})
}
