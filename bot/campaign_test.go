package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/lessons"
	"praline/scheduler/campaign"
)

// second is another series, so that one can see which is taught.
func second(t testing.TB) *lessons.Series {
	s := *atelier(t)
	s.ID = "second"
	return &s
}

// next is the lesson that a learner who says "leçon" gets; what waits is put off.
func (c *chat) nextLesson() string {
	c.t.Helper()
	c.says("leçon")
	for range 20 { // what returns comes before
		switch l := c.learner(); l.Place.Topic {
		case "question":
			c.does(pass(l.Place.Ask.ID))
		case "feedback":
			c.presses("Continuer", false)
		}
	}
	lesson := c.learner().Place.Lesson
	if c.learner().Place.Topic == "lesson" {
		c.presses("Plus tard", false)
	}
	return lesson
}

// finish goes through a lesson to its end, whatever it asks.
func (c *chat) finish() {
	c.t.Helper()
	c.says("leçon")
	for range 60 {
		l := c.learner()
		switch l.Place.Topic {
		case "lesson", "feedback":
			c.presses("Continuer", false)
		case "question":
			c.does(pass(l.Place.Ask.ID))
		default:
			return
		}
		if c.err != nil {
			c.t.Fatal(c.err)
		}
	}
	c.t.Fatal("it does not end")
}

// pass is "I do not know".
func pass(ask string) channels.Event {
	return channels.Event{Kind: channels.Pressed, Value: "answer." + ask + ".none"}
}

func TestACampaignTeachesFirstAtItsPace(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := newChat(t, s, lessons.NewCatalogue(atelier(t), second(t)))
		h := newHouse(c)
		stepReady(c, "fr")
		h.join(people.Invitation{})
		if got := c.nextLesson(); !strings.HasPrefix(got, "atelier/") {
			t.Fatalf("without a campaign: %s", got)
		}
		c.says("les sujets")
		running := h.running("c1")
		running.Series, running.PerWeek = "second", 1
		h.campaigns = []campaign.Campaign{running}
		c.finish() // what was begun comes first
		c.now = c.now.Add(24 * time.Hour)
		if got := c.nextLesson(); !strings.HasPrefix(got, "second/") {
			t.Fatalf("with a campaign: %s", got)
		}
		c.finish()
		l := c.learner()
		e := l.Enrolled("c1")
		if e == nil || !e.Begun || e.Lessons != 1 {
			t.Fatalf("enrolled: %+v", e)
		}
		if got := c.nextLesson(); strings.HasPrefix(got, "second/") {
			t.Errorf("a second new lesson in one week: %s", got)
		}
		c.finish()
		c.now = at(19, 10, 0) // Monday
		if got := c.nextLesson(); !strings.HasPrefix(got, "second/") {
			t.Errorf("in the next week: %s", got)
		}
	})
}

func TestWhoHasNotBegunIsRemindedAsOftenAsTheCampaignSays(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
		h := newHouse(c)
		stepReady(c, "fr")
		l := c.learner()
		l.Slots, l.Push.Next = nil, time.Time{} // no push is in between, unanswered
		if err := c.store.Commit(t.Context(), c.now, learner.Change{Learner: l})[0]; err != nil {
			t.Fatal(err)
		}
		h.join(people.Invitation{})
		h.campaigns = []campaign.Campaign{h.running("c1")}
		said := map[string]int{}
		for range 60 {
			c.app.talk("ann").lookAway()
			h.attend()
			h.attend() // the same day again changes nothing
			c.until(c.now.Add(24 * time.Hour))
			for _, m := range c.heard() {
				switch {
				case strings.Contains(m.Text, "commence chez"):
					said["begins"]++
				case strings.Contains(m.Text, "Un rappel"):
					said["reminder"]++
				}
			}
		}
		if said["begins"] != 1 || said["reminder"] != 2 {
			t.Errorf("said %v", said)
		}
	})
}

func TestWhatWasToBeSaidOfACampaignIsNotSaidOnceItHasBegun(t *testing.T) {
	c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
	h := newHouse(c)
	stepReady(c, "fr")
	h.join(people.Invitation{})
	h.campaigns = []campaign.Campaign{h.running("c1")}
	c.now = at(14, 19, 0)
	if err := c.bot.Attend(t.Context(), c.now, c.learner().ID); err != nil || len(c.learner().Letters) != 1 {
		t.Fatalf("letters %+v (%v)", c.learner().Letters, err)
	}
	c.nextLesson()
	c.app.talk("ann").lookAway()
	c.until(at(15, 18, 0))
	for _, m := range c.heard() {
		if strings.Contains(m.Text, "commence chez") {
			t.Errorf("said after it had begun: %s", m.Text)
		}
	}
}

// compulsory is a learner with compulsory training before them.
func compulsory(t *testing.T, s kept) (*chat, *house) {
	c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
	h := newHouse(c)
	stepReady(c, "fr")
	h.join(people.Invitation{})
	running := h.running("c2")
	running.Compulsory = true
	h.campaigns = []campaign.Campaign{running}
	return c, h
}

func TestCompulsoryTrainingIsDeclaredFirstAndReportedOnceStored(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c, h := compulsory(t, s)
		c.says("leçon")
		if p := c.learner().Place; p.Topic != "campaign" {
			t.Fatalf("a screen before it was declared: %+v", p)
		}
		c.presses("C'est compris, commencer", false)
		total := len(atelier(t).Lessons)
		for range total {
			if len(h.done) > 0 {
				t.Fatal("done before the last lesson")
			}
			c.finish()
			c.now = c.now.Add(24 * time.Hour)
		}
		if !slices.Equal(h.done, []string{"spf/c2"}) {
			t.Errorf("done: %q; %+v", h.done, c.learner().Campaigns)
		}
		c.consistent()
	})
}

func TestWhatCannotBeReportedIsReportedLater(t *testing.T) {
	c, h := compulsory(t, newMemory())
	c.says("leçon")
	c.presses("C'est compris, commencer", false)
	completed := c.bot.Completed
	c.bot.Completed = nil
	down := true
	c.bot.Completed = func(ctx context.Context, m learner.Membership, id string, at time.Time) error {
		if down {
			return errAway
		}
		return completed(ctx, m, id, at)
	}
	for range len(atelier(t).Lessons) {
		c.finish()
		c.now = c.now.Add(24 * time.Hour)
	}
	if len(h.done) > 0 || !func() bool { l := c.learner(); return l.Owes() }() {
		t.Fatalf("done %q: %+v", h.done, c.learner().Campaigns)
	}
	down = false
	c.until(c.now.Add(time.Minute))
	if l := c.learner(); len(h.done) != 1 || l.Owes() {
		t.Errorf("done %q: %+v", h.done, l.Campaigns)
	}
}

func TestWhoHadItAllBeforeIsAskedWhetherTheirOrganisationMayKnow(t *testing.T) {
	c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
	h := newHouse(c)
	stepReady(c, "fr")
	for range len(atelier(t).Lessons) {
		c.finish()
	}
	h.join(people.Invitation{})
	running := h.running("c2")
	running.Compulsory = true
	h.campaigns = []campaign.Campaign{running}
	c.now = at(15, 11, 0)
	h.attend()
	if len(h.done) > 0 {
		t.Fatal("reported without having been asked")
	}
	c.until(c.now.Add(time.Hour))
	c.presses("Dire que c'est fait", false)
	if !slices.Equal(h.done, []string{"spf/c2"}) {
		t.Errorf("done: %q", h.done)
	}
}
