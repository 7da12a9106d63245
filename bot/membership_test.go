package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/lessons"
)

// Whoever guesses codes of invitations is slowed down like whoever guesses
// those that join apps, and by the same count.
func TestGuessedInvitationsAreLimited(t *testing.T) {
	c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
	h := newHouse(c)
	stepReady(c, "fr")
	for i := range 6 {
		c.says(fmt.Sprintf("INV-2222-3333-444%d", i))
		if limited := strings.Contains(c.answered[len(c.answered)-1].Text, "Trop de codes"); limited != (i >= 5) {
			t.Errorf("guess %d: %s", i+1, c.answered[len(c.answered)-1].Text)
		}
	}
	c.says(h.poster(people.Invitation{}))
	if c.said("Cette invitation vous fait rejoindre") > 0 {
		t.Error("a true code among guesses is looked up")
	}
}

// Who joins two apps is one line of the roster: the one they made the code in,
// where both belong.
func TestJoiningAppsKeepsOneMembership(t *testing.T) {
	for _, row := range []struct {
		label       string
		first, then bool // belongs
	}{
		{"the newcomer belongs", false, true},
		{"the other belongs", true, false},
		{"both belong", true, true},
	} {
		t.Run(row.label, func(t *testing.T) {
			onStores(t, func(t *testing.T, s kept) {
				c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
				h := newHouse(c)
				stepReady(c, "fr")
				if row.first {
					h.join(people.Invitation{Name: "Ann Exemple", Limit: 1})
				}
				c.says("applications")
				c.presses("Relier une autre application", false)
				stepIn(c, "slack")
				stepReady(c, "fr")
				if row.then {
					h.join(people.Invitation{Name: "Ann Voorbeeld", Limit: 1})
				}
				stepCode(c, "")
				l := c.learner()
				who, err := h.Member(context.Background(), "spf", l.ID)
				if err != nil || l.Member.Person != who.ID || len(l.Joined) != 1 {
					t.Fatalf("%v: %+v, member %+v", err, who, l.Member)
				}
				if row.first && who.Name != "Ann Exemple" {
					t.Errorf("it is %s", who.Name)
				}
				roster, _ := h.Persons(context.Background(), "spf")
				for _, p := range roster {
					if p.Learner != "" && p.Learner != l.ID {
						t.Errorf("a line leads to somebody who is no more: %+v", p)
					}
				}
			})
		})
	}
}

// Whose organisation cannot be asked is not decided on: the event comes again,
// and pushes wait.
func TestAnOrganisationThatIsAwayDecidesNothing(t *testing.T) {
	c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
	h := newHouse(c)
	stepReady(c, "fr")
	h.join(people.Invitation{})
	before := c.learner()
	h.away = true
	c.says("leçon")
	if c.err == nil || c.learner().Version != before.Version {
		t.Fatalf("decided on: %v", c.err)
	}
	c.until(at(15, 9, 5))
	if c.learner().Version != before.Version {
		t.Error("pushed")
	}
	h.away = false
	c.until(at(15, 9, 8))
	if l := c.learner(); l.Push.Last.IsZero() || l.Member.Org == "" {
		t.Errorf("not pushed after all: %+v", l.Push)
	}
}

// A learner whom the roster gives to somebody else belongs no more, whatever
// else is said of that line.
func TestDepartedEndsAMembership(t *testing.T) {
	c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
	h := newHouse(c)
	h.Departed = func(ctx context.Context, who learner.ID) error { return c.bot.Departed(ctx, c.now, who) }
	stepReady(c, "fr")
	h.join(people.Invitation{})
	h.leaves()
	if err := c.bot.Departed(t.Context(), c.now, c.learner().ID); err != nil { // the same twice is one
		t.Fatal(err)
	}
	c.until(at(15, 18, 0))
	if l := c.learner(); l.Member.Org != "" || c.said("ne vous compte plus") != 1 {
		t.Errorf("%+v, said %d times", l.Member, c.said("ne vous compte plus"))
	}
}
