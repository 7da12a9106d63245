package bot_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/channels"
)

// steps are what a line of a script may say; each returns what is wrong.
var steps map[string]func(*chat, string) string

func init() {
	steps = map[string]func(*chat, string) string{
		"learner": func(c *chat, s string) string { c.says(s); return c.wrong() },
		"press":   func(c *chat, s string) string { c.presses(s, false); return c.wrong() },
		"old":     func(c *chat, s string) string { c.presses(s, true); return c.wrong() },
		"fill":    func(c *chat, s string) string { c.fills(s); return c.wrong() },
		"forged": func(c *chat, s string) string {
			c.does(channels.Event{Kind: channels.Pressed, Value: s})
			return c.wrong()
		},
		"came":    func(c *chat, _ string) string { c.does(channels.Event{Kind: channels.Came}); return c.wrong() },
		"left":    func(c *chat, _ string) string { c.does(channels.Event{Kind: channels.Left}); return c.wrong() },
		"sticker": func(c *chat, _ string) string { c.does(channels.Event{Kind: channels.Sent}); return c.wrong() },
		"edited": func(c *chat, s string) string {
			c.does(channels.Event{Kind: channels.Edited, Text: s})
			return c.wrong()
		},
		"again":    stepAgain,
		"twice":    func(c *chat, _ string) string { c.does(c.last); return c.wrong() },
		"who":      func(c *chat, s string) string { c.who.Conversation = s; return "" },
		"device":   stepDevice,
		"in":       stepIn,
		"code":     stepCode,
		"language": func(c *chat, s string) string { c.languages = strings.Fields(s); return "" },
		"ready":    stepReady,
		"bot":      stepBot,
		"buttons":  stepButtons,
		"silence":  stepSilence,
		"stands":   stepStands,
		"not":      stepNot,
		"time":     stepTime,
		"wait":     stepWait,
		"jump":     stepJump,
		"app":      func(c *chat, s string) string { c.app.away = s == "away"; return "" },
		"count":    stepCount,
		"nothing":  stepNothing,
		"policy":   func(c *chat, s string) string { c.bot.Policy.ForbidOutside = s == "forbid outside"; return "" },
		"waits":    func(c *chat, _ string) string { c.bot.Policy.Waits = func(string) bool { return true }; return "" },
		"inputs":   func(c *chat, _ string) string { c.bot.Policy.Inputs = func(string) bool { return true }; return "" },
		"place":    stepPlace,
	}
}

func (c *chat) wrong() string {
	if c.err != nil {
		return c.err.Error()
	}
	return ""
}

// stepAgain brings the last event once more, as an app does that had no answer.
func stepAgain(c *chat, _ string) string {
	before := c.learner()
	c.bring(c.last)
	if len(c.answered) > 0 {
		return "said again"
	}
	if after := c.learner(); after.Version != before.Version {
		return "it had an effect again"
	}
	return c.wrong()
}

// stepDevice is the same person in another app.
func stepDevice(c *chat, s string) string {
	id := c.learner().ID
	c.who = learner.Address{Channel: s, Conversation: s}
	if has, err := c.store.Claim(c.t.Context(), c.who, id); err != nil || has != id {
		return fmt.Sprint("not joined: ", err)
	}
	return ""
}

// stepIn is the same person in an app of which the bot knows nothing yet;
// "in: chat" is where a script begins.
func stepIn(c *chat, s string) string {
	if c.who = (learner.Address{Channel: s, Conversation: s + "-ann"}); s == home.Channel {
		c.who = home
	}
	c.app.talk(channels.Identity(c.who.Conversation)).lookAway()
	return ""
}

// stepCode says the code that was shown last: as it stands, "lower", "dashed",
// "misread", or as a link's payload ("link").
func stepCode(c *chat, s string) string {
	said := c.code()
	switch s {
	case "lower":
		said = strings.ToLower(strings.ReplaceAll(said, " ", ""))
	case "dashed":
		said = strings.ReplaceAll(said, " ", "-")
	case "misread":
		said = strings.NewReplacer("0", "O", "1", "l").Replace(said)
	case "link":
		c.does(channels.Event{Kind: channels.Came, Payload: strings.ReplaceAll(said, " ", "")})
		return c.wrong()
	case "typed link":
		said = "/start " + strings.ReplaceAll(said, " ", "")
	}
	c.says(said)
	return c.wrong()
}

var shownCode = regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$`)

// code is the one that was shown last, in any app.
func (c *chat) code() string {
	c.t.Helper()
	last, code := -1, ""
	for _, k := range c.app.talks {
		for _, s := range k.shown {
			if shownCode.MatchString(s.Title) && s.order > last {
				last, code = s.order, s.Title
			}
		}
	}
	if code == "" {
		c.t.Fatal("no code was shown")
	}
	return code
}

// stepReady is a learner after hello: "fr", "nl guided".
func stepReady(c *chat, s string) string {
	c.languages = []string{s[:2]}
	c.does(channels.Event{Kind: channels.Came})
	yes, free := "Oui, d'accord", "Je suis à l'aise, montrez-moi tout"
	on, minutes, times := "Continuer en français", "3 minutes", "Chaque jour ouvrable à 9 h"
	if strings.Contains(s, "guided") {
		free = "Boutons seulement, une chose à la fois"
	}
	if s[:2] == "nl" {
		yes, free = "Ja, dat is goed", "Ik ben vertrouwd met apps, toon mij alles"
		on, minutes, times = "Verdergaan in het Nederlands", "3 minuten", "Elke werkdag om 9 uur"
		if strings.Contains(s, "guided") {
			free = "Alleen met knoppen, stap voor stap"
		}
	}
	for _, label := range []string{on, yes, minutes, times, free} {
		c.presses(label, false)
	}
	return c.wrong()
}

// stepBot finds these words in the message that was looked at last, or in the
// next one that has them.
func stepBot(c *chat, s string) string {
	k := c.app.talk(channels.Identity(c.who.Conversation))
	from := k.unread
	if k.looking {
		from--
	}
	for i, m := range k.shown[from:] {
		if strings.Contains(spaces(strings.Join(strings.Fields(read(m.Message)), " ")), spaces(s)) {
			k.unread, k.looking = from+i+1, true
			return ""
		}
	}
	return "not said"
}

// stepButtons are the buttons of the message that was said last, in order.
func stepButtons(c *chat, s string) string {
	k := c.app.talk(channels.Identity(c.who.Conversation))
	if len(k.shown) == 0 {
		return "nothing is shown"
	}
	last := k.shown[len(k.shown)-1]
	if got := spaces(strings.Join(buttons(last.Message), " | ")); got != s || last.retired {
		return fmt.Sprintf("there are: %s (retired: %t)", got, last.retired)
	}
	return ""
}

// stepStands says that these words stand in the conversation once, in what was
// not replaced.
func stepStands(c *chat, s string) string {
	n := 0
	for _, m := range c.app.talk(channels.Identity(c.who.Conversation)).shown {
		if !m.replaced && strings.Contains(spaces(read(m.Message)), s) {
			n++
		}
	}
	if n != 1 {
		return fmt.Sprint(n, " times")
	}
	return ""
}

// stepSilence says that nothing more was said.
func stepSilence(c *chat, _ string) string {
	if said := c.heard(); len(said) > 0 {
		return "something was said"
	}
	return ""
}

// stepNot says that no message since has these words.
func stepNot(c *chat, s string) string {
	for _, m := range c.heard() {
		if strings.Contains(spaces(read(m.Message)), s) {
			return "it was said"
		}
	}
	return ""
}

const clock = "Mon 2 Jan 2006 15:04"

// stepTime lets time pass until then, pushes included.
func stepTime(c *chat, s string) string {
	at, err := time.ParseInLocation(clock, s, brussels)
	if err != nil {
		return err.Error()
	}
	if !strings.HasPrefix(s, at.Format("Mon ")) {
		return "that day is a " + at.Format("Monday")
	}
	if !at.After(c.now) {
		return "that is over: it is " + c.now.Format(clock)
	}
	c.app.talk(channels.Identity(c.who.Conversation)).lookAway()
	c.until(at.Add(time.Second)) // what is due at that minute is said
	return ""
}

func stepWait(c *chat, s string) string {
	d, err := time.ParseDuration(s)
	if err != nil {
		return err.Error()
	}
	c.app.talk(channels.Identity(c.who.Conversation)).lookAway()
	c.until(c.now.Add(d))
	return ""
}

// stepJump is a time at which we were not there: nothing spoke on the way.
func stepJump(c *chat, s string) string {
	at, err := time.ParseInLocation(clock, s, brussels)
	if err != nil {
		return err.Error()
	}
	c.app.talk(channels.Identity(c.who.Conversation)).lookAway()
	c.now = at.Add(time.Second)
	c.queue()
	return ""
}

// stepCount is how often something happened: "push late 1".
func stepCount(c *chat, s string) string {
	var h bot.Happening
	var n int
	if _, err := fmt.Sscan(s, &h.What, &h.How, &n); err != nil {
		return err.Error()
	}
	if got := c.happened[h]; got != n {
		return fmt.Sprintf("%d times; all: %v", got, c.happened)
	}
	return ""
}

// stepNothing says that the store holds nothing that names the learner.
func stepNothing(c *chat, _ string) string {
	for _, word := range []string{c.who.Conversation, "Ann", "atelier/"} {
		if everything := stored(c); strings.Contains(everything, word) {
			return "kept: " + word + "\n" + everything
		}
	}
	return ""
}

// stepPlace is where the learner is: "lesson 1", "question capital".
func stepPlace(c *chat, s string) string {
	p := c.learner().Place
	got := string(p.Topic)
	switch {
	case p.Ask != nil:
		got = string(p.Topic) + " " + strings.TrimPrefix(p.Ask.Question, "atelier/")
	case p.Topic == "lesson":
		got += fmt.Sprint(" ", p.Screen)
	}
	if got != s {
		return "it is: " + got
	}
	return ""
}

// stored is all that a store holds, in one text.
func stored(c *chat) string {
	switch s := c.store.(type) {
	case *memory:
		return s.everything()
	case interface {
		Keys(ctx context.Context, each func(string, []byte) error) error
	}:
		var b strings.Builder
		if err := s.Keys(c.t.Context(), func(key string, value []byte) error {
			b.WriteString(key + " " + string(value) + "\n")
			return nil
		}); err != nil {
			c.t.Fatal(err)
		}
		return b.String()
	}
	c.t.Fatal("this store does not say what it holds")
	return ""
}
