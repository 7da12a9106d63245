package console_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/bot/recognition"
	"praline/bot/report"
	"praline/lessons"
	"praline/lessons/library"
	"praline/scheduler"
	"praline/scheduler/campaign"
	"praline/scheduler/recall"
)

// own is the series that the filled organisation wrote itself.
const own = "hameconnage"

// filledTeams are the teams of the filled organisation: two are too small for
// figures.
var filledTeams = []struct {
	fr, nl string
	people int
}{
	{"Accueil", "Onthaal", 31},
	{"Finances et budget", "Financiën en begroting", 24},
	{"Permis et autorisations", "Vergunningen en toelatingen", 17},
	{"Personnel et bien-être au travail", "Personeelsaangelegenheden en welzijn op het werk", 12},
	{"Sécurité de l’information", "Informatieveiligheid en gegevensbescherming", 3},
	{"Traduction", "Vertaling", 2},
}

// filledHouse is an organisation in the middle of its work: of everything that
// the console shows there is something. Everybody in it is an example.
func filledHouse(t *testing.T) (house *consoletest.House, visits []visited) {
	t.Helper()
	v := &village{learners: map[learner.ID]learner.Learner{}, logs: map[learner.ID][]learner.Answer{}}
	house = consoletest.New(t, func(o *console.Options) {
		o.Reports.Learners = v
		o.Reports.Promised = func(context.Context, string) (map[string]int, error) {
			return map[string]int{"team": 15, "finances-et-budget": 10, "permis-et-autorisations": 15, "personnel-et-bien-etre-au-travail": 10}, nil
		}
		o.Catalogue = func(ctx context.Context, org string) (lessons.Catalogue, error) {
			all := []*lessons.Series{shipped(t, "ai-at-work"), shipped(t, "personal-data"), shipped(t, "plain-writing")}
			live, err := o.Library.Live(ctx, org)
			return lessons.NewCatalogue(append(all, live...)...), err
		}
		o.Progress = func(_ context.Context, _ string, c campaign.Campaign) (*campaign.Progress, error) {
			if c.Series != own {
				return nil, nil
			}
			return &campaign.Progress{Begun: 64, Known: 6, Fading: 2, Unseen: 2}, nil
		}
		o.Ways = func(_ context.Context, code string) []people.Way {
			return []people.Way{
				{App: "telegram", URL: "https://t.me/praline_exemple_bot?start=" + code, Code: code},
				{App: "slack", Code: code},
				{App: "teams", Code: code},
				{App: "web", URL: "https://praline.example/chat?join=" + code, Code: code},
			}
		}
	})
	f := &filling{t: t, house: house, village: v, in: map[string]*consoletest.Browser{}}
	house.Pass(-26 * 24 * time.Hour) // to Thursday 24 September
	f.hire()
	f.write()
	f.schedule()
	house.Pass(26*24*time.Hour - house.Now().Sub(consoletest.Began.AddDate(0, 0, -26)))
	clear(f.in) // those sessions are over
	f.learn()
	f.hear()
	f.rewrite()
	f.administer()
	return house, f.visits
}

// visited is an address, and the one who goes there.
type visited struct {
	person, path string
	status       int // 0: as usual
}

// filling fills a house.
type filling struct {
	t       *testing.T
	house   *consoletest.House
	village *village
	in      map[string]*consoletest.Browser // who is signed in
	visits  []visited
}

// as is a browser of somebody.
func (f *filling) as(person string) *consoletest.Browser {
	if f.in[person] == nil {
		f.in[person] = f.house.SignedIn(person)
	}
	f.house.Pass(time.Second) // nobody is a flood
	return f.in[person]
}

func (f *filling) visit(person string, paths ...string) {
	for _, path := range paths {
		f.visits = append(f.visits, visited{person: person, path: path})
	}
}

// must is for what cannot fail but by a mistake of this file.
func (f *filling) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// post sends a form as somebody, and returns where it leads.
func (f *filling) post(person, path string, fields ...string) string {
	f.t.Helper()
	page := f.as(person).Post(path, fields...)
	if page.Status != http.StatusSeeOther {
		f.t.Fatalf("%s posts to %s: %d %s", person, path, page.Status, page.Body)
	}
	return page.To
}

// shipped is a series that comes with Praline.
func shipped(t *testing.T, id string) *lessons.Series {
	t.Helper()
	s, found := lessons.Read(os.DirFS("../../series/" + id))
	if !found.OK() {
		t.Fatal(found.Faults)
	}
	return s
}

func (f *filling) hire() {
	org := f.house
	for i, team := range filledTeams {
		if i > 0 {
			f.post("administrator", "/console/teams", "name.fr", team.fr, "name.nl", team.nl)
		}
	}
	teams, err := org.Options.People.Teams(f.t.Context(), consoletest.Org)
	f.must(err)
	given := []string{"Yasmina", "Bram", "Charlotte", "Dries", "Émile", "Fatima", "Guillaume", "Hilde", "Inès", "Jeroen", "Karim", "Lotte"}
	n := 0
	for _, team := range filledTeams {
		id := teams[slices.IndexFunc(teams, func(one people.Team) bool { return one.Names["fr"] == team.fr })].ID
		for range team.people {
			lang, surname := "fr", "Exemple"
			if n%5 > 2 {
				lang, surname = "nl", "Voorbeeld"
			}
			agent := fmt.Sprintf("agent-%03d", n)
			org.Person(consoletest.Org, people.Person{
				ID: agent, Number: fmt.Sprint(7100 + n), Name: fmt.Sprintf("%s %s %d", given[n%len(given)], surname, n+1), Team: id, Lang: lang,
				Learner: learner.ID(agent), Joined: org.Now().AddDate(0, -2, 0),
			})
			n++
		}
	}
	var managed []string
	for _, team := range teams {
		managed = append(managed, team.ID)
	}
	org.Person(consoletest.Org, people.Person{ID: "manager", Name: "Els Voorbeeld", Team: "team", Lang: "nl", Manages: managed, Roles: []people.Role{people.Manager}, Learner: consoletest.Org + "-manager", Joined: org.Now()})
	// One with every role has the longest menu.
	org.Person(consoletest.Org, people.Person{ID: "all", Name: "Marie-Christine Vandenbroucke-Exemple", Team: "team", Lang: "fr", Manages: managed, Roles: people.Roles[1:], Learner: consoletest.Org + "-all", Joined: org.Now()})
	org.Person(consoletest.Org, people.Person{ID: "new", Name: "Nadia Exemple", Number: "7999", Team: "team", Lang: "fr"})
}

// write puts the organisation's own series live, as its trainer and reviewer do.
func (f *filling) write() {
	var changes []library.Change
	files := os.DirFS("../../series/phishing")
	f.must(fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		if path == "series.yaml" {
			content = bytes.Replace(content, []byte("id: phishing"), []byte("id: "+own), 1)
		}
		changes = append(changes, library.Change{Path: path, Content: content})
		return err
	}))
	ctx, lib := f.t.Context(), f.house.Options.Library
	_, err := lib.Create(ctx, consoletest.Org, own, library.Mark{By: "trainer", At: f.house.Now()}, changes...)
	f.must(err)
	f.post("trainer", "/console/series/"+own+"/facts", "facts-lesson", "01-real-sender", "person", "Lien Voorbeeld")
	f.publish("Première version, dix leçons.")
	f.must(lib.OpenToOthers(ctx, consoletest.Org, own, true))
}

func (f *filling) publish(note string) {
	f.t.Helper()
	f.post("trainer", "/console/series/"+own+"/ask", "version", "1.0.0", "note", note)
	page := f.as("reviewer").Get("/console/review/" + own)
	f.post("reviewer", "/console/review/"+own+"/publish", "seen", field(page, "seen"), "do", "publish")
}

// learn lets people answer in the week before last: for some, one question is
// harder in Dutch, and in another a wrong choice is popular.
func (f *filling) learn() {
	series, err := f.house.Options.Library.Live(f.t.Context(), consoletest.Org)
	f.must(err)
	persons, err := f.house.Options.People.Persons(f.t.Context(), consoletest.Org)
	f.must(err)
	r := rand.New(rand.NewPCG(1, 2))
	monday := consoletest.Began.AddDate(0, 0, -8)
	joined := monday.AddDate(0, -1, 0)
	for i, person := range persons {
		if !strings.HasPrefix(person.ID, "agent-") || person.Team == "permis-et-autorisations" && i%6 > 0 {
			continue // of one team, few take part
		}
		l := learner.Learner{ID: person.Learner, Version: 1, Lang: person.Lang, Member: learner.Membership{Org: consoletest.Org, Since: joined}, Seconds: 600 + 10*i}
		for _, lesson := range series[0].Lessons[:6] {
			for _, q := range lesson.In(person.Lang).Questions {
				if q.Kind == lessons.Poll {
					continue
				}
				f.answer(&l, q, monday, r)
			}
		}
		l.Answers = len(f.village.logs[l.ID])
		f.village.learners[l.ID] = l
	}
	reports := f.house.Options.Reports
	_, err = reports.Fold(f.t.Context(), consoletest.Org)
	f.must(err)
	_, err = reports.Publish(f.t.Context(), consoletest.Org, scheduler.DateOf(monday, time.UTC))
	f.must(err)
	f.must(reports.Report(f.t.Context(), consoletest.Org, "agent-004", report.Mistake{Question: own + "/sender-first-look", Lang: "nl", Text: "Bij antwoord 3 controleer ik toch ook?", Day: "2026-10-19"}))
	f.visit("trainer", "/console/questions", "/console/questions/"+own+"/sender-first-look", "/console/questions/"+own+"/sender-true-domain")
	f.visit("manager", "/console/digest", "/console/digest/how")
	f.visit("learner", "/console/my-manager", "/console")
}

func (f *filling) answer(l *learner.Learner, q *lessons.Question, monday time.Time, r *rand.Rand) {
	day, card := scheduler.DateOf(monday, time.UTC), len(l.Cards)
	easy := 0.82
	if q.ID == "sender-first-look" && l.Lang == "nl" {
		easy = 0.35
	}
	choice, right := -1, r.Float64() < easy
	for i, c := range q.Choices {
		if c.Right == right && (choice < 0 || !right && r.IntN(3) > 0) {
			choice = i
		}
	}
	a := learner.Answer{At: monday, Card: card, Seconds: 12 + r.IntN(20), Choice: choice, Lang: 1 + strings.Index("frnl", l.Lang)/2, First: true}
	if choice >= 0 {
		a.Picked = 1 << choice
	}
	if right {
		a.Score = 1
	}
	l.Cards = append(l.Cards, learner.Card{Key: own + "/" + q.ID, Fingerprint: q.Fingerprint(), Memory: recall.Memory{Stability: 20, Difficulty: 5, Last: day, Due: day.AddDays(9), Reps: 1, Missed: !right}})
	f.village.logs[l.ID] = append(f.village.logs[l.ID], a)
	for _, days := range []int{2, 3, 4} {
		later := a
		later.At, later.First, later.Score = monday.AddDate(0, 0, days), false, 0
		if r.Float64() < easy {
			later.Score = 1
		}
		f.village.logs[l.ID] = append(f.village.logs[l.ID], later)
	}
}

// badge is one that a learner earned.
func (f *filling) badge() string {
	live, err := f.house.Options.Library.Live(f.t.Context(), consoletest.Org)
	f.must(err)
	b, _, err := f.house.Options.Recognition.Give(f.t.Context(), "agent-001", "SPF Exemple", recognition.Learning{Series: live[0], Lang: "fr", Lessons: 10, Taught: 10, Questions: 20, Known: 19}, f.house.Now())
	f.must(err)
	return "/b/" + b.ID
}
