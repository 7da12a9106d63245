package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
	"praline/channels/markup"
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
	key := conversation + "\x00" + m.ID
	done := a.partway.take(key)
	steps := a.steps(conversation, m, replaced)
	for i := done.steps; i < len(steps); i++ {
		receipt, err := steps[i](ctx)
		if err != nil {
			a.heed(conversation, err)
			if !invalid(err) && m.ID != "" {
				a.partway.keep(key, spoken{i, done.receipt})
			}
			return "", a.secretless(err)
		}
		if receipt != "" {
			done.receipt = receipt
		}
	}
	return done.receipt, nil
}

// step says a part of a message; its receipt is "" where that is not the one
// to keep.
type step func(context.Context) (receipt string, err error)

// steps are what it takes to say a message.
func (a *Adapter) steps(conversation string, m channels.Message, replaced string) []step {
	parts, buttons := render(m), keyboard(m)
	if len(parts) == 0 && (buttons != nil || len(m.Media) == 0 && m.Document == nil) {
		parts = []string{"…"} // Telegram takes no empty message
	}
	var steps []step
	for _, medium := range m.Media {
		steps = append(steps, func(ctx context.Context) (string, error) { return a.picture(ctx, conversation, medium) })
	}
	inPlace := replaced != "" && len(parts) == 1 && len(m.Media) == 0
	if replaced != "" && !inPlace {
		// best effort: an old press is answered kindly
		steps = append(steps, func(ctx context.Context) (string, error) {
			_, _ = a.retire(ctx, conversation, replaced)
			return "", nil
		})
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

// retire takes the buttons off a message. Only an app that is busy is asked again.
func (a *Adapter) retire(ctx context.Context, conversation, message string) (string, error) {
	if message == "" {
		return "", nil
	}
	if err := a.editMarkup(ctx, conversation, message, nil); !invalid(err) {
		return message, err
	}
	return message, nil // it is not there, or has none
}

func (a *Adapter) editMarkup(ctx context.Context, conversation, message string, buttons *tgbotapi.InlineKeyboardMarkup) error {
	params := tgbotapi.Params{"chat_id": conversation, "message_id": message}
	if err := withButtons(params, buttons); err != nil {
		return err
	}
	return a.call(ctx, "editMessageReplyMarkup", params, nil)
}

// picture sends a picture with its alternative text as caption; one that
// cannot be sent leaves its words.
func (a *Adapter) picture(ctx context.Context, conversation string, medium channels.Media) (string, error) {
	params := tgbotapi.Params{"chat_id": conversation}
	if strings.TrimSpace(medium.Alt) != "" {
		params["caption"] = shortened(medium.Alt, maxCaption)
	}
	bytes := a.read(medium)
	var sent message
	err := error(&channels.Refusal{Reason: channels.Invalid})
	switch {
	case !slices.Contains(a.Limits().Media, medium.MIME):
	case bytes != nil:
		file := tgbotapi.RequestFile{Name: "photo", Data: tgbotapi.FileBytes{Name: path.Base(medium.Path), Bytes: bytes}}
		err = a.upload(ctx, "sendPhoto", params, file, &sent)
	case public(medium.URL):
		params["photo"] = medium.URL
		err = a.call(ctx, "sendPhoto", params, &sent)
	}
	if !invalid(err) {
		return sent.receipt(), err
	}
	words := markup.TelegramText(shortened(medium.Alt, maxText/2))
	if markup.Safe(medium.URL) {
		words = `<a href="` + markup.TelegramText(medium.URL) + `">` + words + "</a>"
	}
	return a.say(ctx, conversation, "<i>"+words+"</i>", nil)
}

// read returns a picture's bytes, nil where there are none.
func (a *Adapter) read(medium channels.Media) []byte {
	if a.options.Media == nil || medium.URL != "" {
		return nil
	}
	bytes, err := fs.ReadFile(a.options.Media, medium.Path)
	if err != nil {
		a.options.Log.Warn("telegram: picture not found, its words are said", "path", medium.Path)
		return nil
	}
	return bytes
}

func (a *Adapter) document(ctx context.Context, conversation string, d channels.Document) (string, error) {
	file := tgbotapi.RequestFile{Name: "document", Data: tgbotapi.FileBytes{Name: shortened(d.Name, maxLabel*2), Bytes: d.Data}}
	var sent message
	err := a.upload(ctx, "sendDocument", tgbotapi.Params{"chat_id": conversation}, file, &sent)
	return sent.receipt(), err
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
