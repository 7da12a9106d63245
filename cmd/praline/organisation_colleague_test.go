package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/web/webtest"
	"praline/locales"
)

// colleague is somebody in a chat app.
type colleague struct {
	human
	s       *story
	name    string
	app     string
	words   locales.Words
	id      learner.ID
	version uint64
	times   string // which of those that are offered they take
	given   int    // answers
}

// comes is somebody who opens the bot in an app for the first time.
func (s *story) comes(app, name, lang string) *colleague {
	s.t.Helper()
	c := &colleague{s: s, name: name, app: app, words: locales.For(lang)}
	before := s.heard.learners()
	s.people++
	switch app {
	case "telegram":
		r := s.telegram.Reader(s.telegram.Person(4711+int64(s.people), lang))
		c.human = r
		r.Says("/start")
	case "slack":
		r := s.slack.Reader(s.slack.Person(fmt.Sprint("UEXAMPLE", s.people), lang+"-BE"))
		c.human = r
		r.OpensMessages()
	case "teams":
		p := s.teams.Person(fmt.Sprint("Example", s.people), lang+"-BE")
		c.human = inTeams{s.teams.Reader(p)}
		p.Installs()
	case "web":
		c.human = webtest.Open(s.t, s.address, lang)
	default:
		s.t.Fatalf("%q is no app", app)
	}
	if !channelstest.Await(func() bool {
		for _, id := range s.heard.learners() {
			if !slices.Contains(before, id) {
				c.id = id
			}
		}
		return c.id != ""
	}) {
		s.t.Fatalf("%s on %s: nobody answers", name, app)
	}
	c.settles("comes")
	return c
}

// learners are those to whom something was said.
func (h *heard) learners() []learner.ID {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []learner.ID
	for id := range h.all {
		all = append(all, id)
	}
	return all
}

// messages are what was said to somebody.
func (h *heard) messages(id learner.ID) []channels.Message {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.all[id])
}

// last is what was said to them last.
func (c *colleague) last() channels.Message {
	all := c.s.heard.messages(c.id)
	if len(all) == 0 {
		return channels.Message{}
	}
	return all[len(all)-1]
}

// settles waits until what they did has its effect, and everything was said.
func (c *colleague) settles(after string) {
	c.s.t.Helper()
	c.version = c.calm(after, c.version+1)
}

// calm waits until their state is of a version at least, and the app has taken
// everything that was said to them.
func (c *colleague) calm(after string, version uint64) uint64 {
	c.s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		records, err := c.s.store.Load(c.s.t.Context(), c.id)
		if err != nil {
			c.s.t.Fatal(err)
		}
		if r := records[0]; r.Learner.Version >= version && len(r.Outbox) == 0 {
			return r.Learner.Version
		}
	}
	c.s.t.Fatalf("%s on %s: nothing came of %q; the last that was said: %+v", c.name, c.app, after, c.last())
	return 0
}

// waits until all that was said has come.
func (c *colleague) waits() {
	c.s.t.Helper()
	c.version = c.calm("waiting", c.version)
}

// says types a text.
func (c *colleague) says(text string) {
	c.s.t.Helper()
	c.waits()
	c.Says(text)
	c.settles(text)
}

// asks says what stands under one of our ids for words that lead somewhere.
func (c *colleague) asks(command string) {
	c.s.t.Helper()
	first, _, _ := strings.Cut(c.words.Say(command), "|")
	c.says(first)
}

// choice is the newest that begins so, among the last few messages.
func (c *colleague) choice(value string) (channels.Choice, bool) {
	all := c.s.heard.messages(c.id)
	for _, m := range slices.Backward(all[max(0, len(all)-4):]) {
		for _, choice := range m.Choices {
			if choice.URL == "" && (choice.Value == value || strings.HasSuffix(value, ".") && strings.HasPrefix(choice.Value, value)) {
				return choice, true
			}
		}
	}
	return channels.Choice{}, false
}

// presses the newest choice whose value is so, or begins so where it ends on a dot.
func (c *colleague) presses(value string) {
	c.s.t.Helper()
	c.waits()
	choice, ok := c.choice(value)
	if !ok {
		c.s.t.Fatalf("%s on %s: there is no %q at %+v", c.name, c.app, value, c.last())
	}
	c.human.Presses(choice)
	c.settles(value)
}

// link is the newest address that a button opens.
func (c *colleague) link() string {
	c.s.t.Helper()
	for _, m := range slices.Backward(c.s.heard.messages(c.id)) {
		for _, choice := range m.Choices {
			if choice.URL != "" {
				return choice.URL
			}
		}
	}
	c.s.t.Fatalf("%s on %s: there is no link", c.name, c.app)
	return ""
}

// hears fails the act where none of the last messages says something.
func (c *colleague) hears(words string) {
	c.s.t.Helper()
	c.hearsAmong(4, words)
}

// hearsAmong is hears of the last n messages.
func (c *colleague) hearsAmong(n int, words string) {
	c.s.t.Helper()
	all := c.s.heard.messages(c.id)
	var texts []string
	for _, m := range all[max(0, len(all)-n):] {
		texts = append(texts, m.Title+" "+m.Text+" "+m.Note)
	}
	if !strings.Contains(letters(strings.Join(texts, " ")), letters(words)) {
		c.s.t.Fatalf("%s on %s does not hear %q: %q", c.name, c.app, words, texts)
	}
}

// hello is what leads through the first conversation.
func (c *colleague) hello() []string {
	return []string{"member.join.", "hello.yes", "hello.minutes.3", cmp.Or(c.times, "times.offer.0"), "comfort.free"}
}

// joins goes from the first word to the end of hello, with an invitation's code.
func (c *colleague) joins(code string) {
	c.s.t.Helper()
	c.says(code)
	c.presses("hello.lang." + c.words.Lang)
	hello := c.hello()
	for range len(hello) {
		way := slices.IndexFunc(hello, func(way string) bool {
			_, ok := choiceOf(c.last(), way)
			return ok
		})
		if way < 0 {
			break
		}
		c.presses(hello[way])
	}
	records, err := c.s.store.Load(c.s.t.Context(), c.id)
	if err != nil || records[0].Learner.Member.Org == "" || records[0].Learner.Agreed.IsZero() {
		c.s.t.Fatalf("%s on %s did not join: %v, %+v", c.name, c.app, err, c.last())
	}
}

func choiceOf(m channels.Message, value string) (channels.Choice, bool) {
	for _, choice := range m.Choices {
		if choice.Value == value || strings.HasSuffix(value, ".") && strings.HasPrefix(choice.Value, value) {
			return choice, true
		}
	}
	return channels.Choice{}, false
}
