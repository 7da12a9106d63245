package slack_test

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
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// harness is an adapter, the stand-in, one person, and what was brought.
type harness struct {
	*slack.Adapter
	t      *testing.T
	server *slacktest.Server
	person *slacktest.Person
	log    *channelstest.Log
	brings chan channels.Event
	wrong  bool // the settings are, on purpose: what Slack refuses is no fault

	mu    sync.Mutex
	fails []error // what handle returns next
	seen  []channels.Event
}

// start connects an adapter to a stand-in. Whatever the test did, nothing was
// asked of Slack that it would refuse, and no secret stands in a log line.
func start(t *testing.T, options slack.Options) *harness {
	t.Helper()
	server := slacktest.Start(t)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	log := &channelstest.Log{}
	options.API = server.API()
	if options.BotToken == "" && options.ClientID == "" {
		options.BotToken = server.First.Token
	}
	if options.SigningSecret == "" {
		options.SigningSecret = slacktest.SigningSecret
	}
	options.HTTP = &http.Client{Transport: transport, Timeout: 10 * time.Second}
	options.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if options.Media == nil {
		options.Media = channelstest.Media
	}
	h := &harness{
		Adapter: slack.New(options), t: t, server: server, person: server.Person("U0EXAMPLE", "nl-NL"),
		log: log, brings: make(chan channels.Event, 1000),
	}
	t.Cleanup(func() {
		h.Close()
		for _, v := range server.Violations() {
			if h.wrong {
				break
			}
			t.Error("Slack would refuse:", v)
		}
		for _, secret := range []string{"stand-in-T0", slacktest.AppToken, slacktest.SigningSecret} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("a secret is in the log:\n%s", log)
			}
		}
	})
	return h
}

// conversation of the person.
func (h *harness) conversation() string { return h.server.First.ID + "/" + h.person.Channel }

// hears serves HTTP, and has the stand-in bring everything there.
func (h *harness) hears() (address string) {
	mux := http.NewServeMux()
	for pattern, handler := range h.Routes(h.handle) {
		mux.Handle(pattern, handler)
	}
	web := httptest.NewServer(mux)
	h.t.Cleanup(web.Close)
	h.server.Posts(web.URL)
	return web.URL
}

// listens opens Socket Mode until the test ends, or the function it returns is
// called.
func (h *harness) listens() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); h.Listen(ctx, h.handle) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	h.t.Cleanup(stop)
	h.await("a connection", func() bool { open, _ := h.server.Connections(); return open > 0 })
	return stop
}

// await waits until something is as wanted.
func (h *harness) await(what string, wanted func() bool) {
	h.t.Helper()
	for end := time.Now().Add(8 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if wanted() {
			return
		}
	}
	h.t.Fatalf("waited in vain for %s\n%s", what, h.log)
}

// handle notes an event, unless it is told to fail.
func (h *harness) handle(_ context.Context, e channels.Event) ([]channels.Message, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.fails) > 0 {
		err := h.fails[0]
		h.fails = h.fails[1:]
		if err != nil {
			return nil, err
		}
	}
	h.seen = append(h.seen, e)
	h.brings <- e
	return nil, nil
}

// failing makes the next calls of handle fail.
func (h *harness) failing(errs ...error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fails = append(h.fails, errs...)
}

// handed is what was handed over so far.
func (h *harness) handed() []channels.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]channels.Event(nil), h.seen...)
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
