package console_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/lessons/library"
	"praline/records"
	"praline/scheduler"
	"praline/scheduler/campaign"
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

// crowd is five more people who came.
func crowd(h *consoletest.House) {
	for n := range 5 {
		h.Person(consoletest.Org, people.Person{ID: fmt.Sprint("p", n), Name: "Exemple", Team: "team", Lang: "fr", Learner: who(n)})
	}
}

func who(n int) learner.ID { return learner.ID(fmt.Sprint("crowd-", n)) }

func filled(change ...string) []string {
	fields := map[string]string{
		"title.fr": "Les courriels", "title.nl": "E-mails",
		"item.1.kind": "scale", "item.1.text.fr": "Je les reconnais.", "item.1.text.nl": "Ik herken ze.",
		"item.2.kind": "scale", "item.3.kind": "choices", "item.3.text.fr": "Où ?", "item.3.text.nl": "Waar?",
		"item.3.choices.fr": "Au bureau\nEn route\n", "item.3.choices.nl": "Op kantoor\r\nOnderweg",
		"item.4.kind": "words", "item.4.text.fr": "Quoi ?", "item.4.text.nl": "Wat?", "item.5.kind": "scale",
	}
	for i := 0; i+1 < len(change); i += 2 {
		fields[change[i]] = change[i+1]
	}
	var all []string
	for name, value := range fields {
		all = append(all, name, value)
	}
	return all
}

func TestSurveyForm(t *testing.T) {
	h := consoletest.New(t)
	crowd(h)
	trainer := h.SignedIn("trainer")
	has(t, trainer.Get("/console/surveys"), 200, "Pas encore de sondage.", `href="/console/surveys/new"`)
	has(t, trainer.Get("/console/surveys/new"), 200, "Question 5, si vous voulez", "Accueil")
	for _, row := range []struct {
		label string
		typed []string
		says  string
		at    string
	}{
		{"no Dutch title", []string{"title.nl", ""}, "il est lu dans les deux langues", "f-title-nl"},
		{"a question in one language", []string{"item.4.text.nl", ""}, "il est lu dans les deux langues", "f-item-4-text-nl"},
		{"one choice fewer in Dutch", []string{"item.3.choices.nl", "Op kantoor"}, "Écrivez chaque choix dans les deux langues", "f-item-3-choices-nl"},
		{"one choice", []string{"item.3.choices.nl", "Op kantoor", "item.3.choices.fr", "Au bureau"}, "de 2 à 6 choix", "f-item-3-choices-fr"},
		{"too few people", []string{"lang", "nl"}, "Moins de cinq personnes le recevraient", "f-teams"},
		{"a team of nobody", []string{"teams", "none"}, "Cette équipe n’existe pas", "f-teams"},
		{"a campaign of nobody", []string{"campaign", "none"}, "Cette campagne a déjà commencé", "f-campaign"},
	} {
		t.Run(row.label, func(t *testing.T) {
			has(t, trainer.Post("/console/surveys/new", filled(row.typed...)...), http.StatusUnprocessableEntity, row.says, "#"+row.at, "Je les reconnais.</textarea>")
		})
	}
	page := trainer.Post("/console/surveys/new", filled("teams", "team")...)
	if page.Status != http.StatusSeeOther || !strings.HasPrefix(page.To, "/console/surveys/") {
		t.Fatalf("%d to %s\n%s", page.Status, page.To, page.Body)
	}
	has(t, trainer.Get(page.To), 200, "Le sondage est gardé.", "Moins de cinq réponses jusqu’ici", "part dans les minutes qui viennent")
}

func TestSurveyResults(t *testing.T) {
	h := consoletest.New(t)
	crowd(h)
	trainer := h.SignedIn("trainer")
	path := trainer.Post("/console/surveys/new", filled()...).To
	id := strings.TrimPrefix(path, "/console/surveys/")
	if err := h.Options.Inbox.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	has(t, trainer.Get("/console/surveys"), 200, "1 sondage.", "ouvert jusqu’au 3 novembre")
	reply := func(n int) {
		t.Helper()
		if err := h.Options.Inbox.Reply(t.Context(), consoletest.Org, id, inbox.Once, who(n), []inbox.Reply{{Option: 4}, {Option: 1 + n%2}, {Words: fmt.Sprint("=mot ", n)}}); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 4 {
		reply(n)
	}
	has(t, trainer.Get(path), 200, "Moins de cinq réponses", "!mot 0", "!25 %")
	has(t, trainer.Get(path+"/results.csv"), 200, "Moins de cinq réponses", "!mot 0")
	reply(4)
	has(t, trainer.Get(path), 200, "Sur 3 questions, 3 ont au moins cinq réponses.", "100 % (5)", "60 % (3)", "mot 4", "Au bureau", "!crowd")
	csv := trainer.Get(path + "/results.csv")
	has(t, csv, 200, "Au bureau,3", "'=mot 4", "!crowd")
	if !strings.HasPrefix(csv.Header.Get("Content-Disposition"), "attachment") {
		t.Error(csv.Header)
	}
	h.AddOrganisation("fod-ander", "SPF Autre", "FOD Ander")
	other := h.SignedInTo("fod-ander", "trainer")
	for _, p := range []string{path, path + "/results.csv"} {
		has(t, other.Get(p), http.StatusNotFound, "!mot")
	}
	has(t, other.Post(path+"/withdraw"), http.StatusNotFound)
	if p := trainer.Post(path + "/withdraw"); p.To != path {
		t.Errorf("%d %s", p.Status, p.To)
	}
	has(t, trainer.Get(path), 200, "Le sondage est retiré", "!Retirer le sondage")
}

// Before and after a campaign are two waves of one survey, side by side.
func TestSurveyAroundACampaign(t *testing.T) {
	h := consoletest.New(t)
	crowd(h)
	start := scheduler.DateOf(h.Now(), time.UTC).AddDays(10)
	c := campaign.Campaign{ID: "c1", Series: "phishing", Names: map[string]string{"fr": "Automne", "nl": "Herfst"}, Start: start, End: start.AddDays(14), Audience: campaign.Audience{Teams: []string{"team"}}}
	if err := records.Put(t.Context(), h.Store, records.Key{Org: consoletest.Org, Kind: "campaign", ID: "c1"}, c); err != nil {
		t.Fatal(err)
	}
	trainer := h.SignedIn("trainer")
	has(t, trainer.Get("/console/surveys/new"), 200, "Automne, à partir du 30 octobre")
	path := trainer.Post("/console/surveys/new", filled("campaign", "c1")...).To
	id := strings.TrimPrefix(path, "/console/surveys/")
	has(t, trainer.Get(path), 200, "part le 23 octobre", "part le 14 novembre")
	for _, row := range []struct {
		days, option int
		wave         inbox.WaveID
	}{{3, 2, inbox.Before}, {25, 5, inbox.After}} {
		later := scheduler.DateOf(consoletest.Began, time.UTC).AddDays(row.days).At(10*60, time.UTC)
		options := *h.Options.Inbox
		options.Now = func() time.Time { return later }
		if err := options.Tend(t.Context()); err != nil {
			t.Fatal(err)
		}
		for n := range 5 {
			if err := options.Reply(t.Context(), consoletest.Org, id, row.wave, who(n), []inbox.Reply{{Option: row.option}, {}, {}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	page := trainer.Get(path)
	has(t, page, 200, "avant la campagne", "après la campagne", "Sur 3 questions, une a au moins cinq réponses.")
	if strings.Count(spaced(page.Body), "100 % (5)") != 2 {
		t.Errorf("not side by side:\n%s", page.Body)
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
