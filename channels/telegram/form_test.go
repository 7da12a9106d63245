package telegram_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"praline/channels"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

// table is a form with a keyboard of fields × options buttons.
func table(fields, options int) *channels.Form {
	f := &channels.Form{Value: "v", Submit: "Klaar"}
	for i := range fields {
		field := channels.Field{Name: fmt.Sprint("pair", i), Label: "?", Kind: channels.ChoiceField}
		for o := range options {
			field.Options = append(field.Options, channels.Option{Value: fmt.Sprint(o), Label: "!"})
		}
		f.Fields = append(f.Fields, field)
	}
	return f
}

// TestForgedPress: a button's data is what somebody sends, whatever the keyboard is.
func TestForgedPress(t *testing.T) {
	for _, data := range []string{"~o~v", "~p0~v", "~m0~v", "~p-~v", "~o0123456789~v", "~mffffffffffffffff~v", "~p" + strings.Repeat("0", 49) + "~v", "~x~v", "~~v", "~"} {
		t.Run(data, func(t *testing.T) {
			h := start(t, telegram.Options{})
			receipt, err := h.Send(context.Background(), "4242", channels.Message{ID: "1", Text: "?", Form: table(7, 7)}, "")
			if err != nil {
				t.Fatal(err)
			}
			var id int
			_, _ = fmt.Sscan(receipt, &id)
			h.polls()
			h.person.PressesData(id, data)
			h.confirmed()
			if shown := h.person.Shown()[0]; shown.Edits > 0 && strings.HasPrefix(data, "~o") {
				t.Errorf("the keyboard became another: %+v", shown.Buttons)
			}
			h.person.Says("nog")
			for h.event().Text != "nog" {
			}
		})
	}
}

// FuzzPress: whatever is pressed on whatever keyboard, nothing falls over and
// nothing is edited into what the API would refuse.
func FuzzPress(f *testing.F) {
	f.Add("~o~v", "~p0~v", 49)
	f.Add("~p0~v", "~p0~v", 49)
	f.Add("~m1~v", "~M0~v", 70)
	f.Add("~o01~v", "~O~v", 5)
	f.Add("~pzz~v", "~P--~v", 4)
	f.Fuzz(func(t *testing.T, data, on string, buttons int) {
		var rows [][]telegramtest.Button
		for range min(max(buttons, 0), 200) {
			rows = append(rows, []telegramtest.Button{{Text: "b", Data: on}})
		}
		update := map[string]any{"update_id": 1, "callback_query": map[string]any{
			"id": "q", "from": map[string]any{"id": 4242}, "data": data,
			"message": map[string]any{
				"message_id": 7, "date": 1, "chat": map[string]any{"id": 4242, "type": "private"},
				"reply_markup": map[string]any{"inline_keyboard": rows},
			},
		}}
		body, err := json.Marshal(update)
		if err != nil || len(body) > 1<<20 { // more than the webhook reads
			t.Skip()
		}
		a := telegram.New(telegram.Options{Token: telegramtest.Token, API: "http://api.example", Secret: secret, HTTP: &http.Client{Transport: agrees{}}})
		r := httptest.NewRequest(http.MethodPost, "/telegram/webhook", strings.NewReader(string(body)))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		w := httptest.NewRecorder()
		a.Routes(func(context.Context, channels.Event) ([]channels.Message, error) { return nil, nil })["/telegram/webhook"].ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("answered %d", w.Code)
		}
	})
}

// agrees is an API that takes all.
type agrees struct{}

func (agrees) RoundTrip(r *http.Request) (*http.Response, error) {
	_, _ = io.Copy(io.Discard, r.Body)
	_ = r.Body.Close()
	return &http.Response{StatusCode: http.StatusOK, Body: readCloser{strings.NewReader(`{"ok":true,"result":true}`)}, Request: r}, nil
}

// TestTooManyPresses: a conversation in which the API asks for silence has it,
// from keyboards and messages, and each press is followed all the same.
func TestTooManyPresses(t *testing.T) {
	for _, method := range []string{"editMessageReplyMarkup", "answerCallbackQuery"} {
		t.Run(method, func(t *testing.T) {
			now := time.Unix(1_800_000_000, 0)
			clock := make(chan time.Time, 1)
			clock <- now
			spent := make(chan string, 10)
			h := start(t, telegram.Options{
				Now:   func() time.Time { at := <-clock; clock <- at; return at },
				Spend: func(conversation string) { spent <- conversation },
			})
			if _, err := h.Send(context.Background(), "4242", channels.Message{ID: "1", Text: "?", Form: table(2, 2)}, ""); err != nil {
				t.Fatal(err)
			}
			h.server.Fails(telegramtest.TooMany.Of(method))
			h.polls()
			press := func(label string) {
				t.Helper()
				h.person.Presses(label)
				h.confirmed()
			}
			press("1a")
			edits := h.server.Calls("editMessageReplyMarkup")
			press("1b")
			if n := h.server.Calls("editMessageReplyMarkup"); n != edits {
				t.Error("a keyboard grew in the silence")
			}
			if n := h.server.Calls("answerCallbackQuery"); n != 2 {
				t.Errorf("%d presses were followed, want both", n)
			}
			_, err := h.Send(context.Background(), "4242", channels.Message{ID: "2", Text: "nu"}, "")
			if r := channels.Refused(err); r == nil || r.Reason != channels.Busy || r.After != 3*time.Second {
				t.Errorf("a message in the silence: %v", err)
			}
			if _, err := h.Send(context.Background(), "77", channels.Message{ID: "2", Text: "nu"}, ""); channels.Refused(err) != nil && channels.Refused(err).Reason == channels.Busy {
				t.Errorf("another conversation is silent too: %v", err)
			}
			<-clock
			clock <- now.Add(3 * time.Second)
			press("2a")
			if n := h.server.Calls("editMessageReplyMarkup"); n != edits+1 {
				t.Errorf("%d edits after the silence, want %d", n, edits+1)
			}
			if n := len(spent); n != edits+1 || <-spent != "4242" {
				t.Errorf("%d edits were taken note of, want %d", n, edits+1)
			}
			h.server.AnswerAll()
		})
	}
}
