package library_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"praline/lessons/library"
	"praline/records"
	"praline/records/recordstest"
)

func TestSaveRefuses(t *testing.T) {
	l := written(t)
	for _, row := range []struct{ label, path, content, code string }{
		{"out of the folder", "../x.md", "x", "path-form"},
		{"from the root", "/x.md", "x", "path-form"},
		{"a path of another system", `media\x.png`, "x", "path-form"},
		{"a hidden file", ".git", "x", "path-form"},
		{"in a hidden folder", "media/.x/y.png", "x", "path-form"},
		{"a line break", "a\nb.md", "x", "path-form"},
		{"no name", "", "x", "path-form"},
		{"a program", "media/x.exe", "x", "path-kind"},
		{"a page", "x.html", "x", "path-kind"},
		{"a picture beside the lessons", "x.png", "x", "path-media"},
		{"a text that is too long", "x.md", strings.Repeat("x", library.MaxText+1), "file-too-big"},
	} {
		_, err := l.Save(t.Context(), "spf", "garden", by("ann", 1), library.Change{Path: "README.md", Content: []byte("with it")}, library.Change{Path: row.path, Content: []byte(row.content)})
		if !refused(err, row.code) {
			t.Errorf("%s: %v", row.label, err)
		}
	}
	if d := draft(t, l); len(d.Files) != 3 {
		t.Errorf("something was saved: %v", d.Paths())
	}
}

func TestSeriesThatGrowsTooBig(t *testing.T) {
	l := written(t)
	big := make([]byte, library.MaxMedia)
	var err error
	for i := range 3 {
		big[0] = byte(i)
		_, err = l.Save(t.Context(), "spf", "garden", by("ann", 1), library.Change{Path: fmt.Sprintf("media/%d.mp4", i), Content: big})
	}
	if !refused(err, "series-too-big") {
		t.Error(err)
	}
}

// Who saves over a newer text gets both, and nothing is written.
func TestSaveOverANewerText(t *testing.T) {
	l, ctx := written(t), t.Context()
	seen := draft(t, l).Files["01-water.fr.md"].Digest
	rewrite(t, l, by("eva", 5), "01-water.fr.md", "Arrosez le soir.", "Le texte d’Eva.")
	_, err := l.Save(ctx, "spf", "garden", by("ann", 6), library.Change{Path: "01-water.fr.md", Base: seen, Content: []byte("Le texte d’Ann.\n")})
	var newer *library.Newer
	if !errors.As(err, &newer) || newer.By != "eva" || !strings.Contains(string(newer.Theirs), "Le texte d’Eva.") || string(newer.Yours) != "Le texte d’Ann.\n" {
		t.Fatalf("%v %+v", err, newer)
	}
	if _, err := l.Save(ctx, "spf", "garden", by("ann", 7), library.Change{Path: "01-water.fr.md", Base: newer.Digest, Content: newer.Yours}); err != nil {
		t.Errorf("after having seen both: %v", err)
	}
	_, err = l.Save(ctx, "spf", "garden", by("eva", 8), library.Change{Path: "README.md", Content: []byte("a")})
	if err != nil {
		t.Error(err)
	}
	if _, err = l.Save(ctx, "spf", "garden", by("ann", 8), library.Change{Path: "README.md", Content: []byte("b")}); !errors.As(err, &newer) {
		t.Errorf("a new file that somebody else began: %v", err)
	}
}

// Of many who save other files at once, none is lost.
func TestSaveOtherFilesAtOnce(t *testing.T) {
	l := written(t)
	var wait sync.WaitGroup
	for i := range 10 {
		wait.Go(func() {
			if _, err := l.Save(t.Context(), "spf", "garden", by(fmt.Sprint("p", i), 1), library.Change{Path: fmt.Sprintf("notes-%d.txt", i), Content: []byte("x")}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if d := draft(t, l); len(d.Files) != 13 || len(d.Authors) != 11 {
		t.Errorf("%v by %v", d.Paths(), d.Authors)
	}
}

func TestPastBringsBack(t *testing.T) {
	l, ctx := written(t), t.Context()
	before := draft(t, l).Files["01-water.fr.md"].Digest
	rewrite(t, l, by("ann", 1), "01-water.fr.md", "Arrosez le soir.", "Autre chose.")
	if _, err := l.Rename(ctx, "spf", "garden", by("ann", 2), "01-water.fr.md", "01-eau.fr.md"); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Rename(ctx, "spf", "garden", by("ann", 3), "01-eau.fr.md", "01-water.nl.md"); !refused(err, "path-taken") {
		t.Errorf("over another file: %v", err)
	}
	if _, err := l.Restore(ctx, "spf", "garden", by("ann", 4), "01-water.fr.md", before); err != nil {
		t.Fatal(err)
	}
	d := draft(t, l)
	past, err := l.Past(ctx, "spf", "garden", "01-water.fr.md")
	if err != nil || d.Files["01-water.fr.md"].Digest != before || len(past) != 4 || past[0].By != "ann" || past[1].Digest != "" {
		t.Errorf("%v %v %+v", err, d.Paths(), past)
	}
	if _, err := l.Restore(ctx, "spf", "garden", by("ann", 5), "01-water.fr.md", d.Files["series.yaml"].Digest); !refused(err, "no-past") {
		t.Errorf("another file's text: %v", err)
	}
}

func TestOrganisationsDoNotSeeEachOther(t *testing.T) {
	l, ctx := written(t), t.Context()
	digest := draft(t, l).Files["series.yaml"].Digest
	_, loaded := l.Load(ctx, "fod", "garden")
	_, read := l.Bytes(ctx, "fod", digest)
	_, saved := l.Save(ctx, "fod", "garden", by("eva", 1), library.Change{Path: "README.md", Content: []byte("x")})
	asked := l.AskReview(ctx, "fod", "garden", by("eva", 1), "")
	_, _, drafted := l.Draft(ctx, "fod", "garden")
	for name, err := range map[string]error{"load": loaded, "bytes": read, "save": saved, "ask": asked, "draft": drafted, "try": l.Try(ctx, "fod", "eva", "garden")} {
		if !errors.Is(err, records.ErrNone) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if all, err := l.Drafts(ctx, "fod"); err != nil || len(all) != 0 {
		t.Errorf("%v %v", all, err)
	}
	if _, err := l.Create(ctx, "fod", "garden", by("eva", 2)); err != nil {
		t.Errorf("the same id elsewhere: %v", err)
	}
	if _, err := l.Create(ctx, "spf", "garden", by("ann", 2)); !refused(err, "id-taken") {
		t.Errorf("twice: %v", err)
	}
}

func TestDraftIsAFileSystem(t *testing.T) {
	l := written(t)
	if _, err := l.Save(t.Context(), "spf", "garden", by("ann", 1), library.Change{Path: "media/a.png", Content: []byte("png")}, library.Change{Path: "media/more/b.txt", Content: []byte("b")}); err != nil {
		t.Fatal(err)
	}
	s, _, err := l.Draft(t.Context(), "spf", "garden")
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(s.Files, "series.yaml", "media/a.png", "media/more/b.txt"); err != nil {
		t.Error(err)
	}
}

func TestStoreAwayIsNoFault(t *testing.T) {
	store := &recordstest.Memory{}
	l := &library.Library{Store: store}
	if _, err := l.Create(t.Context(), "spf", "garden", by("ann", 0), garden()...); err != nil {
		t.Fatal(err)
	}
	d := draft(t, l)
	store.Away = errAway
	if _, _, err := l.Check(t.Context(), "spf", d); !errors.Is(err, errAway) {
		t.Errorf("%v", err)
	}
	store.Away = nil
	if _, report, err := l.Check(t.Context(), "spf", d); err != nil || !report.OK() {
		t.Errorf("afterwards: %v %v", err, report)
	}
}
