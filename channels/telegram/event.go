package telegram

import (
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
)

// event turns an update into an Event; false where it is not for us: a group,
// a channel, something the Bot API learned after this was written.
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
	case update.PollAnswer != nil:
		return vote(e, update.PollAnswer)
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
	case text == "":
		e.Kind = channels.Sent
	case text == "/start", more:
		e.Kind, e.Payload = channels.Came, deepLink(payload, more)
	default:
		e.Kind, e.Text = channels.Said, text
	}
	return e, true
}

// deepLink is what a link https://t.me/BOT?start=CODE carries; words that
// somebody typed after /start are none.
// https://core.telegram.org/bots/features#deep-linking
func deepLink(payload string, more bool) string {
	if !more || !carried(payload) {
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

// vote is an answer to a quiz of ours: it says only which, and the place of the
// answer. Nobody can take it back; whoever tells us so anyway changes nothing.
func vote(e channels.Event, answer *tgbotapi.PollAnswer) (channels.Event, bool) {
	if len(answer.OptionIDs) != 1 || answer.OptionIDs[0] < 0 || answer.User.ID == 0 || answer.User.IsBot || answer.PollID == "" {
		return e, false
	}
	e = person(e, answer.User.ID, &answer.User) // our polls stand in private conversations
	e.Kind, e.Value, e.Message = channels.Pressed, channels.Place(answer.OptionIDs[0]), pollName(answer.PollID)
	return e, true
}

// membership tells of somebody who blocked us. Who takes that back presses
// "restart", and the app says /start for them.
func membership(e channels.Event, change *tgbotapi.ChatMemberUpdated) (channels.Event, bool) {
	if !change.Chat.IsPrivate() || change.From.ID == 0 || change.NewChatMember.Status != "kicked" {
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
