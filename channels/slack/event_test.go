package slack_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/channels"
	"praline/channels/slack"
)

// request is what a payload of testdata/arrived is in HTTP.
func request(name, raw string) (path, kind, body string) {
	switch what, _, _ := strings.Cut(name, "."); what {
	case "interaction":
		return "/slack/interactions", "application/x-www-form-urlencoded", url.Values{"payload": {raw}}.Encode()
	case "command":
		var fields map[string]string
		_ = json.Unmarshal([]byte(raw), &fields)
		values := url.Values{}
		for k, v := range fields {
			values.Set(k, v)
		}
		return "/slack/commands", "application/x-www-form-urlencoded", values.Encode()
	}
	return "/slack/events", "application/json", raw
}

func arrived(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "arrived", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// post brings a body as Slack does, rightly signed.
func (h *harness) post(path, kind, body string, more ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header = h.server.Signed(kind, body)
	for i := 0; i+1 < len(more); i += 2 {
		r.Header.Set(more[i], more[i+1])
	}
	w := httptest.NewRecorder()
	h.Routes(h.handle)[path].ServeHTTP(w, r)
	return w
}

// TestArrived: what came in, and what the bot is told; nothing is "".
func TestArrived(t *testing.T) {
	at := time.Date(2026, 11, 25, 10, 0, 0, 100_000, time.UTC)
	from := func(id string, e channels.Event) channels.Event {
		e.Channel, e.User, e.Languages, e.Zone, e.ID = "slack", "U0EXAMPLE", []string{"nl-NL"}, "Europe/Brussels", id
		e.Conversation = "T0FIRST/D0EXAMPLET0FIRST"
		return e
	}
	const any = "…" // an id of our own
	organisation := from("Ev0000000014", channels.Event{Kind: channels.Said, Text: "leçon", At: at})
	organisation.Conversation, organisation.Languages, organisation.Zone = "E0EXAMPLE/D0EXAMPLET0FIRST", []string{"nl-NL"}, "Europe/Brussels"
	pressed := "1795600801.000300"
	rows := map[string]channels.Event{
		"event.message": from("Ev0000000001", channels.Event{Kind: channels.Said, Text: "half negen, elke werkdag", At: at}),
		"event.message-entities": from("Ev0000000002", channels.Event{
			Kind: channels.Said, At: at,
			Text: "a < b &amp; safeonweb.be suspect@safeonweb.be https://example.be/x?a=1&b=2 @U0OTHER #algemeen @here *vet*",
		}),
		"event.message-thread":         from("Ev0000000003", channels.Event{Kind: channels.Said, Text: "leçon", At: at}),
		"event.message-file":           from("Ev0000000004", channels.Event{Kind: channels.Sent, At: at}),
		"event.message-empty":          from("Ev0000000005", channels.Event{Kind: channels.Sent, At: at}),
		"event.message-changed":        from("Ev0000000006", channels.Event{Kind: channels.Edited, Text: "half tien", At: at.Add(time.Minute + 100*time.Microsecond)}),
		"event.message-unfolded":       {},
		"event.message-changed-by-bot": {},
		"event.message-deleted":        {},
		"event.message-of-bot":         {},
		"event.message-of-slackbot":    {},
		"event.message-in-channel":     {},
		"event.message-in-group":       {},
		"event.message-organisation":   organisation,
		"event.opened-messages":        from("Ev0000000015", channels.Event{Kind: channels.Came}),
		"event.opened-home":            {},
		"event.tokens-of-users":        {},
		"event.unknown":                {},
		"event.wrong-type":             {},
		"interaction.press":            from(any, channels.Event{Kind: channels.Pressed, Value: "answer.2s.0", Message: pressed}),
		"interaction.link":             {},
		"interaction.box":              {},
		"interaction.menu":             {},
		"interaction.submit": from(any, channels.Event{
			Kind: channels.Formed, Value: "answer.2t", Message: pressed,
			Fields: map[string][]string{"choices": {"0", "10"}, "pair0": {"2"}, "time": {"08:30"}},
		}),
		"interaction.carried-elsewhere":    {},
		"interaction.foreign-button":       {},
		"interaction.press-home":           from(any, channels.Event{Kind: channels.Pressed, Value: "do.pause"}),
		"interaction.submit-home":          from(any, channels.Event{Kind: channels.Formed, Value: "times.add", Fields: map[string][]string{"time": {"09:15"}}}),
		"interaction.press-home-elsewhere": {},
		"interaction.window":               from(any, channels.Event{Kind: channels.Formed, Value: "answer.2u", Message: pressed, Fields: map[string][]string{"text": {"Bruxelles <&>"}}}),
		"interaction.window-foreign":       {},
		"interaction.window-elsewhere":     {},
		"interaction.window-closed":        {},
		"interaction.shortcut":             from(any, channels.Event{Kind: channels.Said, Text: "lesson"}),
		"interaction.message-shortcut":     from(any, channels.Event{Kind: channels.Said, Text: "lesson"}),
		"interaction.shortcut-foreign":     {},
		"interaction.unknown":              {},
		"command.words":                    from(any, channels.Event{Kind: channels.Said, Text: "pause tot 4 mei & later"}),
		"command.empty":                    from(any, channels.Event{Kind: channels.Said, Text: "help"}),
		"command.in-channel":               from(any, channels.Event{Kind: channels.Said, Text: "leçon"}),
	}
	files, err := filepath.Glob("testdata/arrived/*.json")
	if err != nil || len(files) != len(rows) {
		t.Fatalf("%d files and %d rows (%v)", len(files), len(rows), err)
	}
	for name, want := range rows {
		t.Run(name, func(t *testing.T) {
			h := start(t, slack.Options{})
			path, kind, body := request(name, arrived(t, name))
			for range 2 { // it comes again: the same event
				if w := h.post(path, kind, body); w.Code != http.StatusOK {
					t.Errorf("answered %d", w.Code)
				}
			}
			seen := h.handed()
			var got channels.Event
			if len(seen) > 0 {
				got = seen[0]
				if want.ID == any && strings.HasPrefix(got.ID, "slk-") && len(got.ID) <= 24 {
					want.ID = got.ID
				}
			}
			for _, e := range seen {
				if diff := cmp.Diff(want, e); diff != "" {
					t.Errorf("the event differs (-want +got):\n%s", diff)
				}
			}
			if len(seen) == 0 && want.Kind != "" || len(seen) > 2 {
				t.Errorf("%d events", len(seen))
			}
		})
	}
}

// FuzzArrived: whatever comes, nobody panics and the webhook answers.
func FuzzArrived(f *testing.F) {
	files, _ := filepath.Glob("testdata/arrived/*.json")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		path, _, body := request(name, arrived(f, name))
		f.Add(path, body)
	}
	f.Fuzz(func(t *testing.T, path, body string) {
		kind := "application/x-www-form-urlencoded"
		switch path {
		case "/slack/events":
			kind = "application/json"
		case "/slack/commands", "/slack/interactions":
		default:
			return
		}
		a := slack.New(slack.Options{SigningSecret: "s", API: "http://127.0.0.1:1/", HTTP: &http.Client{Transport: nobody{}}})
		defer a.Close()
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header = signed("s", time.Now(), kind, body)
		w := httptest.NewRecorder()
		h := &harness{Adapter: a, brings: make(chan channels.Event, 9)}
		a.Routes(h.handle)[path].ServeHTTP(w, r)
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest && w.Code != http.StatusServiceUnavailable {
			t.Errorf("answered %d", w.Code)
		}
	})
}

// nobody is a network on which nothing answers.
type nobody struct{}

func (nobody) RoundTrip(*http.Request) (*http.Response, error) { return nil, http.ErrServerClosed }
