package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"praline/lessons"
	"praline/locales"
)

func TestCheckExitCodes(t *testing.T) {
	good := filepath.Join("..", "..", "series", "phishing")
	for _, row := range []struct {
		label     string
		arguments []string
		want      int
	}{
		{"a series without a fault", []string{good}, exitDone},
		{"a folder of series", []string{filepath.Dir(good)}, exitDone},
		{"no path", nil, exitUsage},
		{"a path that does not exist", []string{"nowhere"}, exitUsage},
		{"a file", []string{"check.go"}, exitUsage},
		{"a folder that holds no series", []string{"testdata"}, exitUsage},
		{"a language that it does not speak", []string{"--lang=pt", good}, exitUsage},
		{"a good one and a wrong path", []string{good, "nowhere"}, exitUsage},
	} {
		if got := run(append([]string{"check"}, row.arguments...), io.Discard, io.Discard); got != row.want {
			t.Errorf("%s: exit %d, not %d", row.label, got, row.want)
		}
	}
}

func TestSayFinding(t *testing.T) {
	fault := lessons.Finding{File: "01-one.fr.md", Line: 7, Code: "question-without-text", Args: []any{"id", "one"}}
	for _, row := range []struct {
		label, lang, folder, want string
		finding                   lessons.Finding
	}{
		{"English", "en", "small", `small/01-one.fr.md:7: the question "one" asks nothing: write its text under ## ? one`, fault},
		{"French has a space before a colon", "fr", "small", "small/01-one.fr.md:7: la question « one » ne demande rien : écrivez son texte sous ## ? one", fault},
		{"without a folder", "nl", "", "01-one.fr.md:7: de vraag ‘one’ vraagt niets: schrijf de tekst onder ## ? one", fault},
		{"a whole file has no line", "en", "small", "small/series.yaml: the series has no lesson: add a file like 01-first-lesson.fr.md", lessons.Finding{File: "series.yaml", Code: "no-lessons"}},
	} {
		got := filepath.ToSlash(sayFinding(locales.For(row.lang), row.folder, "check.", row.finding))
		got = strings.ReplaceAll(got, "\u00a0", " ")
		if got != row.want {
			t.Errorf("%s: %q, not %q", row.label, got, row.want)
		}
	}
}
