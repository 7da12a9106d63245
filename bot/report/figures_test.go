package report_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/bot/recognition"
	"praline/bot/report"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/lessons"
	"praline/lessons/library"
	"praline/records"
	"praline/scheduler"
	"praline/scheduler/campaign"
	"praline/scheduler/recall"
)

const (
	manyLearners  = 10_000
	answersOfEach = 100
	manyQuestions = 50
	manyTeams     = 60
)

// TestFigures measures ten thousand learners with a million answers; with
// PRALINE_FIGURES it appends rows to that file.
func TestFigures(t *testing.T) {
	file := os.Getenv("PRALINE_FIGURES")
	if file == "" {
		t.Skip("make bench measures; PRALINE_FIGURES names the file to write")
	}
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	row := func(what, format string, values ...any) {
		line := fmt.Sprintf("| %s | %s |", what, fmt.Sprintf(format, values...))
		t.Log(line)
		fmt.Fprintln(out, line)
	}
	url, _ := storetest.Redis(t)
	for _, place := range []struct{ name, redis string }{{"file", ""}, {"Redis", url}} {
		t.Run(place.name, func(t *testing.T) {
			options := store.Options{Redis: place.redis, Secret: storetest.Secret}
			if place.redis == "" {
				options.Folder = t.TempDir()
			}
			s := storetest.Open(t, options)
			figures(t, place.name, s, row)
		})
	}
}

func figures(t *testing.T, name string, s *store.Store, row func(string, string, ...any)) {
	ctx := t.Context()
	now := monday.AddDate(0, 0, 7)
	clock := func() time.Time { // goes on, so that nobody asks too often
		now = now.Add(2 * time.Second)
		return now
	}
	everybody := &people.People{Store: s, Secret: storetest.Secret, Now: clock}
	series := many()
	settle(t, s, series)

	reports := &report.Reports{Store: s, Learners: s, Roster: everybody, Secret: storetest.Secret, Now: clock}
	took := func(what string, most time.Duration, do func() error) {
		t.Helper()
		began := time.Now()
		if err := do(); err != nil {
			t.Fatal(err)
		}
		spent := time.Since(began)
		row(what+", "+name, "%.2f s", spent.Seconds())
		if spent > most {
			t.Errorf("%s: %v, more than %v", what, spent, most)
		}
	}
	took("folding 1,000,000 answers of 10,000 learners", 2*time.Minute, func() error {
		done, err := reports.Fold(ctx, org)
		if done.Answers != manyLearners*answersOfEach {
			t.Errorf("%+v", done)
		}
		return err
	})
	took("folding again, nothing new", 30*time.Second, func() error { _, err := reports.Fold(ctx, org); return err })
	took("a week's digest of 10,000 people", 2*time.Second, func() error { _, err := reports.Publish(ctx, org, week); return err })
	roster := []byte("matricule;nom;équipe;langue;horaire\n")
	for i := range manyLearners {
		roster = fmt.Appendf(roster, "%06d;Personne Exemple %d;Équipe %d;%s;lu-je 9h-16h\n", i, i, i%200, []string{"fr", "nl"}[i%2])
	}
	if _, err := everybody.CreateOrganisation(ctx, people.Organisation{ID: "large", Names: map[string]string{"fr": "Grande"}}); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"a roster of 10,000 imported", "the same once more, nothing changed"} {
		took(what, time.Minute, func() error {
			_, err := everybody.Import(ctx, people.Shell("large"), people.Roster{File: roster})
			return err
		})
	}
	largest := 0
	for _, kind := range []string{"report-question", "report-cursor", "report-groups", "report-member", "report-digest"} {
		all, err := s.List(ctx, org, kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range all {
			largest = max(largest, len(r.Body))
		}
	}
	row("largest record of counts, "+name, "%d KB", largest>>10)
	if largest > 100<<10 {
		t.Errorf("a record has %d bytes", largest)
	}
	handler := consoletest.Handler(t, console.Options{
		People: everybody, Library: &library.Library{Store: s}, Campaigns: &campaign.Campaigns{Store: s}, Reports: reports,
		Recognition: &recognition.Recognition{Store: s, Secret: storetest.Secret},
		Inbox:       &inbox.Inbox{Store: s, People: everybody, Secret: storetest.Secret, Now: clock},
		Catalogue:   func(context.Context, string) (lessons.Catalogue, error) { return lessons.NewCatalogue(series), nil },
		Secret:      storetest.Secret, Now: clock, Wall: clock,
	})
	for _, page := range []struct{ who, path string }{
		{"trainer", "/console"},
		{"manager", "/console"},
		{"administrator", "/console/people"},
		{"administrator", "/console/people?page=7"},
		{"trainer", "/console/campaigns"},
		{"trainer", "/console/questions"},
		{"trainer", "/console/questions/phishing/q03"},
		{"manager", "/console/digest"},
		{"manager", "/console/my-manager"},
	} {
		var all []time.Duration
		for range 2 {
			b := consoletest.SignedIn(t, handler, everybody, org, page.who)
			for range 20 {
				began := time.Now()
				if got := b.Get(page.path); got.Status != 200 {
					t.Fatalf("%s: %d", page.path, got.Status)
				}
				all = append(all, time.Since(began))
			}
		}
		slices.Sort(all)
		p95 := all[len(all)*95/100]
		row("p95 of "+page.path+", "+name, "%d ms", p95.Milliseconds())
		if p95 > 100*time.Millisecond {
			t.Errorf("%s: p95 %v", page.path, p95)
		}
	}
}

// many is a series with many questions.
func many() *lessons.Series {
	s := &lessons.Series{ID: "phishing", Title: lessons.Text{"fr": "Hameçonnage", "nl": "Phishing"}, Languages: []string{"fr", "nl"}}
	lesson := &lessons.Lesson{ID: "01", Twins: map[string]*lessons.Twin{}}
	for _, lang := range s.Languages {
		twin := &lessons.Twin{Lang: lang, Title: "Exemple"}
		for i := range manyQuestions {
			q := single(fmt.Sprintf("phishing/q%02d", i), i%4)
			q.Text = fmt.Sprintf("Question %d (%s)", i, lang)
			twin.Questions = append(twin.Questions, q)
		}
		lesson.Twins[lang] = twin
	}
	s.Lessons = []*lessons.Lesson{lesson}
	return s
}

// settle puts everybody into the store, with their answers.
func settle(t *testing.T, s *store.Store, series *lessons.Series) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 1))
	write := func(all []records.Record) {
		t.Helper()
		for chunk := range slices.Chunk(all, 1000) {
			if err := s.Write(t.Context(), chunk...); err != nil {
				t.Fatal(err)
			}
		}
	}
	record := func(key records.Key, value any) records.Record {
		return must[records.Record](t)(records.Encode(key, 0, value))
	}
	write([]records.Record{record(records.Key{Kind: "organisation", ID: org}, people.Organisation{ID: org})})
	var all []records.Record
	var teams []string
	for i := range manyTeams {
		teams = append(teams, fmt.Sprint("team-", i))
		all = append(all, record(records.Key{Org: org, Kind: "team", ID: teams[i]}, people.Team{ID: teams[i]}))
	}
	all = append(all,
		record(records.Key{Org: org, Kind: "person", ID: "trainer"}, people.Person{ID: "trainer", Lang: "fr", Roles: []people.Role{people.Trainer}}),
		record(records.Key{Org: org, Kind: "person", ID: "administrator"}, people.Person{ID: "administrator", Lang: "fr", Roles: []people.Role{people.Administrator}}),
		record(records.Key{Org: org, Kind: "person", ID: "manager"}, people.Person{ID: "manager", Lang: "nl", Team: teams[0], Roles: []people.Role{people.Manager}, Manages: teams[:20]}))
	var changes []learner.Change
	for i := range manyLearners {
		id := learner.NewID()
		p := people.Person{ID: fmt.Sprintf("person-%05d", i), Name: "Exemple", Team: teams[i*i%manyTeams], Learner: id, Joined: monday.AddDate(0, -1, 0)}
		all = append(all, record(records.Key{Org: org, Kind: "person", ID: p.ID}, p))
		changes = append(changes, studious(r, series, id, p.ID))
	}
	write(all)
	for chunk := range slices.Chunk(changes, 500) {
		for _, err := range s.Commit(t.Context(), monday, chunk...) {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// studious is somebody who answered each question twice.
func studious(r *rand.Rand, series *lessons.Series, id learner.ID, person string) learner.Change {
	l := learner.Learner{ID: id, Created: monday, Lang: "fr", Member: learner.Membership{Org: org, Person: person, Since: monday.AddDate(0, -1, 0)}, Seconds: 3000}
	day := scheduler.DateOf(monday, time.UTC)
	var answers []learner.Answer
	for round := range answersOfEach / manyQuestions {
		for q := range manyQuestions {
			choice := q % 4
			if r.IntN(4) == 0 {
				choice = r.IntN(4)
			}
			a := learner.Answer{At: monday.AddDate(0, 0, 3*round), Card: q, Seconds: 15, Choice: choice, Picked: 1 << choice, Lang: 1 + int(id[0])%2, First: round == 0}
			if choice == q%4 {
				a.Score = 1
			}
			answers = append(answers, a)
			if round == 0 {
				question := series.Lessons[0].In("fr").Questions[q]
				l.Cards = append(l.Cards, learner.Card{
					Key: "phishing/" + question.ID, Fingerprint: question.Fingerprint(),
					Memory: recall.Memory{Stability: 20, Difficulty: 5, Last: day, Due: day.AddDays(9), Reps: 2, Missed: choice != q%4},
				})
			}
		}
	}
	l.Answers = len(answers)
	return learner.Change{Learner: l, Answers: answers}
}
