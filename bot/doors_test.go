package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/channels"
	"praline/channels/outbound"
	"praline/lessons"
)

// atQuestion is a learner who is asked the first question of the atelier.
func atQuestion(t testing.TB, s kept) *chat {
	t.Helper()
	c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
	stepReady(c, "fr")
	for _, label := range []string{"Ma première leçon", "Continuer", "Continuer", "Continuer"} {
		c.presses(label, false)
	}
	if at := c.learner().Place; at.Ask == nil {
		t.Fatalf("no question: %+v", at)
	}
	return c
}

// mute says nothing: what is committed stays in the outbox.
type mute struct{}

func (mute) Say(...outbound.Saying) {}

func (mute) Forget(context.Context, string) error { return nil }

// Two devices answer the same ask at the same moment, a thousand times: one counts.
func TestOneOfTwoDevicesCounts(t *testing.T) {
	rounds := 1000
	if testing.Short() {
		rounds = 50
	}
	for round := range rounds {
		s := newMemory()
		c := atQuestion(t, s)
		c.bot.Outbound, c.bot.Count = mute{}, nil
		ask := c.learner().Place.Ask.ID
		var both sync.WaitGroup
		for device := range 2 {
			both.Go(func() {
				_, err := c.bot.Handle(context.Background(), c.now, channels.Event{
					Kind: channels.Pressed, Channel: "chat", Conversation: "ann", ID: fmt.Sprint("device", device), Value: fmt.Sprintf("answer.%s.%d", ask, device),
				})
				if err != nil {
					t.Errorf("round %d, device %d: %v", round, device, err)
				}
			})
		}
		both.Wait()
		l := c.learner()
		if log, _ := s.Log(context.Background(), l.ID); l.Answers != 1 || len(log) != 1 || l.Cards[0].Memory.Reps != 1 {
			t.Fatalf("round %d: %d answers, %d in the log, cards %+v", round, l.Answers, len(log), l.Cards)
		}
	}
}

// A crash between the commit and the saying loses no message: the event that
// comes again says what has no receipt, and so does the hint.
func TestACrashLosesNoMessage(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := atQuestion(t, s)
		app := c.bot.Outbound
		c.bot.Outbound = mute{} // the process ends here
		c.presses("Bruxelles", false)
		if len(c.record().Outbox) == 0 {
			t.Fatal("nothing stands in the outbox")
		}
		c.bot.Outbound = app
		c.bring(c.last)
		if problem := stepBot(c, "c'est exact"); problem != "" || len(c.answered) != 0 {
			t.Fatalf("the event came again: %s; %v", problem, c.answered)
		}

		c.bot.Outbound = mute{}
		c.presses("Continuer", false)
		c.bot.Outbound = app
		c.until(c.now.Add(time.Minute))
		if problem := stepBot(c, "Aimez-vous y aller"); problem != "" {
			t.Fatalf("the hint came due: %s", problem)
		}
		if l := c.learner(); l.Answers != 1 || len(c.record().Outbox) != 0 {
			t.Fatalf("%d answers, outbox %v", l.Answers, c.record().Outbox)
		}
	})
}

// While the store is away nothing is acknowledged, and the same event counts
// when it is back.
func TestTheStoreIsAway(t *testing.T) {
	s := newMemory()
	c := atQuestion(t, s)
	m, value := c.app.talk("ann").find("Bruxelles", false)
	s.away = true
	c.does(channels.Event{Kind: channels.Pressed, Value: value, Message: m.receipt})
	if !errors.Is(c.err, errAway) || len(c.answered) > 0 {
		t.Fatalf("away: %v, %v", c.err, c.answered)
	}
	s.away = false
	c.bring(c.last)
	if c.err != nil || c.learner().Answers != 1 {
		t.Fatalf("back: %v, %d answers", c.err, c.learner().Answers)
	}
}

// The file of "my data" holds all that is stored, and can be read by a machine.
func TestMyDataIsEverything(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := atQuestion(t, s)
		c.presses("Namur", false)
		c.presses("Continuer", false)
		c.presses("Un peu", false)
		c.says("mes données")
		var file *channels.Document
		for _, h := range c.heard() {
			if h.Document != nil {
				file = h.Document
			}
		}
		var e bot.Export
		if file == nil || json.Unmarshal(file.Data, &e) != nil {
			t.Fatalf("no file, or not JSON: %+v", file)
		}
		l := c.learner()
		switch {
		case e.Learner.Name != "Ann" || e.Learner.Lang != "fr" || len(e.Learner.Slots) != 1 || e.Learner.Addresses[0] != home:
			t.Errorf("the learner: %+v", e.Learner)
		case len(e.Known) != 1 || e.Known[0].Question != "atelier/capital" || e.Known[0].Due != "2026-10-15" || e.Known[0].Text == "":
			t.Errorf("questions: %+v", e.Known)
		case len(e.Answers) != 2 || e.Answers[0].Choice != 1 || e.Answers[0].Score != 0 || e.Answers[0].Question != "atelier/capital" || e.Answers[1].Question != "":
			t.Errorf("answers: %+v", e.Answers)
		}
		same, err := c.bot.Export(context.Background(), l.ID, c.now)
		if err != nil || len(same.Answers) != 2 {
			t.Errorf("for the administrator: %+v, %v", same, err)
		}
		if _, err := c.bot.Export(context.Background(), "nobody", c.now); err == nil || !strings.Contains(err.Error(), "praline data list") {
			t.Errorf("nobody: %v", err)
		}
	})
}

// What stands in the store while there is no yes yet is where to answer, the
// language, the zone and the step; no name.
func TestNothingPersonalBeforeTheYes(t *testing.T) {
	c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
	c.does(channels.Event{Kind: channels.Came})
	c.presses("Continuer en français", false)
	if l := c.learner(); l.Name != "" || strings.Contains(stored(c), "Ann") || !l.Agreed.IsZero() {
		t.Errorf("kept: %s", stored(c))
	}
	c.presses("Oui, d'accord", false)
	if l := c.learner(); l.Name != "Ann" || l.Agreed.IsZero() {
		t.Errorf("after the yes: %+v", l)
	}
}

// Somebody else's buttons have no effect on another learner, even where both
// are at the same place.
func TestButtonsAreTheirLearners(t *testing.T) {
	s := newMemory()
	c := atQuestion(t, s)
	_, anns := c.app.talk("ann").find("Bruxelles", false)
	c.who = learner.Address{Channel: "chat", Conversation: "ben"}
	stepReady(c, "fr")
	for _, label := range []string{"Ma première leçon", "Continuer", "Continuer", "Continuer"} {
		c.presses(label, false)
	}
	before := c.learner()
	c.does(channels.Event{Kind: channels.Pressed, Value: anns})
	if problem := stepBot(c, "Ce bouton a déjà servi"); problem != "" || c.learner().Place.Ask.ID != before.Place.Ask.ID || c.learner().Answers != 0 {
		t.Fatalf("%s %+v", problem, c.learner().Place)
	}
	c.who = home
	if c.learner().Answers != 0 {
		t.Fatal("it counted for the other")
	}
}

// A report on a question is kept once, without who wrote it.
func TestReportsNameNobody(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := atQuestion(t, s)
		c.says("il y a une erreur")
		c.says("Namur est plus belle " + strings.Repeat("x", 2000))
		lines, err := s.Lines(context.Background(), "reports")
		if err != nil || len(lines) != 1 {
			t.Fatalf("%q, %v", lines, err)
		}
		var r bot.Report
		if err := json.Unmarshal(lines[0], &r); err != nil || r.Question != "atelier/capital" || r.Lang != "fr" || r.Day != "2026-10-14" || len(r.Text) != 1000 {
			t.Errorf("%s: %v", lines[0], err)
		}
		if id := string(c.learner().ID); strings.Contains(string(lines[0]), id) || strings.Contains(string(lines[0]), "Ann") {
			t.Errorf("it names somebody: %s", lines[0])
		}
	})
}

// A poll is answered, counted, and not remembered.
func TestAPollIsNotRemembered(t *testing.T) {
	c := atQuestion(t, newMemory())
	for _, label := range []string{"Bruxelles", "Continuer", "Un peu"} {
		c.presses(label, false)
	}
	l := c.learner()
	log, _ := c.store.Log(context.Background(), l.ID)
	if len(l.Cards) != 1 || l.Session.Asked != 1 || l.Session.Posed != 2 || len(log) != 2 || log[1].Card != -1 || log[1].Choice != 1 {
		t.Errorf("cards %+v, session %+v, log %+v", l.Cards, l.Session, log)
	}
}

// An interruption is not time spent, nor a slow answer.
func TestAnInterruptionIsNotSpent(t *testing.T) {
	c := atQuestion(t, newMemory())
	before := c.learner().Seconds
	c.now = c.now.Add(3 * time.Hour)
	c.presses("Bruxelles", false)
	slept := c.learner()
	d := atQuestion(t, newMemory())
	d.now = d.now.Add(5 * time.Second)
	d.presses("Bruxelles", false)
	quick := d.learner()
	if slept.Seconds > before+90 {
		t.Errorf("%d seconds were counted", slept.Seconds-before)
	}
	if slept.Cards[0].Memory.Stability != quick.Cards[0].Memory.Stability {
		t.Errorf("stability %g after an interruption, %g without", slept.Cards[0].Memory.Stability, quick.Cards[0].Memory.Stability)
	}
}

// The record of a learner is what it was after a trip through the store.
func TestLearnerGoesThroughTheStore(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := atQuestion(t, s)
		c.presses("Bruxelles", false)
		l := c.learner()
		once, twice := marshal(l), learner.Learner{}
		unmarshal(once, &twice)
		if again := marshal(twice); string(once) != string(again) {
			t.Errorf("it changed:\n%s\n%s", once, again)
		}
	})
}

// A series with a long name can be chosen too: a value has 48 bytes.
func TestALongNameIsChosen(t *testing.T) {
	series := atelier(t)
	series.ID = strings.Repeat("long-", 20) + "name"
	c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t), series))
	stepReady(c, "fr")
	c.says("catalogue")
	c.says("2")
	if l := c.learner(); len(l.Series) != 1 || l.Series[0] != series.ID {
		t.Errorf("chosen: %q", l.Series)
	}
}
