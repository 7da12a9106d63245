package bot_test

import (
	"errors"
	"testing"

	"praline/bot/learner"
	"praline/bot/recognition"
	"praline/lessons"
	"praline/records/recordstest"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// scholar has learned all of the atelier two weeks ago but for one review that
// is due now: the session that follows earns the badge.
func scholar(t *testing.T, s kept, store *recordstest.Memory) *chat {
	t.Helper()
	c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
	c.bot.Recognition = &recognition.Recognition{Store: store, Secret: make([]byte, 32), PublicURL: "https://praline.example"}
	play(c, "", 0, []string{"ready: fr"})
	l := c.learner()
	today := scheduler.DateOf(c.now, brussels)
	began := c.now.AddDate(0, 0, -14)
	var answers []learner.Answer
	for _, lesson := range atelier(t).Lessons {
		l.Taught = append(l.Taught, "atelier/"+lesson.ID)
		for _, q := range lesson.In("fr").Questions {
			if q.Kind == lessons.Poll {
				continue
			}
			answers = append(answers, learner.Answer{At: began, Card: len(l.Cards), Score: 1, Seconds: 20})
			l.Cards = append(l.Cards, learner.Card{
				Key: "atelier/" + q.ID, Fingerprint: q.Fingerprint(),
				Memory: recall.Memory{Stability: 90, Difficulty: 5, Last: today.AddDays(-14), Due: today.AddDays(60), Reps: 2},
			})
		}
	}
	l.Cards[0].Memory.Due = today
	l.Place = learner.Place{}
	if err := errors.Join(s.Commit(t.Context(), c.now, learner.Change{Learner: l, Answers: answers})...); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBadges(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		records := &recordstest.Memory{}
		c := scholar(t, s, records)
		records.Away = errors.New("away")
		play(c, "badges", 0, []string{"learner: leçon", "bot: capitale"})
		c.says("Bruxelles")
		c.presses("Continuer", false)
		if c.err == nil {
			t.Fatal("the badge could not be kept, and the session ended all the same")
		}
		records.Away = nil
		c.bring(c.last) // the app brings it again
		play(c, "badges", 0, []string{
			"bot: Vous avez gagné un badge",
			"count: badge given 1",
			"press: Mes badges",
			"bot: Personne d’autre ne voit cette liste",
			"press: Certificat : L'atelier",
			"bot: Voici votre certificat",
			"learner: mes badges",
			"press: Badge : L'atelier",
			"bot: Voici votre badge",
			"learner: mon année",
			"bot: Votre année 2026",
			"bot: jours d’apprentissage",
			"learner: leçon",
			"not: Vous avez gagné",
		})
		l := c.learner()
		if len(l.Badges) != 1 || l.Badges[0].Series != "atelier" {
			t.Fatalf("badges: %+v", l.Badges)
		}
		if b, err := c.bot.Recognition.Badge(t.Context(), l.Badges[0].ID); err != nil || b.Known < 4 || b.Organisation != "Praline" {
			t.Errorf("what stands of it: %+v %v", b, err)
		}
	})
}

// A badge as it is handed over is true, and its holder's.
func TestABadgeThatWasHandedOver(t *testing.T) {
	s := newMemory()
	c := scholar(t, s, &recordstest.Memory{})
	play(c, "badges", 0, []string{"learner: leçon", "learner: Bruxelles", "press: Continuer", "press: Mes badges", "press: Badge : L'atelier"})
	var picture []byte
	for _, m := range c.answered {
		if m.Document != nil {
			picture = m.Document.Data
		}
	}
	v, err := recognition.Verify(picture)
	if err != nil || !v.Is("Ann") || v.Title != "L’atelier" {
		t.Errorf("%+v %v", v, err)
	}
	play(c, "badges", 0, []string{"forged: badge.file.phishing", "forged: badge.x.atelier", "forged: badge", "forged: thanks.zzzz"})
}

func TestThanks(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		records := &recordstest.Memory{}
		c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
		c.bot.Recognition = &recognition.Recognition{Store: records, Secret: make([]byte, 32)}
		play(c, "thanks", 0, []string{
			"ready: fr", "learner: leçon", "press: Continuer", "press: Continuer", "press: Continuer", "learner: Bruxelles", "press: Continuer",
			"learner: 1", "press: Continuer", "learner: 1", "press: Continuer",
			"press: Merci pour cette leçon", "bot: Les auteurs verront un merci de plus", "again:", "press: Merci pour cette leçon", "bot: Vous avez déjà remercié",
		})
		if _, total, err := c.bot.Recognition.Thanked(t.Context(), "", "atelier", 0); err != nil || total != 1 {
			t.Errorf("%d thanks, %v", total, err)
		}
	})
}
