package lessons_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"praline/lessons"
)

// sameValues compares what is taught, not where it stands.
var sameValues = cmp.Options{
	cmpopts.IgnoreFields(lessons.Series{}, "Files"), cmpopts.IgnoreFields(lessons.Screen{}, "Line"),
	cmpopts.IgnoreFields(lessons.Question{}, "Line"), cmpopts.IgnoreFields(lessons.Choice{}, "Line"),
	cmpopts.IgnoreFields(lessons.Media{}, "Line"), cmpopts.EquateEmpty(),
}

// written reads what Write writes of a series, over its media.
func written(s *lessons.Series) (*lessons.Series, lessons.Report) {
	folder := fstest.MapFS{}
	if s.Files != nil {
		media, _ := fs.Glob(s.Files, "media/*")
		for _, name := range media {
			content, _ := fs.ReadFile(s.Files, name)
			folder[name] = &fstest.MapFile{Data: content}
		}
	}
	for name, content := range lessons.Write(s) {
		folder[name] = &fstest.MapFile{Data: content}
	}
	return lessons.Read(folder)
}

func TestWriteIsReadAgain(t *testing.T) {
	folders, _ := filepath.Glob("../series/*/series.yaml")
	for _, name := range folders {
		s, _ := lessons.Read(os.DirFS(filepath.Dir(name)))
		again, report := written(s)
		if !report.OK() {
			t.Errorf("%s: %v", name, report.Faults)
		}
		if diff := cmp.Diff(s, again, sameValues); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	if len(folders) < 4 {
		t.Errorf("%d series", len(folders))
	}
}

func TestWriteNumber(t *testing.T) {
	for v, want := range map[float64]string{42: "42", -1.5: "-1,5", 1.234: "1,2340", 0.234: "0,234", 1234: "1234", 1e6: "1000000", 0.1: "0,1"} {
		if got := lessons.WriteNumber(v); got != want {
			t.Errorf("%v: %s", v, got)
		}
	}
}

// word is a word as trainers type them, with what Markdown could mistake. A
// line of text cannot start with =, which is how answers
// start, nor a title with > or ?.
var word = rapid.OneOf(
	rapid.StringMatching(`[a-zéèçA-Z]{1,8}`),
	rapid.SampledFrom([]string{"L’été", "50 %", "1.", "2)", "-", "+", "#", "a*b", "c_d", "[x]", "<b>", "&amp;", "|", "~", "`", "\\", "!", "![", "{", "3,14", "https://a.be/b_c"}),
)

// said are plain words, of which a text without marks is made.
func said(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(word, 1, 5).Draw(t, label), " ")
}

// inline is a line of Markdown.
func inline(t *rapid.T, label string) string {
	text := lessons.Escape(said(t, label))
	switch rapid.IntRange(0, 5).Draw(t, label+" mark") {
	case 0:
		return "**" + rapid.StringMatching(`[a-z]{1,5}`).Draw(t, label) + "** " + text
	case 1:
		return text + " [lien](https://www.belgium.be/fr)"
	case 2:
		return text + " `a|b`"
	}
	return text
}

// text is some paragraphs and lists.
func text(t *rapid.T, label string) string {
	var blocks []string
	for range rapid.IntRange(1, 3).Draw(t, label+" blocks") {
		switch rapid.IntRange(0, 3).Draw(t, label+" block") {
		case 0:
			if len(blocks) == 0 || !strings.HasPrefix(blocks[len(blocks)-1], "- ") {
				blocks = append(blocks, "- "+inline(t, label)+"\n- "+inline(t, label))
			}
		case 1:
			blocks = append(blocks, inline(t, label)+" fin\\\n"+inline(t, label))
		default:
			blocks = append(blocks, inline(t, label))
		}
	}
	return strings.Join(blocks, "\n\n")
}

// distinct are texts of which no two read alike.
func distinct(t *rapid.T, label string, least int) []string {
	all := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{4,9}`), least, 5, rapid.ID).Draw(t, label)
	for i := range all {
		all[i] = lessons.Escape(all[i] + " " + said(t, label))
	}
	return all
}

func question(t *rapid.T, id string, kind lessons.Kind) *lessons.Question {
	q := &lessons.Question{ID: id, Kind: kind, Text: text(t, "text"), Explanation: text(t, "explanation")}
	words := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{2,6}[*_<>#&!.-]{0,2}[a-z]{2}`), 2, 4, rapid.ID)
	switch kind {
	case lessons.Single, lessons.Multiple, lessons.Poll:
		right := map[lessons.Kind]int{lessons.Single: 1, lessons.Multiple: 2}[kind]
		for i, c := range distinct(t, "choices", 3) {
			choice := lessons.Choice{Text: c, Right: i < right}
			if rapid.Bool().Draw(t, "feedback") {
				choice.Feedback = text(t, "feedback")
			}
			q.Choices = append(q.Choices, choice)
		}
	case lessons.Short:
		q.Accepted = words.Draw(t, "accepted")
	case lessons.Gap:
		q.Text, q.Accepted = inline(t, "before")+" ____ "+inline(t, "after"), words.Draw(t, "accepted")
	case lessons.Number:
		q.Value, q.Tolerance = float64(rapid.IntRange(-99999999, 99999999).Draw(t, "value"))/1000, float64(rapid.IntRange(0, 9999).Draw(t, "tolerance"))/100
	case lessons.Order:
		q.Items = distinct(t, "items", 2)
	case lessons.Pairs:
		q.Left, q.Right = distinct(t, "left", 2), distinct(t, "right", 2)
		n := min(len(q.Left), len(q.Right))
		q.Left, q.Right, q.LeftTitle = q.Left[:n], q.Right[:n], inline(t, "title")
	}
	return q
}

var kinds = []lessons.Kind{lessons.Single, lessons.Multiple, lessons.Poll, lessons.Short, lessons.Number, lessons.Order, lessons.Pairs, lessons.Gap}

// TestWriteAnything writes series that nobody would write, and reads them.
func TestWriteAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// In German: French spaces are bound when they are read.
		page := &lessons.Twin{File: "01-one.de.md", Lang: "de", Title: said(t, "title"), Minutes: 5, Objective: said(t, "objective"), Sources: []string{"https://www.belgium.be/fr"}}
		for range rapid.IntRange(0, 2).Draw(t, "screens") {
			page.Screens = append(page.Screens, lessons.Screen{Title: said(t, "title"), Text: text(t, "screen"), Media: []lessons.Media{{Path: "media/a b(1).png", Alt: said(t, "alt")}}})
		}
		for i, kind := range rapid.SliceOfN(rapid.SampledFrom(kinds), 1, 3).Draw(t, "kinds") {
			page.Questions = append(page.Questions, question(t, "q-"+string(rune('a'+i)), kind))
		}
		s := &lessons.Series{
			ID: "any", Version: "1.0.0", Title: lessons.Text{"de": said(t, "title")}, Summary: lessons.Text{"de": said(t, "summary")}, Licence: "CC-BY-4.0",
			Authors: []lessons.Person{{Name: said(t, "author"), Organisation: said(t, "organisation")}}, Level: "starter", Keywords: []string{said(t, "keyword")},
			Languages: []string{"de"}, Lessons: []*lessons.Lesson{{ID: "one", Twins: map[string]*lessons.Twin{"de": page}}},
			Files: fstest.MapFS{"media/a b(1).png": {Data: []byte("\x89PNG\r\n\x1a\n")}},
		}
		again, report := written(s)
		faults := slices.DeleteFunc(report.Faults, func(f lessons.Finding) bool { return f.Code == "too-long" })
		diff := cmp.Diff(s, again, sameValues)
		if len(faults) > 0 || diff != "" {
			t.Fatalf("%v\n%s\n%s", faults, lessons.Write(s)[page.File], diff)
		}
	})
}

// FuzzWrite reads any bytes as a page: what can be taught is written so that
// it is read as the same.
func FuzzWrite(f *testing.F) {
	pages, _ := filepath.Glob("../series/*/0[1-4]*.fr.md")
	for _, name := range pages {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	small := base(f)
	f.Fuzz(func(t *testing.T, page []byte) {
		folder := maps.Clone(small)
		folder["01-one.fr.md"] = &fstest.MapFile{Data: page}
		s, report := lessons.Read(folder)
		if !report.OK() {
			return
		}
		again, report := written(s)
		if diff := cmp.Diff(s, again, sameValues); diff != "" || !report.OK() {
			t.Errorf("%v\n%s", report.Faults, diff)
		}
	})
}
