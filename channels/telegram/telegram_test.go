package telegram_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start connects an adapter to a stand-in. Whatever the test did, nothing was
// asked of Telegram that it would refuse, no button spins, and the token stands
// in no log line.
func start(t *testing.T, options telegram.Options) *harness {
	t.Helper()
	server := telegramtest.Start(t)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	log := &channelstest.Log{}
	options.Token, options.API = telegramtest.Token, server.URL+"/"
	options.HTTP = &http.Client{Transport: transport, Timeout: 10 * time.Second}
	options.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if options.Media == nil {
		options.Media = channelstest.Media
	}
	if options.Wait == nil {
		options.Wait = func(d time.Duration) <-chan time.Time {
			if d > 5*time.Second {
				return nil // for ever
			}
			return time.After(time.Millisecond)
		}
	}
	h := &harness{
		client: options.HTTP, Adapter: telegram.New(options), t: t, server: server, person: server.Person(4242, "nl"),
		log: log, brings: make(chan channels.Event, 1000),
	}
	t.Cleanup(func() {
		for _, v := range server.Violations() {
			t.Error("Telegram would refuse:", v)
		}
		if n := server.Unanswered(); n > 0 {
			t.Errorf("%d buttons still spin", n)
		}
		if strings.Contains(log.String(), telegramtest.Token) || strings.Contains(log.String(), "stand-in-token") {
			t.Errorf("the token is in the log:\n%s", log)
		}
	})
	return h
}

// polls polls until the test ends, or the function it returns is called.
func (h *harness) polls() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); h.Poll(ctx, h.handle) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	h.t.Cleanup(stop)
	return stop
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
