package teams_test

import (
	"strings"
	"testing"

	"praline/channels"
)

// TestLate: a card that was answered under the finger, and pressed on, does not
// come back when what was said meanwhile is said at the pace that Teams allows.
func TestLate(t *testing.T) {
	h := start(t, nil)
	conversation := h.comes()
	screen := func(id, replaces string) channels.Message {
		return channels.Message{ID: id, Replaces: replaces, Lang: "nl", Text: "Scherm " + id, Choices: []channels.Choice{{Label: "Verder " + id, Value: "on." + id, Role: channels.Primary}}}
	}
	first, second, third := screen("1", ""), screen("2", "1"), screen("3", "2")
	receipt := h.says(conversation, first, "")
	sees := func(label, want string) {
		t.Helper()
		shown := h.person.Shown()
		if last := shown[len(shown)-1]; len(shown) != 1 || !strings.Contains(last.Text, want) {
			t.Errorf("%s: %d messages, the last %q, want %q", label, len(shown), last.Text, want)
		}
	}
	for _, next := range []channels.Message{second, third} {
		h.mu.Lock()
		h.answers = []channels.Message{next}
		h.mu.Unlock()
		if _, ok := h.person.Presses("Verder " + next.Replaces); !ok {
			t.Fatalf("no button on the card before %s", next.ID)
		}
		h.event()
		sees("pressed", next.Text)
	}
	if got := h.says(conversation, second, receipt); got != receipt {
		t.Errorf("the receipt is %q, want %q", got, receipt)
	}
	sees("the second is said late", third.Text)
	if got := h.says(conversation, third, receipt); got != receipt {
		t.Errorf("the receipt is %q, want %q", got, receipt)
	}
	sees("the third is said", third.Text)
	h.says(conversation, screen("4", "3"), receipt)
	sees("and one that nobody pressed for", "Scherm 4")
}
