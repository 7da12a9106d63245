package telegram

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
	"praline/channels/markup"
)

// picture sends a picture with its alternative text as caption; one that
// cannot be sent leaves its words.
func (a *Adapter) picture(ctx context.Context, conversation string, medium channels.Media) (string, error) {
	params := tgbotapi.Params{"chat_id": conversation}
	if strings.TrimSpace(medium.Alt) != "" {
		params["caption"] = markup.Short(medium.Alt, maxCaption)
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
	words := markup.TelegramText(markup.Short(medium.Alt, maxText/2))
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
	file := tgbotapi.RequestFile{Name: "document", Data: tgbotapi.FileBytes{Name: markup.Short(d.Name, maxLabel*2), Bytes: d.Data}}
	var sent message
	err := a.upload(ctx, "sendDocument", tgbotapi.Params{"chat_id": conversation}, file, &sent)
	return sent.receipt(), err
}
