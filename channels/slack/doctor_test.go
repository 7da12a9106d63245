package slack_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
	"praline/locales"
)

// TestDiagnose: what is wrong, and what is found.
func TestDiagnose(t *testing.T) {
	for _, row := range []struct {
		label string
		spoil func(*slack.Options, *slacktest.Server)
		want  string // codes, troubles with a !
	}{
		{"all is well over Socket Mode", func(o *slack.Options, _ *slacktest.Server) { o.AppToken = slacktest.AppToken }, "well socket"},
		{"all is well over HTTP", func(*slack.Options, *slacktest.Server) {}, "well"},
		{"the token is wrong", func(o *slack.Options, _ *slacktest.Server) { o.BotToken = "xoxb-wrong" }, "!token-refused"},
		{"the token is a person's", func(o *slack.Options, _ *slacktest.Server) { o.BotToken = "xoxp-wrong" }, "!token-kind !token-refused"},
		{"the tokens are mixed up", func(o *slack.Options, _ *slacktest.Server) {
			o.BotToken, o.AppToken = slacktest.AppToken, "xoxb-stand-in-T0FIRST"
		}, "!token-kind !app-token-kind"},
		{"scopes are missing", func(_ *slack.Options, s *slacktest.Server) { s.First.Grants("chat:write", "commands", "im:history") }, "!scopes well"},
		{"the app's token is wrong", func(o *slack.Options, _ *slacktest.Server) { o.AppToken = "xapp-wrong" }, "!app-token-refused well"},
		{"the app's token may not open connections", func(o *slack.Options, s *slacktest.Server) {
			o.AppToken = slacktest.AppToken
			s.Fails(slacktest.Fault{Method: "apps.connections.open", Status: 200, Body: `{"ok":false,"error":"missing_scope","needed":"connections:write"}`})
		}, "!app-token-scope well"},
		{"Socket Mode is off", func(o *slack.Options, s *slacktest.Server) {
			o.AppToken = slacktest.AppToken
			s.Posts("http://127.0.0.1:1")
		}, "!socket-off well"},
		{"no signing secret", func(o *slack.Options, _ *slacktest.Server) { o.SigningSecret = "" }, "!no-signing-secret well"},
		{"the clock is wrong", func(o *slack.Options, _ *slacktest.Server) {
			o.Now = func() time.Time { return time.Now().Add(90 * time.Second) }
		}, "!clock well"},
		{"the clock is right enough", func(o *slack.Options, _ *slacktest.Server) {
			o.Now = func() time.Time { return time.Now().Add(-50 * time.Second) }
		}, "well"},
		{"nobody answers", func(o *slack.Options, _ *slacktest.Server) { o.API = "http://127.0.0.1:1/" }, "!unreachable"},
		{"nobody answers over Socket Mode either", func(o *slack.Options, _ *slacktest.Server) {
			o.API, o.AppToken = "http://127.0.0.1:1/", slacktest.AppToken
		}, "!unreachable"},
		{"a proxy answers", func(_ *slack.Options, s *slacktest.Server) { s.Fails(slacktest.BadBridge.Of("auth.test")) }, "!unreachable"},
		{"others may install", func(o *slack.Options, _ *slacktest.Server) { o.ClientID, o.ClientSecret = "1.2", "s" }, "install well"},
		{"others may install, without a secret", func(o *slack.Options, _ *slacktest.Server) { o.ClientID = "1.2" }, "!no-client-secret install well"},
	} {
		server := slacktest.Start(t)
		options := slack.Options{BotToken: server.First.Token, API: server.API(), SigningSecret: slacktest.SigningSecret}
		row.spoil(&options, server)
		a := slack.New(options)
		got := diagnosed(t, a.Diagnose(t.Context()), options)
		a.Close()
		if got != row.want {
			t.Errorf("%s: found %s, want %s", row.label, got, row.want)
		}
	}
	// The real API, without an address: asked of nobody.
	a := slack.New(slack.Options{SigningSecret: "s", ClientID: "1.2", ClientSecret: "s"})
	defer a.Close()
	if got := diagnosed(t, a.Diagnose(t.Context()), slack.Options{}); got != "!no-address install" {
		t.Errorf("no address: found %s", got)
	}
	b := slack.New(slack.Options{ClientID: "1.2", ClientSecret: "s", AppToken: "xapp-1", API: "https://127.0.0.1.example:1/"})
	defer b.Close()
	ctx, cancel := t.Context(), func() {}
	defer cancel()
	if got := diagnosed(t, b.Diagnose(ctx), slack.Options{}); !strings.Contains(got, "!no-install-address") {
		t.Errorf("no address to come back to: found %s", got)
	}
}

// diagnosed is findings in short; each says its sentence in three languages,
// with its arguments and without a secret.
func diagnosed(t *testing.T, found []channels.Diagnosis, o slack.Options) string {
	t.Helper()
	var codes []string
	for _, d := range found {
		code := strings.TrimPrefix(d.Code, "doctor.slack-")
		if d.Trouble {
			code = "!" + code
		}
		codes = append(codes, code)
		for _, lang := range []string{"fr", "nl", "en"} {
			said := locales.For(lang).Say(d.Code, d.Arguments...)
			if !locales.For(lang).Has(d.Code) || strings.Contains(said, "<no value>") {
				t.Errorf("%s: %s says %q", lang, d.Code, said)
			}
			for _, secret := range []string{o.BotToken, o.AppToken, o.SigningSecret} {
				if len(secret) > 4 && strings.Contains(said, secret) {
					t.Errorf("%s tells a secret: %s", d.Code, said)
				}
			}
		}
	}
	if !slices.IsSortedFunc(found, func(a, b channels.Diagnosis) int {
		if a.Trouble == b.Trouble {
			return 0
		}
		return map[bool]int{true: -1, false: 1}[a.Trouble]
	}) {
		t.Errorf("troubles are not first: %v", codes)
	}
	return fmt.Sprint(strings.Join(codes, " "))
}
