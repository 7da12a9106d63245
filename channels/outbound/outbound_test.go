package outbound_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"praline/channels"
	"praline/channels/outbound"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// app is an adapter that answers what it is told to, and notes what it took.
type app struct {
	limits channels.Limits
	took   time.Duration // that one call takes

	mu      sync.Mutex
	answers map[string][]error // by message ID, in order; then it takes it
	calls   []call
	began   time.Time
}

type call struct {
	at                        time.Duration
	conversation, message, in string // in: the receipt of what it replaces
}

func (*app) Name() string              { return "app" }
func (a *app) Limits() channels.Limits { return a.limits }

func (a *app) Send(ctx context.Context, conversation string, m channels.Message, replaced string) (string, error) {
	a.mu.Lock()
	a.calls = append(a.calls, call{time.Since(a.began), conversation, m.ID, replaced})
	var err error
	if left := a.answers[m.ID]; len(left) > 0 {
		err, a.answers[m.ID] = left[0], left[1:]
	}
	a.mu.Unlock()
	select {
	case <-time.After(a.took):
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if err != nil {
		return "", err
	}
	return "receipt-" + m.ID, nil
}

// said is the calls, in order: "A1 A2 B1".
func (a *app) said() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []string
	for _, c := range a.calls {
		all = append(all, c.conversation+c.message)
	}
	return strings.Join(all, " ")
}

// at is when a message was tried, in whole seconds.
func (a *app) at(message string) []int {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []int
	for _, c := range a.calls {
		if c.message == message {
			all = append(all, int(c.at/time.Second))
		}
	}
	return all
}

// store keeps receipts.
type store struct {
	mu       sync.Mutex
	receipts map[string]string
	refused  map[string]channels.Reason
	fails    []error // of Note, in order
	away     error   // of Receipt and Waits
	dropped  map[string]bool
	said     map[string]bool // by owner and message
	lookedUp int
}

func (s *store) Receipt(_ context.Context, _ outbound.Saying, message string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.receipts[message], s.away
}

func (s *store) Waits(_ context.Context, saying outbound.Saying) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lookedUp++
	return !s.said[saying.Owner+saying.Message.ID] && !s.dropped[saying.Message.ID], s.away
}

func (s *store) Note(ctx context.Context, saying outbound.Saying, receipt string, refused *channels.Refusal) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.fails) > 0 {
		err := s.fails[0]
		s.fails = s.fails[1:]
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.receipts[saying.Message.ID] = receipt
	if s.said == nil {
		s.said = make(map[string]bool)
	}
	s.said[saying.Owner+saying.Message.ID] = true
	if refused != nil {
		s.refused[saying.Message.ID] = refused.Reason
	}
	return nil
}

func (s *store) noted() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for id := range s.receipts {
		all = append(all, id)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// world is an Outbound in a bubble of its own time.
type world struct {
	*outbound.Outbound
	app   *app
	store *store
	log   *strings.Builder
	count map[outbound.Outcome]int
}

func in(t *testing.T, limits channels.Limits, test func(*testing.T, *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{
			app:   &app{limits: limits, answers: map[string][]error{}, began: time.Now()},
			store: &store{receipts: map[string]string{}, refused: map[string]channels.Reason{}},
			log:   &strings.Builder{}, count: map[outbound.Outcome]int{},
		}
		var mu sync.Mutex
		w.Outbound = outbound.New(w.store, nil, slog.New(slog.NewTextHandler(w.log, nil)), time.Now, func(_ string, o outbound.Outcome, _ time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			w.count[o]++
		}, w.app)
		test(t, w)
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		defer cancel()
		w.Close(ctx)
	})
}

// rest lets time pass, and what is to happen then happen.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// saying is message n of the learner in a conversation: "A", "1".
func saying(conversation, id string) outbound.Saying {
	return outbound.Saying{Owner: "learner-" + conversation, Channel: "app", Conversation: conversation, Message: channels.Message{ID: id, Text: "words that no log may hold"}}
}

var (
	busy       = &channels.Refusal{Reason: channels.Busy, After: 7 * time.Second}
	busyAll    = &channels.Refusal{Reason: channels.Busy, After: 7 * time.Second, Scope: channels.WholeApp}
	long       = &channels.Refusal{Reason: channels.Busy, After: 5 * time.Minute}
	gone       = &channels.Refusal{Reason: channels.Gone, Detail: "blocked"}
	invalid    = &channels.Refusal{Reason: channels.Invalid, Detail: "too long"}
	errUnknown = errors.New("connection reset")
)

func TestOrderWithinAConversation(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.took = time.Second
		w.app.answers["2"] = []error{errUnknown, busy}
		w.Say(saying("A", "1"), saying("A", "2"), saying("A", "3"))
		w.Say(saying("A", "4"))
		rest(time.Minute)
		if got := w.app.said(); got != "A1 A2 A2 A2 A3 A4" {
			t.Errorf("said %s", got)
		}
		if w.count[outbound.Taken] != 4 || w.count[outbound.Retried] != 2 {
			t.Errorf("counted %v", w.count)
		}
	})
}

func TestNothingIsDoubled(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.took = time.Second
		w.Say(saying("A", "1"), saying("A", "2"), saying("A", "1"))
		w.Say(saying("A", "2"))
		rest(10 * time.Second)
		w.Say(saying("A", "1")) // read before the note, handed in after it
		w.Say(saying("B", "1")) // another learner's first
		rest(10 * time.Second)
		if got := w.app.said(); got != "A1 A2 B1" {
			t.Errorf("said %s", got)
		}
	})
}

// TestNumberedAnew: a store that went back in time gives the ID of what was said
// to another message.
func TestNumberedAnew(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.took = time.Second
		other := saying("A", "1")
		other.Message.Text = "other words"
		w.Say(saying("A", "1"))
		rest(10 * time.Second)
		w.Say(other, other)
		w.Say(saying("A", "1")) // said, and known as such
		rest(10 * time.Second)
		if got := w.app.said(); got != "A1 A1" {
			t.Errorf("said %s", got)
		}
	})
}

// TestForget: what waits is dropped, what is in hand is waited for, nothing
// more is taken, and only of that owner.
func TestForget(t *testing.T) {
	for _, row := range []struct {
		label  string
		limits channels.Limits
		answer error // to the first try of message 1
		bound  time.Duration
		took   time.Duration // of Forget
		fails  bool
		said   string
	}{
		{"in an app's hands", channels.Limits{}, nil, time.Minute, time.Second, false, "A1 B9 Alast"},
		{"longer than one waits", channels.Limits{}, nil, time.Second / 2, time.Second / 2, true, "A1 B9 Alast"},
		{"waiting for the next try", channels.Limits{}, busy, time.Minute, time.Second, false, "A1 B9 Alast"},
	} {
		t.Run(row.label, func(t *testing.T) {
			in(t, row.limits, func(t *testing.T, w *world) {
				w.app.took = 2 * time.Second
				if row.answer != nil {
					w.app.answers["1"] = []error{row.answer}
				}
				w.Say(saying("A", "1"), saying("A", "2"))
				synctest.Wait() // two conversations begin in any order
				w.Say(saying("B", "9"))
				rest(time.Second)
				ctx, cancel := context.WithTimeout(context.Background(), row.bound)
				defer cancel()
				began := time.Now()
				err := w.Forget(ctx, "learner-A")
				if took := time.Since(began); took != row.took || (err != nil) != row.fails {
					t.Errorf("took %s, %v", took, err)
				}
				last := saying("A", "last")
				last.Owner = ""
				w.Say(saying("A", "3"), last)
				rest(50 * time.Second)
				if got := w.app.said(); got != row.said {
					t.Errorf("said %s, want %s", got, row.said)
				}
				rest(time.Minute) // nothing came of the erasure: it stands in the store, and is handed in
				w.Say(saying("A", "2"))
				rest(time.Minute)
				if got := w.app.said(); got != row.said+" A2" {
					t.Errorf("said %s in the end", got)
				}
			})
		})
	}
}

// TestSpend: what an adapter does by itself takes its turn, and waits for none.
func TestSpend(t *testing.T) {
	in(t, channels.Limits{Conversation: channels.Rate{PerSecond: 1, Burst: 3}, App: channels.Rate{PerSecond: 10, Burst: 10}}, func(t *testing.T, w *world) {
		for range 20 {
			w.Spend("app", "A")
		}
		w.Spend("elsewhere", "A")
		w.Say(saying("A", "1"), saying("B", "2"))
		rest(time.Minute)
		if a, b := w.app.at("1"), w.app.at("2"); !slices.Equal(a, []int{1}) || !slices.Equal(b, []int{0}) {
			t.Errorf("said at %v and %v, want after a second, and at once", a, b)
		}
	})
}

// TestTheLastWordIsNobodys: after an erasure numbers begin anew.
func TestTheLastWordIsNobodys(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		for range 2 {
			s := saying("A", "1")
			s.Owner = ""
			w.Say(s)
			rest(time.Second)
		}
		if got := w.app.said(); got != "A1 A1" {
			t.Errorf("said %s", got)
		}
	})
}

func TestReplacesByItsReceipt(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		second := saying("A", "2")
		second.Message.Replaces = "1"
		w.Say(saying("A", "1"), second)
		rest(time.Second)
		if c := w.app.calls[1]; c.in != "receipt-1" {
			t.Errorf("replaced %q", c.in)
		}
	})
}

// TestRetryAfter: who is told to wait waits, and nobody else.
func TestRetryAfter(t *testing.T) {
	for _, row := range []struct {
		label  string
		answer *channels.Refusal
		a, b   []int // seconds at which the messages of A and B are tried
	}{
		{"one conversation", busy, []int{0, 7}, []int{1}},
		{"the whole app", busyAll, []int{0, 7}, []int{7}},
		{"longer than one waits", long, []int{0}, []int{1}},
	} {
		t.Run(row.label, func(t *testing.T) {
			in(t, channels.Limits{}, func(t *testing.T, w *world) {
				w.app.answers["1"] = []error{row.answer}
				w.Say(saying("A", "1"))
				rest(time.Second)
				w.Say(saying("B", "2"))
				rest(time.Minute)
				if a, b := w.app.at("1"), w.app.at("2"); !slices.Equal(a, row.a) || !slices.Equal(b, row.b) {
					t.Errorf("tried at %v and %v, want %v and %v", a, b, row.a, row.b)
				}
			})
		})
	}
}

// TestALongSilenceIsKept: handed in again too early, a message waits on.
func TestALongSilenceIsKept(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.answers["1"] = []error{long}
		for range 12 {
			w.Say(saying("A", "1"))
			rest(29 * time.Second)
		}
		if at := w.app.at("1"); !slices.Equal(at, []int{0, 300}) {
			t.Errorf("tried at %v, want at once and after five minutes", at)
		}
	})
}

func TestRefusedForGood(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.answers["1"], w.app.answers["2"] = []error{gone}, []error{fmt.Errorf("wrapped: %w", invalid)}
		w.Say(saying("A", "1"), saying("A", "2"), saying("A", "3"))
		rest(time.Second)
		if w.app.said() != "A1 A2 A3" || w.store.noted() != "1 2 3" {
			t.Errorf("said %s, noted %s", w.app.said(), w.store.noted())
		}
		if w.store.refused["1"] != channels.Gone || w.store.refused["2"] != channels.Invalid || w.store.receipts["3"] != "receipt-3" {
			t.Errorf("noted %v, refused %v", w.store.receipts, w.store.refused)
		}
		if w.count[outbound.Dropped] != 2 || strings.Contains(w.log.String(), "words that no log") {
			t.Errorf("counted %v, logged %s", w.count, w.log)
		}
	})
}

// TestGivenUpForNow: an app that is away is tried a few times; then the message
// and all behind it wait in their store, until somebody hands them in again.
func TestGivenUpForNow(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.answers["1"] = slices.Repeat([]error{errUnknown}, 5)
		w.Say(saying("A", "1"), saying("A", "2"))
		rest(time.Minute)
		if got := w.app.said(); got != "A1 A1 A1 A1 A1" || w.store.noted() != "" {
			t.Errorf("said %s, noted %s", got, w.store.noted())
		}
		w.Say(saying("A", "1"), saying("A", "2"))
		rest(time.Minute)
		if w.store.noted() != "1 2" {
			t.Errorf("noted %s", w.store.noted())
		}
	})
}

func TestStoreAway(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.store.fails = []error{errUnknown}
		w.Say(saying("A", "1"), saying("A", "2"))
		rest(time.Minute)
		if w.app.said() != "A1" {
			t.Errorf("said %s: what follows a message whose receipt was not kept waits", w.app.said())
		}
		w.Say(saying("A", "1"), saying("A", "2")) // the hint came due
		rest(time.Minute)
		if w.app.said() != "A1 A1 A2" || w.store.noted() != "1 2" {
			t.Errorf("said %s, noted %s", w.app.said(), w.store.noted())
		}
		w.store.away = errUnknown
		third := saying("A", "3")
		third.Message.Replaces = "2"
		w.Say(third)
		rest(time.Minute)
		if w.app.said() != "A1 A1 A2" {
			t.Errorf("said %s without knowing what it replaces", w.app.said())
		}
	})
}

func TestPaces(t *testing.T) {
	in(t, channels.Limits{Conversation: channels.Rate{PerSecond: 1, Burst: 3}, App: channels.Rate{PerSecond: 10, Burst: 10}}, func(t *testing.T, w *world) {
		for i := range 8 { // one at a time: the queue is empty in between
			w.Say(saying("A", fmt.Sprint("a", i)))
			synctest.Wait()
		}
		rest(time.Minute)
		w.app.mu.Lock()
		first, last := w.app.calls[0].at, w.app.calls[7].at
		w.app.mu.Unlock()
		if first != 0 || last < 5*time.Second || last > 6*time.Second {
			t.Errorf("eight messages to one conversation from %s to %s, want a burst of three, then one a second", first, last)
		}
		began := time.Since(w.app.began)
		for i := range 50 {
			w.Say(saying(fmt.Sprint("C", i), "x"))
		}
		rest(time.Minute)
		w.app.mu.Lock()
		took := w.app.calls[len(w.app.calls)-1].at - began
		w.app.mu.Unlock()
		if took < 3900*time.Millisecond || took > 5*time.Second {
			t.Errorf("fifty conversations took %s, want a burst of ten, then ten a second", took)
		}
	})
}

func TestCloseWaits(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.took = 2 * time.Second
		w.Say(saying("A", "1"), saying("A", "2"), saying("B", "3"))
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		w.Close(ctx)
		if w.store.noted() != "1 2 3" {
			t.Errorf("noted %s", w.store.noted())
		}
		w.Say(saying("A", "4"))
		if synctest.Wait(); strings.Contains(w.app.said(), "4") {
			t.Error("something is said after Close")
		}
	})
}

// TestCloseEnds: an app that hangs, or that wants silence, holds nobody up.
func TestCloseEnds(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.took = 15 * time.Second
		w.app.answers["2"] = []error{busy}
		w.Say(saying("A", "1"), saying("B", "2"))
		began := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		w.Close(ctx)
		if took := time.Since(began); took != 10*time.Second {
			t.Errorf("took %s", took)
		}
		if w.store.noted() != "" {
			t.Errorf("noted %s: nobody knows whether they were taken", w.store.noted())
		}
	})
}

// TestReceiptIsKeptWhenStopped: the app took the message as we were stopped.
func TestReceiptIsKeptWhenStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &store{receipts: map[string]string{}, refused: map[string]channels.Reason{}}
		var o *outbound.Outbound
		stop, cancel := context.WithCancel(context.Background())
		o = outbound.New(s, nil, slog.New(slog.DiscardHandler), time.Now, nil, stubborn{func() { cancel(); time.Sleep(time.Second) }})
		o.Say(saying("A", "1"))
		synctest.Wait()
		o.Close(stop)
		if s.noted() != "1" {
			t.Error("the receipt is lost, the message will be said twice")
		}
	})
}

// stubborn takes a message even when it is told to stop.
type stubborn struct{ then func() }

func (stubborn) Name() string            { return "app" }
func (stubborn) Limits() channels.Limits { return channels.Limits{} }
func (s stubborn) Send(context.Context, string, channels.Message, string) (string, error) {
	s.then()
	return "taken", nil
}

func TestAChannelThatIsOff(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		s := saying("A", "1")
		s.Channel = "elsewhere"
		w.Say(s)
		synctest.Wait()
		if w.app.said() != "" || w.store.noted() != "" {
			t.Errorf("said %s, noted %s", w.app.said(), w.store.noted())
		}
	})
}

// TestManyAtOnce: many hands, one order.
func TestManyAtOnce(t *testing.T) {
	in(t, channels.Limits{Conversation: channels.Rate{PerSecond: 1000, Burst: 1000}, App: channels.Rate{PerSecond: 100000, Burst: 100000}}, func(t *testing.T, w *world) {
		var wait sync.WaitGroup
		for c := range 20 {
			wait.Go(func() {
				for i := range 50 {
					s := saying(fmt.Sprint("c", c, "-"), fmt.Sprintf("%02d", i))
					w.Say(s)
					w.Say(s)
				}
			})
		}
		wait.Wait()
		rest(time.Minute)
		next := map[string]int{}
		for _, c := range w.app.calls {
			if c.message != fmt.Sprintf("%02d", next[c.conversation]) {
				t.Fatalf("%s%s was said, want %02d", c.conversation, c.message, next[c.conversation])
			}
			next[c.conversation]++
		}
		if len(w.app.calls) != 1000 {
			t.Errorf("%d messages", len(w.app.calls))
		}
	})
}
