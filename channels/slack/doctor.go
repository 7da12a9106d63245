package slack

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"praline/channels"
)

// slowClock is how far our clock may be from Slack's: signatures are good for
// five minutes.
const slowClock = time.Minute

// Diagnose asks Slack whether it will work like this: troubles first.
func (a *Adapter) Diagnose(ctx context.Context) []channels.Diagnosis {
	var found, well []channels.Diagnosis
	note := func(trouble bool, code string, arguments ...any) {
		d := channels.Diagnosis{Code: code, Arguments: arguments, Trouble: trouble}
		if slices.ContainsFunc(found, func(other channels.Diagnosis) bool { return other.Code == code }) {
			return
		}
		if trouble {
			found = append(found, d)
		} else {
			well = append(well, d)
		}
	}
	a.diagnoseWays(note)
	if a.options.BotToken != "" {
		a.diagnoseToken(ctx, note)
	}
	if a.options.AppToken != "" {
		a.diagnoseSocket(ctx, note)
	}
	return append(found, well...)
}

// noted takes one finding.
type noted func(trouble bool, code string, arguments ...any)

// diagnoseWays looks at the settings alone.
func (a *Adapter) diagnoseWays(note noted) {
	https := strings.HasPrefix(a.options.PublicURL, "https://")
	api, _ := url.Parse(a.options.API)
	emulated := api != nil && loopback(api.Hostname())
	if a.options.BotToken != "" && !strings.HasPrefix(a.options.BotToken, "xoxb-") {
		note(true, "doctor.slack-token-kind")
	}
	if a.options.AppToken == "" {
		if a.options.SigningSecret == "" {
			note(true, "doctor.slack-no-signing-secret")
		}
		if !https && !emulated {
			note(true, "doctor.slack-no-address")
		}
	} else if !strings.HasPrefix(a.options.AppToken, "xapp-") {
		note(true, "doctor.slack-app-token-kind")
	}
	if a.options.ClientID == "" {
		return
	}
	if a.options.ClientSecret == "" {
		note(true, "doctor.slack-no-client-secret")
	}
	if !https && !emulated && a.options.AppToken != "" {
		note(true, "doctor.slack-no-install-address")
	}
	note(false, "doctor.slack-install", "address", a.options.PublicURL+"/slack/install")
}

// diagnoseToken asks who we are.
// https://docs.slack.dev/reference/methods/auth.test/
func (a *Adapter) diagnoseToken(ctx context.Context, note noted) {
	var header http.Header
	api := slackapi.New(a.options.BotToken, slackapi.OptionAPIURL(a.options.API), slackapi.OptionHTTPClient(bound{a.client}),
		slackapi.OptionOnResponseHeaders(func(_ string, h http.Header) { header = h }))
	me, err := api.AuthTestContext(ctx)
	if at, timed := http.ParseTime(header.Get("Date")); timed == nil && a.options.Now().Sub(at).Abs() > slowClock {
		note(true, "doctor.slack-clock", "seconds", int(a.options.Now().Sub(at).Round(time.Second).Seconds()))
	}
	var answer slackapi.SlackErrorResponse
	switch {
	case errors.As(err, &answer) && answer.Err == "not_allowed_token_type":
		note(true, "doctor.slack-token-kind")
	case errors.As(err, &answer):
		note(true, "doctor.slack-token-refused", "code", answer.Err)
	case err != nil:
		note(true, "doctor.slack-unreachable", "address", a.options.API, "words", reason(a.explain("auth.test", a.options.BotToken, err)))
	default:
		if me.BotID == "" {
			note(true, "doctor.slack-token-kind")
		}
		granted := strings.FieldsFunc(header.Get("X-OAuth-Scopes"), func(r rune) bool { return r == ',' || r == ' ' })
		var missing []string
		for _, scope := range Scopes {
			if !slices.Contains(granted, scope) {
				missing = append(missing, scope)
			}
		}
		if len(missing) > 0 {
			note(true, "doctor.slack-scopes", "scopes", strings.Join(missing, ", "))
		}
		note(false, "doctor.slack-well", "workspace", me.Team, "name", me.User)
	}
}

// reason is an error in the few words that fit a sentence.
func reason(err error) string {
	if refusal := channels.Refused(err); refusal != nil {
		return refusal.Detail
	}
	return strings.TrimPrefix(err.Error(), "slack: ")
}

// diagnoseSocket asks for a connection, and does not open it.
// https://docs.slack.dev/reference/methods/apps.connections.open/
func (a *Adapter) diagnoseSocket(ctx context.Context, note noted) {
	api := slackapi.New("", slackapi.OptionAppLevelToken(a.options.AppToken), slackapi.OptionAPIURL(a.options.API), slackapi.OptionHTTPClient(bound{a.client}))
	_, _, err := api.StartSocketModeContext(ctx)
	var answer slackapi.SlackErrorResponse
	switch {
	case errors.As(err, &answer) && answer.Err == "missing_scope":
		note(true, "doctor.slack-app-token-scope")
	case errors.As(err, &answer) && answer.Err == "not_allowed_token_type":
		note(true, "doctor.slack-app-token-kind")
	case errors.As(err, &answer) && (answer.Err == "socket_mode_not_enabled" || answer.Err == "forbidden_team"):
		note(true, "doctor.slack-socket-off")
	case errors.As(err, &answer):
		note(true, "doctor.slack-app-token-refused", "code", answer.Err)
	case err != nil && a.options.BotToken == "":
		note(true, "doctor.slack-unreachable", "address", a.options.API, "words", reason(a.explain("apps.connections.open", a.options.AppToken, err)))
	case err == nil:
		note(false, "doctor.slack-socket")
	}
}
