package main

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"praline/channels/telegram/telegramtest"
)

// TestQuizOutlivesAKill: a question as Telegram's own quiz, answered while no
// process of ours is there: its answer finds its ask after the start, counts
// once, and the feedback is said below.
func TestQuizOutlivesAKill(t *testing.T) {
	t.Parallel()
	api := telegramtest.Start(t)
	s := newServing(t, "PRALINE_WEB=off", "TELEGRAM_BOT_TOKEN="+telegramtest.Token, "TELEGRAM_API_URL="+api.URL, "TELEGRAM_QUIZ=on")
	s.up()
	p := newPupil(api, rand.New(rand.NewPCG(5, 2026)))
	p.Says("/start")
	quiz := func() *telegramtest.Poll {
		for _, m := range p.Shown() {
			if m.Poll != nil {
				return m.Poll
			}
		}
		return nil
	}
	pressed := map[string]bool{}
	p.Await(func([]telegramtest.Message) bool {
		if m, b, ok := p.choose(); ok && m.Poll == nil && !pressed[b.Data] {
			pressed[b.Data] = true
			p.PressesData(m.ID, b.Data)
		}
		return quiz() != nil
	})
	if quiz() == nil {
		t.Fatalf("no quiz: %+v\n%s", p.Shown(), s.log.String())
	}
	asked := *quiz()
	time.Sleep(100 * time.Millisecond) // until the receipt is noted, as a rule
	s.kill()
	shown := len(p.Shown())
	if !p.Votes(asked.Right) {
		t.Fatalf("it cannot be answered: %+v", asked)
	}
	s.up()
	if !p.Await(func(all []telegramtest.Message) bool { return len(all) > shown && quiz().Closed }) {
		t.Fatalf("no feedback below a quiz that is stopped: %+v\n%s", p.Shown(), s.log.String())
	}
	feedback := p.Shown()[shown]
	if !strings.Contains(feedback.Text, "✓") || len(feedback.Buttons) == 0 {
		t.Errorf("the feedback: %+v", feedback)
	}
	p.VotesIn(asked.ID, 1-min(1, asked.Right)) // late, and twice
	if !api.Await(func() bool { return len(api.Waiting()) == 0 }) {
		t.Error("the late answer was not taken")
	}
	s.stop()
	if list := string(s.run("data", "list")); !strings.Contains(list, "\t1 answers\t") {
		t.Errorf("not one answer: %s", list)
	}
	if v := api.Violations(); len(v) > 0 {
		t.Errorf("Telegram would have refused: %q", v)
	}
}
