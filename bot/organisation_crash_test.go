package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/lessons"
)

// crashes does something with a store of which one call fails, at each call
// there is, before it and after it; then all is well again and goes on.
func crashes(t *testing.T, begin func(*testing.T) *chat, do func(*chat), check func(t *testing.T, c *chat, label string)) {
	t.Helper()
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			c := begin(t)
			f := &failing{kept: c.store, at: at, after: after}
			c.bot.Store = f
			do(c)
			failed := f.calls >= at
			if at == 1 && !failed {
				t.Fatal("no call could fail: this shows nothing")
			}
			f.at = 0
			label := f.last
			if after {
				label += ", its answer lost"
			}
			check(t, c, label)
			if t.Failed() || !failed {
				break
			}
		}
	}
}

// said counts the messages that stand in a conversation and have these words.
func (c *chat) said(words string) int {
	n := 0
	for _, m := range c.app.talk("ann").shown {
		if strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

func readyMember(t *testing.T) *chat {
	c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
	h := newHouse(c)
	stepReady(c, "fr")
	h.join(people.Invitation{})
	return c
}

func TestACrashWhileWritingALetter(t *testing.T) {
	id := func(c *chat) learner.ID { return c.learner().ID }
	crashes(t, readyMember, func(c *chat) {
		_ = c.bot.Write(context.Background(), c.now, id(c), letter("a", learner.LetterAnswer))
	}, func(t *testing.T, c *chat, label string) {
		c.write(letter("a", learner.LetterAnswer)) // whoever wrote it tries again
		c.until(at(15, 12, 0))
		if n := c.said("Lettre a"); n != 1 {
			t.Errorf("%s: said %d times", label, n)
		}
	})
}

func TestACrashWhileSayingALetter(t *testing.T) {
	crashes(t, func(t *testing.T) *chat {
		c := readyMember(t)
		c.write(letter("a", learner.LetterAnswer))
		c.now = c.now.Add(time.Minute)
		return c
	}, func(c *chat) {
		hints, err := c.store.Due(context.Background(), c.now, 10, 30*time.Second)
		if err != nil || len(hints) != 1 {
			c.t.Fatalf("%d hints: %v", len(hints), err)
		}
		_, _ = c.bot.Push(context.Background(), c.now, hints)
	}, func(t *testing.T, c *chat, label string) {
		c.until(at(15, 12, 0))
		if n := c.said("Lettre a"); n != 1 {
			t.Errorf("%s: said %d times", label, n)
		}
		if l := c.learner(); len(l.Letters) > 0 || l.Push.Today > 2 {
			t.Errorf("%s: %+v", label, l)
		}
	})
}

func TestACrashWhileJoiningAnOrganisation(t *testing.T) {
	var h *house
	crashes(t, func(t *testing.T) *chat {
		c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
		h = newHouse(c)
		stepReady(c, "fr")
		c.says(h.poster(people.Invitation{}))
		return c
	}, func(c *chat) { c.presses("Rejoindre", false) }, func(t *testing.T, c *chat, label string) {
		c.bring(c.last) // the app brings it again
		roster, err := h.Persons(context.Background(), "spf")
		if err != nil || len(roster) != 1 || roster[0].Learner != c.learner().ID || c.learner().Member.Person != roster[0].ID {
			t.Errorf("%s: %v, roster %+v, member %+v", label, err, roster, c.learner().Member)
		}
	})
}

func TestACrashWhileLeavingAnOrganisation(t *testing.T) {
	crashes(t, func(t *testing.T) *chat {
		c := readyMember(t)
		c.says("quitter l'organisation")
		return c
	}, func(c *chat) { c.presses("Oui, quitter", false) }, func(t *testing.T, c *chat, label string) {
		c.bring(c.last)
		if l := c.learner(); l.Member.Org != "" || c.said("C’est fait\u00a0: vous ne faites plus partie") != 1 || c.said("ne vous compte plus") != 0 {
			t.Errorf("%s: %+v\n%s", label, l.Member, c.transcript())
		}
	})
}

func TestACrashWhileTheLastLessonIsDone(t *testing.T) {
	var h *house
	crashes(t, func(t *testing.T) *chat {
		var c *chat
		c, h = compulsory(t, newMemory())
		c.says("leçon")
		c.presses("C'est compris, commencer", false)
		for range len(atelier(t).Lessons) - 1 {
			c.finish()
			c.now = c.now.Add(24 * time.Hour)
		}
		c.nextLesson()
		c.says("leçon")
		for x := c.learner(); x.Place.Topic == "lesson"; x = c.learner() {
			screens := len(atelier(t).Lessons[len(atelier(t).Lessons)-1].In("fr").Screens)
			if x.Place.Screen == screens-1 {
				break
			}
			c.presses("Continuer", false)
		}
		return c
	}, func(c *chat) { c.presses("Continuer", false) }, func(t *testing.T, c *chat, label string) {
		c.bring(c.last)
		c.until(c.now.Add(2 * time.Minute))
		if l := c.learner(); len(h.done) == 0 || l.Owes() {
			t.Errorf("%s: done %q, %+v", label, h.done, l.Campaigns)
		}
	})
}

func TestErasingTellsTheOrganisationBeforeNothingIsLeft(t *testing.T) {
	var h *house
	crashes(t, func(t *testing.T) *chat {
		c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
		h = newHouse(c)
		stepReady(c, "fr")
		h.join(people.Invitation{Name: "Ann Exemple", Limit: 1})
		c.write(letter("a", learner.LetterAnswer))
		c.says("effacer")
		return c
	}, func(c *chat) { c.presses("Oui, tout effacer", false) }, func(t *testing.T, c *chat, label string) {
		c.bring(c.last)
		roster, err := h.Persons(context.Background(), "spf")
		if err != nil || len(roster) != 1 || roster[0].Learner != "" {
			t.Errorf("%s: %v, roster %+v", label, err, roster)
		}
		if id, _ := c.store.Resolve(context.Background(), home); id != "" {
			t.Errorf("%s: still there", label)
		}
		if len(slices.Compact(h.erased)) != 1 {
			t.Errorf("%s: told of %q", label, h.erased)
		}
		if problem := stepNothing(c, ""); problem != "" {
			t.Errorf("%s: %s", label, problem)
		}
	})
}
