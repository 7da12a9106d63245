package console_test

import (
	"strings"
	"testing"
)

// A file that somebody took away while it was written: what was typed is not
// lost, who took it away is said, and it can be saved all the same.
func TestWhatWasTakenAwayMeanwhileIsNotLost(t *testing.T) {
	house, trainer, _ := garden(t)
	base := field(trainer.Get(inFrench), "base")
	trainer.Post("/console/series/le-jardin/rename", "file", "01-arroser.fr.md", "to", "02-arroser.fr.md")
	page := trainer.Post("/console/series/le-jardin/edit", "file", "01-arroser.fr.md", "base", base, "text", "mon texte", "do", "save")
	if page.Status != 422 || !strings.Contains(page.Body, "mon texte</textarea>") || !strings.Contains(spaced(page.Body), "20 octobre") {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	if page = trainer.Post("/console/series/le-jardin/edit", "file", "01-arroser.fr.md", "base", field(page, "base"), "text", "mon texte", "do", "save"); page.Status != 303 {
		t.Fatalf("after having seen it: %d", page.Status)
	}
	if got := source(t, house, "01-arroser.fr.md"); got != "mon texte" {
		t.Errorf("%q", got)
	}
	for _, never := range []string{"09-autre.fr.md", ""} {
		if page := trainer.Post("/console/series/le-jardin/delete", "file", never); page.Status != 404 {
			t.Errorf("%q, which never was, is deleted: %d", never, page.Status)
		}
	}
}
