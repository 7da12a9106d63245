package telegram

import (
	"context"
	"encoding/json"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/locales"
)

// menus sets the menu of commands and the bot's descriptions, in each language
// and for all the others. They only look nice: what fails is tried again at the
// next start. The menu is that of private conversations; the one for every
// place, which earlier versions set, is taken away, for in a group there is
// nothing to command.
func (a *Adapter) menus(ctx context.Context) {
	for _, lang := range append([]string{""}, locales.Spoken...) {
		for _, set := range []func(context.Context, string) error{a.setMenu, a.describe} {
			if err := set(ctx, lang); err != nil {
				a.options.Log.Info("telegram: no menu or no description", "language", lang, "error", err)
				return
			}
		}
	}
}

// privateChats is where the menu stands: https://core.telegram.org/bots/api#botcommandscopeallprivatechats
const privateChats = `{"type":"all_private_chats"}`

func (a *Adapter) setMenu(ctx context.Context, lang string) error {
	params := tgbotapi.Params{}
	params.AddNonEmpty("language_code", lang)
	if err := a.call(ctx, "deleteMyCommands", params, nil); err != nil {
		return err
	}
	params["scope"], params["commands"] = privateChats, menu(lang)
	return a.call(ctx, "setMyCommands", params, nil)
}

// The texts that a person sees before "start" (512 characters) and with a
// shared link (120): https://core.telegram.org/bots/api#setmydescription
var descriptions = []struct{ method, field, words string }{
	{"MyDescription", "description", "telegram.description"},
	{"MyShortDescription", "short_description", "telegram.short"},
}

// describe sets a language's descriptions where they are not set yet: the API
// soon finds it too often.
func (a *Adapter) describe(ctx context.Context, lang string) error {
	for _, d := range descriptions {
		params := tgbotapi.Params{}
		params.AddNonEmpty("language_code", lang)
		var now map[string]string
		if err := a.call(ctx, "get"+d.method, params, &now); err != nil {
			return err
		}
		words := locales.For(lang).Say(d.words)
		if now[d.field] == words {
			continue
		}
		params[d.field] = words
		if err := a.call(ctx, "set"+d.method, params, nil); err != nil {
			return err
		}
	}
	return nil
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
