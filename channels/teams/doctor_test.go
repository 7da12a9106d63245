package teams_test

import (
	"slices"
	"testing"
	"time"

	"praline/channels/teams"
	"praline/channels/teams/teamstest"
	"praline/locales"
)

// TestDiagnose: what is wrong, and what is found; each is said in each language.
func TestDiagnose(t *testing.T) {
	const other = "00000000-0000-4000-8000-000000000000"
	for _, row := range []struct {
		label  string
		change func(*teams.Options)
		faults []teamstest.Fault
		moved  time.Duration
		want   []string // troubles first
	}{
		{label: "all is well", change: func(o *teams.Options) { o.PublicURL = "https://praline.example.be" }, want: []string{"doctor.teams-token", "doctor.teams-keys"}},
		{label: "a wrong secret", change: func(o *teams.Options) { o.AppPassword = "wrong" }, want: []string{"doctor.teams-password-wrong", "doctor.teams-keys"}},
		{label: "no secret", change: func(o *teams.Options) { o.AppPassword = "" }, want: []string{"doctor.teams-no-password", "doctor.teams-keys"}},
		{label: "another app", change: func(o *teams.Options) { o.AppID = other }, want: []string{"doctor.teams-app-unknown", "doctor.teams-keys"}},
		{label: "another tenant", change: func(o *teams.Options) { o.TenantID = other }, want: []string{"doctor.teams-tenant-unknown", "doctor.teams-keys"}},
		{label: "a name for an id", change: func(o *teams.Options) { o.AppID = "praline" }, want: []string{"doctor.teams-app-id", "doctor.teams-app-unknown", "doctor.teams-keys"}},
		{label: "a name for a tenant", change: func(o *teams.Options) { o.TenantID = "example" }, want: []string{"doctor.teams-tenant-id", "doctor.teams-tenant-unknown", "doctor.teams-keys"}},
		{label: "an old secret", faults: []teamstest.Fault{{Method: "token", Status: 401, Body: `{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired."}`}}, want: []string{"doctor.teams-password-old", "doctor.teams-keys"}},
		{label: "another refusal", faults: []teamstest.Fault{{Method: "token", Status: 400, Body: `{"error":"x","error_description":"AADSTS53003: no."}`}}, want: []string{"doctor.teams-token-refused", "doctor.teams-keys"}},
		{label: "the login is away", faults: []teamstest.Fault{{Method: "token", HangUp: true}}, want: []string{"doctor.teams-login-away", "doctor.teams-keys"}},
		{label: "the metadata are away", faults: []teamstest.Fault{teamstest.Internal.Of("metadata")}, want: []string{"doctor.teams-keys-away", "doctor.teams-token"}},
		{label: "the keys are away", faults: []teamstest.Fault{teamstest.Internal.Of("keys")}, want: []string{"doctor.teams-keys-away", "doctor.teams-token"}},
		{label: "another document", faults: []teamstest.Fault{{Method: "metadata", Status: 200, Body: `{"issuer":"https://evil.example"}`}}, want: []string{"doctor.teams-keys-wrong", "doctor.teams-token"}},
		{label: "a clock that is wrong", moved: 7 * time.Minute, want: []string{"doctor.teams-clock", "doctor.teams-token", "doctor.teams-keys"}},
		{label: "an emulator", change: func(o *teams.Options) { o.Anonymous, o.AppID = true, "" }, want: []string{"doctor.teams-anonymous"}},
		{label: "no address", change: func(o *teams.Options) { o.OpenIDURL = "http://192.0.2.1:1/"; o.AppPassword = "" }, want: []string{"doctor.teams-no-password", "doctor.teams-no-address", "doctor.teams-keys-away"}},
		{label: "an address by http", change: func(o *teams.Options) {
			o.OpenIDURL, o.AppPassword, o.PublicURL = "http://192.0.2.1:1/", "", "http://praline.example.be"
		}, want: []string{"doctor.teams-no-password", "doctor.teams-not-https", "doctor.teams-keys-away"}},
	} {
		h := start(t, func(o *teams.Options) {
			if row.change != nil {
				row.change(o)
			}
			if row.moved > 0 {
				now := o.Now
				o.Now = func() time.Time { return now().Add(row.moved) }
			}
			o.HTTP.Timeout = time.Second
		})
		h.server.Fails(row.faults...)
		var got []string
		trouble := true
		for _, d := range h.Diagnose(t.Context()) {
			got = append(got, d.Code)
			if d.Trouble && !trouble {
				t.Errorf("%s: %s stands behind what is well", row.label, d.Code)
			}
			trouble = d.Trouble
			for _, lang := range []string{"fr", "nl", "en"} {
				if words := locales.For(lang); !words.Has(d.Code) || words.Say(d.Code, d.Arguments...) == d.Code {
					t.Errorf("%s: %s is not said in %s", row.label, d.Code, lang)
				}
			}
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, want %q", row.label, got, row.want)
		}
	}
}
