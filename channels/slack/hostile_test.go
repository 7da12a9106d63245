package slack_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/inbound"
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
)

// TestAttacks: each is refused, without any effect but its count.
func TestAttacks(t *testing.T) {
	var mu sync.Mutex
	refused := map[inbound.Why]int{}
	door := &inbound.Door{Channel: "slack", Count: func(_ string, why inbound.Why) {
		mu.Lock()
		defer mu.Unlock()
		refused[why]++
	}}
	h := start(t, slack.Options{Door: door})
	address := strings.TrimPrefix(h.hears(), "http://")
	attacks := slacktest.Attacks(slacktest.SigningSecret, time.Now())
	if len(attacks) < 30 {
		t.Errorf("%d attacks", len(attacks))
	}
	labels := map[string]bool{}
	for _, a := range attacks {
		if labels[a.Label] {
			t.Errorf("%q is there twice", a.Label)
		}
		labels[a.Label] = true
	}
	channelstest.AllRefused(t, address, attacks)
	for what, n := range map[string]int{"events": len(h.handed()), "conversations": h.server.Calls("conversations.open"), "profiles": h.server.Calls("users.info"), "messages": h.server.Calls("chat.postMessage")} {
		if n > 0 {
			t.Errorf("%d %s came of it", n, what)
		}
	}
	if log := h.log.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
	if refused[inbound.Stranger] < 20 || refused[inbound.TooLarge] < 2 || refused[inbound.Content] < 5 || refused[inbound.Unread] < 15 {
		t.Errorf("counted: %v", refused)
	}
	if _, err := h.Send(t.Context(), h.conversation(), channels.Message{ID: "1", Text: "Encore là."}, ""); err != nil {
		t.Errorf("after the forged uninstallation: %v", err)
	}
}

// TestResponseURL: a line goes to nobody but Slack.
func TestResponseURL(t *testing.T) {
	for _, row := range []struct {
		label, api, url string
		want            bool
	}{
		{"this machine, where the API is, too", "http://127.0.0.1:1/api/", "http://127.0.0.1:2/hook", true},
		{"this machine, for the real API", "https://slack.com/api/", "http://127.0.0.1:2/hook", false},
		{"a host that looks like it", "https://slack.com/api/", "https://hooks.slack.com.evil.example/x", false},
		{"a host that ends like it", "https://slack.com/api/", "https://evilslack.com/x", false},
		{"without TLS", "https://slack.com/api/", "http://hooks.slack.com/x", false},
		{"with a name before it", "https://slack.com/api/", "https://hooks.slack.com@evil.example/x", false},
		{"a file", "https://slack.com/api/", "file:///etc/passwd", false},
		{"Slack's own", "https://slack.com/api/", "https://hooks.slack.com/actions/T0FIRST/1/x", true},
	} {
		transport := &recording{}
		a := slack.New(slack.Options{BotToken: "xoxb-1", SigningSecret: slacktest.SigningSecret, API: row.api, HTTP: &http.Client{Transport: transport}})
		h := &harness{Adapter: a, t: t, log: &channelstest.Log{}}
		body := strings.ReplaceAll(arrived(t, "interaction.press"), `"type": "block_actions"`, `"response_url": "`+row.url+`", "type": "block_actions"`)
		path, kind, form := request("interaction.press", body)
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form))
		r.Header = signed(slacktest.SigningSecret, time.Now(), kind, form)
		w := httptest.NewRecorder()
		h.failing(http.ErrAbortHandler)
		h.Routes(h.handle)[path].ServeHTTP(w, r)
		if row.want {
			h.await("the line", func() bool { return transport.asked(row.url) })
		}
		a.Close()
		if asked := transport.asked(row.url); asked != row.want || w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: asked %v, want %v; answered %d", row.label, asked, row.want, w.Code)
		}
	}
}

// recording notes the addresses, and lets nothing pass.
type recording struct {
	mu  sync.Mutex
	all []string
}

func (r *recording) RoundTrip(request *http.Request) (*http.Response, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, request.URL.String())
	return nil, http.ErrServerClosed
}

func (r *recording) asked(address string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, one := range r.all {
		if one == address {
			return true
		}
	}
	return false
}
