package console_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/people"
	"praline/lessons/library"
)

// garden is a house in which the trainer began the series "le-jardin".
func garden(t *testing.T, change ...func(*console.Options)) (house *consoletest.House, trainer, reviewer *consoletest.Browser) {
	t.Helper()
	house = consoletest.New(t, change...)
	trainer, reviewer = house.SignedIn("trainer"), house.SignedIn("reviewer")
	page := trainer.Post("/console/series/new", "title-fr", "Le jardin", "title-nl", "De tuin", "summary-fr", "Un jardin.", "summary-nl", "Een tuin.",
		"template", "reflex", "lesson-fr", "Arroser", "lesson-nl", "Water geven", "level", "starter", "licence", "CC-BY-4.0")
	if page.Status != 303 || page.To != "/console/series/le-jardin" {
		t.Fatalf("created: %d %s %s", page.Status, page.To, page.Body)
	}
	return house, trainer, reviewer
}

var hidden = regexp.MustCompile(`name="(base|seen|digest)" value="([^"]*)"`)

// field is the value of a hidden field, or of the button, of a page.
func field(page consoletest.Page, name string) string {
	for _, found := range hidden.FindAllStringSubmatch(page.Body, -1) {
		if found[1] == name {
			return found[2]
		}
	}
	return ""
}

const (
	inFrench = "/console/series/le-jardin/edit?file=01-arroser.fr.md"
	inReview = "/console/review/le-jardin"
)

// rewrite replaces words in a file, as the browser's form does.
func rewrite(t *testing.T, house *consoletest.House, b *consoletest.Browser, file, from, to string) {
	t.Helper()
	page := b.Get("/console/series/le-jardin/edit?file=" + file)
	text := source(t, house, file)
	if !strings.Contains(text, from) {
		t.Fatalf("%s has no %q:\n%s", file, from, text)
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, from, to), "\n", "\r\n")
	if page = b.Post("/console/series/le-jardin/edit", "file", file, "base", field(page, "base"), "text", text, "do", "save"); page.Status != 303 {
		t.Fatalf("saved: %d %s", page.Status, page.Body)
	}
}

func source(t *testing.T, house *consoletest.House, file string) string {
	t.Helper()
	l := house.Options.Library
	d, err := l.Load(t.Context(), consoletest.Org, "le-jardin")
	if err != nil {
		t.Fatal(err)
	}
	text, err := l.Bytes(t.Context(), consoletest.Org, d.Files[file].Digest)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPagesOnSeriesAreDrawn(t *testing.T) {
	house, trainer, _ := garden(t)
	for _, path := range []string{
		"/console/series", "/console/series/new", "/console/series/le-jardin", inFrench, "/console/series/le-jardin/edit?file=series.yaml",
		"/console/series/le-jardin/side/01-arroser", "/console/series/le-jardin/past", "/console/series/le-jardin/past?file=series.yaml", inReview,
		"/console/guide/advice", "/console/guide/write-a-lesson", "/console/facts", "/console",
	} {
		for _, person := range []string{"trainer", "reviewer"} {
			page := trainer.Get(path)
			if person == "reviewer" && !strings.HasPrefix(path, "/console/series") {
				page = house.SignedIn(person).Get(path)
			}
			if page.Status != 200 || strings.Contains(page.Body, "library.") || strings.Count(page.Body, "<h1") != 1 {
				t.Errorf("%s: %s: %d %s", person, path, page.Status, page.Body)
			}
		}
	}
	if page := trainer.Get(inFrench); !strings.Contains(page.Body, "Telegram") || !strings.Contains(page.Body, "Le bon geste, écrit simplement") {
		t.Errorf("no preview: %s", page.Body)
	}
	if page := trainer.Get("/console/guide/advice"); !strings.Contains(page.Body, `id="right-longest"`) {
		t.Error("the guide has no anchors")
	}
}

// A trainer writes, a reviewer asks for a change, then publishes; a mistake is
// taken back.
func TestFromNewSeriesToLive(t *testing.T) {
	house, trainer, reviewer := garden(t)
	live := func() string {
		all, err := house.Options.Library.Live(t.Context(), consoletest.Org)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, s := range all {
			said = append(said, s.ID+" "+s.Version)
		}
		return strings.Join(said, ", ")
	}
	publish := func(version string) consoletest.Page {
		if page := trainer.Post("/console/series/le-jardin/ask", "version", version, "note", "Le geste est plus précis."); page.Status != 303 {
			t.Fatalf("asked: %d %s", page.Status, page.Body)
		}
		page := reviewer.Get(inReview)
		return reviewer.Post(inReview+"/publish", "seen", field(page, "seen"), "do", "publish")
	}
	if page := trainer.Post("/console/series/le-jardin/ask", "version", "1"); page.Status != 422 || !strings.Contains(page.Body, "trois nombres") {
		t.Errorf("a version that is none: %d", page.Status)
	}
	if page := publish("1.0.0"); page.Status != 303 || live() != "le-jardin 1.0.0" {
		t.Fatalf("published: %d %q %s", page.Status, live(), page.Body)
	}
	rewrite(t, house, trainer, "01-arroser.fr.md", "une phrase courte", "une phrase nette")
	trainer.Post("/console/series/le-jardin/ask", "version", "1.0.1", "note", "Plus net.")
	if page := reviewer.Get("/console"); !strings.Contains(page.Body, "Le jardin") {
		t.Error("the review does not wait on the reviewer's home")
	}
	page := reviewer.Get(inReview)
	for _, want := range []string{"<del>courte</del>", "<ins>nette</ins>", "Approuver et publier", "Pour une question, chacun continue où il en est.", "Plus net.", "Quatre yeux"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the review has no %q: %s", want, page.Body)
		}
	}
	line := 1 + strings.Count(source(t, house, "01-arroser.fr.md")[:strings.Index(source(t, house, "01-arroser.fr.md"), "phrase nette")], "\n")
	form := reviewer.Get(fmt.Sprintf("%s?on=01-arroser.fr.md:%d", inReview, line))
	if page := reviewer.Post(inReview+"/comment", "file", "01-arroser.fr.md", "digest", field(form, "digest"), "line", fmt.Sprint(line), "comment", "Quelle phrase ?"); page.Status != 303 {
		t.Errorf("comment: %d %s", page.Status, page.Body)
	}
	if page := reviewer.Post(inReview+"/changes", "note", "Donnez un exemple."); page.Status != 303 {
		t.Errorf("changes: %d", page.Status)
	}
	if page := trainer.Get("/console"); !strings.Contains(page.Body, "Donnez un exemple.") {
		t.Error("the change does not wait on the trainer's home")
	}
	if page := trainer.Post(inReview+"/reply", "thread", "1", "reply-1", "C’est fait."); page.Status != 303 {
		t.Errorf("reply: %d %s", page.Status, page.Body)
	}
	if page := trainer.Get(inReview); !strings.Contains(page.Body, "Quelle phrase ?") || !strings.Contains(page.Body, "C’est fait.") {
		t.Errorf("the thread is not shown: %s", page.Body)
	}
	if page := publish("1.0.1"); page.Status != 303 || live() != "le-jardin 1.0.1" {
		t.Fatalf("published: %d %q", page.Status, live())
	}
	digest := regexp.MustCompile(`name="digest" value="([0-9a-f]{64})"`).FindStringSubmatch(reviewer.Get(inReview).Body)
	if page := reviewer.Post(inReview+"/back", "digest", digest[1]); page.Status != 303 || live() != "le-jardin 1.0.0" {
		t.Errorf("back: %d %q", page.Status, live())
	}
}

// Who reviews and writes cannot publish alone.
func TestReviewerWhoWroteIsToldWhy(t *testing.T) {
	house, trainer, _ := garden(t)
	house.Person(consoletest.Org, people.Person{ID: "both", Name: "Noa Exemple", Lang: "fr", Roles: []people.Role{people.Trainer, people.Reviewer}})
	both := house.SignedIn("both")
	rewrite(t, house, both, "01-arroser.fr.md", "une phrase courte", "une phrase nette")
	trainer.Post("/console/series/le-jardin/ask", "version", "1.0.0")
	page := both.Get(inReview)
	if !strings.Contains(page.Body, "Donner mon accord") || strings.Contains(page.Body, "Approuver et publier") {
		t.Errorf("offered to publish alone: %s", page.Body)
	}
	both.Post(inReview+"/publish", "seen", field(page, "seen"), "do", "publish")
	if all, _ := house.Options.Library.Live(t.Context(), consoletest.Org); len(all) != 0 {
		t.Error("published alone")
	}
}

func TestSaveOverANewerTextShowsBoth(t *testing.T) {
	house, trainer, _ := garden(t)
	house.Person(consoletest.Org, people.Person{ID: "eva", Name: "Eva Exemple", Lang: "fr", Roles: []people.Role{people.Trainer}})
	old := field(trainer.Get(inFrench), "base")
	rewrite(t, house, house.SignedIn("eva"), "01-arroser.fr.md", "une phrase courte", "le texte d’Eva")
	page := trainer.Post("/console/series/le-jardin/edit", "file", "01-arroser.fr.md", "base", old, "text", "mon texte à moi", "do", "save")
	if page.Status != 422 || !strings.Contains(page.Body, "Eva Exemple") || !strings.Contains(page.Body, "le texte d’Eva") || !strings.Contains(page.Body, "mon texte à moi") {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	if page = trainer.Post("/console/series/le-jardin/edit", "file", "01-arroser.fr.md", "base", field(page, "base"), "text", "les deux", "do", "save"); page.Status != 303 {
		t.Errorf("after having seen both: %d", page.Status)
	}
}

// What a trainer writes is text, wherever it is shown.
func TestScriptInALessonIsInert(t *testing.T) {
	const attack = `<script>alert(1)</script><img src=x onerror=alert(2)>"><svg onload=alert(3)>`
	house, trainer, reviewer := garden(t)
	rewrite(t, house, trainer, "01-arroser.fr.md", "Dites ici la seule idée", attack+" [clic](javascript:alert(4)) Dites ici la seule idée")
	rewrite(t, house, trainer, "01-arroser.fr.md", `title: "Arroser"`, `title: '`+attack+`'`)
	trainer.Post("/console/series/le-jardin/ask", "version", "1.0.0", "note", attack)
	d, _ := house.Options.Library.Load(t.Context(), consoletest.Org, "le-jardin")
	reviewer.Post(inReview+"/comment", "file", "01-arroser.fr.md", "digest", d.Files["01-arroser.fr.md"].Digest, "line", "2", "comment", attack)
	if threads, _ := house.Options.Library.Threads(t.Context(), consoletest.Org, d); len(threads) != 1 {
		t.Fatalf("%+v", threads)
	}
	pages := map[string]consoletest.Page{
		"live preview": trainer.Post("/console/series/le-jardin/preview", "file", "01-arroser.fr.md", "text", source(t, house, "01-arroser.fr.md")),
		"redrawn":      trainer.Post("/console/series/le-jardin/edit", "file", "01-arroser.fr.md", "base", "x", "text", attack, "do", "save"),
	}
	for _, path := range []string{inFrench, "/console/series/le-jardin", "/console/series/le-jardin/side/01-arroser", inReview, inReview + "?on=01-arroser.fr.md:2", "/console/review", "/console/series"} {
		pages[path] = trainer.Get(path)
		if strings.HasPrefix(path, "/console/review") {
			pages[path] = reviewer.Get(path)
		}
	}
	for name, page := range pages {
		for _, bad := range []string{"<script>alert", "<img src=x", "<svg onload", `href="javascript:`} {
			if strings.Contains(page.Body, bad) {
				t.Errorf("%s has %q", name, bad)
			}
		}
	}
	if page := pages["live preview"]; page.Status != 200 || !strings.Contains(page.Body, "Telegram") {
		t.Errorf("the preview: %d %s", page.Status, page.Body)
	}
}

func TestUploadAndDownload(t *testing.T) {
	_, trainer, _ := garden(t)
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, text := range map[string]string{"jardin/02-tailler.fr.md": "---\ntitle: Tailler\n---\n", "jardin/media/a.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`} {
		w, _ := z.Create(name)
		_, _ = w.Write([]byte(text))
	}
	_ = z.Close()
	if page := trainer.Upload("/console/series/le-jardin/upload", "files", "jardin.zip", packed.Bytes()); page.Status != 303 {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	if page := trainer.Get("/console/series/le-jardin"); !strings.Contains(page.Body, "02-tailler") || !strings.Contains(page.Body, "media/a.svg") {
		t.Errorf("not shown: %s", page.Body)
	}
	media := trainer.Get("/console/series/le-jardin/media/a.svg")
	if media.Status != 200 || !strings.Contains(media.Header.Get("Content-Security-Policy"), "sandbox") || media.Header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the picture: %d %v", media.Status, media.Header)
	}
	page := trainer.Get("/console/series/le-jardin/download")
	files, err := library.Unpack([]byte(page.Body))
	if err != nil || len(files) != 5 {
		t.Errorf("%v %v", err, files)
	}
	for _, row := range []struct{ label, name, content string }{
		{"a drawing with a program", "b.svg", `<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`},
		{"a program", "b.exe", "MZ"},
		{"no zip at all", "b.zip", "no"},
	} {
		if page := trainer.Upload("/console/series/le-jardin/upload", "files", row.name, []byte(row.content)); page.Status != 422 {
			t.Errorf("%s: %d", row.label, page.Status)
		}
	}
}

func TestFilesCanBeHadBack(t *testing.T) {
	house, trainer, _ := garden(t)
	if page := trainer.Post("/console/series/le-jardin/delete", "file", "01-arroser.nl.md"); page.Status != 303 {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	if page := trainer.Get("/console/series/le-jardin"); !strings.Contains(page.Body, "manque") {
		t.Error("the missing language is not said")
	}
	past := trainer.Get("/console/series/le-jardin/past?file=01-arroser.nl.md")
	if page := trainer.Post("/console/series/le-jardin/restore", "file", "01-arroser.nl.md", "digest", field(past, "digest")); page.Status != 303 {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	if source(t, house, "01-arroser.nl.md") == "" {
		t.Error("not back")
	}
	if page := trainer.Post("/console/series/le-jardin/rename", "file", "01-arroser.nl.md", "to", "../x"); page.Status != 422 {
		t.Errorf("renamed out of the folder: %d", page.Status)
	}
}

func TestTryInMyOwnChat(t *testing.T) {
	house, trainer, _ := garden(t)
	if page := trainer.Post("/console/series/le-jardin/try"); page.Status != 303 || len(house.Letters) != 1 || house.Letters[0].To != consoletest.Org+"-trainer" {
		t.Fatalf("%d %+v %s", page.Status, house.Letters, page.Body)
	}
	if s, err := house.Options.Library.Trying(t.Context(), consoletest.Org, "trainer"); err != nil || s == nil || house.Letters[0].Buttons[0].Value != "catalogue.try-le-jardin" {
		t.Errorf("%v %v %+v", s, err, house.Letters[0].Buttons)
	}
	rewrite(t, house, trainer, "01-arroser.fr.md", "- [x]", "- (x)")
	if page := trainer.Post("/console/series/le-jardin/try"); page.Status != 422 {
		t.Errorf("a broken draft: %d", page.Status)
	}
}

func TestExpertSignsFacts(t *testing.T) {
	house, trainer, _ := garden(t)
	if page := trainer.Post("/console/series/le-jardin/facts", "facts-lesson", "01-arroser", "person", "Lien Voorbeeld"); page.Status != 303 || len(house.Letters) != 1 {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	expert := house.SignedIn("learner")
	page := expert.Get("/console/facts/le-jardin/01-arroser")
	if page.Status != 200 || !strings.Contains(page.Body, "Water geven") {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	if page := expert.Post("/console/facts/le-jardin/01-arroser", "seen", field(page, "seen")); page.Status != 303 {
		t.Errorf("signed: %d %s", page.Status, page.Body)
	}
	if page := trainer.Get("/console/series/le-jardin"); !strings.Contains(page.Body, "signé le 20") {
		t.Error("the signature is not shown")
	}
	if page := house.SignedIn("manager").Get("/console/facts/le-jardin/01-arroser"); page.Status != 404 {
		t.Errorf("who was not asked: %d", page.Status)
	}
}

// Ids of another organisation are of nothing here.
func TestSeriesOfAnotherOrganisation(t *testing.T) {
	house, _, _ := garden(t)
	house.AddOrganisation("fod-andere", "Autre", "Andere")
	trainer, reviewer := house.SignedInTo("fod-andere", "trainer"), house.SignedInTo("fod-andere", "reviewer")
	for _, path := range []string{"", "/edit?file=series.yaml", "/side/01-arroser", "/past", "/download", "/media/a.png"} {
		if page := trainer.Get("/console/series/le-jardin" + path); page.Status != 404 {
			t.Errorf("GET %s: %d", path, page.Status)
		}
	}
	for _, path := range []string{"/edit", "/preview", "/lesson", "/upload", "/ask", "/try", "/facts", "/restore", "/rename", "/delete", "/side/01-arroser"} {
		if page := trainer.Post("/console/series/le-jardin"+path, "file", "series.yaml", "base", "x", "text", "x", "to", "x.md", "version", "1.0.0", "template", "reflex",
			"lesson-fr", "x", "lesson-nl", "x", "person", "Lien Voorbeeld"); page.Status != 404 {
			t.Errorf("POST %s: %d", path, page.Status)
		}
	}
	for _, path := range []string{"/comment", "/reply", "/solve", "/read", "/changes", "/publish", "/back", "/withdraw"} {
		if page := reviewer.Post(inReview+path, "comment", "x", "thread", "1", "reply-1", "x", "note", "x", "seen", "x"); page.Status != 404 {
			t.Errorf("POST review%s: %d", path, page.Status)
		}
	}
	if page := reviewer.Get(inReview); page.Status != 404 {
		t.Errorf("the review: %d", page.Status)
	}
}

// An organisation opens a series; another teaches it as it is, or adapts it.
func TestOpenToOtherOrganisations(t *testing.T) {
	house, trainer, reviewer := garden(t)
	house.AddOrganisation("fod-andere", "Autre", "Andere")
	trainer.Post("/console/series/le-jardin/ask", "version", "1.0.0")
	reviewer.Post(inReview+"/publish", "seen", field(reviewer.Get(inReview), "seen"))
	theirs, author := house.SignedInTo("fod-andere", "reviewer"), house.SignedInTo("fod-andere", "trainer")
	if page := theirs.Post("/console/series/take", "from", consoletest.Org, "id", "le-jardin", "take", "yes"); page.Status != 404 {
		t.Errorf("what is not open: %d", page.Status)
	}
	if page := reviewer.Post(inReview+"/open", "open", "yes"); page.Status != 303 {
		t.Fatalf("opened: %d", page.Status)
	}
	if page := theirs.Get("/console/review"); !strings.Contains(page.Body, "Le jardin") || !strings.Contains(page.Body, "SPF Exemple") {
		t.Errorf("not offered: %s", page.Body)
	}
	theirs.Post("/console/series/take", "from", consoletest.Org, "id", "le-jardin", "take", "yes")
	if all, err := house.Options.Library.Live(t.Context(), "fod-andere"); err != nil || len(all) != 1 {
		t.Errorf("not taught: %v %v", all, err)
	}
	page := author.Post("/console/series/adapt", "from", consoletest.Org, "id", "le-jardin")
	if page.Status != 303 {
		t.Fatalf("adapted: %d %s", page.Status, page.Body)
	}
	if page := author.Get(page.To); page.Status != 200 || !strings.Contains(page.Body, "Le jardin") {
		t.Errorf("the copy: %d", page.Status)
	}
}
