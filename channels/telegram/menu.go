package telegram

import (
	"context"
	"encoding/json"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/locales"
)

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

// menu is the commands of one language, as the API wants them.
func menu(lang string) string {
	type entry struct {
		Command     string `json:"command"`
		Description string `json:"description"`
	}
	var entries []entry
	for _, c := range locales.MenuCommands {
		entries = append(entries, entry{c, locales.For(lang).Say("menu." + c)})
	}
	encoded, err := json.Marshal(entries)
	if err != nil {
		return "[]" // strings: cannot happen
	}
	return string(encoded)
}
