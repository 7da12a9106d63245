package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"praline/channels"
)

// bound bounds what we read of an answer.
type bound struct{ client *http.Client }

func (b bound) Do(request *http.Request) (*http.Response, error) {
	response, err := b.client.Do(request)
	if err == nil {
		response.Body = bounded{io.LimitReader(response.Body, maxAnswer), response.Body}
	}
	return response, err
}

const maxAnswer = 4 << 20

type bounded struct {
	io.Reader
	io.Closer
}

// api is the Web API with a token.
func (a *Adapter) api(token string) *slackapi.Client {
	return slackapi.New(token, slackapi.OptionAPIURL(a.options.API), slackapi.OptionHTTPClient(bound{a.client}))
}

// call makes one call in a workspace.
func (a *Adapter) call(ctx context.Context, workspace, method string, do func(*slackapi.Client) error) error {
	token, err := a.token(ctx, workspace)
	if err != nil {
		return err
	}
	err = a.explain(method, token, do(a.api(token)))
	if says(err, lostToken...) {
		a.tokens.forget(workspace)
	}
	return err
}

// unwell is how long an app that is unwell is left alone.
const unwell = 3 * time.Second

// Error codes of the Web API, https://docs.slack.dev/reference/methods/chat.postMessage/#errors
// and the same part of the other methods' pages, read 2026-11-23. What stands
// in no list is Invalid: the app will never take it.
var (
	// goneCodes: the person or the conversation is not there, or the workspace
	// took the app away.
	goneCodes = []string{
		"account_inactive", "user_not_found", "user_disabled", "user_not_visible", "users_not_found", "channel_not_found", "is_archived",
		"cannot_dm_bot", "token_revoked", "not_in_channel", "restricted_action", "messages_tab_disabled", "team_not_found",
		"team_added_to_org", "user_is_bot", "no_permission", "channel_is_archived",
	}
	// busyCodes: later.
	busyCodes = []string{
		"ratelimited", "rate_limited", "message_limit_exceeded", "fatal_error", "internal_error", "service_unavailable", "request_timeout",
		"team_access_not_granted", "accesslimited", "access_denied", "ekm_access_denied", "two_factor_setup_required", "org_login_required",
	}
	// settingCodes: nothing works until an administrator mends a setting.
	settingCodes = []string{
		"invalid_auth", "not_authed", "missing_scope", "not_allowed_token_type", "token_expired", "no_such_method", "unknown_method",
		"method_deprecated", "deprecated_endpoint", "invalid_client_id", "bad_client_secret",
	}
	// lostToken: what we believe of a workspace's token is no longer so.
	lostToken = []string{"invalid_auth", "token_revoked", "account_inactive", "token_expired", "not_authed"}
)

// explain turns the library's error into ours. It never carries the token.
func (a *Adapter) explain(method, token string, err error) error {
	if err == nil {
		return nil
	}
	var status slackapi.StatusCodeError
	var limited *slackapi.RateLimitedError
	var answer slackapi.SlackErrorResponse
	refusal := &channels.Refusal{}
	switch {
	case errors.As(err, &limited):
		*refusal = channels.Refusal{Reason: channels.Busy, After: max(limited.RetryAfter, time.Second), Detail: method + ": 429 ratelimited"}
	case errors.As(err, &status):
		*refusal = channels.Refusal{Reason: channels.Busy, After: unwell, Detail: fmt.Sprintf("%s: %d", method, status.Code)}
		if status.Code < http.StatusInternalServerError && status.Code != http.StatusTooManyRequests {
			refusal.Scope = channels.WholeApp
			refusal.Detail += " is not an answer of the Web API: check SLACK_API_URL"
		}
	case errors.As(err, &answer):
		*refusal = refused(method, answer)
	default:
		var transport *url.Error
		if errors.As(err, &transport) {
			err = transport.Err // the address is no news, and may be long
		}
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			err = errors.New("the answer is not the Web API's: check SLACK_API_URL")
		}
		err = fmt.Errorf("slack: %s: %w", method, err)
		if text := err.Error(); token != "" && strings.Contains(text, token) {
			return errors.New(strings.ReplaceAll(text, token, "…"))
		}
		return err
	}
	if token != "" {
		refusal.Detail = strings.ReplaceAll(refusal.Detail, token, "…")
	}
	return refusal
}

// refused reads the Web API's no.
func refused(method string, answer slackapi.SlackErrorResponse) channels.Refusal {
	refusal := channels.Refusal{Reason: channels.Invalid, Detail: method + ": " + answer.Err}
	switch {
	case among(answer.Err, goneCodes):
		refusal.Reason = channels.Gone
	case among(answer.Err, busyCodes):
		refusal.Reason, refusal.After = channels.Busy, unwell
	case among(answer.Err, settingCodes):
		refusal.Reason, refusal.After, refusal.Scope = channels.Busy, unwell, channels.WholeApp
		if answer.Needed != "" {
			refusal.Detail += " (needed: " + answer.Needed + ")"
		}
		refusal.Detail += ": check SLACK_BOT_TOKEN and the scopes of the app, praline doctor says more"
	}
	// Where a block is wrong the app says which; never what stands in it.
	for _, more := range answer.ResponseMetadata.Messages {
		if at := strings.Index(more, "[json-pointer:"); at >= 0 {
			refusal.Detail += " " + more[at:]
		}
	}
	return refusal
}

func among(code string, codes []string) bool {
	for _, c := range codes {
		if code == c {
			return true
		}
	}
	return false
}

// says reports whether an error is the API's refusal with one of these codes.
func says(err error, codes ...string) bool {
	refusal := channels.Refused(err)
	if refusal == nil {
		return false
	}
	for _, word := range strings.FieldsFunc(refusal.Detail, func(r rune) bool { return r == ' ' || r == ':' }) {
		if among(word, codes) {
			return true
		}
	}
	return false
}

// invalid reports whether the API will never take what was sent.
func invalid(err error) bool {
	refusal := channels.Refused(err)
	return refusal != nil && refusal.Reason == channels.Invalid
}

// trusted says whether an address that Slack told us is Slack's own: over
// https, or on this machine where the API is.
func (a *Adapter) trusted(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	if u.Scheme == "https" && (u.Hostname() == "slack.com" || strings.HasSuffix(u.Hostname(), ".slack.com")) && u.Port() == "" {
		return true
	}
	api, err := url.Parse(a.options.API)
	return err == nil && loopback(api.Hostname()) && loopback(u.Hostname()) && (u.Scheme == "http" || u.Scheme == "https")
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
