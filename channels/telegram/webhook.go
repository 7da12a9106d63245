package telegram

import (
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"praline/channels"
)

// maxUpdate bounds a webhook's body; real updates are a few kilobytes.
const maxUpdate = 1 << 20

// Webhook serves POST /telegram/webhook. A request proves itself by its secret
// before its body is read. 200 confirms an update; 503 makes it come again.
func (a *Adapter) Webhook(handle channels.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "only POST", http.StatusMethodNotAllowed)
			return
		}
		given := r.Header.Get("X-Telegram-Bot-Api-Secret-Token")
		if a.options.Secret == "" || subtle.ConstantTimeCompare([]byte(given), []byte(a.options.Secret)) != 1 {
			http.Error(w, "not Telegram", http.StatusUnauthorized)
			return
		}
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			http.Error(w, "not JSON", http.StatusUnsupportedMediaType)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
		if err != nil {
			http.Error(w, "too large or cut short", http.StatusRequestEntityTooLarge)
			return
		}
		if !json.Valid(body) {
			http.Error(w, "not JSON", http.StatusBadRequest)
			return
		}
		t := a.decode(body) // what is not for us is confirmed all the same
		if err := a.hand(r.Context(), t, handle); err != nil {
			a.options.Log.Warn("telegram: update not stored, it will come again", "update", t.id, "error", err)
			http.Error(w, "again, please", http.StatusServiceUnavailable)
		}
	})
}
