package bot_test

import (
	"testing"
	"time"

	"praline/bot"
	"praline/lessons"
	"praline/scheduler"
)

// Nobody is written to on a day that the administrator entered.
func TestShut(t *testing.T) {
	thursday := scheduler.Date{Year: 2026, Month: time.October, Day: 15}
	for _, row := range []struct {
		label  string
		policy bot.Policy
		sent   int
	}{
		{"a Thursday", bot.Policy{}, 1},
		{"no days", bot.Policy{}.Shut(), 1},
		{"a bridge", bot.Policy{}.Shut(thursday), 0},
		{"another day's bridge", bot.Policy{}.Shut(thursday.AddDays(1)), 1},
		{"a bridge of an employer with a calendar", bot.Policy{Calendar: "federal"}.Shut(thursday.AddDays(1), thursday), 0},
		{"one more is added", bot.Policy{}.Shut(thursday).Shut(thursday.AddDays(1)), 0},
	} {
		c := newChat(t, newMemory(), lessons.NewCatalogue(atelier(t)))
		c.bot.Policy = row.policy
		if wrong := stepReady(c, "fr"); wrong != "" {
			t.Fatalf("%s: %s", row.label, wrong)
		}
		if wrong := stepTime(c, "Thu 15 Oct 2026 9:00"); wrong != "" {
			t.Fatalf("%s: %s", row.label, wrong)
		}
		if got := c.happened[bot.Happening{What: "push", How: "sent"}]; got != row.sent {
			t.Errorf("%s: %d pushes, not %d: %v", row.label, got, row.sent, c.happened)
		}
	}
}
