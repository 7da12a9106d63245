package bot_test

import (
	"testing"

	"praline/lessons"
)

// A series may get a new version while a learner is in the middle of it.
func TestANewVersion(t *testing.T) {
	for _, row := range []struct {
		label  string
		where  []string // pressed before
		change func(*lessons.Series)
		does   string
		says   string
		check  func(*testing.T, *chat)
	}{
		{
			label: "the question that waits is gone: the next one comes",
			where: []string{"Continuer", "Continuer", "Continuer"},
			change: func(s *lessons.Series) {
				for _, twin := range s.Lessons[0].Twins {
					twin.Questions = twin.Questions[1:]
				}
			},
			does: "learner: 2", says: "Aimez-vous y aller ?",
		},
		{
			label: "the right answer of the question that waits changed: it is asked anew, the old button does not count",
			where: []string{"Continuer", "Continuer", "Continuer"},
			change: func(s *lessons.Series) {
				for _, twin := range s.Lessons[0].Twins {
					twin.Questions[0].Choices[0].Right, twin.Questions[0].Choices[1].Right = true, false
				}
			},
			does: "press: Bruxelles", says: "Cette question a changé. La voici.",
			check: func(t *testing.T, c *chat) {
				if c.learner().Answers != 0 {
					t.Error("the old answer counted")
				}
				c.presses("Namur", false)
				if problem := stepBot(c, "Votre réponse : c'est exact"); problem != "" {
					t.Error(problem)
				}
			},
		},
		{
			label: "a changed right answer starts the memory anew",
			where: []string{"Continuer", "Continuer", "Continuer", "Bruxelles", "Continuer", "Oui", "Continuer", "Je ne sais pas", "Continuer"},
			change: func(s *lessons.Series) {
				for _, twin := range s.Lessons[0].Twins {
					twin.Questions[0].Choices[0].Right, twin.Questions[0].Choices[1].Right = true, false
				}
			},
			does: "time: Thu 15 Oct 2026 9:00", says: "reviennent",
			check: func(t *testing.T, c *chat) {
				c.presses("Commencer", false)
				for c.learner().Place.Ask.Question != "atelier/capital" {
					c.presses("Je ne sais pas", false)
					c.presses("Continuer", false)
				}
				c.presses("Namur", false)
				if m := c.learner().Cards[0].Memory; m.Reps != 1 {
					t.Errorf("memory goes on: %+v", m)
				}
			},
		},
		{
			label: "the same right answer keeps the memory, whatever else changed",
			where: []string{"Continuer", "Continuer", "Continuer", "Bruxelles", "Continuer", "Oui", "Continuer", "Je ne sais pas", "Continuer"},
			change: func(s *lessons.Series) {
				s.Lessons[0].Twins["fr"].Questions[0].Text = "Nommez la capitale."
			},
			does: "time: Thu 15 Oct 2026 9:00", says: "reviennent",
			check: func(t *testing.T, c *chat) {
				c.presses("Commencer", false)
				for c.learner().Place.Ask.Question != "atelier/capital" {
					c.presses("Je ne sais pas", false)
					c.presses("Continuer", false)
				}
				c.presses("Bruxelles", false)
				if m := c.learner().Cards[0].Memory; m.Reps != 2 {
					t.Errorf("memory starts anew: %+v", m)
				}
			},
		},
		{
			label: "the lesson is shorter than the screen where one was: its questions come",
			where: []string{"Continuer", "Continuer"},
			change: func(s *lessons.Series) {
				for _, twin := range s.Lessons[0].Twins {
					twin.Screens = twin.Screens[:1]
				}
			},
			does: "learner: leçon", says: "Quelle ville est la capitale ?",
		},
		{
			label:  "the lesson is gone: the next one comes",
			where:  []string{"Continuer"},
			change: func(s *lessons.Series) { s.Lessons = s.Lessons[1:] },
			does:   "learner: leçon", says: "Dix provinces",
		},
		{
			label:  "everything is gone: nothing breaks",
			where:  []string{"Continuer", "Continuer", "Continuer", "Bruxelles"},
			change: func(s *lessons.Series) { s.Lessons = nil },
			does:   "press: Continuer", says: "C'est tout pour aujourd'hui.",
		},
		{
			label: "an order to make got shorter: it is asked anew",
			where: []string{"Plus tard"},
			change: func(s *lessons.Series) {
				s.Lessons = s.Lessons[2:]
			},
			does: "learner: leçon", says: "L'ordre des choses",
			check: func(t *testing.T, c *chat) {
				c.presses("Continuer", false)
				for _, twin := range c.bot.Catalogue.All()[0].Lessons[0].Twins {
					twin.Questions[0].Items = twin.Questions[0].Items[:2]
				}
				c.fills("place0=0 place1=1 place2=2")
				if problem := stepBot(c, "Cette question a changé"); problem != "" {
					t.Error(problem)
				}
				c.says("1 2")
				if c.learner().Answers != 1 {
					t.Error("it cannot be answered")
				}
			},
		},
	} {
		t.Run(row.label, func(t *testing.T) {
			series := atelier(t)
			c := newChat(t, newMemory(), lessons.NewCatalogue(series))
			stepReady(c, "fr")
			c.presses("Ma première leçon", false)
			for _, label := range row.where {
				c.presses(label, false)
			}
			row.change(series)
			play(c, row.label, 0, []string{row.does, "bot: " + row.says})
			if row.check != nil {
				row.check(t, c)
			}
		})
	}
}
