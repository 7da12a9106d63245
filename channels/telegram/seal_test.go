package telegram_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/telegram"
)

// TestSeals: what is pressed, and what the bot is told: only what was made for
// this conversation, by this key.
func TestSeals(t *testing.T) {
	h := start(t, telegram.Options{Key: key})
	other := h.server.Person(77, "fr")
	ctx := context.Background()
	m := channels.Message{ID: "1", Text: "Ja?", Choices: answers("Ja", "Nee")}
	for _, conversation := range []string{"4242", "77"} {
		if _, err := h.Send(ctx, conversation, m, ""); err != nil {
			t.Fatal(err)
		}
	}
	mine, theirs := h.person.Shown()[0], other.Shown()[0]
	yes, no := mine.Buttons[0][0], mine.Buttons[1][0]
	if yes.Value() != "answer.2s.0" || len(yes.Data) != len(yes.Value())+9 || yes.Data == theirs.Buttons[0][0].Data {
		t.Fatalf("the button carries %q", yes.Data)
	}
	h.polls()
	for _, row := range []struct{ label, data, want string }{
		{"as it is", yes.Data, "answer.2s.0"},
		{"of another learner", theirs.Buttons[0][0].Data, ""},
		{"without a seal", yes.Value(), ""},
		{"with the seal of another", no.Value() + yes.Data[len(yes.Value()):], ""},
		{"with more in it", "x" + yes.Data, ""},
		{"with its seal cut", yes.Data[:len(yes.Data)-1], ""},
		{"with a longer seal", yes.Data + "A", ""},
		{"a seal alone", yes.Data[len(yes.Value()):], ""},
		{"a place", channels.Place(0), ""},
		{"a form that is filled in", "~M1~answer.2s", ""},
		{"nothing", "", ""},
	} {
		h.person.PressesData(mine.ID, row.data)
		if e := h.event(); e.Kind != channels.Pressed || e.Value != row.want {
			t.Errorf("%s: told %+v, want %q", row.label, e, row.want)
		}
	}
	h.confirmed()
}

// TestNewKey: buttons of before are just old.
func TestNewKey(t *testing.T) {
	h := start(t, telegram.Options{Key: key})
	if _, err := h.Send(context.Background(), "4242", channels.Message{ID: "1", Text: "Ja?", Choices: answers("Ja")}, ""); err != nil {
		t.Fatal(err)
	}
	*h.Adapter = *telegram.New(telegram.Options{Token: "1234567:stand-in-token", API: h.server.URL, HTTP: h.client, Key: slices.Concat(key, key), Secret: secret})
	data := h.person.Shown()[0].Buttons[0][0].Data
	h.post(strings.ReplaceAll(arrived(t, "callback"), "answer.2s.0", data))
	if e := h.event(); e.Value != "" {
		t.Errorf("told %+v", e)
	}
	h.server.AnswerAll()
}
