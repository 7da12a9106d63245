package telegram_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

// TestKeepsTheWebhook: what another process or a fault did to the webhook, what
// we do when an hour has passed, and what the log says.
func TestKeepsTheWebhook(t *testing.T) {
	const ours = "https://praline.example/telegram/webhook"
	begin := time.Unix(1_800_000_000, 0)
	for _, row := range []struct {
		label string
		then  func(*telegramtest.Server)
		sets  int // more calls of setWebhook
		says  string
	}{
		{"nothing", func(*telegramtest.Server) {}, 0, ""},
		{"another took it", func(s *telegramtest.Server) { s.Takes("https://other.example/hook?key=theirs") }, 1, "went elsewhere"},
		{"another polls", func(s *telegramtest.Server) { s.Takes("") }, 1, "took the webhook away"},
		{"an error since", func(s *telegramtest.Server) {
			s.Reports(begin.Add(time.Minute), "Wrong response from the webhook: 401 "+secret)
		}, 1, "could not bring updates"},
		{"an error of before", func(s *telegramtest.Server) { s.Reports(begin.Add(-time.Minute), "Connection refused") }, 0, ""},
		{"the API is away", func(s *telegramtest.Server) { s.Fails(telegramtest.BadBridge.Of("getWebhookInfo")) }, 0, "no word"},
		{"away while it is set anew", func(s *telegramtest.Server) {
			s.Takes("")
			s.Fails(telegramtest.BadBridge.Of("setWebhook"))
		}, 2, "was not set"},
	} {
		t.Run(row.label, func(t *testing.T) {
			var mu sync.Mutex
			now := begin
			hours := make(chan time.Time)
			h := start(t, telegram.Options{
				Secret: secret, PublicURL: "https://praline.example/",
				Now: func() time.Time { mu.Lock(); defer mu.Unlock(); return now },
				Wait: func(d time.Duration) <-chan time.Time {
					if d == time.Hour {
						return hours
					}
					return time.After(time.Millisecond)
				},
			})
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan struct{})
			go func() { defer close(done); h.Keep(ctx) }()
			if !h.server.Await(func() bool { return h.server.Hook() == ours }) {
				t.Fatal("it was never set")
			}
			hours <- now // an hour in which nothing was
			if !h.server.Await(func() bool { return h.server.Calls("getWebhookInfo") == 1 }) {
				t.Fatal("nobody looked")
			}
			row.then(h.server)
			mu.Lock()
			now = now.Add(time.Hour)
			mu.Unlock()
			hours <- now
			hours <- now // the last was seen to
			if h.server.Hook() != ours {
				t.Errorf("updates go to %q", h.server.Hook())
			}
			if n := h.server.Calls("setWebhook"); n != 1+row.sets {
				t.Errorf("setWebhook was called %d times, want %d", n, 1+row.sets)
			}
			if log := h.log.String(); !strings.Contains(log, row.says) || strings.Contains(log, secret) || strings.Contains(log, "theirs") || row.says == "" && strings.Contains(log, "WARN") {
				t.Errorf("the log:\n%s", log)
			}
			cancel()
			<-done
		})
	}
}

// TestPollingTakesTheWebhookAwayAgain: somebody sets one while we poll.
func TestPollingTakesTheWebhookAwayAgain(t *testing.T) {
	h := start(t, telegram.Options{})
	h.polls()
	h.person.Says("een")
	h.event()
	h.server.Takes("https://other.example/hook")
	h.person.Says("twee")
	if e := h.event(); e.Text != "twee" {
		t.Errorf("brought %+v", e)
	}
	if h.server.Hook() != "" {
		t.Error("the webhook is still there")
	}
}

func TestLink(t *testing.T) {
	for _, row := range [][3]string{
		{"PralineBot", "", "https://t.me/PralineBot"},
		{"@PralineBot", "s-phishing", "https://t.me/PralineBot?start=s-phishing"},
		{"PralineBot", strings.Repeat("a", 64), "https://t.me/PralineBot?start=" + strings.Repeat("a", 64)},
		{"PralineBot", strings.Repeat("a", 65), "https://t.me/PralineBot"},
		{"PralineBot", "a b&c", "https://t.me/PralineBot"},
	} {
		if got := telegram.Link(row[0], row[1]); got != row[2] {
			t.Errorf("Link(%q, %q) = %q, want %q", row[0], row[1], got, row[2])
		}
	}
}
