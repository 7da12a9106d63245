package bot_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"praline/bot"
	"praline/bot/learner"
	"praline/channels"
)

func page(name string) learner.Address { return learner.Address{Channel: "web", Conversation: name} }

// A browser that enters a code goes on with the conversation that the learner
// has in this app, or brings its own.
func TestRedeemOnAPage(t *testing.T) {
	onStores(t, func(t *testing.T, s kept) {
		c := atQuestion(t, s)
		redeem := func(at learner.Address, code string) string {
			t.Helper()
			carried, err := c.bot.Redeem(t.Context(), c.now, at, code)
			if err != nil {
				t.Fatal(err)
			}
			return carried
		}
		code := func(at learner.Address) string {
			t.Helper()
			code, err := c.bot.NewCode(t.Context(), c.now, at)
			if err != nil || len(code) != 9 {
				t.Fatal(code, err)
			}
			return code
		}

		if got := redeem(page("one"), "ABCD 2345") + redeem(page("one"), "nothing"); got != "" {
			t.Errorf("a wrong code carries %q", got)
		}
		if id, err := s.Resolve(t.Context(), page("one")); id != "" || err != nil {
			t.Errorf("somebody is kept for it: %q, %v", id, err)
		}
		// The learner has no conversation in this app yet: this one is joined.
		if got := redeem(page("one"), strings.ToLower(code(home))); got != "one" {
			t.Errorf("carried: %q", got)
		}
		c.at(page("one"))
		if problem := stepStands(c, "Quelle ville est la capitale ?"); problem != "" {
			t.Error("the question stands there ", problem)
		}
		c.presses("Bruxelles", false)
		// A second browser, where nothing was said, goes on with that one.
		if got := redeem(page("two"), code(page("one"))); got != "one" {
			t.Errorf("carried: %q", got)
		}
		if id, err := s.Resolve(t.Context(), page("two")); id != "" || err != nil {
			t.Errorf("somebody is kept for it: %q, %v", id, err)
		}
		// A third, where hello was begun, too; its learner is folded in.
		c.at(page("three"))
		c.does(channels.Event{Kind: channels.Came})
		if got := redeem(page("three"), code(page("one"))); got != "one" {
			t.Errorf("carried: %q", got)
		}
		c.at(page("one"))
		l := c.learner()
		if l.Answers != 1 || len(l.Joined) != 2 || l.Reached() != page("one") || c.now.IsZero() {
			t.Errorf("%s", marshal(l))
		}
		// From another app the question comes to the page that is opened there.
		c.presses("Continuer", false)
		c.at(home)
		c.says("leçon")
		if got := redeem(page("four"), code(home)); got != "one" {
			t.Errorf("carried: %q", got)
		}
		c.at(page("one"))
		for ask, where := range c.liveAsks() {
			if len(where) != 1 || !strings.HasPrefix(where[0], "one ") {
				t.Errorf("the question %s stands in %q", ask, where)
			}
		}
		if problem := stepButtons(c, "1. Oui | 2. Un peu | 3. Non | Passer"); problem != "" {
			t.Error(problem)
		}
		// One's own code carries nowhere else.
		if got := redeem(page("one"), code(page("one"))); got != "one" {
			t.Errorf("carried: %q", got)
		}
		if err := c.bot.Erase(t.Context(), l.ID, l.Addresses); err != nil {
			t.Fatal(err)
		}
		for _, word := range append([]string{string(l.ID), "three", "ann"}, fmt.Sprint(l.Joined[0]), fmt.Sprint(l.Joined[1])) {
			if strings.Contains(stored(c), word) {
				t.Errorf("still kept: %s in %s", word, stored(c))
			}
		}
	})
}

func TestRedeemWaits(t *testing.T) {
	c := atQuestion(t, newMemory())
	var wait *bot.WaitError
	for n := range 6 {
		_, err := c.bot.Redeem(t.Context(), c.now, page("guesser"), fmt.Sprintf("ABCD 234%d", n))
		if is := errors.As(err, &wait); is != (n == 5) || err != nil && !is {
			t.Errorf("try %d: %v", n+1, err)
		}
	}
	if wait == nil || wait.For <= 0 || wait.For > 120e9 {
		t.Errorf("wait for %v", wait)
	}
	// Everybody together has a bound too.
	waited := 0
	for n := range 60 {
		if _, err := c.bot.Redeem(t.Context(), c.now, page(fmt.Sprint("guesser", n)), "ABCD 2345"); errors.As(err, &wait) {
			waited++
		}
	}
	if waited < 10 {
		t.Errorf("of 60 who guess at once %d must wait", waited)
	}
}
