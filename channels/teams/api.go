package teams

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"praline/channels"
)

// unwell is how long an app that is unwell is left alone.
const unwell = 2 * time.Second

// disabled is how long we wait for an administrator who switched the app off.
const disabled = 10 * time.Minute

// maxAnswer bounds what we read of an answer.
const maxAnswer = 64 * 1024

// failure is a refusal of the connector with its own code.
type failure struct {
	*channels.Refusal
	status int
	code   string
}

func (f *failure) Unwrap() error { return f.Refusal }

// call makes one call about a conversation and returns the id that it answers.
// activity is "" for a new one.
func (a *Adapter) call(ctx context.Context, method, conversation, activity string, body any) (id string, err error) {
	service, name, ok := a.address(conversation)
	if !ok {
		return "", &channels.Refusal{Reason: channels.Invalid, Detail: "not a conversation that Teams brought: it is reached where its next message says"}
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return "", fmt.Errorf("teams: message: %w", err)
	}
	address := service + "/v3/conversations/" + url.PathEscape(name) + "/activities"
	if activity != "" {
		address += "/" + url.PathEscape(activity)
	}
	proves := a.proves(service)
	for attempt := range 2 {
		var value string
		if proves {
			if value, err = a.token.current(ctx); err != nil {
				return "", err
			}
		}
		id, err = a.once(ctx, method, address, value, encoded)
		if f := failed(err); f != nil && f.status == http.StatusUnauthorized && proves && attempt == 0 {
			a.token.drop(value) // it may have been withdrawn before its end
			continue
		}
		break
	}
	return id, err
}

// proves says whether our token goes with a call: to Microsoft, or to who plays
// Microsoft on this machine; an emulator that gave us none gets none.
func (a *Adapter) proves(service string) bool {
	return a.options.AppID != "" && (!nearby(service) || a.emulated())
}

func (a *Adapter) once(ctx context.Context, method, address, token string, body []byte) (id string, err error) {
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return "", fmt.Errorf("teams: %s: %w", method, err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := a.client.Do(request)
	if err != nil {
		var transport *url.Error
		if errors.As(err, &transport) {
			err = transport.Err // the address names the conversation
		}
		return "", fmt.Errorf("teams: %s: %w", method, err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if response.StatusCode >= http.StatusMultipleChoices {
		return "", refused(method, response, raw)
	}
	if err != nil {
		return "", fmt.Errorf("teams: %s: answer cut short: %w", method, err)
	}
	var said struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(raw, &said) // 202 says nothing
	return said.ID, nil
}

// refused turns the connector's refusal into ours. Of its words only the code
// is kept: the rest may repeat what we said.
// https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
func refused(method string, response *http.Response, raw []byte) error {
	var answer struct {
		Error struct {
			Code string `json:"code"`
		} `json:"error"`
	}
	_ = json.Unmarshal(raw, &answer) // a proxy's page has no code
	f := &failure{status: response.StatusCode, Refusal: &channels.Refusal{Reason: channels.Invalid}}
	if codeWord.MatchString(answer.Error.Code) {
		f.code = answer.Error.Code
	}
	f.Detail = method + ": " + statusWords(f.status, f.code)
	switch {
	case f.status == http.StatusUnauthorized:
		f.Reason, f.After, f.Scope = channels.Busy, tokenAgain, channels.WholeApp
		f.Detail += ": the connector does not take our token: check that TEAMS_APP_ID is the bot's and that TEAMS_TENANT_ID is its tenant"
	case f.status == http.StatusForbidden && f.code == "InvalidBotApiHost":
		f.Detail += ": the person is reached elsewhere now, and their next message says where"
	case f.status == http.StatusForbidden && f.code == "BotDisabledByAdmin":
		f.Reason, f.After, f.Scope = channels.Busy, disabled, channels.WholeApp
		f.Detail += ": an administrator blocks the app: allow it in the Teams admin centre"
	case f.status == http.StatusForbidden:
		f.Reason = channels.Gone
		f.Detail += ": the person has not installed the app, or blocked it"
	case f.status == http.StatusNotFound && method == http.MethodPost:
		f.Reason = channels.Gone
		f.Detail += ": there is no such conversation"
	case f.status == http.StatusTooManyRequests, f.status == http.StatusPreconditionFailed, f.status == http.StatusRequestTimeout, f.status >= http.StatusInternalServerError:
		f.Reason, f.After = channels.Busy, after(response.Header, unwell)
	case f.status < http.StatusBadRequest:
		f.Detail += ": the connector sends us elsewhere, where our token does not go"
	}
	return f
}

// codeWord is a code, and no sentence.
var codeWord = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)

func failed(err error) *failure {
	var f *failure
	errors.As(err, &f)
	return f
}

// after is how long an app wants to be left alone, and up to a half more, so
// that not all come back at once.
func after(header http.Header, otherwise time.Duration) time.Duration {
	wait := otherwise
	if seconds, err := strconv.Atoi(header.Get("Retry-After")); err == nil && seconds >= 0 && seconds <= 24*60*60 {
		wait = max(time.Duration(seconds)*time.Second, time.Second)
	}
	return wait + rand.N(wait/2)
}

func statusWords(status int, code string) string {
	if code == "" {
		return strconv.Itoa(status)
	}
	return strconv.Itoa(status) + " " + code
}

// short is the beginning of what others wrote.
func short(text string) string {
	const most = 120
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
