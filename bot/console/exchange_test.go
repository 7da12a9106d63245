package console_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/lessons"
	"praline/lessons/exchange/archive"
)

const quiz = `$CATEGORY: $course$/top/Accueil 2027/Le guichet

::heure::À quelle heure ouvre le guichet ? {
=9 heures#Oui.
~10 heures
~%50%Midi
####Neuf heures.}

::essai::Racontez. {}
`

// exchanging is a house with an open catalogue of one series.
func exchanging(t *testing.T) *consoletest.House {
	t.Helper()
	s, report := lessons.Read(os.DirFS("../../series/phishing"))
	if !report.OK() {
		t.Fatal(report.Faults)
	}
	return consoletest.New(t, func(o *console.Options) {
		o.Catalogue = func(context.Context, string) (lessons.Catalogue, error) { return lessons.NewCatalogue(s), nil }
	})
}

func TestFileBecomesADraft(t *testing.T) {
	house := exchanging(t)
	trainer := house.SignedIn("trainer")
	page := trainer.Upload("/console/exchange", "file", "quiz.txt", []byte(quiz), "lang", "fr", "into", "", "id", "")
	if page.Status != 303 || page.To != "/console/exchange/upload" {
		t.Fatalf("%d %s %s", page.Status, page.To, page.Body)
	}
	seen := trainer.Get("/console/exchange/upload").Body
	for _, want := range []string{"GIFT", "une leçon et une question", "accueil-2027", "Midi", ">9<", "réponse libre", "01-le-guichet.fr.md", "Créer cette série"} {
		if !strings.Contains(seen, want) {
			t.Errorf("no %q in %s", want, seen)
		}
	}
	if page := trainer.Get("/console/series/accueil-2027"); page.Status != 404 {
		t.Errorf("looking made the series: %d", page.Status)
	}
	if page := trainer.Post("/console/exchange/upload"); page.To != "/console/series/accueil-2027" {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	if page := trainer.Get("/console/series/accueil-2027"); page.Status != 200 || !strings.Contains(page.Body, "Le guichet") {
		t.Errorf("%d %s", page.Status, page.Body)
	}
	// A second press has nothing more to do; the file comes in again without doubling.
	if page := trainer.Post("/console/exchange/upload"); page.To != "/console/exchange" {
		t.Errorf("%d %s", page.Status, page.To)
	}
	changed := strings.Replace(quiz, "Neuf heures.", "Dès neuf heures.", 1)
	if page := trainer.Upload("/console/exchange", "file", "quiz.txt", []byte(changed), "lang", "fr", "into", "accueil-2027"); page.Status != 303 {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	trainer.Post("/console/exchange/upload")
	s, _, err := house.Options.Library.Draft(context.Background(), consoletest.Org, "accueil-2027")
	if err != nil || len(s.Lessons) != 1 || len(s.Lessons[0].Twins["fr"].Questions) != 1 || s.Lessons[0].Twins["fr"].Questions[0].Explanation != "Dès neuf heures." {
		t.Errorf("%v: %+v", err, s.Lessons)
	}
	// Another one's upload is not mine.
	if page := house.SignedIn("reviewer").Get("/console/exchange"); page.Status != 403 {
		t.Errorf("a reviewer: %d", page.Status)
	}
}

func TestUploadIsRefusedAtItsField(t *testing.T) {
	house := exchanging(t)
	trainer := house.SignedIn("trainer")
	evil, err := archive.Pack(map[string][]byte{"series.yaml": []byte("id: a"), "media/a.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`)})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ label, name, content, want string }{
		{"nothing", "a.txt", "", "Choisissez un fichier"},
		{"a program", "a.exe", "MZ", "pas d’un type"},
		{"a drawing with a program", "a.zip", string(evil), "contient un programme"},
		{"XML with an entity", "a.xml", `<!DOCTYPE q [<!ENTITY a "a">]><quiz>&a;</quiz>`, "DOCTYPE"},
		{"broken XML", "a.xml", "<quiz>\n<question></quiz>", "pas ce que dit son nom"},
		{"no questions", "a.csv", "a;b\n1;2\n", "ligne de titres"},
	} {
		page := trainer.Upload("/console/exchange", "file", row.name, []byte(row.content), "lang", "fr", "into", "", "id", "nouvelle")
		if page.Status != 422 || !strings.Contains(page.Body, row.want) || !strings.Contains(page.Body, `value="nouvelle"`) {
			t.Errorf("%s: %d, no %q in %s", row.label, page.Status, row.want, page.Body)
		}
	}
	if page := trainer.Upload("/console/exchange", "file", "a.txt", []byte("Q {T}"), "into", "", "id", "../x"); page.Status != 422 || !strings.Contains(page.Body, "nom court") {
		t.Errorf("an id that is none: %d", page.Status)
	}
	if page := trainer.Upload("/console/exchange", "file", "a.txt", []byte("Q {T}"), "into", "another-organisations"); page.Status != 422 {
		t.Errorf("a series that is not there: %d", page.Status)
	}
}

func TestSeriesIsTakenAlong(t *testing.T) {
	house := exchanging(t)
	trainer := house.SignedIn("trainer")
	page := trainer.Get("/console/exchange/take/live/phishing")
	for _, want := range []string{"Moodle XML", "Aiken", "sondage", "réponse courte", "/console/exchange/take/live/phishing/gift?lang=nl"} {
		if page.Status != 200 || !strings.Contains(page.Body, want) {
			t.Errorf("%d: no %q", page.Status, want)
		}
	}
	for _, row := range []struct{ path, begins, name string }{
		{"moodle?lang=fr", "<?xml", "phishing.fr.xml"},
		{"gift?lang=nl", "// [lesson", "phishing.nl.gift.txt"},
		{"csv", "\uFEFFrow;id", "phishing.csv"},
		{"xlsx", "PK", "phishing.xlsx"},
		{"aiken?lang=fr", "", "phishing.fr.aiken.txt"},
		{"zip", "PK", "phishing.zip"},
	} {
		page := trainer.Get("/console/exchange/take/live/phishing/" + row.path)
		if page.Status != 200 || !bytes.HasPrefix([]byte(page.Body), []byte(row.begins)) || !strings.Contains(page.Header.Get("Content-Disposition"), `"`+row.name+`"`) {
			t.Errorf("%s: %d %q %.60q", row.path, page.Status, page.Header.Get("Content-Disposition"), page.Body)
		}
	}
	for _, path := range []string{"live/nothing", "draft/phishing", "other/phishing", "live/phishing/gift?lang=de", "live/phishing/doc"} {
		if page := trainer.Get("/console/exchange/take/" + path); page.Status != 404 {
			t.Errorf("%s: %d", path, page.Status)
		}
	}
}
