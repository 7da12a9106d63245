package console_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"praline/bot/console/consoletest"
	"praline/lessons/library"
)

// A series that a trainer wrote and a reviewer read is on the page of each, as
// what they did, and on nobody else's.
func TestYear(t *testing.T) {
	house := consoletest.New(t)
	ctx, lib := t.Context(), house.Options.Library
	files, err := fs.Sub(os.DirFS("../../series"), "phishing")
	if err != nil {
		t.Fatal(err)
	}
	trainer, reviewer := library.Mark{By: "trainer", At: consoletest.Began}, library.Mark{By: "reviewer", At: consoletest.Began}
	var changes []library.Change
	if err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		if path == "series.yaml" {
			content = []byte(strings.Replace(string(content), "id: phishing", "id: own", 1))
		}
		changes = append(changes, library.Change{Path: path, Content: content})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := lib.Create(ctx, consoletest.Org, "own", trainer, changes...); err != nil {
		t.Fatal(err)
	}
	if err := lib.AskReview(ctx, consoletest.Org, "own", trainer, ""); err != nil {
		t.Fatal(err)
	}
	draft, err := lib.Load(ctx, consoletest.Org, "own")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lib.Approve(ctx, consoletest.Org, "own", reviewer, draft.Digest()); err != nil {
		t.Fatal(err)
	}
	if _, err := lib.Publish(ctx, consoletest.Org, "own", library.Publication{Mark: reviewer, Draft: draft.Digest()}); err != nil {
		t.Fatal(err)
	}
	for _, press := range []string{"a", "b"} {
		if err := house.Options.Recognition.Thank(ctx, consoletest.Org, "own/sender", press, consoletest.Began); err != nil {
			t.Fatal(err)
		}
	}
	for who, want := range map[string][]string{
		"trainer":  {"Une série et 2 mercis", "Écriture", "Moins de cinq"},
		"reviewer": {"Une série et 2 mercis", "Relecture"},
		"manager":  {"In 2026 werd niets op uw naam gepubliceerd"},
	} {
		page := house.SignedIn(who).Get("/console/year")
		for _, words := range want {
			if page.Status != 200 || !strings.Contains(page.Body, words) {
				t.Errorf("%s: %d, no %q\n%s", who, page.Status, words, page.Body)
			}
		}
	}
	for path, status := range map[string]int{"/console/year/2025": 200, "/console/year/2027": 404, "/console/year/x": 404} {
		if page := house.SignedIn("trainer").Get(path); page.Status != status {
			t.Errorf("%s: %d", path, page.Status)
		}
	}
}
