package telegram

import (
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
)

// event turns an update into an Event; false where it is not for us: a group,
// a channel, a poll, something the Bot API learned after this was written.
func event(update tgbotapi.Update) (channels.Event, bool) {
	e := channels.Event{Channel: Name, ID: "tg-" + strconv.Itoa(update.UpdateID)}
	switch {
	case update.Message != nil:
		return personal(e, update.Message)
	case update.EditedMessage != nil:
		e, ok := personal(e, update.EditedMessage)
		e.Kind, e.Text, e.Payload = channels.Edited, command(update.EditedMessage.Text), ""
		return e, ok && e.Text != "" // a live location is edited all the time
	case update.CallbackQuery != nil:
		return press(e, update.CallbackQuery)
	case update.MyChatMember != nil:
		return membership(e, update.MyChatMember)
	}
	return e, false
}

func personal(e channels.Event, m *tgbotapi.Message) (channels.Event, bool) {
	if m.Chat == nil || !m.Chat.IsPrivate() || m.From == nil || m.From.IsBot {
		return e, false
	}
	e = person(e, m.Chat.ID, m.From)
	e.At = time.Unix(int64(m.Date), 0).UTC()
	text := command(m.Text)
	payload, more := strings.CutPrefix(text, "/start ")
	switch {
	case service(m):
		return e, false
	case text == "":
		e.Kind = channels.Sent
	case text == "/start", more:
		e.Kind, e.Payload = channels.Came, deepLink(payload, more)
	default:
		e.Kind, e.Text = channels.Said, text
	}
	return e, true
}

// service says whether a message was written by the app and not by the person.
func service(m *tgbotapi.Message) bool {
	return m.PinnedMessage != nil || m.MessageAutoDeleteTimerChanged != nil || m.ConnectedWebsite != "" ||
		m.SuccessfulPayment != nil || m.ProximityAlertTriggered != nil || m.MigrateToChatID != 0 || m.MigrateFromChatID != 0
}

// deepLink is what a link https://t.me/BOT?start=CODE carries; words that
// somebody typed after /start are none.
// https://core.telegram.org/bots/features#deep-linking
func deepLink(payload string, more bool) string {
	if !more || len(payload) > 64 || strings.Trim(payload, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return ""
	}
	return payload
}

// command takes the bot's name off a command: "/lesson@PralineBot" is "/lesson".
func command(text string) string {
	if !strings.HasPrefix(text, "/") {
		return text
	}
	head, tail, more := strings.Cut(text, " ")
	head, _, _ = strings.Cut(head, "@")
	if !more {
		return head
	}
	return head + " " + tail
}

func press(e channels.Event, query *tgbotapi.CallbackQuery) (channels.Event, bool) {
	if query.From == nil || query.Message == nil || query.Message.Chat == nil || !query.Message.Chat.IsPrivate() {
		return e, false
	}
	e = person(e, query.Message.Chat.ID, query.From)
	e.Kind, e.Value = channels.Pressed, query.Data
	e.Message = strconv.Itoa(query.Message.MessageID)
	return e, true
}

// membership tells of somebody who blocked us. Who takes that back presses
// "restart", and the app says /start for them.
func membership(e channels.Event, change *tgbotapi.ChatMemberUpdated) (channels.Event, bool) {
	if !change.Chat.IsPrivate() || change.NewChatMember.Status != "kicked" {
		return e, false
	}
	e = person(e, change.Chat.ID, &change.From)
	e.Kind = channels.Blocked
	return e, true
}

func person(e channels.Event, chat int64, from *tgbotapi.User) channels.Event {
	e.Conversation = strconv.FormatInt(chat, 10)
	e.User = strconv.FormatInt(from.ID, 10)
	e.Name = from.FirstName
	if from.LanguageCode != "" {
		e.Languages = []string{from.LanguageCode}
	}
	return e
}
