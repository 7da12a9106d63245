package telegramtest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"praline/channels/telegram/telegramtest"
)

// TestLimits: what fits is taken; one more is refused, and remembered.
func TestLimits(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	button := func(data string) string {
		return `{"inline_keyboard":[[{"text":"x","callback_data":"` + data + `"}]]}`
	}
	rows := func(n, each int) string {
		row := "[" + strings.TrimSuffix(strings.Repeat(`{"text":"x","callback_data":"x"},`, each), ",") + "]"
		return `{"inline_keyboard":[` + strings.TrimSuffix(strings.Repeat(row+",", n), ",") + `]}`
	}
	options := func(n, length int) string {
		var all []map[string]string
		for i := range n {
			all = append(all, map[string]string{"text": string(rune('a'+i)) + x(length-1)})
		}
		encoded, _ := json.Marshal(all)
		return string(encoded)
	}
	poll := func(pairs ...string) []string {
		return append([]string{
			"question", "?", "options", options(2, 3), "type", "quiz", "is_anonymous", "false",
			"correct_option_id", "0", "correct_option_ids", "[0]",
		}, pairs...)
	}
	commands := func(name, description string) string {
		return `[{"command":"` + name + `","description":"` + description + `"}]`
	}
	for _, row := range []struct {
		label, method string
		fits, exceeds []string
	}{
		{"a text", "sendMessage", []string{"text", x(4096)}, []string{"text", x(4097)}},
		{"a text in UTF-16", "sendMessage", []string{"text", strings.Repeat("🍫", 2048)}, []string{"text", strings.Repeat("🍫", 2049)}},
		{"a text after its entities", "sendMessage", []string{"text", "<b>" + x(4096) + "</b>", "parse_mode", "HTML"}, []string{"text", "<b>" + x(4097) + "</b>", "parse_mode", "HTML"}},
		{"an empty text", "sendMessage", []string{"text", "x"}, []string{"text", " "}},
		{"a caption", "sendPhoto", []string{"photo", "https://example.org/a.png", "caption", x(1024)}, []string{"photo", "https://example.org/a.png", "caption", x(1025)}},
		{"callback data in bytes", "sendMessage", []string{"text", "x", "reply_markup", button(x(62) + "é")}, []string{"text", "x", "reply_markup", button(x(63) + "é")}},
		{"buttons of a row", "sendMessage", []string{"text", "x", "reply_markup", rows(1, 8)}, []string{"text", "x", "reply_markup", rows(1, 9)}},
		{"buttons", "sendMessage", []string{"text", "x", "reply_markup", rows(20, 5)}, []string{"text", "x", "reply_markup", rows(21, 5)}},
		{"a poll's question", "sendPoll", poll("question", x(300)), poll("question", x(301))},
		{"a poll's options", "sendPoll", poll("options", options(12, 3)), poll("options", options(13, 3))},
		{"a quiz's options", "sendPoll", poll("options", options(2, 3)), poll("options", options(1, 3))},
		{"a poll's option", "sendPoll", poll("options", options(2, 100)), poll("options", options(2, 101))},
		{"an explanation", "sendPoll", poll("explanation", x(200)), poll("explanation", x(201))},
		{"line feeds of an explanation", "sendPoll", poll("explanation", "a\nb\nc"), poll("explanation", "a\nb\nc\nd")},
		{"the right option", "sendPoll", poll("correct_option_id", "1", "correct_option_ids", "[1]"), poll("correct_option_id", "2", "correct_option_ids", "[2]")},
		{"a command's name", "setMyCommands", []string{"commands", commands(x(32), "x")}, []string{"commands", commands(x(33), "x")}},
		{"a command's letters", "setMyCommands", []string{"commands", commands("a_1", "x")}, []string{"commands", commands("A-1", "x")}},
		{"a command's description", "setMyCommands", []string{"commands", commands("x", x(256))}, []string{"commands", commands("x", x(257))}},
		{"a description", "setMyDescription", []string{"description", x(512)}, []string{"description", x(513)}},
		{"a short description", "setMyShortDescription", []string{"short_description", x(120)}, []string{"short_description", x(121)}},
		{"a webhook's secret", "setWebhook", []string{"url", "https://127.0.0.1:1/", "secret_token", x(256)}, []string{"url", "https://127.0.0.1:1/", "secret_token", x(257)}},
		{"a webhook's scheme", "setWebhook", []string{"url", "https://127.0.0.1:1/"}, []string{"url", "http://other.example/"}},
		{"who is left", "leaveChat", []string{"chat_id", "-5"}, []string{"chat_id", "42"}},
	} {
		t.Run(row.label, func(t *testing.T) {
			s := telegramtest.Start(t)
			s.Person(42, "fr")
			s.Group(-5, "group").Adds(s.Person(42, "fr"))
			if status := call(t, s, row.method, row.fits...); status != http.StatusOK || len(s.Violations()) > 0 {
				t.Errorf("what fits: %d, %q", status, s.Violations())
			}
			if status := call(t, s, row.method, row.exceeds...); status != http.StatusBadRequest || len(s.Violations()) != 1 {
				t.Errorf("one more: %d, %q", status, s.Violations())
			}
		})
	}
}

// TestPaces: how many messages pass, and when the next one does.
func TestPaces(t *testing.T) {
	for _, row := range []struct {
		label string
		chat  func(i int) string
		pass  int
		after time.Duration // one more passes
	}{
		{"one conversation", func(int) string { return "42" }, 3, time.Second},
		{"all conversations", func(i int) string {
			return []string{"42", "43", "44", "45", "46", "47", "48", "49", "50", "51", "52"}[i%11]
		}, 30, time.Second},
		{"a group", func(int) string { return "-5" }, 20, time.Minute},
	} {
		t.Run(row.label, func(t *testing.T) {
			s := telegramtest.Start(t)
			for id := range int64(11) {
				s.Person(42+id, "fr")
			}
			s.Group(-5, "group").Adds(s.Person(42, "fr"))
			now := time.Unix(1_800_000_000, 0)
			s.Paces(func() time.Time { return now })
			for i := range row.pass {
				if status := call(t, s, "sendMessage", "text", "x", "chat_id", row.chat(i)); status != http.StatusOK {
					t.Fatalf("message %d: %d", i+1, status)
				}
			}
			more := func() int { return call(t, s, "sendMessage", "text", "x", "chat_id", row.chat(row.pass)) }
			if status := more(); status != http.StatusTooManyRequests || s.Floods() != 1 {
				t.Errorf("one more: %d, %d floods", status, s.Floods())
			}
			now = now.Add(row.after - time.Millisecond)
			if status := more(); status != http.StatusTooManyRequests {
				t.Errorf("a little early: %d", status)
			}
			now = now.Add(time.Millisecond)
			if status := more(); status != http.StatusOK {
				t.Errorf("in time: %d", status)
			}
		})
	}
}

// call makes one call to the conversation 42, unless another is named; later
// pairs take the place of earlier ones.
func call(t *testing.T, s *telegramtest.Server, method string, pairs ...string) (status int) {
	t.Helper()
	form := url.Values{"chat_id": {"42"}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.PostForm(s.URL+"/bot"+telegramtest.Token+"/"+method, form)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}
