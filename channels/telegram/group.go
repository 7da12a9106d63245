package telegram

import (
	"context"
	"strconv"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/locales"
)

// Learning is private: in a group we say one sentence, with the way to the
// private conversation, and leave; a channel we leave in silence. Nothing of it
// is stored.

// room is a group or a channel in which we are.
type room struct {
	id      string
	lang    string // of whoever speaks there, as far as the app knows
	channel bool   // nobody talks with us there
	joined  bool   // we were just added
}

// roomOf returns the group or channel that an update comes from; nil for a
// private conversation, and for one that we left.
func roomOf(update tgbotapi.Update) *room {
	var chat *tgbotapi.Chat
	var r room
	switch {
	case update.Message != nil:
		chat = update.Message.Chat
		if update.Message.From != nil {
			r.lang = update.Message.From.LanguageCode
		}
	case update.MyChatMember != nil:
		switch update.MyChatMember.NewChatMember.Status {
		case "member", "administrator", "restricted":
		default:
			return nil
		}
		chat, r.joined, r.lang = &update.MyChatMember.Chat, true, update.MyChatMember.From.LanguageCode
	}
	if chat == nil || chat.IsPrivate() {
		return nil
	}
	r.id, r.channel = strconv.FormatInt(chat.ID, 10), chat.IsChannel()
	return &r
}

// rooms remembers, in this process, where we spoke lately.
type rooms struct {
	mu  sync.Mutex
	all map[string]time.Time
}

const (
	// silence is how long we do not speak in the same group again.
	silence = time.Hour
	// maxRooms bounds what is remembered.
	maxRooms = 1000
)

// first says whether a room was not heard of for an hour, and notes it.
func (r *rooms) first(id string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if last, known := r.all[id]; known && now.Sub(last) < silence {
		return false
	}
	if r.all == nil || len(r.all) >= maxRooms {
		r.all = make(map[string]time.Time)
	}
	r.all[id] = now
	return true
}

// leave leaves a room; a group hears why, at most once an hour. Best effort:
// what fails is tried again when the group addresses us once more.
func (a *Adapter) leave(ctx context.Context, r room) {
	first := a.rooms.first(r.id, a.options.Now())
	if first && !r.channel {
		if text := a.excuse(ctx, r.lang); text != "" {
			params := tgbotapi.Params{"chat_id": r.id, "text": text, "disable_web_page_preview": "true"}
			if err := a.call(ctx, "sendMessage", params, nil); err != nil {
				a.options.Log.Info("telegram: a group was left without a word", "error", err)
			}
		}
	}
	if !first && !r.joined {
		return
	}
	if err := a.call(ctx, "leaveChat", tgbotapi.Params{"chat_id": r.id}, nil); err != nil {
		a.options.Log.Info("telegram: a group or channel was not left", "error", err)
	}
}

// excuse says in the languages that a group may read why we leave; "" while we
// do not know our own name.
func (a *Adapter) excuse(ctx context.Context, lang string) string {
	name, err := a.username(ctx)
	if err != nil || name == "" {
		return ""
	}
	first := locales.Best([]string{lang}, locales.Spoken)
	text := ""
	for _, l := range append([]string{first}, locales.Languages...) {
		if l == "" || l == first && text != "" {
			continue
		}
		if text != "" {
			text += "\n"
		}
		text += locales.For(l).Say("telegram.group", "link", Link(name, ""))
	}
	return text
}

// me is the bot's own name, once it was asked for.
type me struct {
	mu   sync.Mutex
	name string
}

// username asks the API once how we are called.
func (a *Adapter) username(ctx context.Context) (string, error) {
	a.me.mu.Lock()
	defer a.me.mu.Unlock()
	if a.me.name != "" {
		return a.me.name, nil
	}
	var self tgbotapi.User
	if err := a.call(ctx, "getMe", tgbotapi.Params{}, &self); err != nil {
		return "", err
	}
	a.me.name = self.UserName
	return a.me.name, nil
}
