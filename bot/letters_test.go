package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/lessons"
)

// letter is one of a kind, in both languages.
func letter(id string, kind learner.LetterKind) learner.Letter {
	return learner.Letter{ID: id, Kind: kind, Text: map[string]string{"fr": "Lettre " + id, "nl": "Brief " + id}}
}

func (c *chat) write(l learner.Letter) {
	c.t.Helper()
	if err := c.bot.Write(context.Background(), c.now, c.learner().ID, l); err != nil {
		c.t.Fatal(err)
	}
}

// letters are those that were said since somebody last did something, with the
// hour at which each was.
func (c *chat) letters() string {
	var all []string
	for _, s := range c.heard() {
		if id, is := strings.CutPrefix(s.Text, "Lettre "); is {
			all = append(all, id)
		} else if pushed(s.Message) {
			all = append(all, "push")
		}
	}
	return strings.Join(all, " ")
}

// at is a time in October 2026, "16 9:00".
func at(day, hour, minute int) time.Time {
	return time.Date(2026, 10, day, hour, minute, 0, 0, brussels)
}

func TestLettersPassTheGate(t *testing.T) {
	for _, row := range []struct {
		label  string
		begin  func(*chat)
		steps  []func(*chat) // what happens, then what was heard
		want   []string
		counts string
	}{
		{
			label: "inside working time it is said at once, and once",
			begin: func(c *chat) { c.write(letter("a", learner.LetterAnswer)); c.write(letter("a", learner.LetterAnswer)) },
			steps: []func(*chat){func(c *chat) { c.until(at(14, 10, 1)) }, func(c *chat) { c.write(letter("a", learner.LetterAnswer)); c.until(at(15, 8, 59)) }},
			want:  []string{"a", ""},
		},
		{
			label: "in the evening it waits for the morning, and for the push that comes soon after",
			begin: func(c *chat) {
				c.now = at(14, 19, 0)
				c.write(letter("a", learner.LetterAnswer))
				c.write(letter("b", learner.LetterBadge))
			},
			steps: []func(*chat){func(c *chat) { c.until(at(15, 7, 59)) }, func(c *chat) { c.until(at(15, 8, 1)) }, func(c *chat) { c.until(at(15, 9, 1)) }, func(c *chat) { c.until(at(15, 17, 0)) }, func(c *chat) { c.until(at(16, 9, 1)) }},
			want:  []string{"", "a", "push", "", "b push"},
		},
		{
			label: "a trainer's answer goes before what waits longer",
			begin: func(c *chat) {
				c.now = at(14, 19, 0)
				c.write(letter("b", learner.LetterThanks))
				c.write(letter("c", learner.LetterDigest))
				c.write(letter("a", learner.LetterAnswer))
			},
			steps: []func(*chat){func(c *chat) { c.until(at(15, 8, 1)) }, func(c *chat) { c.until(at(15, 18, 1)) }, func(c *chat) { c.until(at(16, 18, 1)) }, func(c *chat) { c.until(at(19, 18, 1)) }},
			want:  []string{"a", "push", "c push", "b push"},
		},
		{
			label: "at the weekend and in a pause it waits",
			begin: func(c *chat) {
				c.says("pause jusqu'au 20 octobre")
				c.until(at(14, 11, 30))
				c.write(letter("a", learner.LetterAnswer))
			},
			steps: []func(*chat){func(c *chat) { c.until(at(19, 23, 0)) }, func(c *chat) { c.until(at(20, 8, 1)) }},
			want:  []string{"", "a"},
		},
		{
			label: "on a holiday it waits, and a chosen time outside opens nothing for it",
			begin: func(c *chat) {
				c.now = time.Date(2026, 12, 24, 19, 0, 0, 0, brussels) // a Thursday
				c.write(letter("a", learner.LetterAnswer))
			},
			steps: []func(*chat){func(c *chat) { c.until(time.Date(2026, 12, 28, 7, 59, 0, 0, brussels)) }, func(c *chat) { c.until(time.Date(2026, 12, 28, 8, 1, 0, 0, brussels)) }},
			want:  []string{"", "a"},
		},
		{
			label: "on the day after the clocks change the morning is at eight",
			begin: func(c *chat) { c.now = at(24, 12, 0); c.write(letter("a", learner.LetterAnswer)) }, // clocks change on the 25th
			steps: []func(*chat){func(c *chat) { c.until(at(26, 7, 59)) }, func(c *chat) { c.until(at(26, 8, 1)) }},
			want:  []string{"", "a"},
		},
		{
			label: "who said stop hears nothing, until they want messages again",
			begin: func(c *chat) { c.says("stop"); c.write(letter("a", learner.LetterAnswer)) },
			steps: []func(*chat){func(c *chat) { c.until(at(16, 12, 0)) }, func(c *chat) { c.says("reprendre"); c.until(at(16, 13, 0)) }},
			want:  []string{"", "a"},
		},
		{
			label: "in the middle of a question it waits an hour",
			begin: func(c *chat) {
				for _, label := range []string{"Ma première leçon", "Continuer", "Continuer", "Continuer"} {
					c.presses(label, false)
				}
				c.write(letter("a", learner.LetterAnswer))
			},
			steps: []func(*chat){func(c *chat) { c.until(at(14, 10, 59)) }, func(c *chat) { c.until(at(14, 11, 1)) }},
			want:  []string{"", "a"},
		},
		{
			label: "after its time it is not said at all",
			begin: func(c *chat) {
				l := letter("a", learner.LetterCampaign)
				c.now = at(14, 19, 0)
				l.Until = at(15, 7, 0)
				c.write(l)
			},
			steps: []func(*chat){func(c *chat) { c.until(at(15, 9, 1)) }},
			want:  []string{"push"},
		},
		{
			label: "what an app does not take for days waits, and is said alone and in the gate",
			begin: func(c *chat) {
				c.app.away = true
				c.write(letter("a", learner.LetterAnswer))
				c.write(letter("b", learner.LetterAnswer))
				c.until(at(14, 22, 0))
				c.app.away = false
			},
			steps: []func(*chat){func(c *chat) { c.until(at(15, 7, 58)) }, func(c *chat) { c.until(at(15, 8, 2)) }, func(c *chat) { c.until(at(15, 9, 1)) }},
			want:  []string{"", "a", "b"},
		},
		{
			label: "two a day, whatever they are",
			begin: func(c *chat) {
				for i := range 5 {
					c.write(letter(fmt.Sprint(i), learner.LetterAnswer))
				}
			},
			steps: []func(*chat){func(c *chat) { c.until(at(14, 17, 59)) }, func(c *chat) { c.until(at(15, 17, 59)) }, func(c *chat) { c.until(at(16, 17, 59)) }},
			want:  []string{"0 1", "2 3", "4 push"},
		},
	} {
		t.Run(row.label, func(t *testing.T) {
			onStores(t, func(t *testing.T, s kept) {
				c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
				stepReady(c, "fr")
				row.begin(c)
				for i, step := range row.steps {
					c.app.talk("ann").lookAway()
					step(c)
					if got := c.letters(); got != row.want[i] {
						t.Errorf("step %d: heard %q, not %q; log: %+v", i, got, row.want[i], c.learner().Log.All())
					}
				}
				c.consistent()
			})
		})
	}
}
