package telegram

import (
	"context"
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
