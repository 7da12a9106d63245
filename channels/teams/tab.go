package teams

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"praline/channels"
	"praline/channels/markup"
	"praline/locales"
	"praline/pages"
)

// The personal tab shows a learner's progress beside the conversation, to read
// and no more. A tab does not prove who looks at it; so it shows nothing but
// for a link from the conversation, which carries a signed word that holds for
// a day.
const (
	tabID   = "progress" // of the tab, in the app package
	tabKept = 24 * time.Hour
)

// frames are who may show the tab.
// https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements (2026-11-25)
const frames = "https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft https://*.microsoft365.com https://*.office.com"

//go:embed tab.html
var tabSource string

//go:embed tab.css
var tabStyle string

var (
	tabPage = template.Must(template.New("tab").Funcs(template.FuncMap{"markup": markup.HTML}).Parse(tabSource))
	tabCSS  = pages.Tokens + tabStyle
	// tabPolicy lets the page use its one style sheet and nothing else.
	tabPolicy = func() string {
		sum := sha256.Sum256([]byte(tabCSS))
		return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'; frame-ancestors " + frames
	}()
)

// tab serves GET /teams/tab.
func (a *Adapter) tab(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Del("X-Frame-Options") // it stands in a frame; the policy says in whose
	h.Del("Cross-Origin-Opener-Policy")
	h.Del("Cross-Origin-Resource-Policy")
	h.Set("Content-Security-Policy", tabPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer") // the address holds the word
	h.Set("Cache-Control", "no-store")
	view := tabView{Words: locales.For(tabLanguage(r)), Style: template.CSS(tabCSS)}
	status := http.StatusOK
	query := r.URL.Query()
	conversation, ok := a.opensTab(query.Get("t"))
	if !ok {
		conversation, ok = a.opensTab(query.Get("s")) // older clients fill in this one
	}
	if ok {
		messages, err := a.options.Overview(r.Context(), conversation)
		switch {
		case err != nil:
			a.options.Log.Warn("teams: the tab could not be read", "error", err)
			view.Away, status = true, http.StatusServiceUnavailable
		default:
			view.Messages = messages
			if len(messages) > 0 && messages[0].Lang != "" {
				view.Words = locales.For(messages[0].Lang)
			}
		}
	}
	var page bytes.Buffer
	if err := tabPage.Execute(&page, view); err != nil {
		a.options.Log.Error("teams: the tab could not be drawn", "error", err)
		http.Error(w, "again, please", http.StatusInternalServerError)
		return
	}
	pages.Write(w, r, status, "text/html; charset=utf-8", page.Bytes())
}

// tabView is what the page shows: messages, that they cannot be read now, or
// how to come here.
type tabView struct {
	locales.Words
	Style    template.CSS
	Messages []channels.Message
	Away     bool
}

// tabLanguage is the language of somebody of whom nothing is known.
func tabLanguage(r *http.Request) string {
	hints := []string{r.URL.Query().Get("lang")}
	if tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language")); err == nil {
		for _, tag := range tags {
			hints = append(hints, tag.String())
		}
	}
	return locales.Best(hints, []string{"fr", "nl", "en"})
}

// tabWord is a word that opens the tab of a conversation, until it ends.
func (a *Adapter) tabWord(conversation string) string {
	said := binary.BigEndian.AppendUint64(nil, uint64(a.options.Now().Add(tabKept).Unix()))
	said = append(said, channels.Identity(conversation)...)
	return base64.RawURLEncoding.EncodeToString(append(a.tabSign(said), said...))
}

// opensTab returns the conversation whose tab a word opens.
func (a *Adapter) opensTab(word string) (conversation string, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(word)
	if err != nil || len(raw) <= sha256.Size+8 || len(raw) > 1024 || !a.hasTab() {
		return "", false
	}
	signature, said := raw[:sha256.Size], raw[sha256.Size:]
	if !hmac.Equal(signature, a.tabSign(said)) || !a.options.Now().Before(time.Unix(int64(binary.BigEndian.Uint64(said)), 0)) {
		return "", false
	}
	return string(said[8:]), true
}

func (a *Adapter) tabSign(said []byte) []byte {
	mac := hmac.New(sha256.New, a.options.Secret)
	mac.Write([]byte("praline teams tab\x00"))
	mac.Write(said)
	return mac.Sum(nil)
}

// hasTab says whether there is a tab: something to show, and a secret that
// keeps others from it.
func (a *Adapter) hasTab() bool { return a.options.Overview != nil && len(a.options.Secret) >= 16 }

// link is a button that opens the tab, beside every choice that shows progress;
// nil where there is no tab.
// https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-application
func (a *Adapter) link(conversation string, m channels.Message) part {
	wanted := slices.ContainsFunc(m.Choices, func(c channels.Choice) bool { return c.Value == progressChoice })
	if !wanted || !a.hasTab() || a.options.AppID == "" || !public(a.options.PublicURL) {
		return nil
	}
	aim, err := json.Marshal(map[string]string{"subEntityId": a.tabWord(conversation)})
	if err != nil {
		return nil
	}
	address := "https://teams.microsoft.com/l/entity/" + url.PathEscape(a.options.AppID) + "/" + tabID + "?context=" + strings.ReplaceAll(url.QueryEscape(string(aim)), "+", "%20")
	return part{"type": "Action.OpenUrl", "title": locales.For(m.Lang).Say("teams.tab-open"), "url": address}
}

// progressChoice is the value of the choice that shows progress in the
// conversation.
const progressChoice = "do.progress"
