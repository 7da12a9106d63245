package slack

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"
	"golang.org/x/text/language"

	"praline/locales"
	"praline/pages"
)

// installWithin is how long an administrator may take on Slack's page.
const installWithin = 10 * time.Minute

// stateCookie binds an installation to the browser that began it: nobody can
// be led to complete somebody else's.
const stateCookie = "praline_slack_install"

// serveInstall sends an administrator to Slack's page.
// https://docs.slack.dev/authentication/installing-with-oauth/
func (a *Adapter) serveInstall(w http.ResponseWriter, r *http.Request) {
	if len(a.options.Secret) == 0 || a.options.PublicURL == "" || a.options.Workspaces == nil {
		a.say(w, r, http.StatusServiceUnavailable, "slack.install-not-ready")
		return
	}
	nonce := rand.Text()
	http.SetCookie(w, &http.Cookie{
		Name: stateCookie, Value: nonce, Path: "/slack/", MaxAge: int(installWithin / time.Second),
		HttpOnly: true, Secure: pages.HTTPS(a.options.PublicURL), SameSite: http.SameSiteLaxMode,
	})
	query := url.Values{
		"client_id":    {a.options.ClientID},
		"scope":        {strings.Join(Scopes, ",")},
		"redirect_uri": {a.options.PublicURL + "/slack/oauth"},
		"state":        {a.state(nonce, a.options.Now().Add(installWithin))},
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, a.authorize()+"?"+query.Encode(), http.StatusFound)
}

// authorize is Slack's page, beside its API.
func (a *Adapter) authorize() string {
	return strings.TrimSuffix(a.options.API, "api/") + "oauth/v2/authorize"
}

// state is what comes back from Slack's page: when it ends, and our signature.
func (a *Adapter) state(nonce string, until time.Time) string {
	ends := strconv.FormatInt(until.Unix(), 10)
	mac := hmac.New(sha256.New, a.options.Secret)
	mac.Write([]byte("slack install\x00" + ends + "\x00" + nonce))
	return ends + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// ours says whether a state was signed by us for this browser, and has not
// ended.
func (a *Adapter) ours(state, nonce string) bool {
	ends, _, ok := strings.Cut(state, ".")
	seconds, err := strconv.ParseInt(ends, 10, 64)
	if !ok || err != nil || len(a.options.Secret) == 0 {
		return false
	}
	until := time.Unix(seconds, 0)
	return subtle.ConstantTimeCompare([]byte(a.state(nonce, until)), []byte(state)) == 1 && a.options.Now().Before(until)
}

// serveOAuth keeps the token of the workspace that said yes.
func (a *Adapter) serveOAuth(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	nonce := ""
	if cookie, err := r.Cookie(stateCookie); err == nil {
		nonce = cookie.Value
	}
	switch {
	case !a.ours(query.Get("state"), nonce):
		a.say(w, r, http.StatusBadRequest, "slack.install-expired")
		return
	case query.Get("code") == "": // error=access_denied
		a.say(w, r, http.StatusOK, "slack.install-refused")
		return
	}
	given, err := slackapi.GetOAuthV2ResponseContext(r.Context(), bound{a.client}, a.options.ClientID, a.options.ClientSecret,
		query.Get("code"), a.options.PublicURL+"/slack/oauth", slackapi.OAuthOptionAPIURL(a.options.API))
	if err != nil {
		a.options.Log.Warn("slack: an installation was not completed", "error", a.explain("oauth.v2.access", a.options.ClientSecret, err))
		a.say(w, r, http.StatusBadGateway, "slack.install-failed")
		return
	}
	installedIn := workspace(given.Team.ID, given.Enterprise.ID, given.IsEnterpriseInstall)
	if installedIn == "" || !strings.HasPrefix(given.AccessToken, "xoxb-") {
		a.say(w, r, http.StatusBadGateway, "slack.install-failed")
		return
	}
	if err := a.install(r.Context(), installedIn, given.AccessToken); err != nil {
		a.options.Log.Error("slack: an installation was not kept", "error", err)
		a.say(w, r, http.StatusServiceUnavailable, "slack.install-failed")
		return
	}
	a.options.Log.Info("slack: a workspace installed the app", "workspace", installedIn)
	http.SetCookie(w, &http.Cookie{Name: stateCookie, Path: "/slack/", MaxAge: -1, HttpOnly: true, Secure: pages.HTTPS(a.options.PublicURL), SameSite: http.SameSiteLaxMode})
	a.say(w, r, http.StatusOK, "slack.installed")
}

//go:embed install.html
var installPage string

var installTemplate = template.Must(template.New("install").Parse(installPage))

// say shows a small page with one message.
func (a *Adapter) say(w http.ResponseWriter, r *http.Request, status int, id string) {
	words := locales.For(tongue(r.Header.Get("Accept-Language")))
	var page bytes.Buffer
	err := installTemplate.Execute(&page, struct{ Lang, Title, Text string }{words.Lang, words.Say("slack.install-title"), words.Say(id)})
	if err != nil {
		http.Error(w, fmt.Sprint(http.StatusText(status)), status)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	w.Header().Set("Referrer-Policy", "no-referrer")
	pages.Write(w, r, status, "text/html; charset=utf-8", page.Bytes())
}

// tongue is the first of a browser's languages in which the page is written.
func tongue(accept string) string {
	tags, _, _ := language.ParseAcceptLanguage(accept)
	var hints []string
	for _, tag := range tags {
		hints = append(hints, tag.String())
	}
	if best := locales.Best(hints, []string{"fr", "nl", "en"}); best != "" {
		return best
	}
	return "fr"
}
