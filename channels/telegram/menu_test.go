package telegram_test

import (
	"context"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

func TestMenus(t *testing.T) {
	h := start(t, telegram.Options{Secret: secret, PublicURL: "https://praline.example"})
	h.Prepare(context.Background())
	for lang, want := range map[string]string{"": "Aide", "fr": "Aide", "nl": "Hulp", "de": "Hilfe", "en": "Help"} {
		menu := h.server.Menu(lang)
		if len(menu) != 8 || menu[0].Command != "lesson" || menu[7].Command != "help" || menu[7].Description != want {
			t.Errorf("menu %q: %+v", lang, menu)
		}
		if elsewhere := h.server.MenuElsewhere(lang); elsewhere != nil {
			t.Errorf("in groups there is a menu %q: %+v", lang, elsewhere)
		}
		if full, short := h.server.About(lang); full == "" || short == "" || strings.Contains(full, "telegram.") {
			t.Errorf("descriptions %q: %q, %q", lang, full, short)
		}
	}
}

// TestDescribedOnce: the API soon finds it too often.
func TestDescribedOnce(t *testing.T) {
	h := start(t, telegram.Options{})
	h.Prepare(context.Background())
	h.Prepare(context.Background())
	if n := h.server.Calls("setMyDescription"); n != 5 {
		t.Errorf("set %d times, want once a language", n)
	}
}

// TestMenuMayFail: what only looks nice stops nobody.
func TestMenuMayFail(t *testing.T) {
	h := start(t, telegram.Options{})
	h.server.Fails(telegramtest.Fault{Method: "setMyCommands", Status: 404, Body: `{"ok":false,"error_code":404,"description":"Not Found: method not found"}`})
	h.server.Fails(telegramtest.Fault{Method: "deleteWebhook", Status: 404, Body: `{"ok":false,"error_code":404,"description":"Not Found: method not found"}`})
	h.server.Fails(telegramtest.Fault{Method: "answerCallbackQuery", Status: 404, Body: `{"ok":false,"error_code":404,"description":"Not Found: method not found"}`})
	h.polls()
	h.person.Says("les")
	h.event()
	if _, err := h.Send(context.Background(), "4242", channels.Message{ID: "1", Text: "?", Choices: []channels.Choice{{Label: "Ja", Value: "ja"}}}, ""); err != nil {
		t.Fatal(err)
	}
	h.person.Presses("Ja")
	if e := h.event(); e.Value != "ja" {
		t.Errorf("brought %+v", e)
	}
	h.person.Presses("Ja") // the stand-in still holds the query whose answer failed
	h.event()
	h.server.AnswerAll()
}
