package console_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/people"
	"praline/lessons"
	"praline/locales"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// withSeries is a house whose catalogue has one series, and 12 more people.
func withSeries(t *testing.T) *consoletest.House {
	t.Helper()
	series := &lessons.Series{
		ID: "ai", Languages: []string{"fr", "nl"}, Title: lessons.Text{"fr": "L’IA au travail", "nl": "AI op het werk"},
		Summary: lessons.Text{"fr": "En bref", "nl": "In het kort"},
	}
	for i := range 6 {
		twin := &lessons.Twin{Screens: []lessons.Screen{{Text: strings.Repeat("mot ", 500)}}, Questions: []*lessons.Question{{Kind: lessons.Single}, {Kind: lessons.Number}, {Kind: lessons.Gap}}}
		series.Lessons = append(series.Lessons, &lessons.Lesson{ID: fmt.Sprint("l", i), Twins: map[string]*lessons.Twin{"fr": twin, "nl": twin}})
	}
	house := consoletest.New(t, func(o *console.Options) {
		o.Catalogue = func(context.Context, string) (lessons.Catalogue, error) { return lessons.NewCatalogue(series), nil }
	})
	for i := range 12 {
		house.Person(consoletest.Org, people.Person{ID: fmt.Sprint("p", i), Name: fmt.Sprintf("Personne Exemple %02d", i), Team: "team", Lang: []string{"fr", "nl"}[i%2]})
	}
	return house
}

// holds holds a page against texts that must stand there.
func holds(t *testing.T, label string, page consoletest.Page, status int, wants ...string) {
	t.Helper()
	if page.Status != status {
		t.Errorf("%s: %d, not %d: %s", label, page.Status, status, page.Body)
		return
	}
	for _, want := range wants {
		if !strings.Contains(page.Body, want) {
			t.Errorf("%s: no %q in %s", label, want, page.Body)
		}
	}
}

// made is the campaign to which an answer leads.
func made(t *testing.T, page consoletest.Page) string {
	t.Helper()
	if page.Status != 303 {
		t.Fatalf("nothing was made: %d %s", page.Status, page.Body)
	}
	return page.To
}

func kept(t *testing.T, house *consoletest.House, path string) campaign.Campaign {
	t.Helper()
	one, err := house.Options.Campaigns.Campaign(t.Context(), consoletest.Org, path[strings.LastIndex(path, "/")+1:])
	if err != nil {
		t.Fatal(err)
	}
	return one
}

// TestTrainerSchedulesACampaign: one page, the forecast, launch.
func TestTrainerSchedulesACampaign(t *testing.T) {
	house := withSeries(t)
	trainer := house.SignedIn("trainer")
	holds(t, "nothing yet", trainer.Get("/console/campaigns"), 200, "Vos campagnes seront ici", "/console/campaigns/new")
	holds(t, "the form", trainer.Get("/console/campaigns/new"), 200, "L’IA au travail", `value="2026-10-26"`, "Accueil")
	wrong := trainer.Post("/console/campaigns", "series", "ai", "start", "2026-10-19", "rhythm", "2", "name.fr", "Automne")
	holds(t, "what is wrong stands beside its field, and what was typed is kept", wrong, 422, "Ce jour est passé", "Donnez le nom dans chaque langue", `value="2026-10-19"`, `value="Automne"`)

	path := made(t, trainer.Post("/console/campaigns", "series", "ai", "teams", "team", "start", "2026-10-26", "rhythm", "5", "reminders", "1"))
	forecast := trainer.Get(path)
	holds(t, "the forecast", forecast, 200, "en préparation", "Lancer le 26", "Leçon 1", "Armistice", "17 personnes", "<svg", "Semaine du")
	holds(t, "what is too much, and what mends it", forecast, 200, "Le plus chargé est le", path+"/mend")
	if page := trainer.Post(path + "/mend"); page.Status != 303 || kept(t, house, path).PerWeek == 5 && kept(t, house, path).Moved == nil && kept(t, house, path).Start.String() == "2026-10-26" {
		t.Errorf("the button mends nothing: %d %+v", page.Status, kept(t, house, path))
	}
	if page := trainer.Post(path + "/launch"); page.Status != 303 || kept(t, house, path).Launched.IsZero() {
		t.Errorf("not launched: %d %s", page.Status, page.Body)
	}
	holds(t, "what was done is said", trainer.Get(path), 200, "Lancée.", "prévue")
	holds(t, "the list", trainer.Get("/console/campaigns"), 200, "L’IA au travail", "une équipe, 17 personnes")
	holds(t, "home", trainer.Get("/console"), 200, "Campagnes en cours", path)
}

// TestChangesShowWhatTheyDo: a running campaign is never changed unseen.
func TestChangesShowWhatTheyDo(t *testing.T) {
	house := withSeries(t)
	trainer := house.SignedIn("trainer")
	path := made(t, trainer.Post("/console/campaigns", "series", "ai", "start", "2026-10-26", "rhythm", "2"))
	trainer.Post(path + "/launch")
	house.Pass(8 * 24 * time.Hour) // Wednesday 28 October
	trainer = house.SignedIn("trainer")
	before := kept(t, house, path)

	form := []string{"teams", "team", "start", "2026-10-26", "rhythm", "1", "end", "2026-11-10"}
	page := trainer.Post(path+"/change", form...)
	holds(t, "the effect of a change", page, 200, "leçons ne s’ouvriront pas", "Minutes par personne et par semaine", `name="revision" value="2"`, `name="end" value="2026-11-10"`)
	if kept(t, house, path).PerWeek != before.PerWeek {
		t.Error("it was changed before it was seen")
	}
	if page := trainer.Post(path+"/change", append(form, "revision", "2")...); page.Status != 303 || kept(t, house, path).PerWeek != 1 {
		t.Errorf("pressed, it is changed: %d %s", page.Status, page.Body)
	}
	if page := trainer.Post(path+"/pause", "revision", "2"); page.Status != 303 || kept(t, house, path).Paused {
		t.Errorf("on what it was before: %d", page.Status)
	}
	holds(t, "somebody was faster", trainer.Get(path), 200, "modifié cette campagne entre-temps")
	holds(t, "the effect of a pause", trainer.Get(path+"/pause"), 200, "Mettre «\u00a0L’IA au travail\u00a0» en pause", "ne s’ouvr")
	holds(t, "extending asks until when", trainer.Get(path+"/extend"), 200, "Jusqu’à quel jour")
	holds(t, "and then what it does", trainer.Get(path+"/extend?until=2026-12-18"), 200, "plus tôt", `name="until" value="2026-12-18"`)
	holds(t, "a day that is none", trainer.Get(path+"/extend?until=x"), 200, "2026-01-31")
	trainer.Post(path+"/extend", "until", "2026-12-18")
	for _, deed := range []string{"pause", "resume", "stop"} {
		holds(t, "before "+deed, trainer.Get(path+"/"+deed), 200, `name="revision"`)
		if page := trainer.Post(path + "/" + deed); page.Status != 303 {
			t.Errorf("%s: %d %s", deed, page.Status, page.Body)
		}
	}
	end := kept(t, house, path)
	if end.Stopped.IsZero() || end.Paused || end.End.String() != "2026-12-18" {
		t.Errorf("at the end: %+v", end)
	}
	holds(t, "what cannot be done any more", trainer.Get(path+"/pause"), 422, "n’est plus possible")
	holds(t, "no such deed", trainer.Get(path+"/explode"), 404)
	holds(t, "no such deed", trainer.Post(path+"/explode"), 404)
}

// TestManagerSponsorsInFiveMinutes: choose, a sentence, the forecast, launch.
func TestManagerSponsorsInFiveMinutes(t *testing.T) {
	house := withSeries(t)
	house.Person(consoletest.Org, people.Person{ID: "other", Name: "Ander Voorbeeld", Team: "elsewhere"})
	manager := house.SignedIn("manager")
	holds(t, "choose", manager.Get("/console/sponsor"), 200, "AI op het werk", "In het kort", "/console/sponsor/new?series=ai")
	holds(t, "one form", manager.Get("/console/sponsor/new?series=ai"), 200, "Onthaal", "ze horen bij het werk", "elles font partie du travail", "15 minuten per week")
	fields := []string{"series", "ai", "start", "2026-10-26", "rhythm", "1", "minutes", "15", "words.fr", "Bon travail.", "words.nl", "Veel succes."}
	holds(t, "no team, one language", manager.Post("/console/sponsor", "series", "ai", "start", "2026-10-26", "rhythm", "1", "words.fr", "Bon travail."), 422,
		"Kies minstens één van uw teams", "Schrijf uw zin in beide talen", "Bon travail.")
	holds(t, "a team of somebody else", manager.Post("/console/sponsor", append(fields, "teams", "elsewhere")...), 403)
	path := made(t, manager.Post("/console/sponsor", append(fields, "teams", "team")...))
	holds(t, "the forecast", manager.Get(path), 200, "Starten op 26", "Veel succes.", "15 minuten per week", "Met de steun van Els Voorbeeld")
	if page := manager.Post(path + "/launch"); page.Status != 303 {
		t.Errorf("launch: %d %s", page.Status, page.Body)
	}
	one := kept(t, house, path)
	if given, ok := one.SponsorOf("team"); !ok || given.Words["fr"] != "Bon travail." || given.Minutes != 15 || one.Launched.IsZero() {
		t.Errorf("%+v", one)
	}
	holds(t, "what one gives", manager.Get("/console/sponsor"), 200, "Wat u steunt", "15 minuten per week")

	theirs := made(t, house.SignedIn("trainer").Post("/console/campaigns", "series", "ai", "start", "2026-11-03", "rhythm", "1"))
	id := theirs[strings.LastIndex(theirs, "/")+1:]
	holds(t, "a trainer's that is not launched", manager.Get("/console/sponsor/new?campaign="+id), 404)
	house.SignedIn("trainer").Post(theirs + "/launch")
	holds(t, "is not the manager's to see or stop", manager.Get("/console/sponsor/"+id), 404)
	holds(t, "is not the manager's to see or stop", manager.Post("/console/sponsor/"+id+"/stop"), 404)
	holds(t, "but to join", manager.Get("/console/sponsor"), 200, "Al gepland voor uw teams", "campaign="+id)
	if page := manager.Post("/console/sponsor", "campaign", id, "teams", "team", "minutes", "20", "words.fr", "a", "words.nl", "b"); page.Status != 303 {
		t.Errorf("joined: %d %s", page.Status, page.Body)
	}
	if given, ok := kept(t, house, theirs).SponsorBy("manager"); !ok || given.Minutes != 20 {
		t.Errorf("%+v", given)
	}
}

// TestCompulsoryIsOnlyDoneOrNotYet: declared by the administrator before it
// starts; a list by name, for whom it concerns.
func TestCompulsoryIsOnlyDoneOrNotYet(t *testing.T) {
	house := withSeries(t)
	house.Person(consoletest.Org, people.Person{ID: "far", Name: "Loin Exemple", Team: "elsewhere"})
	trainer, admin, manager := house.SignedIn("trainer"), house.SignedIn("administrator"), house.SignedIn("manager")
	path := made(t, trainer.Post("/console/campaigns", "series", "ai", "start", "2026-10-26", "rhythm", "2"))
	list := strings.Replace(path, "campaigns", "compulsory", 1)
	holds(t, "a trainer cannot", trainer.Get(path+"/compulsory"), 403)
	holds(t, "a trainer cannot", trainer.Post(path+"/compulsory", "told.fr", "a", "told.nl", "b"), 403)
	trainer.Post(path + "/launch")
	holds(t, "voluntary has no list", admin.Get(list), 404)
	holds(t, "the form", admin.Get(path+"/compulsory"), 200, "Cette formation est obligatoire.", "Deze opleiding is verplicht.")
	holds(t, "told in one language", admin.Post(path+"/compulsory", "told.fr", "Obligatoire"), 422, "dans les deux langues")
	if page := admin.Post(path+"/compulsory", "told.fr", "Obligatoire", "told.nl", "Verplicht"); page.Status != 303 || !kept(t, house, path).Compulsory {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	id := path[strings.LastIndex(path, "/")+1:]
	if err := house.Options.Campaigns.Complete(t.Context(), consoletest.Org, id, "p3", consoletest.Began); err != nil {
		t.Fatal(err)
	}
	page := manager.Get(list)
	holds(t, "a manager's own team", page, 200, "Personne Exemple 03", "gedaan", "nog niet", "Verplicht", "Eén persoon van de 17 heeft alles gevolgd.")
	if strings.Contains(page.Body, "Loin Exemple") {
		t.Error("a manager sees another team")
	}
	holds(t, "the administrator sees all", admin.Get(list), 200, "Loin Exemple", "Une personne sur 18 a tout suivi.")
	holds(t, "a trainer sees nobody", trainer.Get(list), 403)
	holds(t, "counts", manager.Get("/console/compulsory"), 200, "AI op het werk")
	house.Pass(7 * 24 * time.Hour)
	holds(t, "once it runs", house.SignedIn("administrator").Get(path+"/compulsory"), 200, "Rendre volontaire")
}

// TestOtherOrganisationsCampaigns: an id of another organisation is none.
func TestOtherOrganisationsCampaigns(t *testing.T) {
	house := withSeries(t)
	house.AddOrganisation("fod-ander", "SPF Autre", "FOD Ander")
	path := made(t, house.SignedIn("trainer").Post("/console/campaigns", "series", "ai", "start", "2026-10-26", "rhythm", "2"))
	id := path[strings.LastIndex(path, "/")+1:]
	for person, paths := range map[string][]string{
		"trainer":       {"/console/campaigns/%s", "/console/campaigns/%s/change", "/console/campaigns/%s/pause"},
		"manager":       {"/console/sponsor/%s", "/console/sponsor/new?campaign=%s", "/console/sponsor/%s/stop", "/console/compulsory/%s"},
		"administrator": {"/console/campaigns/%s/compulsory", "/console/compulsory/%s"},
	} {
		browser := house.SignedInTo("fod-ander", person)
		for _, pattern := range paths {
			holds(t, person, browser.Get(fmt.Sprintf(pattern, id)), 404)
		}
		if person != "manager" {
			holds(t, person, browser.Post(path+"/launch"), 404)
		}
	}
	if !kept(t, house, path).Launched.IsZero() {
		t.Error("launched by another organisation")
	}
}

// TestProgressIsCountedElsewhere: the page shows what counts say, and says so
// where there is nothing to show.
func TestProgressIsCountedElsewhere(t *testing.T) {
	house := withSeries(t)
	path := made(t, house.SignedIn("trainer").Post("/console/campaigns", "series", "ai", "start", "2026-10-20", "rhythm", "2"))
	house.SignedIn("trainer").Post(path + "/launch")
	holds(t, "no figures", house.SignedIn("trainer").Get(path), 200, "moins de cinq personnes")
	counted := house.Options
	counted.Progress = func(context.Context, string, campaign.Campaign) (*campaign.Progress, error) {
		return &campaign.Progress{Begun: 214, Known: 7, Fading: 2, Unseen: 1}, nil
	}
	browser := consoletest.SignedIn(t, consoletest.Handler(t, counted), counted.People, consoletest.Org, "trainer")
	holds(t, "counted", browser.Get(path), 200, "214 personnes ont commencé")
	holds(t, "in the list", browser.Get("/console/campaigns"), 200, "7 sur 10", "semaine 1")
}

// TestNoPageSaysAnId: every message that a page of campaigns asks for is there.
func TestNoPageSaysAnId(t *testing.T) {
	house := withSeries(t)
	id := regexp.MustCompile(`(campaign|console)\.[a-z]+[a-z.-]*`)
	trainer, manager, admin := house.SignedIn("trainer"), house.SignedIn("manager"), house.SignedIn("administrator")
	path := made(t, trainer.Post("/console/campaigns", "series", "ai", "start", "2026-10-31", "rhythm", "5", "end", "2026-11-05", "level", "starter", "new-since", "2026-01-01", "lang", "fr"))
	trainer.Post(path + "/launch")
	for browser, paths := range map[*consoletest.Browser][]string{
		trainer: {"/console", "/console/campaigns", "/console/campaigns/new", path, path + "/change", path + "/pause", path + "/stop", path + "/extend", path + "/extend?until=2026-12-01"},
		manager: {"/console", "/console/sponsor", "/console/sponsor/new?series=ai", "/console/compulsory"},
		admin:   {path + "/compulsory", "/console/compulsory", path},
	} {
		for _, path := range paths {
			page := browser.Get(path)
			if found := id.FindString(regexp.MustCompile(`static/[^"]*`).ReplaceAllString(page.Body, "")); page.Status != 200 || found != "" && !strings.HasPrefix(found, "console.css") {
				t.Errorf("%s: %d says %q", path, page.Status, found)
			}
		}
	}
}

// TestEveryCampaignFaultAndHolidayHasWords in both languages.
func TestEveryCampaignFaultAndHolidayHasWords(t *testing.T) {
	for _, lang := range []string{"fr", "nl"} {
		for _, id := range append(prefixed("campaign.fault.", campaign.FaultCodes()), prefixed("campaign.holiday.", scheduler.HolidayKeys())...) {
			if !locales.For(lang).Has(id) {
				t.Errorf("%s: no %s", lang, id)
			}
		}
	}
}

func prefixed(prefix string, all []string) []string {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = prefix + one
	}
	return ids
}
