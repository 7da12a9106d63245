package telegram_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"praline/channels/inbound"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

// TestWebhookRefuses: nothing is handed over that does not prove itself.
func TestWebhookRefuses(t *testing.T) {
	for _, row := range []struct {
		label, secret, given string
		method, kind, body   string
		want                 int
	}{
		{"as Telegram does", secret, secret, "POST", "application/json", "text", 200},
		{"with a charset", secret, secret, "POST", "application/json; charset=utf-8", "text", 200},
		{"no secret", secret, "", "POST", "application/json", "text", 401},
		{"a wrong secret", secret, secret + "x", "POST", "application/json", "text", 401},
		{"a wrong secret of the same length", secret, strings.ToUpper(secret), "POST", "application/json", "text", 401},
		{"an adapter that polls takes nothing", "", "", "POST", "application/json", "text", 401},
		{"another type, without the secret", secret, "", "POST", "text/plain", "text", 415},
		{"somebody looks", secret, secret, "GET", "application/json", "", 405},
		{"a form", secret, secret, "POST", "application/x-www-form-urlencoded", "text", 415},
		{"no type", secret, secret, "POST", "", "text", 415},
		{"too large", secret, secret, "POST", "application/json", strings.Repeat(" ", 1<<20+1), 413},
		{"compressed", secret, secret, "POST", "gzip", "text", 415},
		{"nested without end", secret, secret, "POST", "application/json", strings.Repeat("[", 100_000), 400},
		{"nested and closed", secret, secret, "POST", "application/json", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), 400},
		{"cut short", secret, secret, "POST", "application/json", `{"update_id":1,`, 400},
		{"nothing", secret, secret, "POST", "application/json", "", 400},
		{"no update", secret, secret, "POST", "application/json", `[]`, 200},
		{"an update that we cannot read is confirmed", secret, secret, "POST", "application/json", "wrong-type", 200},
	} {
		refused := 0
		h := start(t, telegram.Options{Secret: row.secret, Door: &inbound.Door{Channel: "telegram", Count: func(string, inbound.Why) { refused++ }}})
		body := row.body
		if body == "text" || body == "wrong-type" {
			body = arrived(t, body)
		}
		r := httptest.NewRequest(row.method, "/telegram/webhook", strings.NewReader(body))
		r.Header.Set("Content-Type", row.kind)
		if row.kind == "gzip" {
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Content-Encoding", "gzip")
		}
		if row.given != "" {
			r.Header.Set("X-Telegram-Bot-Api-Secret-Token", row.given)
		}
		w := httptest.NewRecorder()
		h.webhook().ServeHTTP(w, r)
		if w.Code != row.want {
			t.Errorf("%s: answered %d, want %d", row.label, w.Code, row.want)
		}
		if (refused == 1) != (row.want >= 400) {
			t.Errorf("%s: counted %d times", row.label, refused)
		}
		if handed := len(h.seen) == 1; handed != (row.want == 200 && row.body == "text") {
			t.Errorf("%s: %d events were handed over", row.label, len(h.seen))
		}
	}
}

func TestWebhookBringsAgainWhatWasNotStored(t *testing.T) {
	h := start(t, telegram.Options{Secret: secret})
	h.fails = []error{errors.New("disk full")}
	if w := h.post(arrived(t, "text")); w.Code != http.StatusServiceUnavailable {
		t.Errorf("answered %d, want 503", w.Code)
	}
	if w := h.post(arrived(t, "text")); w.Code != http.StatusOK || len(h.seen) != 1 {
		t.Errorf("answered %d with %d events", w.Code, len(h.seen))
	}
}

// TestWebhookWhole: the stand-in brings updates to a server of ours, and again
// after a failed commit; an API that is away at first is told when it is back.
func TestWebhookWhole(t *testing.T) {
	h := start(t, telegram.Options{})
	mux := http.NewServeMux()
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	*h.Adapter = *telegram.New(telegram.Options{
		Token: telegramtest.Token, API: h.server.URL, Secret: secret, PublicURL: web.URL + "/", HTTP: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
		Wait: func(time.Duration) <-chan time.Time { return time.After(time.Millisecond) },
	})
	mux.Handle("/telegram/webhook", h.webhook())
	h.server.Fails(telegramtest.BadBridge.Of("setWebhook"), telegramtest.Internal.Of("setWebhook"))
	h.fails = []error{errors.New("store away"), nil, errors.New("store away")}
	h.Prepare(context.Background())
	h.person.Says("een")
	h.person.Says("twee")
	if a, b := h.event(), h.event(); a.Text != "een" || b.Text != "twee" {
		t.Errorf("brought %q, %q", a.Text, b.Text)
	}
	if !h.server.Await(func() bool { return len(h.server.Waiting()) == 0 }) {
		t.Error("an update was not confirmed")
	}
	if n := h.server.Calls("setWebhook"); n != 3 {
		t.Errorf("setWebhook was called %d times, want 3", n)
	}
}
