package teams_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/teams"
	"praline/channels/teams/teamstest"
)

// asks says a question with one answer, as message "q.1".
func (h *harness) asks(conversation string) string {
	return h.says(conversation, channels.Message{ID: "q.1", Lang: "nl", Text: "Wat eerst?", Choices: answersOf("Het logo", "Het adres")}, "")
}

func answersOf(labels ...string) []channels.Choice {
	var all []channels.Choice
	for i, l := range labels {
		all = append(all, channels.Choice{Label: l, Value: "answer.2s." + string(rune('0'+i)), Role: channels.Answer, Number: i + 1})
	}
	return all
}

// TestPressAnswered: what a press is answered, and what is then seen.
func TestPressAnswered(t *testing.T) {
	right := channels.Message{ID: "q.2", Replaces: "q.1", Lang: "nl", Text: "Wat eerst?", After: "Lees het adres.", Choices: []channels.Choice{{Label: "Verder", Value: "on", Role: channels.Primary}}}
	for _, row := range []struct {
		label   string
		answers []channels.Message
		fails   error
		old     bool
		kind    string // of the answer
		shown   string
		told    string
		wrong   string
	}{
		{label: "the message that replaces it", answers: []channels.Message{right}, kind: "application/vnd.microsoft.card.adaptive", shown: "Lees het adres."},
		{label: "the one that replaces it among others", answers: []channels.Message{{ID: "a", Text: "x"}, {ID: "b", Replaces: "other", Text: "y"}, right}, kind: "application/vnd.microsoft.card.adaptive", shown: "Lees het adres."},
		{label: "nothing to show", kind: "application/vnd.microsoft.activity.message", shown: "Het adres", told: "Genoteerd."},
		{label: "buttons to be taken off", answers: []channels.Message{{ID: "r", Replaces: "q.1", Retire: true}}, kind: "application/vnd.microsoft.activity.message", shown: "Het adres", told: "Genoteerd."},
		{label: "not stored", fails: errors.New("the store is away"), kind: "application/vnd.microsoft.error", shown: "Het adres", wrong: "Ik kan nu niets bewaren."},
		{label: "an older client", old: true, answers: []channels.Message{right}, shown: "Het adres"},
	} {
		h := start(t, nil)
		conversation := h.comes()
		h.asks(conversation)
		h.person.Old = row.old
		h.mu.Lock()
		h.answers, h.fails = row.answers, row.fails
		h.mu.Unlock()
		h.person.Chooses("answer", "2.\u00a0Het adres")
		out, ok := h.person.Presses("Antwoorden")
		if !ok || out.Status != http.StatusOK {
			t.Errorf("%s: pressed %v, answered %d", row.label, ok, out.Status)
			continue
		}
		var body struct{ Type string }
		_ = json.Unmarshal(out.Body, &body)
		if body.Type != row.kind {
			t.Errorf("%s: answered with %q, want %q", row.label, body.Type, row.kind)
		}
		if row.fails == nil {
			if e := h.event(); e.Kind != channels.Pressed || e.Value != "answer.2s.1" {
				t.Errorf("%s: brought %+v", row.label, e)
			}
		}
		if shown := h.person.Shown(); len(shown) != 1 || !strings.Contains(shown[0].Text, row.shown) {
			t.Errorf("%s: shown %+v", row.label, shown)
		}
		if told := strings.Join(h.person.Told(), ""); told != row.told {
			t.Errorf("%s: told %q, want %q", row.label, told, row.told)
		}
		if wrong := strings.Join(h.person.Wrong(), ""); !strings.Contains(wrong, row.wrong) || row.wrong == "" && wrong != "" {
			t.Errorf("%s: wrong %q, want %q", row.label, wrong, row.wrong)
		}
	}
}

// TestNothingChosen: the client stops who presses without choosing.
func TestNothingChosen(t *testing.T) {
	h := start(t, nil)
	h.asks(h.comes())
	if _, ok := h.person.Presses("Antwoorden"); ok || h.events() != 1 {
		t.Error("an answer without a choice was sent")
	}
}

func TestWebhookBringsAgainWhatWasNotStored(t *testing.T) {
	h := start(t, nil)
	h.fails = errors.New("the store is away")
	for label, out := range map[string]teamstest.Answer{
		"a message": h.person.Says("bonjour"), "an installation": h.person.Installs(), "a change": h.person.Edits(h.person.Last(), "bonsoir"),
	} {
		if out.Status != http.StatusServiceUnavailable {
			t.Errorf("%s: answered %d, want 503", label, out.Status)
		}
	}
}

// TestGroups are answered politely, and nobody is told of them.
func TestGroups(t *testing.T) {
	h := start(t, func(o *teams.Options) { o.Anonymous = false })
	h.comes()
	before := h.events()
	conversation := map[string]any{"id": h.person.Conversation, "conversationType": "groupChat", "isGroup": true, "tenantId": teamstest.TenantID}
	for _, kind := range []string{"message-text", "installationupdate", "conversationupdate", "invoke-card-action"} {
		if out := h.server.Again(h.person.Makes(kind, teamstest.Activity{"conversation": conversation})); !out.Taken() {
			t.Errorf("%s in a group is answered %d", kind, out.Status)
		}
	}
	shown := h.person.Shown()
	if len(shown) != 1 || shown[0].Text != "Ik praat alleen in een privégesprek. Open de app Praline in Teams en schrijf mij daar." {
		t.Errorf("a group is answered %+v", shown)
	}
	if h.events() != before {
		t.Error("the bot was told of a group")
	}
}

// TestTyping: who waits sees that we are at it.
func TestTyping(t *testing.T) {
	h := start(t, nil)
	h.comes()
	h.Hurries()
	block := make(chan struct{})
	h.mu.Lock()
	h.waits = block
	h.mu.Unlock()
	done := make(chan struct{})
	go func() { defer close(done); h.person.Says("bonjour") }()
	if !h.server.Await(func() bool { return h.person.Typing() > 0 }) {
		t.Error("nothing is seen while we are at it")
	}
	close(block)
	<-done
	h.event()
}
