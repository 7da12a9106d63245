package telegram

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
	"praline/locales"
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

// Prepare tells Telegram where our webhook is, and what the commands are. An
// API that is away is asked again until it is back or ctx ends.
func (a *Adapter) Prepare(ctx context.Context) {
	if a.options.PublicURL == "" {
		a.options.Log.Warn("telegram: nobody brings updates: set PRALINE_PUBLIC_URL, or take TELEGRAM_WEBHOOK_SECRET away to poll")
	}
	for ctx.Err() == nil && !a.bring(ctx) {
		select {
		case <-ctx.Done():
		case <-a.options.Wait(again):
		}
	}
	a.menus(ctx)
}

// again is how long to wait before telling the API once more.
const again = 30 * time.Second

// bring tells Telegram how updates shall come; false if it shall be told again.
func (a *Adapter) bring(ctx context.Context) bool {
	var err error
	switch {
	case a.options.Secret == "":
		err = a.call(ctx, "deleteWebhook", tgbotapi.Params{}, nil)
	case a.options.PublicURL != "":
		err = a.call(ctx, "setWebhook", tgbotapi.Params{
			"url":             strings.TrimSuffix(a.options.PublicURL, "/") + "/telegram/webhook",
			"secret_token":    a.options.Secret,
			"allowed_updates": wanted,
		}, nil)
	}
	if err != nil && ctx.Err() == nil {
		a.options.Log.Warn("telegram: how to bring updates was not set", "error", err)
	}
	return err == nil || invalid(err)
}

// menus sets the menu of commands, in each language and for all the others. It
// only looks nice: what fails is tried again at the next start.
func (a *Adapter) menus(ctx context.Context) {
	for _, lang := range append([]string{""}, locales.Spoken...) {
		params := tgbotapi.Params{"commands": menu(lang)}
		if lang != "" {
			params["language_code"] = lang
		}
		if err := a.call(ctx, "setMyCommands", params, nil); err != nil {
			a.options.Log.Info("telegram: no menu of commands", "language", lang, "error", err)
			return
		}
	}
}

// menuCommands are shown in the app's menu, in this order.
var menuCommands = []string{"lesson", "progress", "time", "pause", "catalogue", "language", "data", "help"}

// menu is the commands of one language, as the API wants them.
func menu(lang string) string {
	type entry struct {
		Command     string `json:"command"`
		Description string `json:"description"`
	}
	var entries []entry
	for _, c := range menuCommands {
		entries = append(entries, entry{c, locales.For(lang).Say("menu." + c)})
	}
	encoded, err := json.Marshal(entries)
	if err != nil {
		return "[]" // strings: cannot happen
	}
	return string(encoded)
}
