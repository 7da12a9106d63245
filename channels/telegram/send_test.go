package telegram_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

// TestFaults: what the app answers to a message, what comes of it, and that
// saying it again shows it once.
func TestFaults(t *testing.T) {
	fault := func(status int, body string) telegramtest.Fault {
		return telegramtest.Fault{Status: status, Body: body}
	}
	long := strings.Repeat("Een zin die lang genoeg is. ", 400)
	for _, row := range []struct {
		label  string
		fault  telegramtest.Fault
		m      channels.Message
		reason channels.Reason // "" for: never learned
		after  time.Duration
		shown  int // messages, after it was said again
	}{
		{"too many", telegramtest.TooMany, channels.Message{Text: "een"}, channels.Busy, 3 * time.Second, 1},
		{"too many, without saying how long", fault(429, `{"ok":false,"error_code":429,"description":"Too Many Requests"}`), channels.Message{Text: "een"}, channels.Busy, time.Second, 1},
		{"a proxy's page", telegramtest.BadBridge, channels.Message{Text: "een"}, channels.Busy, 3 * time.Second, 1},
		{"an error of theirs", telegramtest.Internal, channels.Message{Text: "een"}, channels.Busy, 3 * time.Second, 1},
		{"a page that forbids", fault(403, "<html>no</html>"), channels.Message{Text: "een"}, channels.Gone, 0, 1},
		{"an answer cut short", telegramtest.CutShort, channels.Message{Text: "een"}, "", 0, 1},
		{"the token is wrong", fault(401, `{"ok":false,"error_code":401,"description":"Unauthorized"}`), channels.Message{Text: "een"}, channels.Busy, 3 * time.Second, 1},
		{"blocked", fault(403, `{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`), channels.Message{Text: "een"}, channels.Gone, 0, 1},
		{"never will", fault(400, `{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}`), channels.Message{Text: "een"}, channels.Invalid, 0, 1},
		{"too many, in the middle of a long text", telegramtest.TooMany.Of("sendMessage"), channels.Message{Text: long}, channels.Busy, 3 * time.Second, 3},
		{"too many, at a picture", telegramtest.TooMany.Of("sendPhoto"), channels.Message{Text: "een", Media: []channels.Media{{Path: channelstest.Picture, MIME: "image/png", Alt: "punt"}}}, channels.Busy, 3 * time.Second, 2},
		{"too many, after a picture", telegramtest.TooMany.Of("sendMessage"), channels.Message{Text: "een", Media: []channels.Media{{Path: channelstest.Picture, MIME: "image/png", Alt: "punt"}}}, channels.Busy, 3 * time.Second, 2},
		{"blocked, at a picture", fault(403, `{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`).Of("sendPhoto"), channels.Message{Text: "een", Media: []channels.Media{{Path: channelstest.Picture, MIME: "image/png", Alt: "punt"}}}, channels.Gone, 0, 2},
		{"too many, at a document", telegramtest.TooMany.Of("sendDocument"), channels.Message{Text: "een", Document: &channels.Document{Name: "a.txt", Data: []byte("a")}}, channels.Busy, 3 * time.Second, 2},
		{"a proxy's page, at a document", telegramtest.BadBridge.Of("sendDocument"), channels.Message{Text: "een", Document: &channels.Document{Name: "a.txt", Data: []byte("a")}}, channels.Busy, 3 * time.Second, 2},
	} {
		t.Run(row.label, func(t *testing.T) {
			now := time.Now()
			h := start(t, telegram.Options{Now: func() time.Time { return now }})
			h.server.Fails(row.fault)
			row.m.ID = "1"
			_, err := h.Send(context.Background(), "4242", row.m, "")
			refusal := channels.Refused(err)
			switch {
			case err == nil:
				t.Fatal("no error")
			case row.reason == "" && refusal != nil:
				t.Errorf("refused: %v", err)
			case row.reason != "" && (refusal == nil || refusal.Reason != row.reason || refusal.After != row.after):
				t.Errorf("got %#v, want %s after %s", err, row.reason, row.after)
			}
			clean(t, err)
			now = now.Add(row.after)
			receipt, err := h.Send(context.Background(), "4242", row.m, "")
			if err != nil || receipt == "" {
				t.Errorf("again: %q, %v", receipt, err)
			}
			if shown := h.person.Shown(); len(shown) != row.shown {
				t.Errorf("%d messages are shown, want %d:\n%s", len(shown), row.shown, drawn(shown))
			}
		})
	}
}

func clean(t *testing.T, err error) {
	t.Helper()
	for e := err; e != nil; e = errors.Unwrap(e) {
		if strings.Contains(e.Error(), "stand-in-token") {
			t.Errorf("the token is in the error: %v", e)
		}
	}
}

// TestTokenStaysSecret: no way of failing says it.
func TestTokenStaysSecret(t *testing.T) {
	for _, row := range []struct {
		label, api string
		transport  http.RoundTripper
	}{
		{"nobody listens", "http://127.0.0.1:1", http.DefaultTransport},
		{"an address that is none", "http://[::1", http.DefaultTransport},
		{"a scheme that is none", "telegram://api", http.DefaultTransport},
		{"percent signs", "http://127.0.0.1:1/%s%d", http.DefaultTransport},
		{"a transport that tells", "http://api.example", tells{}},
		{"an API that tells", "http://api.example", echo{}},
	} {
		a := telegram.New(telegram.Options{Token: telegramtest.Token, API: row.api, Media: channelstest.Media, HTTP: &http.Client{Transport: row.transport}})
		for _, m := range []channels.Message{
			{ID: "1", Text: "een"},
			{ID: "2", Document: &channels.Document{Name: "a", Data: []byte("a")}},
			{ID: "3", Media: []channels.Media{{Path: channelstest.Picture, MIME: "image/png"}}},
		} {
			_, err := a.Send(context.Background(), "1", m, "")
			if err == nil {
				t.Errorf("%s: no error", row.label)
			}
			clean(t, err)
		}
	}
}

type tells struct{}

func (tells) RoundTrip(r *http.Request) (*http.Response, error) {
	_ = r.Body.Close()
	return nil, errors.New("cannot reach " + r.URL.String())
}

type echo struct{}

func (echo) RoundTrip(r *http.Request) (*http.Response, error) {
	_ = r.Body.Close()
	body := `{"ok":false,"error_code":400,"description":"what is ` + r.URL.String() + `?"}`
	return &http.Response{StatusCode: 400, Body: readCloser{strings.NewReader(body)}, Request: r}, nil
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

func TestEditInPlace(t *testing.T) {
	h := start(t, telegram.Options{})
	ctx := context.Background()
	question := channels.Message{ID: "1", Text: "Ja?", Choices: answers("Ja")}
	receipt, err := h.Send(ctx, "4242", question, "")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second changes nothing: "message is not modified"
		after, err := h.Send(ctx, "4242", channels.Message{ID: "2", Replaces: "1", Text: "Juist."}, receipt)
		if err != nil || after != receipt {
			t.Errorf("got %q, %v, want the same message", after, err)
		}
	}
	if shown := h.person.Shown(); len(shown) != 1 || shown[0].Text != "Juist." || shown[0].Buttons != nil {
		t.Errorf("shown: %s", drawn(shown))
	}
	h.person.Deletes(1)
	if after, err := h.Send(ctx, "4242", channels.Message{ID: "3", Replaces: "2", Text: "Anders."}, receipt); err != nil || after == receipt {
		t.Errorf("the message is not there any more: got %q, %v", after, err)
	}
	if shown := h.person.Shown(); len(shown) != 1 || shown[0].Text != "Anders." {
		t.Errorf("shown: %s", drawn(shown))
	}
}

func TestRetireIsBestEffort(t *testing.T) {
	h := start(t, telegram.Options{})
	retire := channels.Message{ID: "2", Replaces: "1", Retire: true}
	h.server.Fails(telegramtest.Fault{Method: "editMessageReplyMarkup", Status: 400, Body: `{"ok":false,"error_code":400,"description":"Bad Request: MESSAGE_ID_INVALID"}`})
	if _, err := h.Send(context.Background(), "4242", retire, "1"); err != nil {
		t.Errorf("what only looks nice failed: %v", err)
	}
	h.server.Fails(telegramtest.TooMany)
	if _, err := h.Send(context.Background(), "4242", retire, "1"); channels.Refused(err) == nil {
		t.Error("a busy app is asked again")
	}
}

func TestGone(t *testing.T) {
	h := start(t, telegram.Options{})
	for label, leave := range map[string]func() string{
		"blocked":     func() string { h.person.Blocks(); return "4242" },
		"deactivated": func() string { p := h.server.Person(5, "fr"); p.Vanishes(); return "5" },
		"not there":   func() string { return "999" },
		"no number":   func() string { return "elsewhere" },
	} {
		_, err := h.Send(context.Background(), leave(), channels.Message{ID: label, Text: "Dag."}, "")
		if r := channels.Refused(err); r == nil || r.Reason != channels.Gone {
			t.Errorf("%s: %v", label, err)
		}
	}
	h.person.Unblocks()
	if _, err := h.Send(context.Background(), "4242", channels.Message{ID: "1", Text: "Dag."}, ""); err != nil {
		t.Error("back again:", err)
	}
}

// TestAddressesOfButtons: the world's are buttons, others stand in the text.
func TestAddressesOfButtons(t *testing.T) {
	h := start(t, telegram.Options{})
	_, err := h.Send(context.Background(), "4242", channels.Message{ID: "1", Text: "Kijk.", Choices: []channels.Choice{
		{Label: "Webpagina", URL: "https://praline.example/chat"},
		{Label: "Hier", URL: "http://127.0.0.1:8080/chat"},
		{Label: "Ook hier", URL: "http://localhost:8080/chat"},
		{Label: "Nergens", URL: "javascript:alert(1)"},
	}}, "")
	if err != nil {
		t.Fatal(err)
	}
	shown := h.person.Shown()[0]
	if len(shown.Buttons) != 1 || shown.Buttons[0][0].URL != "https://praline.example/chat" || !strings.Contains(shown.Text, "Hier http://127.0.0.1:8080/chat") {
		t.Errorf("shown: %s", drawn(h.person.Shown()))
	}
}

// TestManyChoices: more than a keyboard holds are written out with their numbers.
func TestManyChoices(t *testing.T) {
	h := start(t, telegram.Options{})
	var labels []string
	for range 130 {
		labels = append(labels, "kort")
	}
	if _, err := h.Send(context.Background(), "4242", channels.Message{ID: "1", Text: "Welke?", Choices: answers(labels...)}, ""); err != nil {
		t.Fatal(err)
	}
	if text := h.person.Shown()[0].Text; !strings.Contains(text, "130. kort") {
		t.Error("the last is not written out")
	}
}

// TestALostAnswerIsSaidAgain: rather twice than never.
func TestALostAnswerIsSaidAgain(t *testing.T) {
	h := start(t, telegram.Options{})
	h.server.Fails(telegramtest.Lost)
	m := channels.Message{ID: "1", Text: "een"}
	if _, err := h.Send(context.Background(), "4242", m, ""); err == nil {
		t.Error("no error")
	}
	if _, err := h.Send(context.Background(), "4242", m, ""); err != nil {
		t.Error(err)
	}
	if n := len(h.person.Shown()); n != 2 {
		t.Errorf("shown %d times", n)
	}
}

// TestMarkupIsNotTaken: the words are said without it, and in the log stands that.
func TestMarkupIsNotTaken(t *testing.T) {
	fault := telegramtest.Fault{Status: 400, Body: `{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""}`}
	for _, row := range []struct{ label, method, replaced string }{
		{"said", "sendMessage", ""},
		{"in the place of another", "editMessageText", "1"},
	} {
		t.Run(row.label, func(t *testing.T) {
			h := start(t, telegram.Options{})
			ctx := context.Background()
			if _, err := h.Send(ctx, "4242", channels.Message{ID: "1", Text: "vroeger"}, ""); err != nil {
				t.Fatal(err)
			}
			h.server.Fails(fault.Of(row.method))
			receipt, err := h.Send(ctx, "4242", channels.Message{ID: "2", Text: "**Een** & *twee*", Choices: answers("Ja")}, row.replaced)
			if err != nil || receipt == "" {
				t.Fatalf("got %q, %v", receipt, err)
			}
			shown := h.person.Shown()
			if last := shown[len(shown)-1]; last.Text != "Een & twee" || len(last.Buttons) != 1 {
				t.Errorf("shown: %s", drawn(shown))
			}
			if !strings.Contains(h.log.String(), "said without") {
				t.Errorf("nothing was said of it:\n%s", h.log)
			}
		})
	}
}

// TestCaptions: a picture's words, as far as a caption holds; one that cannot be
// sent leaves its words.
func TestCaptions(t *testing.T) {
	for _, row := range []struct {
		label, alt, path, want string
	}{
		{"short", "Een mail & een logo", channelstest.Picture, "Een mail & een logo"},
		{"as long as fits", strings.Repeat("x", 1024), channelstest.Picture, strings.Repeat("x", 1024)},
		{"longer", strings.Repeat("x", 1025), channelstest.Picture, strings.Repeat("x", 1023) + "…"},
		{"longer, in two units", strings.Repeat("🍫", 600), channelstest.Picture, strings.Repeat("🍫", 511) + "…"},
		{"none", "", channelstest.Picture, ""},
		{"no picture", "Een mail", "not/there.png", ""},
	} {
		t.Run(row.label, func(t *testing.T) {
			h := start(t, telegram.Options{})
			m := channels.Message{ID: "1", Text: "Kijk.", Media: []channels.Media{{Path: row.path, MIME: "image/png", Alt: row.alt}}}
			if _, err := h.Send(context.Background(), "4242", m, ""); err != nil {
				t.Fatal(err)
			}
			first := h.person.Shown()[0]
			if first.Caption != row.want || row.path != channelstest.Picture && first.Text != row.alt {
				t.Errorf("shown: %q, %q", first.Caption, first.Text)
			}
		})
	}
}
