package telegram_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/channels"
	"praline/channels/telegram"
)

const secret = "a-secret_of-the-webhook"

func (h *harness) webhook() http.Handler { return h.Routes(h.handle)["/telegram/webhook"] }

// post brings a body as Telegram does.
func (h *harness) post(body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/telegram/webhook", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	w := httptest.NewRecorder()
	h.webhook().ServeHTTP(w, r)
	return w
}

func arrived(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "arrived", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestArrived: what came in, and what the bot is told; nothing is "".
func TestArrived(t *testing.T) {
	from := func(id string, e channels.Event) channels.Event {
		e.Channel, e.Conversation, e.User, e.Name, e.Languages, e.ID = "telegram", "4242", "4242", "Example", []string{"nl"}, "tg-"+id
		return e
	}
	at := time.Unix(1795600800, 0).UTC()
	rows := map[string]channels.Event{
		"text":                     from("700001", channels.Event{Kind: channels.Said, Text: "half negen, elke werkdag", At: at}),
		"text-emoji":               from("700002", channels.Event{Kind: channels.Said, Text: "Être là à 9\u202fh 👩‍👧 <b> & *x*", At: at}),
		"start":                    from("700003", channels.Event{Kind: channels.Came, At: at}),
		"start-deep-link":          from("700004", channels.Event{Kind: channels.Came, Payload: "team_FIN-2026", At: at}),
		"start-typed":              from("700005", channels.Event{Kind: channels.Came, At: at}),
		"command":                  from("700006", channels.Event{Kind: channels.Said, Text: "/pause jusqu'au 4 mai", At: at}),
		"edited":                   from("700007", channels.Event{Kind: channels.Edited, Text: "half tien", At: at}),
		"edited-caption":           {},
		"live-location":            {},
		"sticker":                  from("700010", channels.Event{Kind: channels.Sent, At: at}),
		"photo":                    from("700011", channels.Event{Kind: channels.Sent, At: at}),
		"voice":                    from("700012", channels.Event{Kind: channels.Sent, At: at}),
		"callback":                 from("700013", channels.Event{Kind: channels.Pressed, Value: "answer.2s.0", Message: "57"}),
		"callback-old-message":     from("700014", channels.Event{Kind: channels.Pressed, Value: "on.2s", Message: "12"}),
		"callback-inline":          {},
		"blocked":                  from("700016", channels.Event{Kind: channels.Blocked}),
		"unblocked":                {}, // the app says /start for them
		"group":                    {},
		"group-joined":             {},
		"channel-post":             {},
		"business":                 {},
		"unknown-kind":             {},
		"pinned":                   {},
		"auto-delete":              {},
		"wrong-type":               {},
		"unknown-content":          from("700026", channels.Event{Kind: channels.Sent, At: at}),
		"other-bot":                {},
		"form-submit":              from("700028", channels.Event{Kind: channels.Formed, Value: "answer.2t", Message: "58", Fields: map[string][]string{"choices": {"0", "2"}}}),
		"form-forged":              from("700029", channels.Event{Kind: channels.Pressed, Message: "58"}),
		"poll-answer":              from("700031", channels.Event{Kind: channels.Pressed, Value: channels.Place(2), Message: "poll-5400000000000000057"}),
		"poll-answer-taken-back":   {},
		"poll-answer-of-a-channel": {},
		"poll":                     {},
		"forwarded":                {},
		"forwarded-edited":         {},
		"via-bot":                  {},
		"story":                    {},
		"write-access":             {},
		"gift":                     {},
		"business-connection":      {},
		"callback-business":        {},
		"migrated":                 {},
		"poll-sent":                from("700044", channels.Event{Kind: channels.Sent, At: at}),
		"reply":                    from("700045", channels.Event{Kind: channels.Said, Text: "45", At: at}),
		"big-id": {
			Kind: channels.Said, Channel: "telegram", Conversation: "7999999999999", User: "7999999999999", Name: "Example",
			Text: "ok", ID: "tg-700030", At: at,
		},
	}
	files, err := filepath.Glob("testdata/arrived/*.json")
	if err != nil || len(files) != len(rows) {
		t.Fatalf("%d files and %d rows (%v)", len(files), len(rows), err)
	}
	for name, want := range rows {
		t.Run(name, func(t *testing.T) {
			h := start(t, telegram.Options{Secret: secret})
			if w := h.post(arrived(t, name)); w.Code != http.StatusOK {
				t.Errorf("answered %d", w.Code)
			}
			var got channels.Event
			if len(h.seen) > 0 {
				got = h.seen[0]
			}
			if diff := cmp.Diff(want, got); diff != "" || len(h.seen) > 1 {
				t.Errorf("%d events, the first differs (-want +got):\n%s", len(h.seen), diff)
			}
			if pressed := strings.Contains(arrived(t, name), `"callback_query"`); pressed != (h.server.Calls("answerCallbackQuery") == 1) {
				t.Errorf("answerCallbackQuery was called %d times", h.server.Calls("answerCallbackQuery"))
			}
		})
	}
}

// FuzzUpdate: whatever comes, nobody panics and the webhook answers.
func FuzzUpdate(f *testing.F) {
	files, _ := filepath.Glob("testdata/arrived/*.json")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	a := telegram.New(telegram.Options{Secret: secret, HTTP: &http.Client{Transport: nobody{}}})
	f.Fuzz(func(t *testing.T, body string) {
		h := &harness{Adapter: a, t: t, brings: make(chan channels.Event, 9)}
		if w := h.post(body); w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
			t.Errorf("answered %d", w.Code)
		}
	})
}

// nobody is a network on which nothing answers.
type nobody struct{}

func (nobody) RoundTrip(*http.Request) (*http.Response, error) { return nil, http.ErrServerClosed }
