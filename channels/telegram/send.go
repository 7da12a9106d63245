package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
	"praline/channels/markup"
	"praline/channels/partway"
)

// Send says one message; its receipt is the id of the Telegram message that
// holds its buttons. One message of ours may be several of theirs: when the app
// is busy in the middle, the next Send goes on where this one stopped.
func (a *Adapter) Send(ctx context.Context, conversation string, m channels.Message, replaced string) (string, error) {
	if err := a.hush(conversation); err != nil {
		return "", err
	}
	if m.Retire {
		receipt, err := a.retire(ctx, conversation, replaced)
		a.heed(conversation, err)
		return receipt, err
	}
	steps := a.steps(conversation, m, replaced)
	for i, step := range steps[min(1, len(steps)):] { // outbound counts the first
		steps[i+1] = func(ctx context.Context) (string, error) {
			a.options.Spend(conversation)
			return step(ctx)
		}
	}
	receipt, err := a.partway.Say(ctx, conversation, m.ID, steps)
	if err != nil {
		a.heed(conversation, err)
		return "", a.secretless(err)
	}
	return receipt, nil
}

// steps are what it takes to say a message.
func (a *Adapter) steps(conversation string, m channels.Message, replaced string) []partway.Step {
	quiz, asks := poll{}, false
	if a.options.Quiz {
		quiz, asks = quizOf(m)
	}
	parts, buttons := render(m), a.keyboard(conversation, m)
	if len(parts) == 0 && (buttons != nil || len(m.Media) == 0 && m.Document == nil) {
		parts = []string{"…"} // Telegram takes no empty message
	}
	var steps []partway.Step
	for _, medium := range m.Media {
		steps = append(steps, func(ctx context.Context) (string, error) { return a.picture(ctx, conversation, medium) })
	}
	_, overPoll := ofPoll(replaced)
	inPlace := replaced != "" && len(parts) == 1 && len(m.Media) == 0 && !asks && !overPoll
	if replaced != "" && !inPlace {
		// best effort: an old press is answered kindly
		steps = append(steps, func(ctx context.Context) (string, error) {
			_, _ = a.retire(ctx, conversation, replaced)
			return "", nil
		})
	}
	if asks {
		return append(steps, func(ctx context.Context) (string, error) { return a.ask(ctx, conversation, quiz) })
	}
	for i, part := range parts {
		steps = append(steps, func(ctx context.Context) (string, error) {
			if inPlace {
				receipt, err := a.edit(ctx, conversation, replaced, part, buttons)
				if !invalid(err) {
					return receipt, err
				}
				// it is not there any more, or cannot be edited: said anew
			}
			if i < len(parts)-1 {
				return a.say(ctx, conversation, part, nil)
			}
			return a.say(ctx, conversation, part, buttons)
		})
	}
	if m.Document != nil {
		steps = append(steps, func(ctx context.Context) (string, error) {
			receipt, err := a.document(ctx, conversation, *m.Document)
			if len(parts) > 0 {
				receipt = ""
			}
			return receipt, err
		})
	}
	return steps
}

func (a *Adapter) say(ctx context.Context, conversation, text string, buttons *tgbotapi.InlineKeyboardMarkup) (string, error) {
	params := tgbotapi.Params{"chat_id": conversation}
	if err := withButtons(params, buttons); err != nil {
		return "", err
	}
	var said message
	err := a.write(ctx, "sendMessage", params, text, &said)
	return said.receipt(), err
}

func (a *Adapter) edit(ctx context.Context, conversation, message, text string, buttons *tgbotapi.InlineKeyboardMarkup) (string, error) {
	params := tgbotapi.Params{"chat_id": conversation, "message_id": message}
	if err := withButtons(params, buttons); err != nil {
		return "", err
	}
	err := a.write(ctx, "editMessageText", params, text, nil)
	if err != nil && !says(err, "message is not modified") {
		return "", err
	}
	return message, nil
}

// write makes a call with a text. One whose markup the API does not take is
// sent once more without any: the words matter.
func (a *Adapter) write(ctx context.Context, method string, params tgbotapi.Params, text string, result any) error {
	params["text"], params["parse_mode"], params["disable_web_page_preview"] = text, "HTML", "true"
	err := a.call(ctx, method, params, result)
	if says(err, "can't parse entities") {
		a.options.Log.Error("telegram: markup not taken, said without: please report this", "error", err)
		delete(params, "parse_mode")
		params["text"] = markup.WithoutTags(text)
		err = a.call(ctx, method, params, result)
	}
	return err
}

func withButtons(params tgbotapi.Params, buttons *tgbotapi.InlineKeyboardMarkup) error {
	if buttons == nil {
		return nil
	}
	for _, row := range buttons.InlineKeyboard {
		for _, b := range row {
			if b.CallbackData != nil && len(*b.CallbackData) > maxCallbackData {
				return &channels.Refusal{Reason: channels.Invalid, Detail: fmt.Sprintf("a button's data has %d bytes, at most %d fit", len(*b.CallbackData), maxCallbackData)}
			}
		}
	}
	encoded, err := json.Marshal(buttons)
	if err != nil {
		return fmt.Errorf("telegram: keyboard: %w", err)
	}
	params["reply_markup"] = string(encoded)
	return nil
}

// retire takes the buttons off a message, and stops a poll. Only an app that is busy is asked again.
func (a *Adapter) retire(ctx context.Context, conversation, message string) (string, error) {
	if message == "" {
		return "", nil
	}
	err := error(nil)
	if id, isPoll := ofPoll(message); isPoll {
		err = a.stop(ctx, conversation, id)
	} else {
		err = a.editMarkup(ctx, conversation, message, nil)
	}
	if !invalid(err) {
		return message, err
	}
	return message, nil // it is not there, has none, or was stopped before
}

func (a *Adapter) editMarkup(ctx context.Context, conversation, message string, buttons *tgbotapi.InlineKeyboardMarkup) error {
	params := tgbotapi.Params{"chat_id": conversation, "message_id": message}
	if err := withButtons(params, buttons); err != nil {
		return err
	}
	return a.call(ctx, "editMessageReplyMarkup", params, nil)
}

// message is what the API returns of one that it took.
type message struct {
	ID int `json:"message_id"`
}

func (m message) receipt() string {
	if m.ID == 0 {
		return ""
	}
	return strconv.Itoa(m.ID)
}
