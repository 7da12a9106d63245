package library_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"praline/lessons"
	"praline/lessons/library"
	"praline/records"
)

// marked writes a difference as one reads it: [-gone-], {+come+}.
func marked(lines []library.Line) []string {
	var all []string
	for _, line := range lines {
		text := map[library.Op]string{library.Same: "  ", library.Added: "+ ", library.Removed: "- "}[line.Op]
		for _, p := range line.Parts {
			switch {
			case p.Marked && line.Op == library.Added:
				text += "{+" + p.Text + "+}"
			case p.Marked:
				text += "[-" + p.Text + "-]"
			default:
				text += p.Text
			}
		}
		if line.Skipped > 0 {
			text += "…"
		}
		all = append(all, text)
	}
	return all
}

func TestCompare(t *testing.T) {
	for _, row := range []struct {
		label, before, after string
		want                 []string
		changed              int
	}{
		{"nothing", "a\nb\n", "a\nb\n", nil, 0},
		{"a word", "Prévenez-la dans les trois jours.\n", "Prévenez-la dans les 72 heures.\n", []string{
			"- Prévenez-la dans les [-trois jours-].", "+ Prévenez-la dans les {+72 heures+}.",
		}, 2},
		{"whole words only", "un document\n", "un documentaire\n", []string{"- un [-document-]", "+ un {+documentaire+}"}, 2},
		{"a line that came", "a\nc\n", "a\nb\nc\n", []string{"  a", "+ {+b+}", "  c"}, 1},
		{"a new file", "", "a\n", []string{"+ {+a+}"}, 1},
		{"lines that have nothing in common", "Il pleut.\n", "Zon!\n", []string{"- [-Il pleut.-]", "+ {+Zon!+}"}, 2},
		{"what is far away is left out", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\nx\n", []string{"  …", "  6", "  7", "  8", "- [-9-]", "+ {+x+}"}, 2},
	} {
		lines, changed := library.Compare([]byte(row.before), []byte(row.after))
		if diff := cmp.Diff(row.want, marked(lines)); diff != "" || changed != row.changed {
			t.Errorf("%s: %d changed, %s", row.label, changed, diff)
		}
	}
}

func TestDifferenceSinceTheLiveVersion(t *testing.T) {
	l := published(t)
	if all, err := l.Difference(t.Context(), "spf", draft(t, l)); err != nil || len(all) != 0 {
		t.Errorf("right after publishing: %+v %v", all, err)
	}
	rewrite(t, l, by("ann", 20), "01-water.fr.md", "Arrosez le soir.", "Arrosez tard.")
	if _, err := l.Save(t.Context(), "spf", "garden", by("ann", 21), library.Change{Path: "01-water.nl.md", Base: library.Whatever}, library.Change{Path: "media/a.png", Content: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	all, err := l.Difference(t.Context(), "spf", draft(t, l))
	var said []string
	for _, f := range all {
		said = append(said, strings.TrimSpace(f.Path+map[bool]string{true: " new"}[f.New]+map[bool]string{true: " gone"}[f.Gone]+map[bool]string{true: " media"}[f.Media]))
	}
	if diff := cmp.Diff([]string{"01-water.fr.md", "01-water.nl.md gone", "media/a.png new media"}, said); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

func TestImpact(t *testing.T) {
	l := published(t)
	l.Holders = func(_ context.Context, org, series string) (int, error) { return len(org + series), nil }
	impact := func() library.Impact {
		i, err := l.Impact(t.Context(), "spf", draft(t, l))
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	if diff := cmp.Diff(library.Impact{Kept: []string{"when"}, Learners: 9}, impact()); diff != "" {
		t.Errorf("nothing changed: %s", diff)
	}
	rewrite(t, l, by("ann", 1), "01-water.fr.md", "Arrosez le soir.", "Arrosez tard.")
	if diff := cmp.Diff(library.Impact{Kept: []string{"when"}, Learners: 9}, impact()); diff != "" {
		t.Errorf("other words: %s", diff)
	}
	for _, lang := range []string{"fr", "nl"} {
		rewrite(t, l, by("ann", 2), "01-water."+lang+".md", "- [x]", "- [ ]", "- [ ]", "- [x]")
	}
	if diff := cmp.Diff(library.Impact{Anew: []string{"when"}, Learners: 9}, impact()); diff != "" {
		t.Errorf("another right answer: %s", diff)
	}
	for _, lang := range []string{"fr", "nl"} {
		rewrite(t, l, by("ann", 3), "01-water."+lang+".md", "## ? when", "## ? when-2")
		if _, err := l.Rename(t.Context(), "spf", "garden", by("ann", 4), "01-water."+lang+".md", "02-rain."+lang+".md"); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(library.Impact{New: []string{"when-2"}, Gone: []string{"when"}, Lessons: []string{"rain"}, Without: []string{"water"}, Learners: 9}, impact()); diff != "" {
		t.Errorf("another lesson: %s", diff)
	}
}

func TestShare(t *testing.T) {
	l, ctx := published(t), t.Context()
	if err := l.Take(ctx, "fod", by("eva", 1), "spf", "garden", true); !errors.Is(err, records.ErrNone) {
		t.Errorf("what is not open: %v", err)
	}
	if err := l.OpenToOthers(ctx, "spf", "garden", true); err != nil {
		t.Fatal(err)
	}
	if all, err := l.Open(ctx); err != nil || len(all) != 1 || all[0].Org != "spf" || all[0].Series.ID != "garden" {
		t.Errorf("%v %v", all, err)
	}
	if err := l.Take(ctx, "fod", by("eva", 1), "spf", "garden", true); err != nil {
		t.Fatal(err)
	}
	if live(t, l, "fod").Series("garden") == nil {
		t.Error("taken over, and not taught")
	}
	if _, err := l.Adapt(ctx, "fod", by("eva", 2), "spf", "garden", "tuin"); err != nil {
		t.Fatal(err)
	}
	s, report, err := l.Draft(ctx, "fod", "tuin")
	if err != nil || !report.OK() || s.ID != "tuin" || s.DerivedFrom != "garden 1.0.0" || s.Licence != "CC-BY-4.0" || s.Version != "0.1.0" {
		t.Errorf("%v %+v %+v", err, report.Faults, s)
	}
	if err := l.OpenToOthers(ctx, "spf", "garden", false); err != nil {
		t.Fatal(err)
	}
	if live(t, l, "fod").Series("garden") != nil {
		t.Error("no longer open, and still taught elsewhere")
	}
}

func TestAdaptFromTheOpenCatalogue(t *testing.T) {
	folder := fstest.MapFS{}
	for _, c := range garden() {
		folder[c.Path] = &fstest.MapFile{Data: c.Content}
	}
	open, report := lessons.Read(folder)
	if !report.OK() {
		t.Fatal(report)
	}
	l := &library.Library{Store: written(t).Store, Catalogue: lessons.NewCatalogue(open)}
	if _, err := l.Create(t.Context(), "fod", "garden", by("eva", 1)); !refused(err, "id-open") {
		t.Errorf("an id of the open catalogue: %v", err)
	}
	if _, err := l.Adapt(t.Context(), "fod", by("eva", 1), "", "garden", "potager"); err != nil {
		t.Error(err)
	}
	if s, report, err := l.Draft(t.Context(), "fod", "potager"); err != nil || !report.OK() || s.DerivedFrom != "garden 1.0.0" {
		t.Errorf("%v %v", err, report)
	}
}

func TestTrying(t *testing.T) {
	l, ctx := published(t), t.Context()
	if s, err := l.Trying(ctx, "spf", "ann"); s != nil || err != nil {
		t.Errorf("nothing tried: %v %v", s, err)
	}
	if err := l.Try(ctx, "spf", "ann", "garden"); err != nil {
		t.Fatal(err)
	}
	s, err := l.Trying(ctx, "spf", "ann")
	if err != nil || s.ID != "try-garden" || len(s.Lessons) != 1 {
		t.Fatalf("%+v %v", s, err)
	}
	if got := live(t, l, "spf").Series("garden"); got == nil {
		t.Error("what is live changed its id")
	}
	if s, _ := l.Trying(ctx, "spf", "rik"); s != nil {
		t.Error("somebody else tries it too")
	}
	rewrite(t, l, by("ann", 20), "01-water.fr.md", "- [x]", "- [ ]")
	if s, err := l.Trying(ctx, "spf", "ann"); s != nil || err != nil {
		t.Errorf("a draft that broke meanwhile: %v %v", s, err)
	}
	if err := l.Try(ctx, "spf", "ann", ""); err != nil {
		t.Error(err)
	}
}
