package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// TestGoldenOrganisation writes down what belonging to an organisation brings
// into a conversation, topic by topic, in both languages.
func TestGoldenOrganisation(t *testing.T) {
	for topic, labels := range organisationDays {
		for i, lang := range []string{"fr", "nl"} {
			t.Run(topic+" "+lang, func(t *testing.T) {
				s := newMemory()
				s.fixed = "abcdefgh22222222"
				c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
				c.languages = []string{lang}
				h := newHouse(c)
				var b strings.Builder
				for _, line := range labels[i] {
					step, argument, _ := strings.Cut(line, ": ")
					problem := ""
					if house, is := houseSteps[step]; is {
						c.app.talk("ann").lookAway()
						house(h, argument)
						problem = c.wrong()
					} else {
						problem = steps[step](c, argument)
					}
					if problem != "" {
						t.Fatalf("%s: %s", line, problem)
					}
					fmt.Fprintf(&b, "\n>>> %s\n", line)
					for _, s := range c.heard() {
						fmt.Fprintf(&b, "\n%s\n", read(s.Message))
						if all := buttons(s.Message); len(all) > 0 {
							fmt.Fprintf(&b, "  [%s]\n", strings.Join(all, "] ["))
						}
						for _, x := range s.Choices {
							if x.URL != "" {
								fmt.Fprintf(&b, "  <%s: %s>\n", x.Label, x.URL)
							}
						}
					}
					c.consistent()
				}
				compare(t, "testdata/golden/organisation-"+topic+"-"+lang+".txt", strings.TrimSpace(b.String())+"\n")
			})
		}
	}
}

// houseSteps are what happens in the organisation.
var houseSteps = map[string]func(*house, string){
	"link": func(h *house, _ string) {
		h.c.does(cameWith(h.poster(people.Invitation{})))
	},
	"invitation": func(h *house, _ string) { h.c.says(h.poster(people.Invitation{})) },
	"roster":     func(h *house, pattern string) { h.rostered(pattern) },
	"expired": func(h *house, _ string) {
		code := h.poster(people.Invitation{})
		h.c.now = h.c.now.AddDate(0, 2, 0)
		h.c.says(code)
	},
	"member": func(h *house, _ string) { h.join(people.Invitation{}) },
	"trainer": func(h *house, _ string) {
		h.join(people.Invitation{Name: "Ann Exemple", Roles: []people.Role{people.Trainer}, Limit: 1})
	},
	"taken out": func(h *house, _ string) { h.leaves() },
	"voluntary": func(h *house, _ string) { h.campaigns = []campaign.Campaign{h.sponsored("c1")} },
	"compulsory": func(h *house, _ string) {
		c := h.sponsored("c2")
		c.Compulsory = true
		h.campaigns = []campaign.Campaign{c}
	},
	"attend":  func(h *house, _ string) { h.attend() },
	"no page": func(h *house, _ string) { h.seen.Text, h.seen.URL = "", "" },
	"answer":  func(h *house, _ string) { h.c.write(trainersAnswer()) },
}

func (h *house) rostered(pattern string) {
	who, err := h.AddPerson(context.Background(), people.Shell("spf"), people.Person{Number: "7", Name: "Ann Exemple", Pattern: pattern})
	if err != nil {
		h.c.t.Fatal(err)
	}
	h.c.says(h.poster(people.Invitation{Person: who.ID, Limit: 1}))
}

func (h *house) sponsored(id string) campaign.Campaign {
	c := h.running(id)
	c.Names = map[string]string{"fr": "Connaître le pays", "nl": "Het land kennen"}
	c.PerWeek, c.End, c.KnownUntil = 2, scheduler.Date{Year: 2026, Month: 11, Day: 20}, scheduler.Date{Year: 2026, Month: 12, Day: 18}
	c.Sponsors = []campaign.Sponsor{{
		Person: "x", Name: "Mme Exemple", Teams: []string{""}, Minutes: 15,
		Words: map[string]string{"fr": "Prenez ce temps, il est à vous.", "nl": "Neem die tijd, hij is van u."},
	}}
	return c
}

func (h *house) attend() {
	if err := h.c.bot.Attend(context.Background(), h.c.now, h.c.learner().ID); err != nil {
		h.c.t.Fatal(err)
	}
	h.c.queue()
}

func trainersAnswer() learner.Letter {
	return learner.Letter{
		ID: "answer 1", Kind: learner.LetterAnswer, Title: map[string]string{"fr": "Réponse à votre question", "nl": "Antwoord op uw vraag"},
		Text:    map[string]string{"fr": "Oui, depuis 1830.", "nl": "Ja, sinds 1830."},
		Buttons: []learner.LetterButton{{Label: map[string]string{"fr": "Mes progrès", "nl": "Mijn vooruitgang"}, Value: "do.progress"}},
	}
}

// organisationDays are the topics: what happens, in order, in French and in Dutch.
var organisationDays = map[string][2][]string{
	"join": {
		{
			"link", "press: Continuer en français", "press: Oui, d'accord", "press: 3 minutes", "press: Chaque jour ouvrable à 9 h",
			"press: Je suis à l'aise, montrez-moi tout", "press: Rejoindre", "invitation", "press: Pas maintenant",
			"learner: INV-2222-3333-4444", "expired", "learner: quitter l'organisation", "learner: non", "learner: quitter l'organisation", "press: Oui, quitter",
			"learner: quitter l'organisation", "roster: lu-je 9h-16h", "learner: oui", "taken out", "learner: aide",
		},
		{
			"link", "press: Verdergaan in het Nederlands", "press: Ja, dat is goed", "press: 3 minuten", "press: Elke werkdag om 9 uur",
			"press: Ik ben vertrouwd met apps, toon mij alles", "press: Aansluiten", "invitation", "press: Niet nu",
			"learner: INV-2222-3333-4444", "expired", "learner: organisatie verlaten", "learner: nee", "learner: organisatie verlaten", "press: Ja, verlaten",
			"learner: organisatie verlaten", "roster: ma-do 9u-16u", "learner: ja", "taken out", "learner: hulp",
		},
	},
	"console": {
		{"ready: fr", "learner: console", "member", "learner: console", "trainer", "learner: console", "learner: aide"},
		{"ready: nl", "learner: console", "member", "learner: console", "trainer", "learner: console", "learner: hulp"},
	},
	"manager": {
		{
			"ready: fr", "learner: que voit mon chef ?", "member", "learner: Qu'est-ce que ma responsable sait de moi ?", "compulsory",
			"learner: mon manager, il voit quoi ?", "no page", "learner: que voit ma hiérarchie",
		},
		{
			"ready: nl", "learner: wat ziet mijn baas?", "member", "learner: Wat weet mijn leidinggevende over mij?", "compulsory",
			"learner: kan mijn chef dat zien?", "no page", "learner: wat ziet mijn leidinggevende",
		},
	},
	"campaign": {
		{
			"ready: fr", "member", "voluntary", "attend", "wait: 40m", "press: Commencer", "press: Continuer", "press: Plus tard",
			"time: Mon 19 Oct 2026 8:00", "learner: leçon",
		},
		{
			"ready: nl", "member", "voluntary", "attend", "wait: 40m", "press: Beginnen", "press: Verder", "press: Later",
			"time: Mon 19 Oct 2026 8:00", "learner: les",
		},
	},
	"compulsory": {
		{
			"ready: fr", "member", "compulsory", "attend", "wait: 40m", "press: Commencer", "press: Plus tard", "learner: leçon", "learner: langue", "press: Français",
			"press: C'est compris, commencer", "learner: que voit mon chef",
		},
		{
			"ready: nl", "member", "compulsory", "attend", "wait: 40m", "press: Beginnen", "press: Later", "learner: les", "learner: taal", "press: Nederlands",
			"press: Begrepen, beginnen", "learner: wat ziet mijn baas",
		},
	},
	"silence": {
		{
			"ready: fr", "member", "answer", "wait: 2h", "learner: pourquoi je n'ai rien reçu hier ?", "time: Thu 15 Oct 2026 9:05", "press: Pas aujourd'hui",
			"learner: pourquoi rien aujourd'hui ?", "learner: pourquoi pas de message samedi ?", "learner: pause jusqu'au 20 octobre", "time: Tue 20 Oct 2026 7:00",
			"learner: pourquoi rien lundi ?", "learner: pourquoi rien aujourd'hui", "time: Tue 3 Nov 2026 12:00", "learner: pourquoi rien le 2 novembre ?", "learner: pourquoi rien hier",
			"time: Wed 11 Nov 2026 12:00", "learner: bonjour", "learner: pourquoi aucun message aujourd'hui", "learner: pourquoi rien", "learner: stop", "learner: pourquoi rien",
		},
		{
			"ready: nl", "member", "answer", "wait: 2h", "learner: waarom kreeg ik gisteren niets?", "time: Thu 15 Oct 2026 9:05", "press: Vandaag niet",
			"learner: waarom vandaag niets?", "learner: waarom kreeg ik zaterdag geen bericht?", "learner: pauze tot 20 oktober", "time: Tue 20 Oct 2026 7:00",
			"learner: waarom kreeg ik maandag niets?", "learner: waarom vandaag niets", "time: Tue 3 Nov 2026 12:00", "learner: waarom niets op 2 november?", "learner: waarom niets gisteren",
			"time: Wed 11 Nov 2026 12:00", "learner: hallo", "learner: waarom geen bericht vandaag", "learner: waarom niets", "learner: stop", "learner: waarom niets",
		},
	},
	"data": {
		{"ready: fr", "member", "answer", "wait: 1m", "learner: mes données", "learner: effacer", "press: Oui, tout effacer"},
		{"ready: nl", "member", "answer", "wait: 1m", "learner: mijn gegevens", "learner: wissen", "press: Ja, alles wissen"},
	},
}
