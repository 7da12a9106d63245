package slacktest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// code is what an installation is exchanged for, once.
type code struct {
	team     *Workspace
	by       string
	redirect string
	scopes   []string
	used     bool
}

// Installs lets an administrator press Allow on the page that address leads to
// (https://slack.com/oauth/v2/authorize?…), and returns where Slack sends them.
func (w *Workspace) Installs(address string) (callback string, err error) {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	u, err := url.Parse(address)
	if err != nil || !strings.HasSuffix(u.Path, "/oauth/v2/authorize") {
		return "", fmt.Errorf("%q is no address to install by", address)
	}
	return w.allow(u.Query())
}

func (w *Workspace) allow(q url.Values) (callback string, err error) {
	s := w.server
	redirect, err := url.Parse(q.Get("redirect_uri"))
	switch {
	case q.Get("client_id") != ClientID:
		err = errors.New("invalid_client_id")
	case q.Get("scope") == "":
		err = errors.New("invalid_scope: Requesting at least one scope is required")
	case err != nil || redirect.Host == "":
		err = errors.New("bad_redirect_uri")
	case q.Get("state") == "":
		err = errors.New("without a state anybody can complete an installation")
	}
	if err != nil {
		s.violate("oauth/v2/authorize: " + err.Error())
		return "", err
	}
	id := fmt.Sprintf("code.%d", s.next())
	s.codes[id] = code{team: w, by: "U0ADMIN", redirect: q.Get("redirect_uri"), scopes: strings.Split(q.Get("scope"), ",")}
	back := redirect.Query()
	back.Set("code", id)
	back.Set("state", q.Get("state"))
	redirect.RawQuery = back.Encode()
	return redirect.String(), nil
}

// serveAuthorize is the page, for a workspace that ?team= names.
func (s *Server) serveAuthorize(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	team := s.workspaces[r.URL.Query().Get("team")]
	if team == nil {
		team = s.First
	}
	callback, err := team.allow(r.URL.Query())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, callback, http.StatusFound)
}

// access is https://docs.slack.dev/reference/methods/oauth.v2.access
func (c *call) access() object {
	id, secret, basic := c.request.BasicAuth()
	if !basic {
		id, secret = c.text("client_id"), c.text("client_secret")
	}
	given, ok := c.server.codes[c.text("code")]
	switch {
	case id != ClientID:
		return refusal("invalid_client_id")
	case secret != ClientSecret:
		return refusal("bad_client_secret")
	case !ok:
		return refusal("invalid_code")
	case given.used:
		return refusal("code_already_used")
	case given.redirect != c.text("redirect_uri"):
		return c.violate("bad_redirect_uri")
	}
	given.used = true
	c.server.codes[c.text("code")] = given
	w := given.team
	w.installed, w.ended, w.scopes = true, "", slices.Clone(given.scopes)
	return object{
		"access_token": w.Token, "token_type": "bot", "scope": strings.Join(w.scopes, ","), "bot_user_id": w.Bot, "app_id": AppID,
		"team": object{"id": w.ID, "name": w.Name}, "enterprise": nil, "is_enterprise_install": false, "authed_user": object{"id": given.by},
	}
}
