package formats_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/archive"
	"praline/lessons/exchange/formats"
)

// holds is what a format has room for; docs/exchange.md says it in words.
type holds struct {
	kinds                                                          []lessons.Kind // nil: all
	screens, media, explanation, feedback, ids, titles, rightMarks bool
	itemMarks, marks, objective, sources                           bool
}

var held = map[string]holds{
	"moodle": {screens: true, media: true, explanation: true, feedback: true, ids: true, itemMarks: true, marks: true, objective: true},
	"gift":   {screens: true, explanation: true, feedback: true, ids: true, marks: true},
	"xlsx":   {screens: true, media: true, explanation: true, feedback: true, ids: true, titles: true, rightMarks: true, itemMarks: true, marks: true, objective: true, sources: true},
	"csv":    {screens: true, media: true, explanation: true, feedback: true, ids: true, titles: true, rightMarks: true, itemMarks: true, marks: true, objective: true, sources: true},
	"aiken":  {kinds: []lessons.Kind{lessons.Single}},
}

// meant is Markdown as what it means: the same text can be written in several
// ways.
func meant(text string, marks bool) string {
	if !marks {
		return exchange.Plain(text)
	}
	return exchange.HTML(text)
}

// outline is what must survive of a page, a line each.
func outline(t *lessons.Twin, h holds) []string {
	var all []string
	say := func(format string, arguments ...any) { all = append(all, fmt.Sprintf(format, arguments...)) }
	if h.ids {
		say("page %s", t.Title)
	}
	if h.objective {
		say("objective %s", t.Objective)
	}
	if h.sources {
		say("sources %q", t.Sources)
	}
	if h.screens {
		for _, s := range t.Screens {
			say("screen %q %s", s.Title, meant(s.Text, h.marks))
			if h.media {
				say("media %q", pictures(s.Media))
			}
		}
	}
	for _, q := range t.Questions {
		if h.kinds != nil && !slices.Contains(h.kinds, q.Kind) {
			continue
		}
		id := ""
		if h.ids {
			id = q.ID
		}
		say("question %s %s %s", id, q.Kind, meant(q.Text, h.marks))
		if h.media {
			say("media %q", pictures(q.Media))
		}
		if h.explanation {
			say("because %s", meant(q.Explanation, h.marks))
		}
		for _, c := range q.Choices {
			say("choice %v %s", c.Right, meant(c.Text, h.marks))
			if h.feedback {
				say("feedback %s", meant(c.Feedback, h.marks))
			}
		}
		say("accepted %q value %v %v", q.Accepted, q.Value, q.Tolerance)
		for _, item := range q.Items {
			say("item %s", meant(item, h.itemMarks))
		}
		if h.titles {
			say("titles %s %s", meant(q.LeftTitle, true), meant(q.RightTitle, true))
		}
		for i := range q.Left {
			say("pair %s – %s", meant(q.Left[i], h.marks), meant(q.Right[i], h.rightMarks))
		}
	}
	return all
}

func pictures(media []lessons.Media) []string {
	var all []string
	for _, m := range media {
		all = append(all, m.Alt)
	}
	return all
}

// everything is a series with all that a lesson can have.
func everything(t *testing.T) *lessons.Series {
	t.Helper()
	s, report := lessons.Read(os.DirFS("testdata/everything"))
	if !report.OK() {
		t.Fatal(report.Faults)
	}
	return s
}

func all(t *testing.T) []*lessons.Series {
	series := []*lessons.Series{everything(t)}
	folders, _ := filepath.Glob("../../../series/*/series.yaml")
	for _, name := range folders {
		s, _ := lessons.Read(os.DirFS(filepath.Dir(name)))
		series = append(series, s)
	}
	if len(series) < 5 {
		t.Fatalf("%d series", len(series))
	}
	if raced {
		return series[:2]
	}
	return series
}

// TestThereAndBack writes each series in each format and language, and reads
// it again as a new series: what the format holds is the same, and the files
// that it becomes can be taught, but for what no other format has.
func TestThereAndBack(t *testing.T) {
	for _, f := range formats.All {
		for _, s := range all(t) {
			for _, lang := range s.Languages {
				t.Run(f.Name+" "+s.ID+" "+lang, func(t *testing.T) {
					content, _, err := f.Write(s, lang)
					if err != nil {
						t.Fatal(err)
					}
					if found, ok := formats.Of("export"+f.Extension, content); !ok || found.Name != f.Name {
						t.Errorf("taken for %s", found.Name)
					}
					contents, err := f.Read(content, lang)
					if err != nil {
						t.Fatal(err)
					}
					again := anew(t, s, contents)
					var want, got []string
					for _, l := range s.Lessons {
						want = append(want, outline(l.Twins[lang], held[f.Name])...)
					}
					for _, l := range again.Lessons {
						got = append(got, outline(l.Twins[lang], held[f.Name])...)
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s\n%s", diff, content[:min(len(content), 3000)])
					}
				})
			}
		}
	}
}

// anew is contents as a new series, read from the files that they become.
func anew(t *testing.T, like *lessons.Series, c exchange.Contents) *lessons.Series {
	t.Helper()
	s := &lessons.Series{ID: like.ID, Version: "1.0.0", Title: lessons.Text{}, Licence: "CC-BY-4.0", Level: "starter", Authors: like.Authors}
	files := exchange.Into(s, c)
	if like.Files != nil {
		media, _ := fs.Glob(like.Files, "media/*")
		for _, name := range media {
			if _, there := files[name]; !there {
				files[name], _ = fs.ReadFile(like.Files, name)
			}
		}
	}
	folder, err := archive.FS(files)
	if err != nil {
		t.Fatal(err)
	}
	again, report := lessons.Read(folder)
	for _, fault := range report.Faults {
		// What no other format has is for the trainer to add.
		if !slices.Contains([]string{"key-missing", "source-missing", "explanation-missing", "summary-language-missing", "too-long", "question-only-here"}, fault.Code) {
			t.Errorf("%+v\n%s", fault, files[fault.File])
		}
	}
	return again
}

// TestSameIds imports a file a second time: nothing is doubled.
func TestSameIds(t *testing.T) {
	for _, f := range formats.All {
		s := everything(t)
		content, _, err := f.Write(s, "fr")
		if err != nil {
			t.Fatal(err)
		}
		first, _ := f.Read(content, "fr")
		draft := anew(t, s, first)
		second, _ := f.Read(content, "fr")
		before := outlineAll(draft)
		if f.Name == "aiken" { // has no ids: they come from the words
			second.Lessons[0].ID = "other"
		}
		exchange.Into(draft, second)
		if diff := cmp.Diff(before, outlineAll(draft)); diff != "" {
			t.Errorf("%s: %s", f.Name, diff)
		}
	}
}

func outlineAll(s *lessons.Series) []string {
	var all []string
	for _, l := range s.Lessons {
		for _, lang := range slices.Sorted(maps.Keys(l.Twins)) {
			all = append(all, outline(l.Twins[lang], held["csv"])...)
		}
	}
	return all
}

// TestSecondLanguage imports the Dutch of a series into its French: twins.
func TestSecondLanguage(t *testing.T) {
	for _, name := range []string{"moodle", "gift"} {
		f, _ := formats.Named(name)
		s := everything(t)
		french, _, _ := f.Write(s, "fr")
		dutch, _, _ := f.Write(s, "nl")
		first, _ := f.Read(french, "fr")
		draft := anew(t, s, first)
		second, err := f.Read(dutch, "nl")
		if err != nil {
			t.Fatal(err)
		}
		files := exchange.Into(draft, second)
		for file := range files {
			if strings.Contains(file, ".fr.") {
				t.Errorf("%s: the French changes too: %s", name, file)
			}
		}
		for i, l := range draft.Lessons {
			if l.ID != s.Lessons[i].ID || l.Twins["nl"] == nil || l.Twins["fr"] == nil || len(l.Twins["nl"].Questions) != len(l.Twins["fr"].Questions) {
				t.Errorf("%s: %+v", name, l)
			}
		}
		if !slices.Equal(draft.Languages, []string{"fr", "nl"}) {
			t.Errorf("%s: %v", name, draft.Languages)
		}
	}
}

// TestBothLanguages writes both languages in one file, and reads them.
func TestBothLanguages(t *testing.T) {
	for _, f := range formats.All {
		if !f.Languages {
			continue
		}
		s := everything(t)
		content, _, err := f.Write(s, "")
		if err != nil {
			t.Fatal(err)
		}
		contents, err := f.Read(content, "")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(outlineAll(s), outlineAll(anew(t, s, contents))); diff != "" {
			t.Errorf("%s: %s", f.Name, diff)
		}
	}
}

// TestKinds holds that the series of the tests has every kind.
func TestKinds(t *testing.T) {
	seen := map[lessons.Kind]bool{}
	for _, l := range everything(t).Lessons {
		for _, q := range l.In("fr").Questions {
			seen[q.Kind] = true
		}
	}
	if len(seen) != 8 {
		t.Errorf("%v", seen)
	}
}
