package teams

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"praline/channels"
)

// A token is renewed ahead of its end, so that nobody waits for it.
const (
	tokenScope = "https://api.botframework.com/.default"
	tokenAhead = 5 * time.Minute
	tokenAgain = 10 * time.Second // after an attempt that failed
)

// token is what we prove ourselves with to the connector. One request for it is
// made at a time; the old one serves meanwhile.
// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#bot-to-connector
type token struct {
	options Options
	client  *http.Client

	fetching sync.Mutex // held while one is fetched
	mu       sync.Mutex // guards what follows
	value    string
	ends     time.Time
	tried    time.Time // the last attempt that failed
	trouble  error     // and how
}

// current returns a token that holds.
func (t *token) current(ctx context.Context) (string, error) {
	value, left, trouble := t.look()
	switch {
	case left > tokenAhead:
		return value, nil
	case left > 0:
		if trouble == nil && t.fetching.TryLock() {
			defer t.fetching.Unlock()
			if fresh, err := t.fetch(ctx); err == nil {
				return fresh, nil
			}
		}
		return value, nil
	}
	t.fetching.Lock()
	defer t.fetching.Unlock()
	if value, left, trouble = t.look(); left > 0 || trouble != nil { // somebody fetched it while we waited
		return value, trouble
	}
	return t.fetch(ctx)
}

// look returns what is known: a token and how long it holds, and the trouble
// that was met just now.
func (t *token) look() (value string, left time.Duration, trouble error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.options.Now()
	if t.trouble != nil && now.Sub(t.tried) < tokenAgain {
		trouble = t.trouble
	}
	if t.value == "" {
		return "", 0, trouble
	}
	left = t.ends.Sub(now)
	if left > 0 && left <= tokenAhead {
		return t.value, left, trouble
	}
	if left > 0 {
		return t.value, left, nil
	}
	return "", 0, trouble
}

// drop forgets a token that the connector did not take.
func (t *token) drop(value string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.value == value {
		t.value = ""
	}
}

func (t *token) fetch(ctx context.Context) (string, error) {
	tenant := t.options.TenantID
	if tenant == "" {
		tenant = "botframework.com" // a bot for several tenants, as they were made before
	}
	config := clientcredentials.Config{
		ClientID: t.options.AppID, ClientSecret: t.options.AppPassword, AuthStyle: oauth2.AuthStyleInParams,
		TokenURL: t.options.LoginURL + "/" + url.PathEscape(tenant) + "/oauth2/v2.0/token", Scopes: []string{tokenScope},
	}
	asked := t.options.Now()
	got, err := config.Token(context.WithValue(ctx, oauth2.HTTPClient, t.client))
	if err != nil {
		err = notGiven(err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		if ctx.Err() == nil {
			t.tried, t.trouble = t.options.Now(), err
		}
		return "", err
	}
	t.trouble = nil
	t.value, t.ends = got.AccessToken, asked.Add(life(got))
	return t.value, nil
}

// life is how long a token holds, as the login says; the library tells by its
// own clock, and we have ours.
func life(t *oauth2.Token) time.Duration {
	seconds, err := strconv.ParseFloat(fmt.Sprint(t.Extra("expires_in")), 64)
	if err != nil || seconds <= 0 || seconds > 7*24*60*60 {
		return 2 * tokenAhead // an hour is usual; rather too often
	}
	return time.Duration(seconds) * time.Second
}

// aadsts is the code of a refusal by Microsoft's login: AADSTS7000215.
var aadsts = regexp.MustCompile(`AADSTS\d{2,9}`)

// notGiven is why the login gave no token, without a word of its answer but the
// code.
func notGiven(err error) error {
	var answer *oauth2.RetrieveError
	if !errors.As(err, &answer) || answer.Response == nil {
		var transport *url.Error
		if errors.As(err, &transport) {
			err = transport.Err
		}
		return &channels.Refusal{Reason: channels.Busy, After: unwell, Scope: channels.WholeApp, Detail: "login: " + short(err.Error())}
	}
	refusal := &channels.Refusal{Reason: channels.Busy, After: tokenAgain, Scope: channels.WholeApp}
	code := aadsts.FindString(string(answer.Body))
	status := answer.Response.StatusCode
	refusal.Detail = "login: " + statusWords(status, code)
	if status == http.StatusTooManyRequests || status >= http.StatusInternalServerError {
		refusal.After = after(answer.Response.Header, unwell)
		return refusal
	}
	refusal.Detail += ": " + mend(code)
	return refusal
}

// mend says what to do about a refusal by Microsoft's login.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
func mend(code string) string {
	switch code {
	case "AADSTS7000215", "AADSTS7000222":
		return "make a new client secret and give its value in TEAMS_APP_PASSWORD"
	case "AADSTS700016":
		return "check TEAMS_APP_ID: there is no such app in the tenant of TEAMS_TENANT_ID"
	case "AADSTS90002":
		return "check TEAMS_TENANT_ID: there is no such tenant"
	}
	return "check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID"
}
