package preview_test

import (
	"strings"
	"testing"

	"praline/bot/preview"
	"praline/channels"
	"praline/locales"
)

// A look is what the app will show: what does not fit a button is written out,
// and the button carries its number; a picture that the app cannot show is its
// words.
func TestIn(t *testing.T) {
	long := strings.Repeat("lang antwoord ", 8)
	message := channels.Message{
		Lang: "nl", Title: "Kop", Text: "**vet** <b>",
		Media:   []channels.Media{{Path: "tuin/media/a.svg", Alt: "Een tuin", MIME: "image/svg+xml"}},
		Choices: []channels.Choice{{Label: long, Value: "a", Role: channels.Answer, Number: 1}, {Label: "Later", Value: "b", Role: channels.Secondary}},
	}
	narrow := preview.App{Name: "Klein", Limits: channels.Limits{ButtonLabel: channels.Limit{Max: 20, Unit: channels.Characters}}}
	wide := preview.App{Name: "Groot", Limits: channels.Limits{Media: []string{"image/svg+xml"}}}
	small, large := preview.In(narrow, message), preview.In(wide, message)
	if len(small.Written) != 1 || strings.Join(small.Buttons, "|") != "1|Later" || small.Pictures[0].Image {
		t.Errorf("narrow: %+v", small)
	}
	if len(large.Written) != 0 || !strings.HasPrefix(large.Buttons[0], "1. lang antwoord") || !large.Pictures[0].Image {
		t.Errorf("wide: %+v", large)
	}
	if text := string(small.Text); !strings.Contains(text, "<strong>vet</strong>") || strings.Contains(text, "<b>") {
		t.Errorf("text: %s", text)
	}
}

func TestAppsAreFour(t *testing.T) {
	apps := preview.Apps(locales.For("fr"))
	if len(apps) != 4 || apps[0].Name != "Page web" || apps[1].Name != "Telegram" {
		t.Errorf("%+v", apps)
	}
}
