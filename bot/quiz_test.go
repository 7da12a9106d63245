package bot_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
)

// votes answers a quiz of the app's own: only the message and the place are told.
func (c *chat) votes(message string, place int) {
	c.does(channels.Event{Kind: channels.Pressed, Value: channels.Place(place), Message: message})
}

// TestQuizAnswers: an answer of which the app tells only the place counts once,
// and a late one is answered kindly; the process may have died in between.
func TestQuizAnswers(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := atQuestion(t, s)
		ask := c.learner().Place.Ask
		receipt := c.record().Receipts[ask.Said]
		asked := c.heard()
		quiz := asked[len(asked)-1].Quiz
		if quiz == nil || quiz.Explanation == "" || asked[len(asked)-1].Choices[quiz.Right].Label != "Bruxelles" {
			t.Fatalf("the message does not say what is right: %+v", quiz)
		}
		c.votes("elsewhere", quiz.Right)
		c.votes(receipt, 99)
		if l := c.learner(); l.Answers != 0 || l.Place.Ask == nil || l.Place.Ask.ID != ask.ID {
			t.Fatalf("it counted: %+v", l.Place)
		}
		c.votes(receipt, quiz.Right)
		if l := c.learner(); l.Answers != 1 || l.Place.Topic != "feedback" || l.Cards[0].Memory.Reps != 1 || len(l.Asked) != 1 || l.Asked[0].Score != 1 {
			t.Fatalf("it did not count as right: %+v", l.Place)
		}
		if said := c.heard(); said[len(said)-1].Quiz != nil {
			t.Error("the feedback is a quiz")
		}
		c.votes(receipt, 0)
		if l := c.learner(); l.Answers != 1 {
			t.Errorf("%d answers", l.Answers)
		}
		if said := c.transcript(); !strings.Contains(said, "premier") && !strings.Contains(said, "première") {
			t.Errorf("not answered kindly:\n%s", said)
		}
		if c.err != nil {
			t.Error(c.err)
		}
	})
}

// TestQuizBeforeItsReceipt: whoever answers before we have noted which message
// it was is heard all the same.
func TestQuizBeforeItsReceipt(t *testing.T) {
	c := atQuestion(t, newMemory())
	app := c.bot.Outbound
	c.bot.Outbound = mute{}
	c.does(channels.Event{Kind: channels.Pressed, Value: "here"}) // asks anew
	c.bot.Outbound = app
	ask := c.learner().Place.Ask
	if ask == nil || c.record().Receipts[ask.Said] != "" {
		t.Fatal("the question was not asked anew")
	}
	c.votes("poll-1", 0)
	if l := c.learner(); l.Answers != 1 {
		t.Errorf("%d answers", l.Answers)
	}
}

// TestQuizIsNotStored: what is right stands in nothing that is kept or exported.
func TestQuizIsNotStored(t *testing.T) {
	c := atQuestion(t, newMemory())
	asked := c.heard()
	m := asked[len(asked)-1].Message
	kept, err := json.Marshal(learner.Said{Message: m})
	if err != nil || m.Quiz == nil {
		t.Fatal(m.Quiz, err)
	}
	if strings.Contains(strings.ToLower(string(kept)), "quiz") || strings.Contains(string(kept), m.Quiz.Explanation) {
		t.Errorf("kept: %s", kept)
	}
}

// TestQuizPassedOn: whoever answers a quiz that was passed on to them begins nothing.
func TestQuizPassedOn(t *testing.T) {
	c := atQuestion(t, newMemory())
	receipt := c.record().Receipts[c.learner().Place.Ask.Said]
	c.who = learner.Address{Channel: home.Channel, Conversation: "stranger"}
	c.votes(receipt, 0)
	if id, err := c.store.Resolve(context.Background(), c.who); id != "" || err != nil || len(c.answered) > 0 || c.err != nil {
		t.Errorf("%q %v %v %v", id, err, c.answered, c.err)
	}
}

// TestSeriesLink: a link that names a series, followed by somebody new and by
// somebody known; and links that name none.
func TestSeriesLink(t *testing.T) {
	second := *series(t, "testdata/series/atelier")
	second.ID = "second"
	catalogue := lessons.NewCatalogue(atelier(t), &second)
	for _, row := range []struct {
		label, payload string
		known          bool
		first          string
		says           string
	}{
		{"somebody new", "s-second", false, "second", "Praline"},
		{"somebody known", "s-second", true, "second", second.Title.In("fr")},
		{"a series that is not there", "s-third", true, "", "Nous pouvons continuer"},
		{"nothing of ours", "ABCD-23456", true, "", "Nous pouvons continuer"},
		{"nothing of ours, somebody new", "../../etc", false, "", "Praline"},
	} {
		t.Run(row.label, func(t *testing.T) {
			c := newChat(t, newMemory(), catalogue)
			if row.known {
				stepReady(c, "fr")
			}
			c.does(channels.Event{Kind: channels.Came, Payload: row.payload})
			l := c.learner()
			if c.err != nil || row.first == "" && len(l.Series) > 0 || row.first != "" && !slices.Equal(l.Series, []string{row.first}) {
				t.Errorf("chosen: %q, %v", l.Series, c.err)
			}
			if !strings.Contains(c.transcript(), row.says) {
				t.Errorf("heard:\n%s", c.transcript())
			}
			if !row.known && l.Place.Topic != "hello" {
				t.Errorf("hello does not go on: %+v", l.Place)
			}
		})
	}
}
