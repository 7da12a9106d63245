package console_test

import (
	"fmt"
	"testing"

	"praline/bot/console/consoletest"
)

// TestWeekOnHome: the minutes of this week stand there for five people and
// more, and for whom schedules; thanks for whom had a part.
func TestWeekOnHome(t *testing.T) {
	house := withSeries(t)
	trainer := house.SignedIn("trainer")
	has(t, trainer.Get("/console"), 200, "!Cette semaine", "!Merci")
	path := made(t, trainer.Post("/console/campaigns", "series", "ai", "start", "2026-10-20", "rhythm", "2"))
	has(t, trainer.Get("/console"), 200, "!Cette semaine")
	trainer.Post(path + "/launch")
	has(t, trainer.Get("/console"), 200, "Cette semaine", "pour les 17 personnes de « L’IA au travail »", "choisi : 3 minutes")
	has(t, house.SignedIn("reviewer").Get("/console"), 200, "!Cette semaine")
	trainer.Post(path + "/stop")
	has(t, trainer.Get("/console"), 200, "!Cette semaine")
}

func TestThanksOnHome(t *testing.T) {
	house, trainer, reviewer := garden(t)
	trainer.Post("/console/series/le-jardin/ask", "version", "1.0.0", "note", "Première version.")
	reviewer.Post(inReview+"/publish", "seen", field(reviewer.Get(inReview), "seen"), "do", "publish")
	thank := func(lesson string, times int) {
		for n := range times {
			if err := house.Options.Recognition.Thank(t.Context(), consoletest.Org, lesson, fmt.Sprint(lesson, n, house.Now().Month()), house.Now()); err != nil {
				t.Fatal(err)
			}
		}
	}
	thank("elsewhere/arroser", 2)
	has(t, trainer.Get("/console"), 200, "!Merci")
	thank("le-jardin/arroser", 1)
	has(t, trainer.Get("/console"), 200, "Un merci en octobre, pour la leçon « Arroser ».")
	thank("le-jardin/gone", 2)
	has(t, reviewer.Get("/console"), 200, "3 mercis en octobre.")
	thank("le-jardin/arroser", 4)
	has(t, reviewer.Get("/console"), 200, "6 mercis en octobre, surtout pour la leçon « Arroser ».")
	has(t, house.SignedIn("administrator").Get("/console"), 200, "!mercis en")
}

func TestQuestionsThatWaitStandInTheMenu(t *testing.T) {
	house, _ := withQuestion(t)
	has(t, house.SignedIn("trainer").Get("/console/series"), 200, `class="waits" aria-hidden="true">1<`, "une question attend")
	has(t, house.SignedIn("manager").Get("/console"), 200, `!class="waits"`)
}

// TestMenuSaysWhereOneIs on pages that lie under a line by their matter only.
func TestMenuSaysWhereOneIs(t *testing.T) {
	house := consoletest.New(t)
	b := house.SignedIn("administrator")
	for path, line := range map[string]string{"/console/teams": "/console/people", "/console/invitations": "/console/people", "/console/audit": "/console/organisation"} {
		has(t, b.Get(path), 200, `href="`+line+`" aria-current="true"`)
	}
}
