package bot_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"praline/bot"
	"praline/lessons"
)

// A rehearsal is the conversation itself: every screen, every question and the
// feedback on its right answer, in its place.
func TestRehearse(t *testing.T) {
	catalogue := lessons.NewCatalogue(atelier(t))
	now := time.Date(2026, 10, 14, 10, 0, 0, 0, brussels)
	for _, row := range []struct {
		lesson, lang string
		said         []string
		of           map[bool]int // how many screens (they have a title), and how many questions
	}{
		{"atelier/bruxelles", "fr", []string{"Une capitale", "Deux langues", "Un parc", "Quelle ville", "Quelle ville", "Aimez-vous", "Aimez-vous", "Quel bâtiment", "Quel bâtiment"}, map[bool]int{true: 3, false: 3}},
		{"atelier/ordre", "nl", []string{"De volgorde", "Zet van oud naar nieuw.", "Dat klopt.", "Verbind", "Dat klopt."}, map[bool]int{true: 1, false: 2}},
		{"atelier/nowhere", "fr", nil, nil},
	} {
		said := bot.Rehearse(catalogue, row.lesson, row.lang, now)
		if len(said) != len(row.said) {
			t.Errorf("%s: %d messages, not %d", row.lesson, len(said), len(row.said))
			continue
		}
		for i, m := range said {
			if !strings.Contains(read(m), row.said[i]) {
				t.Errorf("%s: message %d has no %q:\n%s", row.lesson, i, row.said[i], read(m))
			}
			if m.Steps != nil && m.Steps.Of != row.of[m.Title != ""] {
				t.Errorf("%s: message %d is %q: the lesson has %v", row.lesson, i, m.Steps.Label, row.of)
			}
		}
	}
}

// A preview is for series that are half written: whatever is wrong with one, it
// shows what there is, in every language, and stops at nothing.
func TestRehearseHalfWritten(t *testing.T) {
	now := time.Date(2026, 10, 14, 10, 0, 0, 0, brussels)
	base, err := txtar.ParseFile("../lessons/testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]txtar.File{}
	archives, _ := filepath.Glob("../lessons/testdata/broken/*.txtar")
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rows[filepath.Base(name)] = archive.Files
	}
	const head = "---\ntitle: Une leçon\nminutes: 2\nobjective: Un objectif.\nsources: [https://www.belgium.be/fr]\n---\n# Un\n\nTexte.\n\n"
	for label, question := range map[string]string{
		"an answer that is only begun": "La question ?\n\n= ",
		"no answer yet":                "La question ?",
		"a gap without a word":         "Une phrase avec {{}}.",
		"a tolerance that is none":     "Combien ?\n\n= 1 ± a",
		"a number that has two senses": "Combien ?\n\n= 1.234",
		"one item":                     "Dans quel ordre ?\n\n1. ",
		"a table with a head only":     "Reliez.\n\n| a | b |\n|---|---|\n",
		"one box":                      "Quoi ?\n\n- [ ] ",
		"the same id twice":            "Quoi ?\n\n= a\n\n## ? one\n\nEt ?\n\n= b",
	} {
		rows[label] = []txtar.File{{Name: "01-one.fr.md", Data: []byte(head + "## ? one\n\n" + question + "\n")}}
	}
	if len(rows) < 50 {
		t.Fatalf("%d series only", len(rows))
	}
	for label, over := range rows {
		t.Run(label, func(t *testing.T) {
			folder := fstest.MapFS{}
			for _, f := range append(slices.Clone(base.Files), over...) {
				if delete(folder, f.Name); string(f.Data) != "absent\n" {
					folder[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			series, _ := lessons.Read(folder)
			if series == nil {
				return
			}
			catalogue := lessons.NewCatalogue(series)
			for _, lesson := range series.Lessons {
				for _, lang := range []string{"fr", "nl", "de"} {
					said := bot.Rehearse(catalogue, series.ID+"/"+lesson.ID, lang, now)
					if screens := len(lesson.In(lang).Screens); len(said) < screens {
						t.Errorf("%s in %s: %d messages for %d screens", lesson.ID, lang, len(said), screens)
					}
				}
			}
		})
	}
}
