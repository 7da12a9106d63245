package telegram_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"praline/channels/channelstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

// TestAttacks: each is refused at once, and nothing comes of it.
func TestAttacks(t *testing.T) {
	h := start(t, telegram.Options{Secret: secret})
	mux := http.NewServeMux()
	mux.Handle("/telegram/webhook", h.webhook())
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	attacks := telegramtest.Attacks(secret)
	if len(attacks) < 20 {
		t.Errorf("%d attacks", len(attacks))
	}
	channelstest.AllRefused(t, web.Listener.Addr().String(), attacks)
	if n := len(h.brings); n > 0 {
		t.Errorf("%d events were handed over", n)
	}
}
