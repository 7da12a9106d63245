package slack

import (
	"bytes"
	"context"
	"io/fs"
	"net/http"
	"path"
	"slices"

	slackapi "github.com/slack-go/slack"

	"praline/channels"
	"praline/channels/markup"
)

// shownMedia are the kinds of pictures that Slack shows.
var shownMedia = []string{"image/png", "image/jpeg", "image/gif"}

// showsByURL says whether a picture is shown from where it is.
func showsByURL(medium channels.Media) bool {
	return medium.URL != "" && slices.Contains(shownMedia, medium.MIME) && public(medium.URL)
}

// picture sends a picture with its alternative text; one that cannot be sent
// leaves its words.
func (a *Adapter) picture(ctx context.Context, conversation string, medium channels.Media) (string, error) {
	err := error(&channels.Refusal{Reason: channels.Invalid})
	if data := a.read(medium); data != nil && slices.Contains(shownMedia, medium.MIME) {
		err = a.upload(ctx, conversation, path.Base(medium.Path), markup.Short(medium.Alt, maxAlt), data)
	}
	if !invalid(err) {
		return "", err
	}
	words := "*" + markup.Escape(markup.Line(medium.Alt)) + "*"
	if markup.Line(medium.Alt) == "" {
		words = "…"
	}
	if markup.Safe(medium.URL) {
		words = "[" + markup.Escape(markup.Line(medium.Alt)) + "](<" + medium.URL + ">)"
	}
	for _, p := range cut(small(words), maxBlocks) {
		if _, err := a.post(ctx, conversation, p); err != nil {
			return "", err
		}
	}
	return "", nil
}

// read returns a picture's bytes, nil where there are none.
func (a *Adapter) read(medium channels.Media) []byte {
	if a.options.Media == nil || medium.URL != "" {
		return nil
	}
	data, err := fs.ReadFile(a.options.Media, medium.Path)
	if err != nil {
		a.options.Log.Warn("slack: picture not found, its words are said", "path", medium.Path)
		return nil
	}
	return data
}

func (a *Adapter) document(ctx context.Context, conversation string, d channels.Document) error {
	data := d.Data
	if len(data) == 0 {
		data = []byte("\n") // Slack takes no empty file
	}
	return a.upload(ctx, conversation, markup.Short(d.Name, maxHeader), "", data)
}

// upload hands over a file: an address to bring it to, the bytes, and where it
// shall be seen.
// https://docs.slack.dev/messaging/working-with-files/#upload
func (a *Adapter) upload(ctx context.Context, conversation, name, alt string, data []byte) error {
	workspace, channel := parts(conversation)
	var to *slackapi.GetUploadURLExternalResponse
	err := a.call(ctx, workspace, "files.getUploadURLExternal", func(api *slackapi.Client) (err error) {
		to, err = api.GetUploadURLExternalContext(ctx, slackapi.GetUploadURLExternalParameters{FileName: name, FileSize: len(data), AltTxt: alt})
		return err
	})
	if err != nil {
		return err
	}
	if err := a.bringFile(ctx, to.UploadURL, data); err != nil {
		return err
	}
	return a.call(ctx, workspace, "files.completeUploadExternal", func(api *slackapi.Client) error {
		_, err := api.CompleteUploadExternalContext(ctx, slackapi.CompleteUploadExternalParameters{
			Files: []slackapi.FileSummary{{ID: to.FileID, Title: name}}, Channel: channel,
		})
		return err
	})
}

// bringFile posts the bytes. The address is proof enough: the token, which the
// library would add, stays here.
func (a *Adapter) bringFile(ctx context.Context, address string, data []byte) error {
	if !a.trusted(address) {
		return &channels.Refusal{Reason: channels.Invalid, Detail: "upload: the address is not Slack's"}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(data))
	if err != nil {
		return &channels.Refusal{Reason: channels.Invalid, Detail: "upload: the address cannot be read"}
	}
	request.Header.Set("Content-Type", "application/octet-stream")
	response, err := a.client.Do(request)
	if err != nil {
		return a.explain("upload", "", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return a.explain("upload", "", slackapi.StatusCodeError{Code: response.StatusCode, Status: response.Status})
	}
	return nil
}
