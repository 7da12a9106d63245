package console_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/bot/report"
	"praline/channels/markup"
	"praline/lessons"
	"praline/lessons/library"
	"praline/records"
	"praline/records/recordstest"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// estates are organisations that have one of everything that an address or a
// form can name.
type estates struct {
	*consoletest.House
	t       *testing.T
	memory  *recordstest.Memory
	village *village
}

// things are what an organisation has, by what a row of routes calls it.
type things map[string]string

// newEstates is a house with a third organisation, whose one series is open.
func newEstates(t *testing.T) *estates {
	t.Helper()
	e := &estates{t: t, memory: &recordstest.Memory{}, village: &village{learners: map[learner.ID]learner.Learner{}, logs: map[learner.ID][]learner.Answer{}}}
	e.House = consoletest.New(t, func(o *console.Options) {
		o.Reports.Learners = e.village
		wall := o.Now()
		o.Wall = func() time.Time { wall = wall.Add(time.Minute); return wall } // patience
		l := o.Library
		o.Catalogue = func(ctx context.Context, org string) (lessons.Catalogue, error) {
			all, err := l.Live(ctx, org)
			return lessons.NewCatalogue(all...), err
		}
	})
	e.memory = e.Store.(*recordstest.Memory)
	e.AddOrganisation("tiers", "Tiers", "Derde")
	e.publish("tiers", "ouverte", plain)
	e.must(e.Options.Library.OpenToOthers(t.Context(), "tiers", "ouverte", true))
	return e
}

// plain is what there is to say in an organisation where nobody says anything special.
func plain(what string) string { return "Exemple " + what }

func (e *estates) must(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

func (e *estates) put(org, kind, id string, value any) {
	e.t.Helper()
	e.must(records.Put(e.t.Context(), e.Store, records.Key{Org: org, Kind: kind, ID: id}, value))
}

func (e *estates) mark(person string) library.Mark { return library.Mark{By: person, At: e.Now()} }

// both is a text in both languages.
func both(text string) map[string]string { return map[string]string{"fr": text, "nl": text} }

// publish writes a series of one lesson, and publishes it as 1.0.0.
func (e *estates) publish(org, id string, words func(string) string) (file string) {
	e.t.Helper()
	l, ctx := e.Options.Library, e.t.Context()
	files, err := library.FromTemplate("reflex", 1, id, both(words("leçon")))
	e.must(err)
	inText := func(what string) string { return markup.Escape(words(what)) } // else it is a fault, and is not published
	for i := range files {
		files[i].Content = []byte(strings.NewReplacer(
			"Dites ici la seule idée de la leçon.", inText("écran"), "Vertel hier het ene idee van de les.", inText("écran"),
			"Un mauvais réflexe très courant", inText("choix"), "Dites pourquoi on y pense", inText("retour"),
			"Répétez l’idée de la leçon", inText("explication"), "Décrivez une situation", inText("question"),
		).Replace(string(files[i].Content)))
	}
	start := library.Beginning{ID: id, Title: both(words("série")), Summary: both(words("résumé")), Licence: "CC-BY-4.0", Level: "starter", Author: words("auteur"), Organisation: words("organisation")}
	picture := library.Change{Path: "media/" + id + ".svg", Content: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}
	_, err = l.Create(ctx, org, id, e.mark("trainer"), append(files, start.File(), picture)...)
	e.must(err)
	e.next(org, id, "1.0.0", words)
	return files[slices.IndexFunc(files, func(c library.Change) bool { return strings.HasSuffix(c.Path, ".fr.md") })].Path
}

// next publishes a draft as its next version.
func (e *estates) next(org, id, version string, words func(string) string) library.Version {
	e.t.Helper()
	l, ctx := e.Options.Library, e.t.Context()
	e.must(l.SetVersion(ctx, org, id, e.mark("trainer"), version))
	e.must(l.AskReview(ctx, org, id, e.mark("trainer"), words("note")))
	d, err := l.Load(ctx, org, id)
	e.must(err)
	_, err = l.Approve(ctx, org, id, e.mark("reviewer"), d.Digest())
	e.must(err)
	published, err := l.Publish(ctx, org, id, library.Publication{Mark: e.mark("reviewer"), Draft: d.Digest(), Notes: words("version")})
	e.must(err)
	return published
}

// rewrite saves another text of a file, and returns the digests of both.
func (e *estates) rewrite(org, id, file, more string) (before, after string) {
	e.t.Helper()
	l, ctx := e.Options.Library, e.t.Context()
	d, err := l.Load(ctx, org, id)
	e.must(err)
	text, err := l.Bytes(ctx, org, d.Files[file].Digest)
	e.must(err)
	saved, err := l.Save(ctx, org, id, e.mark("trainer"), library.Change{Path: file, Base: library.Whatever, Content: append(text, more...)})
	e.must(err)
	return d.Files[file].Digest, saved.Files[file].Digest
}

// settle fills an organisation; all ids in it begin with a prefix, and all texts
// are words.
func (e *estates) settle(org, prefix string, words func(string) string) things {
	e.t.Helper()
	has := things{"org": org, "third": "tiers", "thirdseries": "ouverte"}
	e.AddOrganisation(org, words("organisation"), words("organisation"))
	e.roster(org, prefix, words, has)
	e.write(org, prefix, words, has)
	e.answer(org, words, has)
	e.schedule(org, prefix, words, has)
	e.hear(org, words, has)
	return has
}

// teamOf and spare are its teams: of everybody, and of nobody.
func (e *estates) roster(org, prefix string, words func(string) string, has things) {
	e.t.Helper()
	p, ctx := e.Options.People, e.t.Context()
	for _, team := range []string{"team", "spare"} {
		has[team] = prefix + "-" + team
		e.put(org, "team", has[team], people.Team{ID: has[team], Names: both(words("équipe " + team))})
	}
	e.must(records.Remove(ctx, e.Store, records.Key{Org: org, Kind: "team", ID: "team"}))
	for _, role := range people.Roles {
		who := people.Person{ID: string(role), Name: words(string(role)), Team: has["team"], Lang: "fr", Learner: learner.ID(org + "-" + string(role)), Joined: consoletest.Began.AddDate(0, -3, 0), Roles: []people.Role{role}}
		if role == people.Manager {
			who.Manages = []string{has["team"]}
		}
		e.Person(org, who)
	}
	for n := range 12 {
		id := fmt.Sprint(prefix, "-p", n)
		e.Person(org, people.Person{ID: id, Number: id, Name: words("personne"), Team: has["team"], Lang: "fr", Learner: learner.ID(org + "-" + id), Joined: consoletest.Began.AddDate(0, -3, 0)})
	}
	has["person"] = prefix + "-p1"
	e.SignedInTo(org, has["person"])
	open, err := p.Sessions(ctx, org, has["person"])
	e.must(err)
	has["session"] = open[0].ID
	i, err := p.Invite(ctx, people.Shell(org), people.Invitation{Name: markup.Straight(words("invité")), Team: has["spare"]})
	e.must(err)
	has["invitation"] = i.ID
	u, err := p.KeepUpload(ctx, people.Actor{Org: org, Person: "administrator", Roles: []people.Role{people.Administrator}}, words("liste")+".csv", []byte("matricule;nom\n900;\""+strings.ReplaceAll(words("importé"), `"`, `""`)+"\"\n"))
	e.must(err)
	has["upload"] = u.ID
}

// write makes a series: two versions are published, the next is in review.
func (e *estates) write(org, prefix string, words func(string) string, has things) {
	e.t.Helper()
	l, ctx, id := e.Options.Library, e.t.Context(), prefix+"-serie"
	has["series"], has["file"], has["media"] = id, e.publish(org, id, words), id+".svg"
	shelf, err := l.Shelf(ctx, org, id)
	e.must(err)
	has["former"] = shelf.Live
	has["formerdigest"], _ = e.rewrite(org, id, has["file"], "\n")
	e.next(org, id, "1.0.1", words)
	_, has["digest"] = e.rewrite(org, id, has["file"], "\n\n")
	e.must(l.SetVersion(ctx, org, id, e.mark("trainer"), "1.0.2"))
	e.must(l.AskReview(ctx, org, id, e.mark("trainer"), words("note")))
	has["lesson"] = strings.TrimSuffix(has["file"], ".fr.md")
	for n := range len(prefix) { // so that numbers of threads differ
		e.must(l.Comment(ctx, org, id, e.mark("reviewer"), has["file"], has["digest"], 2+n%2, words("commentaire")))
		has["thread"] = fmt.Sprint(n + 1)
	}
	for _, role := range append(slices.Clone(people.Roles), "demoted") {
		e.must(l.AskFacts(ctx, org, id, e.mark("trainer"), has["lesson"], string(role)))
	}
	d, err := l.Load(ctx, org, id)
	e.must(err)
	has["dutchdigest"] = d.Files[has["lesson"]+".nl.md"].Digest
	has["draftdigest"], has["factsdigest"] = d.Digest(), d.LessonDigest(has["lesson"])
	e.must(l.Wait(ctx, org, "trainer", library.Waiting{Name: "fichier.txt", Lang: "fr", Series: prefix + "-autre", New: true, At: e.Now().AddDate(1, 0, 0), Content: []byte(strings.Replace(quiz, "Oui.", inGIFT.Replace(words("retour")), 1))}))
}

// inGIFT keeps a text from becoming marks of GIFT.
var inGIFT = strings.NewReplacer("{", `\{`, "}", `\}`, "=", `\=`, "~", `\~`, "#", `\#`, ":", `\:`)

// answer has people answer the question of the series, a manager's week
// published, and a mistake reported.
func (e *estates) answer(org string, words func(string) string, has things) {
	e.t.Helper()
	live, err := e.Options.Library.Live(e.t.Context(), org)
	e.must(err)
	q := live[0].Lessons[0].In("fr").Questions[0]
	has["asked"] = q.ID
	monday := consoletest.Began.AddDate(0, 0, -8)
	all, err := e.Options.People.Persons(e.t.Context(), org)
	e.must(err)
	for i, who := range all {
		key := has["series"] + "/" + q.ID
		a := learner.Answer{At: monday, Seconds: 20, Choice: i % 3, Picked: 1 << (i % 3), Lang: 1, First: true, Score: float64(min(i%3, 1))}
		l := learner.Learner{ID: who.Learner, Version: 1, Member: learner.Membership{Org: org, Person: who.ID, Since: monday.AddDate(0, -1, 0)}, Answers: 1, Cards: []learner.Card{{Key: key, Fingerprint: q.Fingerprint()}}}
		e.village.learners[who.Learner], e.village.logs[who.Learner] = l, []learner.Answer{a}
	}
	r, ctx := e.Options.Reports, e.t.Context()
	_, err = r.Fold(ctx, org)
	e.must(err)
	_, err = r.Publish(ctx, org, scheduler.DateOf(monday, time.UTC))
	e.must(err)
	e.must(r.Report(ctx, org, all[0].Learner, report.Mistake{Question: has["series"] + "/" + q.ID, Lang: "fr", Text: words("erreur"), Day: "2026-10-19"}))
	mistakes, err := r.Mistakes(ctx, org, "")
	e.must(err)
	has["mistake"] = mistakes[0].ID
	e.must(e.Options.Recognition.Thank(ctx, org, has["series"]+"/"+live[0].Lessons[0].ID, "p", e.Now()))
}

// schedule makes a campaign in each state in which something can be done to it.
func (e *estates) schedule(org, prefix string, words func(string) string, has things) {
	e.t.Helper()
	today := scheduler.DateOf(e.Now(), time.UTC)
	for name, change := range map[string]func(*campaign.Campaign){
		"campaign": func(c *campaign.Campaign) { c.Launched = time.Time{} },
		"running":  func(c *campaign.Campaign) { c.Start = today.AddDays(-7) },
		"paused":   func(c *campaign.Campaign) { c.Paused = true },
		"own":      func(c *campaign.Campaign) { c.Author = "manager" },
		"required": func(c *campaign.Campaign) { c.Compulsory, c.Told = true, both(words("dit")) },
	} {
		has[name] = prefix + "-" + name
		c := campaign.Campaign{
			ID: has[name], Series: has["series"], Names: both(words("campagne " + name)), Start: today.AddDays(6), End: today.AddDays(30), PerWeek: 1, Author: "trainer", Launched: e.Now(), Revision: 1,
			Audience: campaign.Audience{Teams: []string{has["team"]}},
			Sponsors: []campaign.Sponsor{{Person: "manager", Name: words("manager"), Teams: []string{has["team"]}, Words: both(words("soutien")), Minutes: 15}},
		}
		change(&c)
		e.put(org, "campaign", c.ID, c)
	}
	e.must(e.Options.Campaigns.Complete(e.t.Context(), org, has["required"], has["person"], e.Now()))
}

// hear keeps questions, a survey with its replies, and a subject that was not found.
func (e *estates) hear(org string, words func(string) string, has things) {
	e.t.Helper()
	i, ctx := e.Options.Inbox, e.t.Context()
	about := inbox.About{Series: has["series"], Question: has["asked"]}
	for _, event := range []string{"question", "answered"} {
		e.must(i.Ask(ctx, inbox.Asking{Org: org, Learner: learner.ID(org + "-learner"), Event: event, Lang: "fr", Text: words(event), Name: words("nom"), About: about}))
		open, _, err := i.Questions(ctx, org)
		e.must(err)
		for _, q := range open {
			if q.Text == words(event) {
				has[event] = q.ID
			}
		}
	}
	_, err := i.Answer(ctx, people.Actor{Org: org, Person: "trainer", Name: words("trainer"), Roles: []people.Role{people.Trainer}}, has["answered"], markup.Escape(words("réponse")))
	e.must(err)
	has["survey"] = org + "-survey"
	e.put(org, "survey", has["survey"], inbox.Survey{
		ID: has["survey"], Author: "trainer", Created: e.Now(), Title: both(words("sondage")), Waves: []inbox.Wave{{ID: inbox.Once, On: scheduler.DateOf(e.Now(), time.UTC), Sent: e.Now()}},
		Items: []inbox.Item{{Kind: inbox.OnScale, Text: both(words("échelle"))}, {Kind: inbox.Choices, Text: both(words("choix")), Choices: []inbox.Text{both(words("a")), both(words("b"))}}, {Kind: inbox.InWords, Text: both(words("mots"))}},
	})
	all, err := e.Options.People.Persons(ctx, org)
	e.must(err)
	for _, who := range all[:7] {
		e.must(i.Reply(ctx, org, has["survey"], inbox.Once, who.Learner, []inbox.Reply{{Option: 4}, {Option: 1}, {Words: words("libre")}}))
		e.must(i.Missed(ctx, org, who.Learner, "fr", "signature "+strings.Fields(words("besoin"))[0]))
	}
	needs, _, err := i.Needs(ctx, org)
	e.must(err)
	has["need"] = needs[0].ID
}
