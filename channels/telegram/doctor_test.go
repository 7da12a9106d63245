package telegram_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
	"praline/locales"
)

// TestDiagnose: what is wrong, and what is said of it.
func TestDiagnose(t *testing.T) {
	webhook := telegram.Options{Secret: secret, PublicURL: "https://praline.example"}
	const ours = "https://praline.example/telegram/webhook"
	none := func(*telegramtest.Server) {}
	for _, row := range []struct {
		label   string
		options telegram.Options
		given   func(*telegramtest.Server)
		codes   []string // troubles with "!"
	}{
		{"polling, all well", telegram.Options{}, none, nil},
		{"the token is refused", telegram.Options{}, func(s *telegramtest.Server) {
			s.Fails(telegramtest.Fault{Method: "getMe", Status: 401, Body: `{"ok":false,"error_code":401,"description":"Unauthorized"}`})
		}, []string{"!token-refused"}},
		{"the API is unwell", telegram.Options{}, func(s *telegramtest.Server) { s.Fails(telegramtest.BadBridge.Of("getMe")) }, []string{"!unreachable"}},
		{"half unwell", telegram.Options{}, func(s *telegramtest.Server) { s.Fails(telegramtest.BadBridge.Of("getWebhookInfo")) }, []string{"!unreachable"}},
		{"the clock is wrong", telegram.Options{Now: func() time.Time { return time.Now().Add(-7 * time.Minute) }}, none, []string{"!clock"}},
		{"no public address", telegram.Options{Secret: secret}, none, []string{"!no-address"}},
		{"not set yet", webhook, none, []string{"webhook-not-yet"}},
		{"set", webhook, func(s *telegramtest.Server) { s.Takes(ours) }, nil},
		{"another's", webhook, func(s *telegramtest.Server) { s.Takes("https://other.example/hook?key=theirs") }, []string{"!webhook-elsewhere"}},
		{"an error", webhook, func(s *telegramtest.Server) {
			s.Takes(ours)
			s.Reports(time.Now().Add(-time.Hour), "Wrong response: 401 "+secret)
		}, []string{"!webhook-error"}},
		{"an error of last week", webhook, func(s *telegramtest.Server) {
			s.Takes(ours)
			s.Reports(time.Now().Add(-7*24*time.Hour), "Connection refused")
		}, nil},
		{"many wait", webhook, func(s *telegramtest.Server) {
			s.Takes(ours)
			for range 60 {
				s.Person(5, "fr").Says("?")
			}
		}, []string{"pending"}},
		{"polling, and a webhook", telegram.Options{}, func(s *telegramtest.Server) { s.Takes("https://other.example/hook") }, []string{"webhook-in-the-way"}},
		{"groups", telegram.Options{}, func(s *telegramtest.Server) { s.Settings(true, true) }, []string{"hears-all", "groups"}},
	} {
		t.Run(row.label, func(t *testing.T) {
			h := start(t, row.options)
			h.server.Settings(false, false)
			row.given(h.server)
			var codes []string
			for _, d := range h.Diagnose(context.Background()) {
				code := strings.TrimPrefix(d.Code, "doctor.telegram-")
				if d.Trouble {
					code = "!" + code
				}
				codes = append(codes, code)
				for _, lang := range []string{"fr", "nl", "en"} {
					said := locales.For(lang).Say(d.Code, d.Arguments...)
					if !locales.For(lang).Has(d.Code) || strings.Contains(said, "no value") || strings.Contains(said, secret) || strings.Contains(said, "stand-in-token") || strings.Contains(said, "theirs") {
						t.Errorf("%s: %q", lang, said)
					}
				}
			}
			if !slices.Equal(codes, row.codes) {
				t.Errorf("found %q, want %q", codes, row.codes)
			}
			if h.server.Calls("setWebhook")+h.server.Calls("deleteWebhook") > 0 {
				t.Error("the doctor changed something")
			}
		})
	}
}

// TestDiagnoseUnreachable: nobody listens, or only http is offered to the real API.
func TestDiagnoseUnreachable(t *testing.T) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	a := telegram.New(telegram.Options{Token: telegramtest.Token, API: "http://127.0.0.1:1", HTTP: client})
	found := a.Diagnose(context.Background())
	if len(found) != 1 || found[0].Code != "doctor.telegram-unreachable" || !found[0].Trouble {
		t.Errorf("found %+v", found)
	}
	a = telegram.New(telegram.Options{Token: telegramtest.Token, API: "https://api.example", HTTP: &http.Client{Transport: objects{}}, Secret: secret, PublicURL: "http://praline.example"})
	codes := codesOf(a.Diagnose(context.Background()))
	if !slices.Contains(codes, "doctor.telegram-not-https") {
		t.Errorf("found %q", codes)
	}
}

// objects is an API that knows nothing of us.
type objects struct{}

func (objects) RoundTrip(r *http.Request) (*http.Response, error) {
	_ = r.Body.Close()
	return &http.Response{StatusCode: http.StatusOK, Body: readCloser{strings.NewReader(`{"ok":true,"result":{}}`)}, Request: r}, nil
}

func codesOf(found []channels.Diagnosis) []string {
	var all []string
	for _, d := range found {
		all = append(all, d.Code)
	}
	return all
}
