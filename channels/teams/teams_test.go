package teams_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/inbound"
	"praline/channels/teams"
	"praline/channels/teams/teamstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// harness is an adapter, the stand-in, one person, and what was brought.
type harness struct {
	*teams.Adapter
	t       *testing.T
	server  *teamstest.Server
	person  *teamstest.Person
	address string // of the bot, "127.0.0.1:8080"
	log     *channelstest.Log
	clock   *clock
	brings  chan channels.Event

	mu      sync.Mutex
	answers []channels.Message
	fails   error
	waits   chan struct{} // that handle waits for
	seen    []channels.Event
	refused []inbound.Why
}

// start connects an adapter to a stand-in. Whatever the test did, nothing was
// asked of Teams that it would refuse, and neither secret nor token stands in a
// log line.
func start(t *testing.T, change func(*teams.Options)) *harness {
	t.Helper()
	server := teamstest.Start(t)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	h := &harness{t: t, server: server, log: &channelstest.Log{}, clock: &clock{}, brings: make(chan channels.Event, 1000)}
	server.Clock(h.clock.now)
	options := teams.Options{
		AppID: teamstest.AppID, AppPassword: teamstest.AppPassword, TenantID: teamstest.TenantID,
		LoginURL: server.LoginURL(), OpenIDURL: server.OpenIDURL(), Media: channelstest.Media,
		HTTP: &http.Client{Transport: transport, Timeout: 10 * time.Second}, Now: h.clock.now,
		Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Door: &inbound.Door{Channel: teams.Name, Count: func(_ string, why inbound.Why) {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.refused = append(h.refused, why)
		}},
	}
	if change != nil {
		change(&options)
	}
	h.Adapter = teams.New(options)
	mux := http.NewServeMux()
	for pattern, route := range h.Routes(h.handle) {
		mux.Handle(pattern, route)
	}
	bot := httptest.NewServer(mux)
	t.Cleanup(bot.Close)
	h.address = strings.TrimPrefix(bot.URL, "http://")
	server.Posts(bot.URL + "/api/messages")
	h.person = server.Person("ann", "nl-BE")
	t.Cleanup(func() {
		for _, v := range server.Violations() {
			t.Error("Teams would refuse:", v)
		}
		for _, secret := range []string{teamstest.AppPassword, "stand-in-token", "Bearer", "eyJ"} {
			if strings.Contains(h.log.String(), secret) {
				t.Errorf("%q is in the log:\n%s", secret, h.log.String())
			}
		}
	})
	return h
}

// handle notes an event and answers what the test said.
func (h *harness) handle(ctx context.Context, e channels.Event) ([]channels.Message, error) {
	h.mu.Lock()
	answers, err, waits := h.answers, h.fails, h.waits
	h.mu.Unlock()
	if waits != nil {
		select {
		case <-waits:
		case <-ctx.Done():
		}
	}
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen = append(h.seen, e)
	h.brings <- e
	return answers, nil
}

// event is the next that was brought.
func (h *harness) event() channels.Event {
	h.t.Helper()
	select {
	case e := <-h.brings:
		return e
	case <-time.After(10 * time.Second):
		h.t.Fatal("no event was brought\n" + h.log.String())
		return channels.Event{}
	}
}

func (h *harness) events() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.seen)
}

// comes has the person install the bot, and returns their conversation.
func (h *harness) comes() string {
	h.t.Helper()
	if out := h.person.Installs(); !out.Taken() {
		h.t.Fatalf("the installation was answered %d\n%s", out.Status, h.log.String())
	}
	return h.event().Conversation
}

// says sends a message and returns its receipt.
func (h *harness) says(conversation string, m channels.Message, replaced string) string {
	h.t.Helper()
	receipt, err := h.Send(h.t.Context(), conversation, m, replaced)
	if err != nil {
		h.t.Fatalf("message %s was not taken: %v", m.ID, err)
	}
	return receipt
}

// clock is the wall's, moved by the test.
type clock struct {
	mu    sync.Mutex
	moved time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.moved)
}

func (c *clock) moves(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moved += by
}

// TestRates: what Limits lets pass is within each limit that Teams states.
func TestRates(t *testing.T) {
	l := teams.New(teams.Options{}).Limits()
	for _, row := range []struct {
		label   string
		rate    channels.Rate
		seconds float64
		most    int
	}{
		{"a conversation, 7 in a second", l.Conversation, 1, 7},
		{"a conversation, 8 in 2 seconds", l.Conversation, 2, 8},
		{"a conversation, 60 in 30 seconds", l.Conversation, 30, 60},
		{"a conversation, 1,800 in an hour", l.Steady, 3600, 1800},
		{"an app, 50 in a second", l.App, 1, 50},
	} {
		if pass := int(float64(row.rate.Burst) + row.seconds*row.rate.PerSecond); pass > row.most || pass < row.most*3/10 {
			t.Errorf("%s: %d pass", row.label, pass)
		}
	}
}
