package bot_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"praline/bot"
	"praline/bot/learner"
	"praline/channels"
	"praline/channels/outbound"
)

// An export holds what waits, and what waits may be an export: it does not
// grow, however often it is asked for while the app is away.
func TestAnExportHoldsNoExport(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := atQuestion(t, s)
		c.bot.Outbound = mute{}
		var sizes []int
		for range 5 {
			c.says("mes données")
			files := 0
			for _, said := range c.record().Outbox {
				if d := said.Message.Document; d != nil {
					files++
					sizes = append(sizes, len(d.Data))
					if strings.Contains(string(d.Data), `"Data"`) && !strings.Contains(string(d.Data), `"Data": null`) {
						t.Errorf("a file in a file: %s", d.Data)
					}
				}
			}
			if files != 1 {
				t.Fatalf("%d files wait", files)
			}
		}
		e, err := c.bot.Export(context.Background(), c.learner().ID, c.now)
		if err != nil {
			t.Fatal(err)
		}
		for _, said := range e.Waiting {
			if d := said.Message.Document; d != nil && len(d.Data) > 0 {
				t.Errorf("the administrator's file holds a file of %d bytes", len(d.Data))
			}
		}
		for _, said := range c.record().Outbox {
			if d := said.Message.Document; d != nil && len(d.Data) == 0 {
				t.Error("the file that waits has lost what is in it")
			}
		}
		if sizes[len(sizes)-1] > 2*sizes[0] {
			t.Errorf("it grows: %v", sizes)
		}
	})
}

// What an app would never take stands in the file, with its reason, and is
// counted; what is said to nobody is not.
func TestMyDataHoldsWhatWasRefused(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := atQuestion(t, s)
		counted := map[string]int{}
		receipts := bot.Receipts{Store: s, Refused: func(channel string, reason channels.Reason) { counted[channel+" "+string(reason)]++ }}
		l, m := c.learner(), c.app.talk(home.Conversation).shown[0].Message
		for _, owner := range []learner.ID{l.ID, ""} {
			saying := outbound.Saying{Owner: string(owner), Channel: home.Channel, Conversation: home.Conversation, Message: m}
			if err := receipts.Note(context.Background(), saying, "", &channels.Refusal{Reason: channels.Invalid, Detail: "sendMessage: too long"}); err != nil {
				t.Fatal(err)
			}
		}
		e, err := c.bot.Export(context.Background(), l.ID, c.now)
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Refused) != 1 || e.Refused[0].Message != m.ID || e.Refused[0].Why != "invalid: sendMessage: too long" {
			t.Errorf("undelivered: %+v", e.Refused)
		}
		if len(counted) != 1 || counted[home.Channel+" invalid"] != 1 {
			t.Errorf("counted %v", counted)
		}
	})
}

// What an app's page shows belongs to the file, and what the model keeps too.
func TestMyDataHoldsTheModelAndTheConversations(t *testing.T) {
	c := atQuestion(t, newMemory())
	c.presses("Namur", false)
	c.bot.Transcripts = func(_ context.Context, at learner.Address) (any, error) {
		if at != home {
			return nil, nil
		}
		return []string{"Namur"}, nil
	}
	e, err := c.bot.Export(context.Background(), c.learner().ID, c.now)
	if err != nil {
		t.Fatal(err)
	}
	m := c.learner().Cards[0].Memory
	if len(e.Known) != 1 || e.Known[0].Stability != m.Stability || e.Known[0].Difficulty != m.Difficulty || e.Known[0].Last != "2026-10-14" || !e.Known[0].Missed || e.Known[0].Print == "" {
		t.Errorf("questions: %+v", e.Known)
	}
	text, err := json.Marshal(e)
	if err != nil || !strings.Contains(string(text), `"conversations":[["Namur"]]`) {
		t.Errorf("no conversation (%v): %s", err, text)
	}
	c.bot.Transcripts = func(context.Context, learner.Address) (any, error) { return nil, errAway }
	c.says("mes données")
	if c.err == nil || !strings.Contains(c.err.Error(), errAway.Error()) {
		t.Errorf("the conversation could not be read: %v", c.err)
	}
}
