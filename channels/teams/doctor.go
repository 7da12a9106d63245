package teams

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"time"

	"praline/channels"
)

// slowClock is how far our clock may be from Microsoft's: tokens are good for
// five minutes more or less.
const slowClock = 2 * time.Minute

// guid is how Microsoft writes the ids of apps and tenants.
var guid = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// Diagnose asks Microsoft whether it will work like this: troubles first.
func (a *Adapter) Diagnose(ctx context.Context) []channels.Diagnosis {
	var found, well []channels.Diagnosis
	note := func(trouble bool, code string, arguments ...any) {
		d := channels.Diagnosis{Code: code, Arguments: arguments, Trouble: trouble}
		if trouble {
			found = append(found, d)
		} else {
			well = append(well, d)
		}
	}
	a.diagnoseSettings(note)
	if a.options.AppID != "" {
		a.diagnoseToken(ctx, note)
		a.diagnoseKeys(ctx, note)
	}
	return append(found, well...)
}

// noted takes one finding.
type noted func(trouble bool, code string, arguments ...any)

// diagnoseSettings looks at the settings alone.
func (a *Adapter) diagnoseSettings(note noted) {
	if a.options.Anonymous {
		note(false, "doctor.teams-anonymous")
	}
	if a.options.AppID == "" {
		return
	}
	if !guid.MatchString(a.options.AppID) {
		note(true, "doctor.teams-app-id")
	}
	if a.options.AppPassword == "" {
		note(true, "doctor.teams-no-password")
	}
	switch {
	case a.options.TenantID == "":
		note(true, "doctor.teams-no-tenant")
	case !guid.MatchString(a.options.TenantID):
		note(true, "doctor.teams-tenant-id")
	}
	switch {
	case a.emulated():
	case a.options.PublicURL == "":
		note(true, "doctor.teams-no-address")
	case !public(a.options.PublicURL):
		note(true, "doctor.teams-not-https", "address", a.options.PublicURL)
	default:
		note(false, "doctor.teams-address", "address", a.options.PublicURL+"/api/messages")
	}
}

// diagnoseToken asks the login for a token.
func (a *Adapter) diagnoseToken(ctx context.Context, note noted) {
	if a.options.AppPassword == "" {
		return
	}
	_, err := (&token{options: a.options, client: a.client}).current(ctx) // not what a running server keeps
	if err == nil {
		note(false, "doctor.teams-token")
		return
	}
	detail := err.Error()
	if refusal := channels.Refused(err); refusal != nil {
		detail = refusal.Detail
	}
	switch code := aadsts.FindString(detail); code {
	case "AADSTS7000215":
		note(true, "doctor.teams-password-wrong", "code", code)
	case "AADSTS7000222":
		note(true, "doctor.teams-password-old", "code", code)
	case "AADSTS700016":
		note(true, "doctor.teams-app-unknown", "code", code)
	case "AADSTS90002", "AADSTS900023":
		note(true, "doctor.teams-tenant-unknown", "code", code)
	case "":
		note(true, "doctor.teams-login-away", "address", a.options.LoginURL, "words", strings.TrimPrefix(detail, "login: "))
	default:
		note(true, "doctor.teams-token-refused", "code", code)
	}
}

// diagnoseKeys reads the metadata document and the keys, and compares clocks.
func (a *Adapter) diagnoseKeys(ctx context.Context, note noted) {
	raw, date, err := document(ctx, a.client, a.options.OpenIDURL)
	if !date.IsZero() {
		if off := a.options.Now().Sub(date).Abs(); off > slowClock {
			note(true, "doctor.teams-clock", "minutes", int(off.Round(time.Minute)/time.Minute))
		}
	}
	if err != nil {
		note(true, "doctor.teams-keys-away", "address", a.options.OpenIDURL, "words", shortError(err))
		return
	}
	var metadata struct {
		Issuer string `json:"issuer"`
	}
	if json.Unmarshal(raw, &metadata) != nil || metadata.Issuer != issuer {
		note(true, "doctor.teams-keys-wrong", "address", a.options.OpenIDURL)
		return
	}
	if set, err := a.keys.fetch(ctx); err != nil {
		note(true, "doctor.teams-keys-away", "address", a.options.OpenIDURL, "words", shortError(err))
	} else {
		note(false, "doctor.teams-keys", "n", len(set.endorsed))
	}
}

// shortError is what went wrong, without the address.
func shortError(err error) string {
	var transport *url.Error
	if errors.As(err, &transport) {
		err = transport.Err
	}
	return short(err.Error())
}
