package console_test

import (
	"fmt"
	"strings"
	"time"

	"praline/bot/console/consoletest"
	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/lessons/library"
)

// What trainers, managers and administrators of the filled organisation have
// under way.

// schedule has campaigns: one that runs and is sponsored, one that is
// compulsory, and two that are being prepared.
func (f *filling) schedule() {
	f.publishedCampaigns()
	heavy := f.post("trainer", "/console/campaigns", "series", "ai-at-work", "start", "2026-10-26", "rhythm", "5", "reminders", "1")
	sponsored := f.post("manager", "/console/sponsor", "series", "plain-writing", "start", "2026-11-03", "rhythm", "1", "minutes", "15", "teams", "team",
		"words.fr", "Écrire clairement fait gagner du temps à tout le monde.", "words.nl", "Helder schrijven spaart iedereen tijd.")
	f.visit("trainer", "/console/campaigns", "/console/campaigns/new", heavy, heavy+"/change")
	f.visit("manager", "/console/sponsor", "/console/sponsor/new?series=personal-data", sponsored)
	f.visits = append(f.visits, visited{"manager", sponsored + "/stop", 422}) // it has not begun
	f.visit("administrator", heavy+"/compulsory")
}

func (f *filling) publishedCampaigns() {
	running := f.post("trainer", "/console/campaigns", "series", own, "start", "2026-09-28", "rhythm", "2", "end", "2026-11-13", "known", "2027-06-30", "reminders", "1")
	f.post("trainer", running+"/launch")
	id := running[strings.LastIndex(running, "/")+1:]
	f.post("manager", "/console/sponsor", "campaign", id, "teams", "team", "minutes", "15", "words.fr", "Vos trois minutes font partie du travail.", "words.nl", "Uw drie minuten horen bij het werk.")
	must := f.post("trainer", "/console/campaigns", "series", "personal-data", "start", "2026-10-05", "rhythm", "2", "teams", "team")
	f.post("administrator", must+"/compulsory", "told.fr", "Cette formation est obligatoire. Seul « fait » ou « pas encore » est noté.", "told.nl", "Deze opleiding is verplicht. Alleen “klaar” of “nog niet” wordt genoteerd.")
	f.post("trainer", must+"/launch")
	for n := range 9 {
		f.must(f.house.Options.Campaigns.Complete(f.t.Context(), consoletest.Org, must[strings.LastIndex(must, "/")+1:], fmt.Sprintf("agent-%03d", n), f.house.Now()))
	}
	list := strings.Replace(must, "campaigns", "compulsory", 1)
	f.visit("trainer", running, running+"/change", running+"/pause", running+"/extend", running+"/extend?until=2026-12-18", running+"/stop", must)
	f.visit("manager", "/console/compulsory", list)
	f.visit("administrator", list)
}

// hear has what learners asked, said and looked for.
func (f *filling) hear() {
	in, ctx := f.house.Options.Inbox, f.t.Context()
	for i, asked := range []struct{ lang, name, text, about string }{
		{"fr", "", "Puis-je garder la copie d’une carte d’identité dans le dossier ?", ""},
		{"nl", "Dries Voorbeeld", "Hoe lang mag ik een kopie van een identiteitskaart bewaren in een vergunningsdossier?", "sender-first-look"},
		{"fr", "", "Et si l’adresse est exacte, mais la demande étrange ?", "sender-true-domain"},
	} {
		ask := inbox.Asking{Org: consoletest.Org, Learner: learner.ID(fmt.Sprintf("agent-%03d", i)), Event: fmt.Sprint(i), Lang: asked.lang, Name: asked.name, Text: asked.text}
		if asked.about != "" {
			ask.About = inbox.About{Series: own, Lesson: "real-sender", Question: asked.about}
		}
		f.must(in.Ask(ctx, ask))
	}
	open, _, err := in.Questions(ctx, consoletest.Org)
	f.must(err)
	f.post("trainer", "/console/answers/"+open[2].ID, "answer", "Téléphonez au numéro que vous avez **déjà**, et demandez à la personne.")
	for _, q := range open {
		f.visit("trainer", "/console/answers/"+q.ID)
	}
	survey := f.post("trainer", "/console/surveys/new", filled("title.fr", "Les courriels au travail", "title.nl", "E-mails op het werk",
		"item.1.text.fr", "Je reconnais un courriel frauduleux.", "item.1.text.nl", "Ik herken een frauduleuze e-mail.",
		"item.3.text.fr", "Où lisez-vous vos courriels ?", "item.3.text.nl", "Waar leest u uw e-mails?",
		"item.4.text.fr", "Qu’est-ce qui vous aiderait ?", "item.4.text.nl", "Wat zou u helpen?")...)
	fresh := f.post("trainer", "/console/surveys/new", filled("teams", "team")...)
	f.must(in.Tend(ctx))
	helps := []string{"Un numéro à appeler, affiché près de l’imprimante.", "Een knop om verdachte berichten te melden.", "Plus de temps le lundi.", "Een voorbeeld uit onze eigen dienst.", "Savoir ce que devient un signalement.", "Niets, het is duidelijk zo.", "Des exemples en néerlandais aussi."}
	for n := range 24 {
		replies := []inbox.Reply{{Option: 1 + (n*7)%5}, {Option: 1 + n%2}, {}}
		if n < len(helps) {
			replies[2].Words = helps[n]
		}
		f.must(in.Reply(ctx, consoletest.Org, strings.TrimPrefix(survey, "/console/surveys/"), inbox.Once, learner.ID(fmt.Sprintf("agent-%03d", n)), replies))
	}
	for subject, n := range map[string]int{"signature électronique": 14, "télétravail à l’étranger": 9, "archiver un courriel": 6, "chèques-repas": 2} {
		for i := range n {
			f.must(in.Missed(ctx, consoletest.Org, learner.ID(fmt.Sprintf("agent-%03d", i)), "fr", subject))
		}
	}
	for n := range 42 {
		f.must(f.house.Options.Recognition.Thank(ctx, consoletest.Org, own+"/"+[]string{"real-sender", "read-the-link"}[n%3/2], fmt.Sprint(n), f.house.Now()))
	}
	f.visit("trainer", "/console/answers", "/console/surveys", "/console/surveys/new", survey, fresh, "/console/needs", "/console/year", "/console/year/2025", "/console")
}

// rewrite has a next version in review, its Dutch outdated and talked about; a
// draft with faults; and a file from elsewhere that waits to be taken in.
func (f *filling) rewrite() {
	ctx, lib := f.t.Context(), f.house.Options.Library
	at := func() library.Mark { return library.Mark{By: "trainer", At: f.house.Now()} }
	change := func(series, file, from, to string) {
		f.t.Helper()
		d, err := lib.Load(ctx, consoletest.Org, series)
		f.must(err)
		text, err := lib.Bytes(ctx, consoletest.Org, d.Files[file].Digest)
		f.must(err)
		if !strings.Contains(string(text), from) {
			f.t.Fatalf("%s has no %q", file, from)
		}
		_, err = lib.Save(ctx, consoletest.Org, series, at(), library.Change{Path: file, Base: d.Files[file].Digest, Content: []byte(strings.Replace(string(text), from, to, 1))})
		f.must(err)
	}
	const first = "01-real-sender.fr.md"
	change(own, first, "Ce nom est un simple texte. L’expéditeur y écrit ce qu’il veut", "Ce nom n’est qu’un texte. Chacun y écrit ce qu’il veut")
	change(own, "02-name-the-pressure.nl.md", "\n# ", "\n# Let op: ")
	f.post("trainer", "/console/series/"+own+"/ask", "version", "1.1.0", "note", "Le nom affiché est expliqué plus simplement.")
	d, err := lib.Load(ctx, consoletest.Org, own)
	f.must(err)
	for _, said := range [][2]string{{"14", "Qui est « chacun » ? Un exemple aiderait."}, {"27", "Très clair."}} {
		f.post("reviewer", "/console/review/"+own+"/comment", "file", first, "digest", d.Files[first].Digest, "line", said[0], "comment", said[1])
	}
	f.post("trainer", "/console/review/"+own+"/reply", "thread", "1", "reply-1", "D’accord, j’ajoute un exemple de notre service.")
	garden := f.post("trainer", "/console/series/new", "title-fr", "Recevoir au guichet", "title-nl", "Bezoekers aan het loket ontvangen", "summary-fr", "Accueillir, écouter, orienter.", "summary-nl", "Ontvangen, luisteren, doorverwijzen.",
		"template", "reflex", "lesson-fr", "Les trente premières secondes", "lesson-nl", "De eerste dertig seconden", "level", "starter", "licence", "CC-BY-4.0")
	id := garden[strings.LastIndex(garden, "/")+1:]
	d, err = lib.Load(ctx, consoletest.Org, id)
	f.must(err)
	var lesson string
	for file := range d.Files {
		if strings.HasSuffix(file, ".nl.md") {
			lesson = strings.TrimSuffix(file, ".nl.md")
		}
	}
	change(id, lesson+".nl.md", "- [x]", "![Een loket](media/loket.png)\n\n- [x]")
	page := f.as("trainer").Upload("/console/exchange", "file", "quiz-accueil.txt", []byte(quiz), "lang", "fr", "into", "", "id", "")
	if page.To == "" {
		f.t.Fatal(page.Body)
	}
	series := "/console/series/"
	f.visit("trainer", "/console/series", "/console/series/new", series+own, series+own+"/edit?file="+first, series+own+"/edit?file=series.yaml", series+own+"/side/01-real-sender",
		series+own+"/past", series+own+"/past?file="+first, garden, garden+"/edit?file="+lesson+".nl.md", garden+"/side/"+lesson, "/console/review/"+own,
		"/console/guide/advice", "/console/guide/write-a-lesson", "/console/exchange", "/console/exchange/upload", "/console/exchange/take/live/"+own)
	f.visit("reviewer", "/console", "/console/review", "/console/review/"+own, "/console/review/"+own+"?on="+first+":16")
	f.visit("learner", "/console/facts", "/console/facts/"+own+"/01-real-sender", "/console/year")
}

// administer has imports that wait, with faults and without, and invitations.
func (f *filling) administer() {
	f.house.Pass(time.Minute)
	b := f.as("administrator")
	good := f.as("all").Upload("/console/import", "file", "service-du-personnel.csv", []byte("numéro;nom;équipe;langue;horaire\n7001;Ada Exemple;Accueil;fr;\n7002;Bert Voorbeeld;Vergunningen en toelatingen;nl;ma-do 8:30-17:00\n7100;Yasmina Exemple;Finances et budget;fr;\n")).To
	bad := b.Upload("/console/import", "file", "personeelsdienst-met-fouten.csv", []byte("numéro;nom;équipe;langue\n1;Ada Exemple;Accueil;x\n2;;Accueil;fr\n2;Bert Voorbeeld;Onthaal;nl\n")).To
	poster := f.post("administrator", "/console/invitations", "kind", "many", "limit", "120", "team", "team")
	one := f.post("administrator", "/console/invitations", "person", "new")
	f.post("administrator", "/console/organisation", "name.fr", "SPF Exemple", "name.nl", "FOD Voorbeeld", "days", "2026-11-02", "calendar", "federal", "languages", "")
	if good == "" || bad == "" {
		f.t.Fatal("a roster is not kept")
	}
	f.visit("administrator", "/console/people", "/console/people?q=exemple&page=2", "/console/people/new", "/console/people/agent-004", "/console/people/trainer/sessions", "/console/import", bad,
		"/console/invitations", poster, poster+"/poster", one, "/console/organisation", "/console/teams", "/console/audit?verify=yes", "/console/sessions", "/console")
	f.visit("all", "/console", good, "/console/people/"+string(people.Learner))
	f.visit("manager", "/console")
	f.visit("", "/console/sign-in", f.badge(), "/b")
	f.visits = append(f.visits, visited{"", "/b/" + strings.Repeat("a", 16), 404}, visited{"learner", "/console/nowhere", 404}, visited{"learner", "/console/people", 403})
}
