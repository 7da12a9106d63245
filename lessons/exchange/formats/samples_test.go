package formats_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/formats"
	"praline/locales"
)

var update = flag.Bool("update", false, "write the golden files anew")

// samples are files as Moodle and people write them, and what they become:
// <file>.golden.
var samples = []string{
	"../moodle/testdata/moodle4.xml", "../gift/testdata/mixed.gift", "testdata/people.aiken.txt", "testdata/list.csv", "testdata/rows.csv",
}

func TestSamples(t *testing.T) {
	for _, name := range samples {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, ok := formats.Of(name, content)
		if !ok {
			t.Fatalf("%s: no format", name)
		}
		contents, err := f.Read(content, "fr")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var b strings.Builder
		for _, n := range contents.Notes {
			saidWell(t, n)
			fmt.Fprintf(&b, "%d %s: %s\n", n.Line, n.Where, locales.For("en").Say("exchange.note."+n.Code, n.Args...))
		}
		s := &lessons.Series{ID: "sample", Version: "1.0.0"}
		files := exchange.Into(s, contents)
		for _, file := range slices.Sorted(maps.Keys(files)) {
			if strings.HasPrefix(file, "media/") {
				fmt.Fprintf(&b, "\n== %s, %d bytes\n", file, len(files[file]))
				continue
			}
			fmt.Fprintf(&b, "\n== %s\n%s", file, files[file])
		}
		golden := "testdata/" + name[strings.LastIndexByte(name, '/')+1:] + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, _ := os.ReadFile(golden)
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s (-update writes it anew):\n%s", golden, diff)
		}
		anew(t, &lessons.Series{ID: "sample", Authors: []lessons.Person{{Name: "Amélie Exemple"}}}, contents) // no fault but what is to be written
	}
}

// saidWell holds that a note has words in each language, with all that they
// ask for.
func saidWell(t *testing.T, n exchange.Note) {
	t.Helper()
	for _, lang := range []string{"fr", "nl", "en"} {
		id, words := "exchange.note."+n.Code, locales.For(lang)
		if said := words.Say(id, n.Args...); !words.Has(id) || strings.Contains(said, "<no value>") {
			t.Errorf("%s in %s: %q", n.Code, lang, said)
		}
	}
}

// TestLossesHaveWords writes everything in each format: each loss is said.
func TestLossesHaveWords(t *testing.T) {
	for _, f := range formats.All {
		for _, s := range all(t) {
			_, notes, err := f.Write(s, "fr")
			if err != nil || len(notes) == 0 {
				t.Errorf("%s: %v, %v", f.Name, notes, err)
			}
			for _, n := range notes {
				saidWell(t, n)
			}
		}
	}
}
