package bot_test

import (
	"strings"
	"testing"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
)

func TestOverview(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
		page := func() (text, values string) {
			t.Helper()
			before := stored(c)
			messages, err := c.bot.Overview(t.Context(), c.now, c.who)
			if err != nil {
				t.Fatal(err)
			}
			ids := map[string]bool{}
			for _, m := range messages {
				c.app.keepsPromises(m)
				if ids[m.ID] || m.Lang == "" || m.Replaces != "" {
					t.Errorf("message %+v", m)
				}
				ids[m.ID] = true
				text += spaces(read(m)) + "\n"
				for _, x := range m.Choices {
					values += x.Value + " "
				}
			}
			if before != stored(c) {
				t.Error("looking at it stored something")
			}
			return text, values
		}
		holds := func(label, got string, want ...string) {
			t.Helper()
			for _, w := range want {
				if !strings.Contains(got, w) {
					t.Errorf("%s: no %q in\n%s", label, w, got)
				}
			}
		}

		text, values := page()
		holds("somebody unknown", text+values, "Praline vous propose", "Praline leert u", "here ")
		if id, _ := s.Resolve(t.Context(), c.who); id != "" {
			t.Errorf("somebody unknown is kept: %s", id)
		}
		stepReady(c, "fr")
		text, values = page()
		holds("somebody new", text, "Prochaine leçon : Bruxelles en trois écrans", "Actuellement : chaque jour ouvrable à 9 h.", "Langue : Français", "Chat")
		holds("its choices", values, "do.lesson ", "do.time ", "do.language ", "do.pause ", "do.apps ")
		for _, label := range []string{"Ma première leçon", "Continuer", "Continuer", "Continuer", "Bruxelles"} {
			c.presses(label, false)
		}
		text, values = page()
		holds("in a lesson", text, "votre place est gardée", "Vous savez répondre aujourd")
		holds("its choices", values, "here ")
		c.says("pause jusqu'au 2 novembre")
		text, values = page()
		holds("in a pause", text+values, "en pause", "2 novembre", "pause.resume ")
		c.says("stop")
		text, _ = page()
		holds("after stop", text, "Je ne vous écris plus")

		// What stands there can be pressed, as in the conversation.
		c.does(channels.Event{Kind: channels.Pressed, Value: "here"})
		if c.err != nil || len(c.heard()) == 0 {
			t.Errorf("pressed there: %v", c.err)
		}
		c.who = learner.Address{Channel: "slack", Conversation: "slack-bob"}
		text, _ = page()
		holds("somebody else", text, "Praline vous propose")
	})
}
