package telegram

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"

	"praline/channels"
	"praline/channels/inbound"
)

// secretHeader is what a request proves itself with:
// https://core.telegram.org/bots/api#setwebhook
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// webhookPath is where updates are brought to.
const webhookPath = "/telegram/webhook"

// Routes are what belongs to Telegram over HTTP, by pattern.
func (a *Adapter) Routes(handle channels.Handler) map[string]http.Handler {
	return map[string]http.Handler{webhookPath: a.webhook(handle)}
}

// webhook serves POST /telegram/webhook. A request proves itself by its secret
// before its body is read. 200 confirms an update; 503 makes it come again.
func (a *Adapter) webhook(handle channels.Handler) http.Handler {
	door := a.options.Door
	return door.Post([]string{"application/json"}, func(w http.ResponseWriter, r *http.Request) {
		if !a.proven(r) {
			door.Refuse(w, inbound.Stranger)
			return
		}
		body, ok := door.Body(w, r)
		if !ok {
			return
		}
		if !json.Valid(body) { // nor is what is nested without end
			door.Refuse(w, inbound.Unread)
			return
		}
		t := a.decode(body) // what is not for us is confirmed all the same
		if err := a.hand(r.Context(), t, handle); err != nil {
			a.options.Log.Warn("telegram: update not stored, it will come again", "update", t.id, "error", a.secretless(err))
			http.Error(w, "again, please", http.StatusServiceUnavailable)
		}
	})
}

// proven says whether a request carries our secret, once.
func (a *Adapter) proven(r *http.Request) bool {
	given := r.Header[secretHeader]
	return a.options.Secret != "" && len(given) == 1 && subtle.ConstantTimeCompare([]byte(given[0]), []byte(a.options.Secret)) == 1
}
