package slack_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
)

// signed is the headers of a request that is rightly signed at a time.
func signed(secret string, at time.Time, kind, body string) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	return http.Header{
		"Content-Type": {kind}, "X-Slack-Request-Timestamp": {stamp},
		"X-Slack-Signature": {slacktest.Sign(secret, stamp, body)},
	}
}

// TestWebhookRefuses: what came in, what we answered, and whether it was
// handed over. Nothing is that does not prove itself.
func TestWebhookRefuses(t *testing.T) {
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	const secret = slacktest.SigningSecret
	const json, form = "application/json", "application/x-www-form-urlencoded"
	for _, row := range []struct {
		label      string
		ours       string
		at         time.Time
		by         string
		kind, body string
		want       int
		handed     bool
	}{
		{"as Slack does", secret, now, secret, json, "event.message", 200, true},
		{"with a charset", secret, now, secret, json + "; charset=utf-8", "event.message", 200, true},
		{"again, as Slack does", secret, now, secret, json, "event.message", 200, true},
		{"five minutes old", secret, now.Add(-5 * time.Minute), secret, json, "event.message", 200, true},
		{"five minutes ahead", secret, now.Add(5 * time.Minute), secret, json, "event.message", 200, true},
		{"older", secret, now.Add(-5*time.Minute - time.Second), secret, json, "event.message", 401, false},
		{"further ahead", secret, now.Add(5*time.Minute + time.Second), secret, json, "event.message", 401, false},
		{"somebody else's secret", secret, now, secret + "x", json, "event.message", 401, false},
		{"no secret, theirs", secret, now, "", json, "event.message", 401, false},
		{"an adapter without a secret takes nothing", "", now, "", json, "event.message", 401, false},
		{"a form", secret, now, secret, form, "event.message", 415, false},
		{"no type", secret, now, secret, "", "event.message", 415, false},
		{"nothing", secret, now, secret, json, "", 400, false},
		{"cut short before it was signed", secret, now, secret, json, `{"type":"event_callback","event_id":"Ev1"`, 400, false},
		{"a list", secret, now, secret, json, `[]`, 400, false},
		{"no event", secret, now, secret, json, `{}`, 400, false},
		{"an event without an id", secret, now, secret, json, `{"type":"event_callback","team_id":"T0FIRST"}`, 400, false},
		{"a kind that we do not know", secret, now, secret, json, `{"type":"app_rate_limited","team_id":"T0FIRST","minute_rate_limited":1518467820}`, 200, false},
		{"Slack asks whether we are there", secret, now, secret, json, `{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}`, 200, false},
		{"somebody else asks", secret, now, "x", json, `{"type":"url_verification","challenge":"3eZb"}`, 401, false},
	} {
		h := start(t, slack.Options{SigningSecret: row.ours, Now: func() time.Time { return now }})
		if row.ours == "" {
			h.Adapter = slack.New(slack.Options{API: h.server.API(), Now: func() time.Time { return now }})
		}
		body := row.body
		if strings.HasPrefix(body, "event.") {
			body = arrived(t, body)
		}
		r := httptest.NewRequest(http.MethodPost, "/slack/events", strings.NewReader(body))
		r.Header = signed(row.by, row.at, row.kind, body)
		w := httptest.NewRecorder()
		h.Routes(h.handle)["/slack/events"].ServeHTTP(w, r)
		if w.Code != row.want {
			t.Errorf("%s: answered %d, want %d", row.label, w.Code, row.want)
		}
		if handed := len(h.handed()) == 1; handed != row.handed {
			t.Errorf("%s: %d events were handed over", row.label, len(h.handed()))
		}
		if strings.Contains(body, "challenge") && row.want == 200 && !strings.Contains(body, `"`+w.Body.String()+`"`) {
			t.Errorf("%s: answered %q", row.label, w.Body)
		}
	}
}

func TestWebhookBringsAgainWhatWasNotStored(t *testing.T) {
	for _, name := range []string{"event.message", "interaction.press", "interaction.window", "interaction.shortcut"} {
		h := start(t, slack.Options{})
		path, kind, body := request(name, arrived(t, name))
		h.failing(errors.New("disk full"))
		if w := h.post(path, kind, body); w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: answered %d, want 503", name, w.Code)
		}
		if w := h.post(path, kind, body, "X-Slack-Retry-Num", "1", "X-Slack-Retry-Reason", "http_error"); w.Code != http.StatusOK || len(h.handed()) != 1 {
			t.Errorf("%s: answered %d with %d events", name, w.Code, len(h.handed()))
		}
	}
}

// A command does not come again: what could not be stored is said at once.
func TestCommandsAreAnswered(t *testing.T) {
	for _, row := range []struct {
		label, name string
		fails       error
		want        string
	}{
		{"in the conversation the answer follows", "command.words", nil, ""},
		{"elsewhere it says where the answer is", "command.in-channel", nil, "ons eigen gesprek"},
		{"what was not stored is said", "command.words", errors.New("disk full"), "niets bewaren"},
	} {
		h := start(t, slack.Options{})
		h.failing(row.fails)
		path, kind, body := request(row.name, arrived(t, row.name))
		w := h.post(path, kind, body)
		if got := w.Body.String(); w.Code != 200 || row.want == "" && got != "" || !strings.Contains(got, row.want) || row.want != "" && !strings.Contains(got, `"ephemeral"`) {
			t.Errorf("%s: answered %d %s", row.label, w.Code, got)
		}
	}
}

func TestAFaultEndsNothing(t *testing.T) {
	h := start(t, slack.Options{})
	path, kind, body := request("event.message", arrived(t, "event.message"))
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header = h.server.Signed(kind, body)
	w := httptest.NewRecorder()
	h.Routes(func(context.Context, channels.Event) ([]channels.Message, error) { panic("a fault") })[path].ServeHTTP(w, r)
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("answered %d, want 503", w.Code)
	}
	if w := h.post(path, kind, body); w.Code != 200 || len(h.handed()) != 1 {
		t.Errorf("afterwards: answered %d with %d events", w.Code, len(h.handed()))
	}
}

// A press that could not be stored is said to the person; the app's own sign
// alone says nothing.
func TestAPressThatWasNotStoredIsSaid(t *testing.T) {
	h := start(t, slack.Options{})
	h.hears()
	if _, err := h.Send(t.Context(), h.conversation(), channels.Message{ID: "1", Lang: "nl", Text: "Wilt u?", Choices: answers("Ja")}, ""); err != nil {
		t.Fatal(err)
	}
	h.failing(errors.New("disk full"))
	h.person.Presses("Kies 1")
	h.await("a kind line", func() bool {
		shown := h.person.Shown()
		last := shown[len(shown)-1]
		return last.Ephemeral && strings.Contains(last.Text, "niets bewaren")
	})
}

// TestOrderOverHTTP: what one person does is handled in order, and nobody
// waits for somebody else, nor a window for anybody.
func TestOrderOverHTTP(t *testing.T) {
	h := start(t, slack.Options{})
	h.wrong = true // a trigger that Slack never gave
	other := h.server.Person("U0OTHER", "fr-FR")
	hold, held := make(chan struct{}), make(chan struct{})
	mux := http.NewServeMux()
	for pattern, handler := range h.Routes(func(ctx context.Context, e channels.Event) ([]channels.Message, error) {
		if e.Text == "een" {
			close(held)
			<-hold
		}
		return h.handle(ctx, e)
	}) {
		mux.Handle(pattern, handler)
	}
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	h.server.Posts(web.URL)
	form := channels.Form{Value: "answer.9", Submit: "Antwoorden", Fields: []channels.Field{{Name: "text", Label: "Uw antwoord", Kind: channels.TextField}}}
	if _, err := h.Send(t.Context(), h.conversation(), channels.Message{ID: "1", Lang: "nl", Text: "Welke stad?", Form: &form}, ""); err != nil {
		t.Fatal(err)
	}
	raw := arrived(t, "event.message")
	post := func(id, text string) (done chan int) {
		done = make(chan int, 1)
		body := strings.NewReplacer("half negen, elke werkdag", text, "Ev0000000001", id).Replace(raw)
		go func() { done <- h.postTo(mux, "/slack/events", "application/json", body) }()
		return done
	}
	first := post("Ev1", "een")
	<-held
	second := post("Ev2", "twee")
	other.Says("moi")
	if e := h.event(); e.Text != "moi" {
		t.Errorf("somebody else waited behind %q", e.Text)
	}
	path, kind, body := request("interaction.x", strings.NewReplacer("press.1", "open.1", `"answer.2s.0"`, `"{\"v\":\"answer.9\",\"f\":[{\"n\":\"text\",\"k\":\"text\"}]}"`).Replace(arrived(t, "interaction.press")))
	if code := h.postTo(mux, path, kind, body); code != 200 || h.server.Calls("views.open") != 1 {
		t.Errorf("a window waited: answered %d, %d opened", code, h.server.Calls("views.open"))
	}
	select {
	case e := <-h.brings:
		t.Errorf("%q did not wait", e.Text)
	case <-second:
		t.Error("the second was acknowledged before the first")
	case <-time.After(50 * time.Millisecond):
	}
	close(hold)
	if a, b := h.event(), h.event(); a.Text != "een" || b.Text != "twee" {
		t.Errorf("in the order %q, %q", a.Text, b.Text)
	}
	if a, b := <-first, <-second; a != 200 || b != 200 {
		t.Errorf("answered %d, %d", a, b)
	}
}

// postTo is post to a server with another handler.
func (h *harness) postTo(handler http.Handler, path, kind, body string) int {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header = h.server.Signed(kind, body)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w.Code
}
