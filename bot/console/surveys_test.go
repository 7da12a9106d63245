package console_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"praline/bot/console/consoletest"
	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/records"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

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
