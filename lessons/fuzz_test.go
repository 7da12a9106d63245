package lessons_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"praline/lessons"
)

// FuzzRead reads any bytes as a page and as series.yaml. It never panics, each
// fault has its place, and what has no fault can be taught.
func FuzzRead(f *testing.F) {
	small := base(f)
	yaml, french := small["series.yaml"].Data, small["01-one.fr.md"].Data
	f.Add(french, yaml)
	archives, _ := filepath.Glob("testdata/broken/*.txtar")
	for _, archive := range archives {
		a, err := txtar.ParseFile(archive)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if file.Name == "series.yaml" {
				f.Add(french, file.Data)
			} else {
				f.Add(file.Data, yaml)
			}
		}
	}
	pages, _ := filepath.Glob("../series/*/0[1-4]*.md")
	for _, name := range pages {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, bytes.Replace(yaml, []byte("fr: Petit"), []byte("fr: Petit, nl: Klein"), 1))
	}
	f.Fuzz(func(t *testing.T, page, yaml []byte) {
		folder := fstest.MapFS{
			"series.yaml":    {Data: yaml},
			"01-one.fr.md":   {Data: page},
			"01-one.nl.md":   {Data: french},
			"media/link.png": {Data: []byte("\x89PNG\r\n\x1a\n")},
		}
		s, report := lessons.Read(folder)
		for _, finding := range append(report.Faults, report.Advice...) {
			lines := 1 + ends(folder[finding.File])
			if finding.Line < 0 || finding.Line > lines+1 || finding.Code == "" || finding.File == "" || len(finding.Args)%2 != 0 {
				t.Errorf("%+v is nowhere, in %d lines", finding, lines)
			}
		}
		if report.OK() {
			teachable(t, s)
		}
		for _, l := range s.Lessons {
			for _, twin := range l.Twins {
				for _, q := range twin.Questions {
					q.Grade(lessons.Answer{})
					q.Grade(lessons.Answer{Choices: []int{0}, Text: "0", Order: []int{0}, Pairs: []int{0}})
					q.Fingerprint()
				}
			}
		}
	})
}

// teachable holds what everyone relies on in a series without a fault.
func teachable(t *testing.T, s *lessons.Series) {
	if s.ID == "" || len(s.Languages) == 0 || len(s.Lessons) == 0 {
		t.Errorf("%+v", s)
	}
	for _, l := range s.Lessons {
		for _, lang := range s.Languages {
			twin := l.Twins[lang]
			if twin == nil || len(twin.Questions) == 0 || twin.Title == "" || twin.Minutes == 0 {
				t.Fatalf("%s in %s: %+v", l.ID, lang, twin)
			}
			for _, q := range twin.Questions {
				one := map[lessons.Kind]bool{
					lessons.Single: len(q.Choices) > 1, lessons.Multiple: len(q.Choices) > 1, lessons.Poll: len(q.Choices) > 1,
					lessons.Short: len(q.Accepted) > 0, lessons.Gap: len(q.Accepted) > 0, lessons.Number: true,
					lessons.Order: len(q.Items) > 1, lessons.Pairs: len(q.Left) > 1 && len(q.Left) == len(q.Right),
				}
				if q.ID == "" || q.Text == "" || !one[q.Kind] || q.Explanation == "" && q.Kind != lessons.Poll {
					t.Errorf("%+v", q)
				}
			}
		}
	}
}

// ends counts the line ends of a file, of any kind.
func ends(f *fstest.MapFile) int {
	if f == nil {
		return 0
	}
	return bytes.Count(f.Data, []byte("\n")) + bytes.Count(f.Data, []byte("\r"))
}
