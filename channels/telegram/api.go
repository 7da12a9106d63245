package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
)

// bound makes the library's calls end with a context, which it does not know,
// and keeps the status, which it loses on uploads and on pages of HTML.
type bound struct {
	ctx    context.Context
	client *http.Client
	status int
	date   string // by the API's clock
}

func (b *bound) Do(request *http.Request) (*http.Response, error) {
	response, err := b.client.Do(request.WithContext(b.ctx))
	if err == nil {
		b.status, b.date = response.StatusCode, response.Header.Get("Date")
		response.Body = bounded{io.LimitReader(response.Body, maxAnswer), response.Body}
	}
	return response, err
}

// maxAnswer bounds what we read of an answer: a hundred updates are far less.
const maxAnswer = 16 << 20

type bounded struct {
	io.Reader
	io.Closer
}

// call makes one call and decodes its result into result, unless that is nil.
func (a *Adapter) call(ctx context.Context, method string, params tgbotapi.Params, result any) error {
	return a.request(ctx, method, result, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.MakeRequest(method, params)
	})
}

// upload makes one call with a file.
func (a *Adapter) upload(ctx context.Context, method string, params tgbotapi.Params, file tgbotapi.RequestFile, result any) error {
	return a.request(ctx, method, result, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.UploadFiles(method, params, []tgbotapi.RequestFile{file})
	})
}

func (a *Adapter) request(ctx context.Context, method string, result any, make func(*tgbotapi.BotAPI) (*tgbotapi.APIResponse, error)) error {
	if _, err := url.Parse(a.options.API); err != nil { // the library's upload would wait for ever
		return errors.New("telegram: the address of the Bot API cannot be read: check TELEGRAM_API_URL")
	}
	return a.through(&bound{ctx: ctx, client: a.client}, method, result, make)
}

func (a *Adapter) through(client *bound, method string, result any, make func(*tgbotapi.BotAPI) (*tgbotapi.APIResponse, error)) error {
	api := &tgbotapi.BotAPI{Token: a.options.Token, Client: client}
	api.SetAPIEndpoint(strings.ReplaceAll(a.options.API, "%", "%%") + "/bot%s/%s")
	response, err := make(api)
	if err != nil {
		return a.explain(method, client.status, err)
	}
	if result == nil {
		return nil
	}
	if err := json.Unmarshal(response.Result, result); err != nil {
		return fmt.Errorf("telegram: %s: answer not understood: %w", method, err)
	}
	return nil
}

// explain turns the library's error into ours. Errors of the transport carry
// the address, and with it the token: they are unwrapped.
func (a *Adapter) explain(method string, status int, err error) error {
	var answer *tgbotapi.Error
	if !errors.As(err, &answer) {
		var transport *url.Error
		if errors.As(err, &transport) {
			err = transport.Err
		}
		if status < http.StatusBadRequest {
			return a.secretless(fmt.Errorf("telegram: %s: %w", method, err))
		}
		answer = &tgbotapi.Error{Message: "not an answer of the Bot API"} // a proxy's page
	}
	if answer.Code == 0 {
		answer.Code = status
	}
	refusal := &channels.Refusal{Reason: channels.Invalid, Detail: a.without(fmt.Sprintf("%s: %d %s", method, answer.Code, answer.Message))}
	message := strings.ToLower(answer.Message)
	switch {
	case answer.Code == http.StatusTooManyRequests, answer.RetryAfter > 0:
		refusal.Reason, refusal.After = channels.Busy, time.Duration(max(answer.RetryAfter, 1))*time.Second
	case answer.Code == http.StatusUnauthorized, answer.Code == http.StatusNotFound:
		refusal.Reason, refusal.After, refusal.Scope = channels.Busy, unwell, channels.WholeApp
		refusal.Detail += ": check TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL"
	case answer.Code == http.StatusConflict:
		refusal.Reason, refusal.After = channels.Busy, unwell
		refusal.Detail += ": stop the other process that polls with this token, or give it a bot of its own"
	case answer.Code >= http.StatusInternalServerError:
		refusal.Reason, refusal.After = channels.Busy, unwell
	case answer.Code == http.StatusForbidden,
		strings.Contains(message, "chat not found"),
		strings.Contains(message, "user is deactivated"),
		strings.Contains(message, "upgraded to a supergroup"), // nobody learns in a group
		strings.Contains(message, "peer_id_invalid"):
		refusal.Reason = channels.Gone
	}
	return refusal
}

// unwell is how long an app that is unwell is left alone.
const unwell = 3 * time.Second

// without takes our secrets out of what others wrote.
func (a *Adapter) without(text string) string {
	for _, secret := range []string{a.options.Token, a.options.Secret} {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "…")
		}
	}
	return text
}

func (a *Adapter) secretless(err error) error {
	if text := err.Error(); a.without(text) != text {
		return errors.New(a.without(text))
	}
	return err
}

// says reports whether an error is the API's refusal with these words in it.
func says(err error, words string) bool {
	refusal := channels.Refused(err)
	return refusal != nil && strings.Contains(strings.ToLower(refusal.Detail), words)
}

// invalid reports whether the API will never take what was sent.
func invalid(err error) bool {
	refusal := channels.Refused(err)
	return refusal != nil && refusal.Reason == channels.Invalid
}
