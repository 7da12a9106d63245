package telegram

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

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

// Keep prepares, and then keeps the webhook ours until ctx ends: another
// process may take it, and a fault of ours may have made Telegram give up.
func (a *Adapter) Keep(ctx context.Context) {
	a.Prepare(ctx)
	since := a.options.Now()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return
		case <-a.options.Wait(renewal):
		}
		since = a.renew(ctx, since)
	}
}

// renewal is how often we look whether updates still come to us.
const renewal = time.Hour

// webhook is what the API says of ours: https://core.telegram.org/bots/api#webhookinfo
type webhook struct {
	URL       string   `json:"url"`
	Pending   int      `json:"pending_update_count"`
	ErrorDate int64    `json:"last_error_date"`
	Error     string   `json:"last_error_message"`
	Kinds     []string `json:"allowed_updates"`
}

// renew sets the webhook anew where it is not as we set it, or where an error
// was reported since we looked last. It returns since when we know.
func (a *Adapter) renew(ctx context.Context, since time.Time) time.Time {
	if a.address() == "" {
		return since
	}
	now := a.options.Now()
	var w webhook
	if err := a.call(ctx, "getWebhookInfo", tgbotapi.Params{}, &w); err != nil {
		if ctx.Err() == nil {
			a.options.Log.Info("telegram: no word of the webhook, asking again later", "error", err)
		}
		return since
	}
	switch {
	case w.URL == "":
		a.options.Log.Warn("telegram: somebody took the webhook away, it is set anew: is another process polling with this token?")
	case w.URL != a.address():
		a.options.Log.Warn("telegram: updates went elsewhere, the webhook is set anew: give each server a bot of its own")
	case w.ErrorDate > 0 && !time.Unix(w.ErrorDate, 0).Before(since.Truncate(time.Second)):
		a.options.Log.Warn("telegram could not bring updates, the webhook is set anew", "error", a.without(w.Error), "waiting", w.Pending)
	case !sameKinds(w.Kinds):
		a.options.Log.Info("telegram: the webhook asks for other kinds of updates, it is set anew")
	default:
		return now
	}
	for ctx.Err() == nil && !a.bring(ctx) {
		select {
		case <-ctx.Done():
		case <-a.options.Wait(again):
		}
	}
	return now
}

// sameKinds says whether the kinds of updates are those that we ask for.
func sameKinds(given []string) bool {
	var all []string
	_ = json.Unmarshal([]byte(wanted), &all) // a constant
	slices.Sort(all)
	return slices.Equal(all, slices.Sorted(slices.Values(given)))
}

// address is where updates shall be brought; "" for nowhere.
func (a *Adapter) address() string {
	if a.options.Secret == "" || a.options.PublicURL == "" {
		return ""
	}
	return strings.TrimSuffix(a.options.PublicURL, "/") + webhookPath
}

// bring tells Telegram how updates shall come; false if it shall be told again.
func (a *Adapter) bring(ctx context.Context) bool {
	var err error
	switch {
	case a.options.Secret == "":
		err = a.call(ctx, "deleteWebhook", tgbotapi.Params{}, nil)
	case a.address() != "":
		err = a.call(ctx, "setWebhook", tgbotapi.Params{
			"url":             a.address(),
			"secret_token":    a.options.Secret,
			"allowed_updates": wanted,
		}, nil)
	}
	if err != nil && ctx.Err() == nil {
		a.options.Log.Warn("telegram: how to bring updates was not set", "error", err)
	}
	return err == nil || invalid(err)
}
