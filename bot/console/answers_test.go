package console_test

import (
	"net/http"
	"strings"
	"testing"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/lessons/library"
)

// withQuestion is a house in which a learner asked something.
func withQuestion(t *testing.T, change ...func(*console.Options)) (*consoletest.House, inbox.Question) {
	t.Helper()
	h := consoletest.New(t, change...)
	ask := inbox.Asking{Org: consoletest.Org, Learner: "spf-exemple-learner", Event: "e1", Lang: "nl", Text: "Mag ik <b>dit</b> bewaren?"}
	if err := h.Options.Inbox.Ask(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	open, _, err := h.Options.Inbox.Questions(t.Context(), consoletest.Org)
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	return h, open[0]
}

func has(t *testing.T, p consoletest.Page, status int, all ...string) {
	t.Helper()
	if p.Status != status {
		t.Errorf("status %d, not %d (to %s)\n%s", p.Status, status, p.To, p.Body)
		return
	}
	for _, words := range all {
		not, is := strings.CutPrefix(words, "!")
		if strings.Contains(spaced(p.Body), strings.TrimPrefix(words, "!")) == is {
			t.Errorf("%q (not wanted: %t, %s) in\n%s", words, is, not, p.Body)
		}
	}
}

// spaced is a text with ordinary spaces.
func spaced(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

func TestAnswers(t *testing.T) {
	h := consoletest.New(t)
	has(t, h.SignedIn("trainer").Get("/console/answers"), 200, "Aucune question n’attend.", "Pas encore de questions d’agents.")

	h, q := withQuestion(t)
	trainer := h.SignedIn("trainer")
	path := "/console/answers/" + q.ID
	has(t, trainer.Get("/console"), 200, "Mag ik &lt;b&gt;dit&lt;/b&gt; bewaren?", path, "dans les heures de travail de la personne")
	has(t, trainer.Get("/console/answers"), 200, "Une question attend, depuis mardi 20 octobre", "Mag ik &lt;b&gt;dit")
	has(t, trainer.Get(path), 200, "sans nom", `lang="nl"`, "!spf-exemple-learner", "!Lien", "!<b>dit")
	for _, row := range []struct{ label, typed, says string }{
		{"nothing", " ", "Écrivez une réponse."},
		{"too much", strings.Repeat("a", 3001), "3000 caractères au plus"},
		{"a picture", "voir ![](https://exemple.be/a.png) ici", "ne passe pas dans un chat"},
	} {
		t.Run(row.label, func(t *testing.T) {
			page := trainer.Post(path, "answer", row.typed)
			has(t, page, http.StatusUnprocessableEntity, row.says, strings.TrimSpace(row.typed)+"</textarea>")
		})
	}
	h.Letters = nil
	if p := trainer.Post(path, "answer", "Ja, **drie** maanden."); p.Status != http.StatusSeeOther || p.To != "/console/answers" {
		t.Errorf("%d to %s: %s", p.Status, p.To, p.Body)
	}
	if len(h.Letters) != 1 || h.Letters[0].To != "spf-exemple-learner" || h.Letters[0].Kind != learner.LetterAnswer {
		t.Errorf("letters %+v", h.Letters)
	}
	has(t, trainer.Get(path), 200, "<strong>drie</strong>", "Remise à la personne", "ne porte pas sur une série que votre organisation écrit")
	has(t, trainer.Get("/console/answers"), 200, "Amélie Exemple, mardi 20 octobre", "!Pas encore")
	h.Person(consoletest.Org, people.Person{ID: "other", Name: "Bram Voorbeeld", Lang: "nl", Roles: []people.Role{people.Trainer}})
	has(t, h.SignedIn("other").Post(path, "answer", "Nee."), http.StatusUnprocessableEntity, "Iemand anders antwoordde intussen")
}

// A good answer becomes a comment on the lesson's draft: at the question, by who
// answered, without the learner's words.
func TestAnswerGoesIntoADraft(t *testing.T) {
	h := consoletest.New(t)
	by := library.Mark{By: "reviewer", At: h.Now()}
	texts := map[string]string{"fr": "Les dossiers", "nl": "Dossiers"}
	files, err := library.FromTemplate("recall", 1, "garder", texts)
	if err != nil {
		t.Fatal(err)
	}
	start := library.Beginning{ID: "dossiers", Title: texts, Summary: texts, Licence: "CC-BY-4.0", Level: "starter", Author: "Hugo Exemple"}
	if _, err := h.Options.Library.Create(t.Context(), consoletest.Org, "dossiers", by, append(files, start.File())...); err != nil {
		t.Fatal(err)
	}
	series, report, err := h.Options.Library.Draft(t.Context(), consoletest.Org, "dossiers")
	if err != nil || series == nil {
		t.Fatal(err, report)
	}
	on := series.Lessons[0].In("nl").Questions[0]
	ask := inbox.Asking{
		Org: consoletest.Org, Learner: "spf-exemple-learner", Event: "e1", Lang: "nl", Text: "Mag ik dit bewaren?",
		About: inbox.About{Series: "dossiers", Lesson: series.Lessons[0].ID, Question: on.ID},
	}
	if err := h.Options.Inbox.Ask(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	open, _, err := h.Options.Inbox.Questions(t.Context(), consoletest.Org)
	if err != nil {
		t.Fatal(err)
	}
	trainer, path := h.SignedIn("trainer"), "/console/answers/"+open[0].ID
	has(t, trainer.Post(path+"/draft"), http.StatusNotFound) // there is no answer yet
	trainer.Post(path, "answer", "Ja, drie maanden.")
	has(t, trainer.Get(path), 200, "Proposer pour la leçon")
	for range 2 { // pressed twice is one comment
		if p := trainer.Post(path + "/draft"); p.To != path {
			t.Errorf("%d to %s: %s", p.Status, p.To, p.Body)
		}
	}
	has(t, trainer.Get(path), 200, "La réponse est proposée dans le brouillon.", `href="/console/series/dossiers"`)
	draft, err := h.Options.Library.Load(t.Context(), consoletest.Org, "dossiers")
	if err != nil {
		t.Fatal(err)
	}
	threads, err := h.Options.Library.Threads(t.Context(), consoletest.Org, draft)
	if err != nil || len(threads) != 1 {
		t.Fatal(threads, err)
	}
	one := threads[0]
	if one.Path != "01-garder.nl.md" || one.Line != on.Line || one.Said[0].By != "trainer" || !strings.Contains(one.Said[0].Text, "Ja, drie maanden.") || strings.Contains(one.Said[0].Text, "Mag ik") {
		t.Errorf("%+v", one)
	}
}

func TestQuestionsOfAnotherOrganisation(t *testing.T) {
	h, q := withQuestion(t)
	h.AddOrganisation("fod-ander", "SPF Autre", "FOD Ander")
	other := h.SignedInTo("fod-ander", "trainer")
	path := "/console/answers/" + q.ID
	has(t, other.Get("/console/answers"), 200, "!bewaren")
	has(t, other.Get(path), http.StatusNotFound, "!bewaren")
	has(t, other.Post(path, "answer", "Oui."), http.StatusNotFound)
	has(t, other.Post(path+"/draft"), http.StatusNotFound)
	for _, role := range []string{"learner", "reviewer", "manager", "administrator"} {
		b := h.SignedIn(role)
		for _, p := range []string{"/console/answers", path, "/console/surveys", "/console/surveys/new", "/console/needs"} {
			has(t, b.Get(p), http.StatusForbidden, "!bewaren")
		}
		has(t, b.Post(path, "answer", "Oui."), http.StatusForbidden)
	}
}

func TestNeeds(t *testing.T) {
	h := consoletest.New(t)
	trainer := h.SignedIn("trainer")
	has(t, trainer.Get("/console/needs"), 200, "Pas encore de sujet.")
	has(t, trainer.Get("/console"), 200, "!Cherché sans trouver")
	for n := range 5 {
		for subject, people := range map[string]int{"la signature électronique": 5, "archiver un courriel": 4} {
			if n < people {
				if err := h.Options.Inbox.Missed(t.Context(), consoletest.Org, who(n), "fr", subject); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	has(t, trainer.Get("/console/needs"), 200, "« signature électronique » est ce que l’on cherche le plus sans trouver : 5 personnes.", "!archiver", "1 sujet n’est pas encore montré")
	has(t, trainer.Get("/console"), 200, "Cherché sans trouver", "signature électronique", "5 personnes", "!archiver")
	shown, _, err := h.Options.Inbox.Needs(t.Context(), consoletest.Org)
	if err != nil {
		t.Fatal(err)
	}
	path := "/console/needs/" + shown[0].ID
	h.AddOrganisation("fod-ander", "SPF Autre", "FOD Ander")
	other := h.SignedInTo("fod-ander", "trainer")
	has(t, other.Get("/console/needs"), 200, "!signature")
	has(t, other.Post(path+"/aside"), http.StatusNotFound)
	has(t, other.Post(path+"/draft"), http.StatusNotFound)
	page := trainer.Post(path + "/draft")
	if page.To != "/console/series/new?about=signature+%C3%A9lectronique&lang=fr" {
		t.Errorf("%d %s", page.Status, page.To)
	}
	has(t, trainer.Get(page.To), 200, `value="Signature électronique"`)
	has(t, trainer.Get("/console/needs"), 200, "Commencé ou mis de côté", "Rien n’est à montrer")
	if p := trainer.Post(path+"/aside", "back", "yes"); p.To != "/console/needs" {
		t.Errorf("%d %s", p.Status, p.To)
	}
	has(t, trainer.Get("/console/needs"), 200, "de nouveau dans la liste", "Commencer un brouillon")
}
