package slack_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
)

// sealed keeps what workspaces gave, in memory.
type sealed struct {
	mu    sync.Mutex
	all   map[string][]byte
	fails error
}

func (s *sealed) PutSealed(_ context.Context, kind, id string, value []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[string][]byte{}
	}
	s.all[kind+"/"+id] = value
	return s.fails
}

func (s *sealed) Sealed(_ context.Context, kind, id string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all[kind+"/"+id], s.fails
}

func (s *sealed) CutSealed(_ context.Context, kind, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, kind+"/"+id)
	return s.fails
}

func (s *sealed) n() int { s.mu.Lock(); defer s.mu.Unlock(); return len(s.all) }

// wall is a clock that a test turns.
type wall struct {
	mu sync.Mutex
	at time.Time
}

func (w *wall) Now() time.Time          { w.mu.Lock(); defer w.mu.Unlock(); return w.at }
func (w *wall) passes(by time.Duration) { w.mu.Lock(); defer w.mu.Unlock(); w.at = w.at.Add(by) }

// installable is an adapter for any workspace, reached at an address.
func installable(t *testing.T) (h *harness, kept *sealed, clock *wall, address string) {
	t.Helper()
	kept, clock = &sealed{}, &wall{at: time.Now()}
	h = start(t, slack.Options{
		ClientID: slacktest.ClientID, ClientSecret: slacktest.ClientSecret, Secret: []byte("a secret of thirty-two bytes ...."), Workspaces: kept,
		PublicURL: "https://praline.example", Now: clock.Now,
	})
	h.server.Clock(clock.Now)
	return h, kept, clock, h.hears()
}

// browser keeps cookies, and follows no redirect.
func browser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Jar: cookies{jar}, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func page(t *testing.T, client *http.Client, address, lang string) (status int, text, location string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Language", lang)
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(body), response.Header.Get("Location")
}

// install has a workspace install the app, and returns the page at the end.
func (h *harness) install(client *http.Client, w *slacktest.Workspace, address, lang string) (status int, text string) {
	h.t.Helper()
	_, _, authorize := page(h.t, client, address+"/slack/install", lang)
	callback, err := w.Installs(authorize)
	if err != nil {
		h.t.Fatal(err)
	}
	status, text, _ = page(h.t, client, address+strings.TrimPrefix(callback, "https://praline.example"), lang)
	return status, text
}

// TestInstall: from a page to a token that speaks, and to its end.
func TestInstall(t *testing.T) {
	h, kept, clock, address := installable(t)
	second := h.server.Workspace("T0SECOND")
	learner := second.Person("U0THERE", "fr-FR")
	conversation := "T0SECOND/" + learner.Channel
	hello := channels.Message{ID: "1", Text: "Bonjour."}
	if _, err := h.Send(t.Context(), conversation, hello, ""); channels.Refused(err) == nil || channels.Refused(err).Reason != channels.Gone {
		t.Errorf("before it is installed: %v", err)
	}
	for _, row := range []struct{ lang, want string }{{"nl-BE,nl;q=0.9", "Klaar."}, {"fr", "C’est fait."}, {"en-GB", "Done."}, {"ja", "C’est fait."}, {"", "C’est fait."}} {
		if status, text := h.install(browser(t), second, address, row.lang); status != 200 || !strings.Contains(text, row.want) {
			t.Errorf("%s: %d %s", row.lang, status, text)
		}
	}
	if kept.n() != 1 || !strings.Contains(string(kept.all["slack/T0SECOND"]), second.Token) {
		t.Errorf("kept: %v", kept.all)
	}
	if _, err := h.Send(t.Context(), conversation, hello, ""); err != nil {
		t.Errorf("after it is installed: %v", err)
	}
	learner.Says("les")
	if e := h.event(); e.Conversation != conversation {
		t.Errorf("brought %+v", e)
	}
	clock.passes(time.Hour)
	second.Uninstalls()
	h.await("the token to go", func() bool { return kept.n() == 0 })
	if _, err := h.Send(t.Context(), conversation, hello, ""); channels.Refused(err) == nil || channels.Refused(err).Reason != channels.Gone {
		t.Errorf("after it is uninstalled: %v", err)
	}
	clock.passes(time.Hour)
	if status, _ := h.install(browser(t), second, address, "fr"); status != 200 {
		t.Errorf("installing again: %d", status)
	}
	h.server.Again(3) // the uninstallation comes again, late
	h.server.Settles()
	if _, err := h.Send(t.Context(), conversation, channels.Message{ID: "2", Text: "De retour."}, ""); err != nil || kept.n() != 1 {
		t.Errorf("after it is installed again: %v", err)
	}
}

// TestInstallIsOurs: only who began it, here, within ten minutes.
func TestInstallIsOurs(t *testing.T) {
	h, kept, clock, address := installable(t)
	second := h.server.Workspace("T0SECOND")
	begin := func(client *http.Client) string {
		_, _, authorize := page(t, client, address+"/slack/install", "nl")
		callback, err := second.Installs(authorize)
		if err != nil {
			t.Fatal(err)
		}
		return address + strings.TrimPrefix(callback, "https://praline.example")
	}
	mine, other := browser(t), browser(t)
	callback := begin(mine)
	if status, text, _ := page(t, other, callback, "nl"); status != 400 || !strings.Contains(text, "geldt niet meer") {
		t.Errorf("in another browser: %d %s", status, text)
	}
	changed := strings.Replace(callback, "state=1", "state=2", 1)
	if status, _, _ := page(t, mine, changed, "nl"); status != 400 {
		t.Errorf("with another state: %d", status)
	}
	if status, _, _ := page(t, mine, address+"/slack/oauth?code=x", "nl"); status != 400 {
		t.Errorf("without a state: %d", status)
	}
	if status, text, _ := page(t, mine, strings.Replace(callback, "code=", "error=access_denied&x=", 1), "nl"); status != 200 || !strings.Contains(text, "geweigerd") {
		t.Errorf("refused by the administrator: %d %s", status, text)
	}
	clock.passes(11 * time.Minute)
	if status, _, _ := page(t, mine, callback, "nl"); status != 400 {
		t.Errorf("too late: %d", status)
	}
	if kept.n() > 0 {
		t.Errorf("kept: %v", kept.all)
	}
	kept.fails = errors.New("disk full")
	if status, text, _ := page(t, mine, begin(mine), "nl"); status != 503 || !strings.Contains(text, "niet afgewerkt") {
		t.Errorf("a store that is away: %d %s", status, text)
	}
}

// TestUninstalled: one workspace with its token in the settings.
func TestUninstalled(t *testing.T) {
	h := start(t, slack.Options{})
	h.hears()
	h.server.First.Uninstalls()
	h.server.Settles()
	before := h.server.Calls("chat.postMessage")
	_, err := h.Send(t.Context(), h.conversation(), channels.Message{ID: "1", Text: "Bonjour."}, "")
	if r := channels.Refused(err); r == nil || r.Reason != channels.Gone || h.server.Calls("chat.postMessage") > before {
		t.Errorf("got %v", err)
	}
}

// cookies are kept though the test has no TLS.
type cookies struct{ *cookiejar.Jar }

func (c cookies) SetCookies(u *url.URL, all []*http.Cookie) {
	for _, one := range all {
		one.Secure = false
	}
	c.Jar.SetCookies(u, all)
}
