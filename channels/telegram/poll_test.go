package telegram_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

var errAway = errors.New("the store is away")

// confirmed waits until Telegram holds nothing for us any more.
func (h *harness) confirmed() {
	h.t.Helper()
	if !h.server.Await(func() bool { return len(h.server.Waiting()) == 0 }) {
		h.t.Fatalf("not confirmed: %v\n%s", h.server.Waiting(), h.log)
	}
}

func (h *harness) texts() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []string
	for _, e := range h.seen {
		all = append(all, e.Text+e.Value)
	}
	return strings.Join(all, " ")
}

func TestPollConfirmsWhatWasStored(t *testing.T) {
	h := start(t, telegram.Options{})
	h.polls()
	h.person.Says("een")
	h.person.Says("twee")
	h.event()
	h.event()
	h.confirmed()
	if h.texts() != "een twee" {
		t.Errorf("brought %q", h.texts())
	}
}

// TestPollBringsAgain: an update whose commit failed comes again, before what
// the same person said later, and nothing comes twice.
func TestPollBringsAgain(t *testing.T) {
	h := start(t, telegram.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	fails := 3
	h.person.Says("een")
	h.server.Person(77, "fr").Says("un")
	h.person.Says("twee")
	go func() {
		defer close(done)
		h.Poll(ctx, func(ctx context.Context, e channels.Event) ([]channels.Message, error) {
			if e.Text == "een" {
				if fails--; fails > 0 {
					return nil, errAway
				}
			}
			return h.handle(ctx, e)
		})
	}()
	h.confirmed()
	cancel()
	<-done
	if h.texts() != "un een twee" {
		t.Errorf("brought %q", h.texts())
	}
}

func TestPollIsNotHeldUp(t *testing.T) {
	h := start(t, telegram.Options{})
	h.server.Raw(map[string]any{"message": map[string]any{"message_id": "not a number"}})
	h.server.Raw(map[string]any{"something_new": []any{1}})
	h.person.Says("een")
	h.polls()
	if e := h.event(); e.Text != "een" {
		t.Errorf("brought %q", e.Text)
	}
	h.confirmed()
}

// TestPollPassesOverPoison: one learner whose state cannot be stored does not
// silence everybody; while nobody can be stored nothing is passed over.
func TestPollPassesOverPoison(t *testing.T) {
	h := start(t, telegram.Options{})
	other := h.server.Person(77, "fr")
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	failed := make(chan struct{}, 10000)
	away := make(chan bool, 1)
	away <- true
	go func() {
		defer close(done)
		h.Poll(ctx, func(ctx context.Context, e channels.Event) ([]channels.Message, error) {
			a := <-away
			away <- a
			if e.User == "4242" || a {
				select {
				case failed <- struct{}{}:
				default:
				}
				return nil, errAway
			}
			return h.handle(ctx, e)
		})
	}()
	h.person.Says("vergif")
	other.Says("un")
	if !h.server.Await(func() bool { return len(failed) > 100 }) {
		t.Fatalf("failed %d times only", len(failed))
	}
	if n := len(h.server.Waiting()); n != 2 {
		t.Errorf("%d updates wait while the store is away, want both", n)
	}
	<-away
	away <- false
	for range 40 { // others go well, again and again
		if len(h.server.Waiting()) == 0 {
			break
		}
		h.event()
		other.Says("encore")
	}
	h.event()
	h.confirmed()
	if !strings.Contains(h.log.String(), "passed over") {
		t.Error("nothing was said of it")
	}
	cancel()
	<-done
}

// TestPollGoesOnWithAFullBatch: one update that cannot be stored, and a hundred
// behind it: Telegram hands out the same hundred again and again, and none of
// them shows that others can be stored.
func TestPollGoesOnWithAFullBatch(t *testing.T) {
	for _, row := range []struct {
		label string
		from  func(h *harness, i int) *telegramtest.Person
		heard int // updates that are brought in the end
	}{
		{"of others", func(h *harness, i int) *telegramtest.Person { return h.server.Person(int64(5000+i), "fr") }, 100},
		{"of the same learner", func(h *harness, _ int) *telegramtest.Person { return h.person }, 0},
	} {
		t.Run(row.label, func(t *testing.T) {
			ready := make(chan bool, 1) // what the store says of itself
			ready <- false
			h := start(t, telegram.Options{Ready: func(context.Context) error {
				is := <-ready
				ready <- is
				if !is {
					return errAway
				}
				return nil
			}})
			h.person.Says("vergif")
			for i := range 100 {
				row.from(h, i).Says("un")
			}
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan struct{})
			failed := make(chan struct{}, 100_000)
			go func() {
				defer close(done)
				h.Poll(ctx, func(ctx context.Context, e channels.Event) ([]channels.Message, error) {
					if e.User == "4242" {
						failed <- struct{}{}
						return nil, errAway
					}
					return h.handle(ctx, e)
				})
			}()
			defer func() { cancel(); <-done }()
			if !h.server.Await(func() bool { return len(failed) > 60 }) {
				t.Fatalf("failed %d times only", len(failed))
			}
			if n := len(h.server.Waiting()); n != 101 {
				t.Errorf("%d updates wait while the store takes nothing, want all", n)
			}
			<-ready
			ready <- true
			h.confirmed()
			if n := len(h.brings); n != row.heard {
				t.Errorf("%d were brought, want %d", n, row.heard)
			}
		})
	}
}

// TestPollTriesWhatStandsBehind: what a learner did after an update that was
// passed over is still brought.
func TestPollTriesWhatStandsBehind(t *testing.T) {
	h := start(t, telegram.Options{Ready: func(context.Context) error { return nil }})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	h.person.Says("vergif")
	h.person.Says("een")
	go func() {
		defer close(done)
		h.Poll(ctx, func(ctx context.Context, e channels.Event) ([]channels.Message, error) {
			if e.Text == "vergif" {
				panic("a fault of ours")
			}
			return h.handle(ctx, e)
		})
	}()
	defer func() { cancel(); <-done }()
	h.confirmed()
	if h.texts() != "een" {
		t.Errorf("brought %q", h.texts())
	}
}

// TestPollLivesWithFaults: every kind of bad answer, then all is well, said once.
func TestPollLivesWithFaults(t *testing.T) {
	h := start(t, telegram.Options{})
	h.server.Fails(
		telegramtest.BadBridge.Of("getUpdates"), telegramtest.Internal.Of("getUpdates"), telegramtest.TooMany.Of("getUpdates"), telegramtest.CutShort.Of("getUpdates"),
		telegramtest.Fault{Method: "getUpdates", Status: 200, Body: `{"ok":true,"result":{"not":"a list"}}`},
		telegramtest.Fault{Method: "getUpdates", Status: 401, Body: `{"ok":false,"error_code":401,"description":"Unauthorized"}`},
	)
	h.person.Says("een")
	h.polls()
	h.event()
	h.confirmed()
	if n := strings.Count(h.log.String(), "does not answer"); n != 1 {
		t.Errorf("said %d times that Telegram is away", n)
	}
	if !strings.Contains(h.log.String(), "is back") {
		t.Error("not said that it is back")
	}
}

// TestTwoPoll: a second process with our token ends our poll; both go on asking.
func TestTwoPoll(t *testing.T) {
	h := start(t, telegram.Options{})
	h.polls()
	h.server.Await(func() bool { return h.server.Calls("getUpdates") > 0 })
	h.polls()
	if !h.server.Await(func() bool { return strings.Contains(h.log.String(), "stop the other process") }) {
		t.Error("the log does not say how to mend it:\n" + h.log.String())
	}
}

// TestPollTakesTheWebhookAway: who once had a webhook can poll.
func TestPollTakesTheWebhookAway(t *testing.T) {
	h := start(t, telegram.Options{})
	hooked := telegram.New(telegram.Options{Token: telegramtest.Token, API: h.server.URL, Secret: secret, PublicURL: "https://praline.example", HTTP: h.client})
	hooked.Prepare(context.Background())
	h.server.Fails(telegramtest.BadBridge.Of("deleteWebhook")) // the first time it is away
	h.person.Says("een")
	h.polls()
	h.event()
	h.confirmed()
}

// TestPollFinishesWhatIsInHand: SIGTERM in the middle of a commit.
func TestPollFinishesWhatIsInHand(t *testing.T) {
	h := start(t, telegram.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go h.Poll(ctx, func(ctx context.Context, e channels.Event) ([]channels.Message, error) {
		cancel()
		done <- ctx.Err()
		return nil, nil
	})
	h.person.Says("een")
	if err := <-done; err != nil {
		t.Errorf("the commit was cancelled: %v", err)
	}
}
