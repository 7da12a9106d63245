package slacktest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/channels/slack/slacktest"
)

type object = map[string]any

// asks calls a method with a token, as JSON.
func asks(t *testing.T, s *slacktest.Server, token, method string, arguments object) (out object, header http.Header) {
	t.Helper()
	body, err := json.Marshal(arguments)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, s.API()+method, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out, response.Header
}

// app is what stands where the adapter will.
type app struct {
	*httptest.Server
	mu     sync.Mutex
	heard  []*http.Request
	bodies []string
	// answers gives a status and a body to the nth request; nil is 200.
	answers func(n int, r *http.Request, body string) (int, string)
}

func listens(t *testing.T, s *slacktest.Server) *app {
	a := &app{}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		a.mu.Lock()
		a.heard, a.bodies = append(a.heard, r), append(a.bodies, string(body))
		n, answers := len(a.heard), a.answers
		a.mu.Unlock()
		if answers != nil {
			status, text := answers(n, r, string(body))
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
	}))
	t.Cleanup(a.Close)
	s.Echoes(false)
	s.Posts(a.URL)
	return a
}

func (a *app) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.heard)
}

// payload is what the nth request (from 0) told.
func (a *app) payload(t *testing.T, n int) object {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	if n >= len(a.bodies) {
		t.Fatalf("%d requests came, want more than %d", len(a.bodies), n)
	}
	out := a.form(a.bodies[n])
	if out == nil {
		t.Fatalf("no JSON: %s", a.bodies[n])
	}
	return out
}

// form reads a body of either kind, nil for none.
func (a *app) form(body string) (out object) {
	if values, err := url.ParseQuery(body); err == nil && values.Get("payload") != "" {
		body = values.Get("payload")
	}
	_ = json.Unmarshal([]byte(body), &out)
	return out
}

func settles(t *testing.T, s *slacktest.Server) {
	t.Helper()
	if !s.Settles() {
		t.Fatal("something is not acknowledged")
	}
}

func plain(text string) object  { return object{"type": "plain_text", "text": text} }
func mrkdwn(text string) object { return object{"type": "mrkdwn", "text": text} }

func button(label string, more object) object {
	b := object{"type": "button", "action_id": "a" + label, "text": plain(label), "value": "v"}
	for name, v := range more {
		b[name] = v
	}
	return b
}

// TestConversation walks once through everything over HTTP.
func TestConversation(t *testing.T) {
	s := slacktest.Start(t)
	a := listens(t, s)
	p := s.Person("U01", "fr-FR")
	p.Says("Bonjour <b> & https://safeonweb.be")
	settles(t, s)
	event := a.payload(t, 0)["event"].(object)
	if event["text"] != "Bonjour &lt;b&gt; &amp; <https://safeonweb.be>" || event["channel"] != p.Channel || event["user"] != "U01" {
		t.Errorf("event %v", event)
	}
	r := a.heard[0]
	if r.URL.Path != "/slack/events" || r.Header.Get("X-Slack-Signature") != slacktest.Sign(slacktest.SigningSecret, r.Header.Get("X-Slack-Request-Timestamp"), a.bodies[0]) {
		t.Errorf("%s is not signed: %v", r.URL, r.Header)
	}
	out, _ := asks(t, s, slacktest.BotToken, "conversations.open", object{"users": "U01"})
	if out["channel"].(object)["id"] != p.Channel {
		t.Errorf("conversations.open: %v", out)
	}
	out, _ = asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "Laquelle ?", "blocks": []object{
		{"type": "section", "block_id": "q", "text": mrkdwn("*Laquelle* &amp; pourquoi ?"), "accessory": button("1", object{"value": "answer.1"})},
		{"type": "actions", "block_id": "f", "elements": []object{
			{"type": "radio_buttons", "action_id": "r", "options": []object{{"text": plain("l'adresse"), "value": "0"}, {"text": plain("le logo"), "value": "1"}}},
			button("Répondre", object{"value": "form.1"}),
		}},
	}})
	if out["ok"] != true {
		t.Fatalf("%v", out)
	}
	if l := p.Shown()[0].Look(); l.Text != "Laquelle & pourquoi ?" || strings.Join(l.Pressable, "|") != "1|l'adresse|le logo|Répondre" || len(l.Spans) != 1 || l.Spans[0].Text != "Laquelle" {
		t.Errorf("look %+v", l)
	}
	if !p.Presses("Laquelle & pourquoi ?") || !p.Chooses("r", "le logo") || !p.Presses("Répondre") || p.Presses("nowhere") {
		t.Error("the wrong things can be pressed")
	}
	settles(t, s)
	if action := a.payload(t, 1)["actions"].([]any)[0].(object); action["value"] != "answer.1" || action["type"] != "button" {
		t.Errorf("pressed %v", action)
	}
	last := a.payload(t, 3)
	chosen := last["state"].(object)["values"].(object)["f"].(object)["r"].(object)["selected_option"].(object)
	if chosen["value"] != "1" || last["actions"].([]any)[0].(object)["value"] != "form.1" {
		t.Errorf("submitted %v", last)
	}
	out, _ = asks(t, s, slacktest.BotToken, "chat.update", object{"channel": p.Channel, "ts": out["ts"], "text": "Voilà", "blocks": []object{{"type": "section", "text": mrkdwn("Voilà")}}})
	if m := p.Shown()[0]; out["ok"] != true || m.Edits != 1 || m.Look().Text != "Voilà" || m.Look().Pressable != nil {
		t.Errorf("updated: %v %+v", out, m)
	}
	if v := s.Violations(); len(v) > 0 {
		t.Errorf("violations: %q", v)
	}
}

// TestModal opens a modal by a command's trigger, fills it in and reads errors.
func TestModal(t *testing.T) {
	s := slacktest.Start(t)
	now := time.Unix(1_800_000_000, 0)
	s.Clock(func() time.Time { return now })
	a := listens(t, s)
	p := s.Person("U01", "nl-NL")
	p.Command("/praline antwoord")
	settles(t, s)
	values, _ := url.ParseQuery(a.bodies[0])
	if values.Get("command") != "/praline" || values.Get("text") != "antwoord" || a.heard[0].Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		t.Errorf("command %v", values)
	}
	view := object{"type": "modal", "title": plain("Antwoord"), "submit": plain("OK"), "callback_id": "c", "private_metadata": "m", "blocks": []object{
		{"type": "input", "block_id": "text", "label": plain("Uw antwoord"), "element": object{"type": "plain_text_input", "action_id": "x"}},
		{"type": "input", "block_id": "time", "label": plain("Uur"), "optional": true, "element": object{"type": "timepicker", "action_id": "y"}},
	}}
	trigger := values.Get("trigger_id")
	if out, _ := asks(t, s, slacktest.BotToken, "views.open", object{"trigger_id": trigger, "view": view}); out["ok"] != true {
		t.Fatalf("%v", out)
	}
	if out, _ := asks(t, s, slacktest.BotToken, "views.open", object{"trigger_id": trigger, "view": view}); out["error"] != "exchanged_trigger_id" {
		t.Errorf("a trigger opens twice: %v", out)
	}
	if p.Submits() {
		t.Error("an empty input was submitted")
	}
	if !p.Chooses("Uw antwoord", "Brussel <&>") || !p.Chooses("Uur", "08:30") || p.Chooses("Uur", "25:00") {
		t.Error("cannot be filled in")
	}
	a.answers = func(int, *http.Request, string) (int, string) {
		return http.StatusOK, `{"response_action":"errors","errors":{"text":"Te kort"}}`
	}
	p.Submits()
	settles(t, s)
	got := a.payload(t, 1)["view"].(object)["state"].(object)["values"].(object)
	if got["text"].(object)["x"].(object)["value"] != "Brussel <&>" || got["time"].(object)["y"].(object)["selected_time"] != "08:30" {
		t.Errorf("state %v", got)
	}
	if v := p.Modal(); v == nil || v.Errors["Uw antwoord"] != "Te kort" {
		t.Errorf("errors are not shown: %+v", v)
	}
	a.answers = nil
	p.Submits()
	settles(t, s)
	if p.Modal() != nil {
		t.Error("the modal is still open")
	}
	p.Shortcut("lesson")
	settles(t, s)
	late := a.payload(t, 3)["trigger_id"]
	now = now.Add(3*time.Second + 1)
	if out, _ := asks(t, s, slacktest.BotToken, "views.open", object{"trigger_id": late, "view": view}); out["error"] != "expired_trigger_id" {
		t.Errorf("an old trigger: %v", out)
	}
	if v := s.Violations(); len(v) != 2 {
		t.Errorf("violations: %q", v)
	}
}

func ExampleRead() {
	text, spans, problems := slacktest.Read("*Lisez* <https://x.be|ici> &amp; & `a*b*`")
	fmt.Println(text, spans, problems)
	// Output: Lisez ici & & a*b* [{bold Lisez } {link ici https://x.be} {code a*b* }] [a & that is neither markup nor an entity, in mrkdwn]
}
