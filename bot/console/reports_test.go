package console_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/bot/report"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// village is learners who answered, for the collector.
type village struct {
	mu       sync.Mutex
	learners map[learner.ID]learner.Learner
	logs     map[learner.ID][]learner.Answer
}

func (v *village) Load(_ context.Context, ids ...learner.ID) ([]learner.Record, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	all := make([]learner.Record, len(ids))
	for i, id := range ids {
		all[i].Learner = v.learners[id]
		all[i].Learner.ID = id
	}
	return all, nil
}

func (v *village) Log(_ context.Context, id learner.ID) ([]learner.Answer, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.logs[id], nil
}

// bilingual is a series with one question of four choices in each lesson.
func bilingual(questions int) *lessons.Series {
	s := &lessons.Series{ID: "phishing", Title: lessons.Text{"fr": "Hameçonnage", "nl": "Phishing"}, Languages: []string{"fr", "nl"}}
	lesson := &lessons.Lesson{ID: "01-sender", Twins: map[string]*lessons.Twin{}}
	for _, lang := range s.Languages {
		twin := &lessons.Twin{Lang: lang, Title: "Leçon " + lang}
		for i := range questions {
			q := &lessons.Question{ID: fmt.Sprint("q", i), Kind: lessons.Single, Text: fmt.Sprintf("Question <%d> en **%s**", i, lang)}
			for c := range 4 {
				q.Choices = append(q.Choices, lessons.Choice{Text: fmt.Sprintf("choix %d %s", c+1, lang), Right: c == 0})
			}
			twin.Questions = append(twin.Questions, q)
		}
		lesson.Twins[lang] = twin
	}
	s.Lessons = []*lessons.Lesson{lesson}
	return s
}

// studied is a house in which so many learned for a week: the Dutch of the first
// question is harder.
func studied(t testing.TB, learnersOf int) (*consoletest.House, *report.Reports) {
	t.Helper()
	v := &village{learners: map[learner.ID]learner.Learner{}, logs: map[learner.ID][]learner.Answer{}}
	series := bilingual(4)
	house := consoletest.New(t, func(o *console.Options) {
		o.Reports.Learners = v
		o.Reports.Promised = func(context.Context, string) (map[string]int, error) { return map[string]int{"team": 30}, nil }
		o.Catalogue = func(context.Context, string) (lessons.Catalogue, error) { return lessons.NewCatalogue(series), nil }
	})
	r := rand.New(rand.NewPCG(1, 2))
	monday := consoletest.Began.AddDate(0, 0, -8)
	for i := range learnersOf {
		id := learner.ID(fmt.Sprintf("learner-%03d", i))
		house.Person(consoletest.Org, people.Person{ID: "p-" + string(id), Name: "Exemple", Team: "team", Learner: id, Joined: monday.AddDate(0, -1, 0)})
		l := learner.Learner{ID: id, Version: 1, Member: learner.Membership{Org: consoletest.Org, Since: monday.AddDate(0, -1, 0)}, Seconds: 1500}
		day := scheduler.DateOf(monday, time.UTC)
		for q := range 4 {
			choice := 0
			if easy := 0.85 - 0.5*float64(i%2)*float64(1-min(q, 1)); r.Float64() > easy {
				choice = 1 + r.IntN(3)
			}
			a := learner.Answer{At: monday, Card: q, Seconds: 20, Choice: choice, Picked: 1 << choice, Lang: 1 + i%2, First: true}
			if choice == 0 {
				a.Score = 1
			}
			l.Cards = append(l.Cards, learner.Card{Key: fmt.Sprint("phishing/q", q), Fingerprint: series.Lessons[0].In("fr").Questions[q].Fingerprint(), Memory: recall.Memory{Stability: 50, Difficulty: 5, Last: day, Due: day.AddDays(9), Reps: 1, Missed: choice != 0}})
			later := a
			later.At, later.First = monday.AddDate(0, 0, 3), false
			v.logs[id] = append(v.logs[id], a, later)
		}
		l.Answers = len(v.logs[id])
		v.learners[id] = l
	}
	reports := house.Options.Reports
	if _, err := reports.Fold(t.Context(), consoletest.Org); err != nil {
		t.Fatal(err)
	}
	if _, err := reports.Publish(t.Context(), consoletest.Org, scheduler.DateOf(monday, time.UTC)); err != nil {
		t.Fatal(err)
	}
	return house, reports
}

func tells(t *testing.T, page consoletest.Page, label string, wanted ...string) {
	t.Helper()
	if page.Status != 200 {
		t.Errorf("%s: %d", label, page.Status)
	}
	for _, want := range wanted {
		if !strings.Contains(page.Body, want) {
			t.Errorf("%s: no %q in\n%s", label, want, page.Body)
		}
	}
	for _, wrong := range []string{"questions.", "digest.", "NaN", "no value", "<nil>", "style="} {
		if _, main, _ := strings.Cut(page.Body, "<main"); strings.Contains(strings.ReplaceAll(main, "/console/", ""), wrong) {
			t.Errorf("%s: %q in\n%s", label, wrong, page.Body)
		}
	}
}

func TestQuestionsSayWhatToLookAt(t *testing.T) {
	house, _ := studied(t, 200)
	trainer := house.SignedIn("trainer")
	tells(t, trainer.Get("/console/questions"), "the list", "Une question mérite un regard", "Question &lt;0&gt; en fr", "plus difficile en néerlandais", "/console/questions/phishing/q0", "200")
	tells(t, trainer.Get("/console/questions/phishing/q0"), "the question", "plus difficile en néerlandais que sa jumelle", "Comparer FR et NL", "Intervalle", "choix 1 fr", "bonne réponse", "choix 1 nl", "Personne n’a signalé")
	tells(t, trainer.Get("/console/questions/phishing/q1"), "a good question", "Cette question fait ce qu’elle doit")
	for _, none := range []string{"/console/questions/phishing/none", "/console/questions/other/q1"} {
		if page := trainer.Get(none); page.Status != 404 {
			t.Errorf("%s: %d", none, page.Status)
		}
	}
	if page := house.SignedIn("manager").Get("/console/questions"); page.Status != 403 {
		t.Errorf("a manager sees questions: %d", page.Status)
	}
	few, _ := studied(t, 4)
	tells(t, few.SignedIn("trainer").Get("/console/questions/phishing/q0"), "four people", "Moins de cinq personnes")
}

func TestAMistakeIsRead(t *testing.T) {
	house, reports := studied(t, 20)
	trainer := house.SignedIn("trainer")
	if err := reports.Report(t.Context(), consoletest.Org, "learner-003", report.Mistake{Question: "phishing/q1", Lang: "nl", Text: "Keuze <2> klopt niet.", Day: "2026-10-19"}); err != nil {
		t.Fatal(err)
	}
	page := trainer.Get("/console/questions/phishing/q1")
	tells(t, page, "with a mistake", "Keuze &lt;2&gt; klopt niet.", "Une erreur est signalée", "19\u00a0octobre")
	if strings.Contains(page.Body, "learner-003") {
		t.Error("it says who")
	}
	_, id, _ := strings.Cut(page.Body, `action="/console/mistakes/`)
	id, _, _ = strings.Cut(id, `"`)
	if page := trainer.Post("/console/mistakes/"+id, "done", "yes"); page.Status != 303 || page.To != "/console/questions/phishing/q1" {
		t.Errorf("%d %s", page.Status, page.To)
	}
	if page := trainer.Get("/console/questions/phishing/q1"); strings.Contains(page.Body, "Une erreur est signalée") || !strings.Contains(page.Body, "traité") {
		t.Error(page.Body)
	}
	house.AddOrganisation("autre", "Autre", "Ander")
	if page := house.SignedInTo("autre", "trainer").Post("/console/mistakes/"+id, "done", "yes"); page.Status != 404 {
		t.Errorf("another organisation's mistake: %d", page.Status)
	}
	if err := reports.Forget(t.Context(), consoletest.Org, "learner-003"); err != nil {
		t.Fatal(err)
	}
	if page := trainer.Get("/console/questions/phishing/q1"); strings.Contains(page.Body, "klopt niet") {
		t.Error("their words stay after they erased all")
	}
}

func TestManagersAndTheirPeopleSeeOnePage(t *testing.T) {
	house, _ := studied(t, 40)
	manager := house.SignedIn("manager").Get("/console/digest")
	tells(t, manager, "the manager", "Uw teams, week 42", "personen doen mee", "van 30", "Eén ding voor deze week", "beloofd: 30", "/console/digest/how")
	theirs := house.SignedIn("learner").Get("/console/my-manager")
	tells(t, theirs, "the learner", "Uw teams, week 42", "personen doen mee", "Wat uw leidinggevende nooit ziet")
	cut := func(body string) string {
		_, body, _ = strings.Cut(body, `<div class="one-thing">`)
		body, _, _ = strings.Cut(body, `<p class="foot">`)
		return strings.NewReplacer("<h3", "<h2", "</h3", "</h2").Replace(body)
	}
	if cut(manager.Body) != cut(theirs.Body) || len(cut(manager.Body)) < 200 {
		t.Errorf("two pages:\n%s\n%s", cut(manager.Body), cut(theirs.Body))
	}
	tells(t, house.SignedIn("trainer").Get("/console/digest/how"), "how", "Les groupes sont fixés")
	if page := house.SignedIn("trainer").Get("/console/digest"); page.Status != 403 {
		t.Errorf("a trainer sees teams: %d", page.Status)
	}
	if page := house.SignedIn("manager").Get("/console/digest?week=1999-01-04"); page.Status != 404 {
		t.Errorf("a week that was not published: %d", page.Status)
	}
}

func TestReportsBeginEmpty(t *testing.T) {
	house := consoletest.New(t)
	tells(t, house.SignedIn("trainer").Get("/console/questions"), "no answers", "apparaissent ici")
	tells(t, house.SignedIn("manager").Get("/console/digest"), "no week", "verschijnen hier")
	tells(t, house.SignedIn("learner").Get("/console/my-manager"), "no week", "nog niets gepubliceerd")
}
