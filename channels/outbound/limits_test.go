package outbound_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"praline/channels"
	"praline/channels/outbound"
)

// spaces is an app that counts by workspace: "W1/A" is a conversation in W1.
type spaces struct{ *app }

func (spaces) Workspace(conversation string) string {
	w, _, _ := strings.Cut(conversation, "/")
	return w
}

// ledger counts what it is asked, and is away when it is told to.
type ledger struct {
	outbound.Turns
	mu    sync.Mutex
	asked int
	away  int // so many times
}

func (l *ledger) Take(ctx context.Context, now time.Time, most time.Duration, buckets ...outbound.Bucket) ([]time.Duration, error) {
	l.mu.Lock()
	l.asked++
	l.away--
	away := l.away >= 0
	l.mu.Unlock()
	if away {
		return nil, errUnknown
	}
	return l.Turns.Take(ctx, now, most, buckets...)
}

// over is a world of another adapter, and a ledger.
func over(t *testing.T, turns outbound.Turns, limits channels.Limits, adapter func(*app) channels.Adapter, test func(*world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{
			app:   &app{limits: limits, answers: map[string][]error{}, began: time.Now()},
			store: &store{receipts: map[string]string{}, refused: map[string]channels.Reason{}},
			log:   &strings.Builder{},
		}
		w.Outbound = outbound.New(w.store, turns, slog.New(slog.NewTextHandler(w.log, nil)), time.Now, nil, adapter(w.app))
		test(w)
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		defer cancel()
		w.Close(ctx)
	})
}

func plain(a *app) channels.Adapter    { return a }
func bySpaces(a *app) channels.Adapter { return spaces{a} }

// moment is when a message was tried first.
func (w *world) moment(id string) time.Duration {
	w.app.mu.Lock()
	defer w.app.mu.Unlock()
	for _, c := range w.app.calls {
		if c.message == id {
			return c.at
		}
	}
	return time.Hour
}

// push is a message that nobody asked for.
func push(conversation, id string) outbound.Saying {
	s := saying(conversation, id)
	s.Unasked = true
	return s
}

func pushes(n int, prefix string) (all []outbound.Saying) {
	for i := range n {
		all = append(all, push(fmt.Sprint(prefix, i), fmt.Sprint("push-", prefix, i)))
	}
	return all
}

var tenASecond = channels.Limits{App: channels.Rate{PerSecond: 10, Burst: 1}, Conversation: channels.Rate{PerSecond: 1, Burst: 3}}

// TestAnswersGoFirst: behind a storm an answer waits for one message; those of
// its own conversation, which it may be about, are said before it.
func TestAnswersGoFirst(t *testing.T) {
	in(t, tenASecond, func(t *testing.T, w *world) {
		w.Say(pushes(100, "p")...)
		rest(time.Millisecond)
		w.Say(push("Z", "z1"), push("Z", "z2"))
		rest(time.Second)
		began := time.Since(w.app.began)
		w.Say(saying("B", "b"))
		rest(time.Second)
		w.Say(saying("Z", "z3"))
		rest(time.Minute)
		if took := w.moment("b") - began; took > 250*time.Millisecond {
			t.Errorf("an answer took %s", took)
		}
		if took := w.moment("z3") - began - time.Second; took > 600*time.Millisecond {
			t.Errorf("an answer behind two messages took %s", took)
		}
		z := w.app.said()
		if first, second, third := strings.Index(z, "Zz1"), strings.Index(z, "Zz2"), strings.Index(z, "Zz3"); first < 0 || first > second || second > third {
			t.Errorf("out of order: %s", z)
		}
		if n := w.app.tries(); n != 104 {
			t.Errorf("%d messages", n)
		}
	})
}

// TestATurnOfLongAgoIsNotAnother: who stood in line for longer than a
// conversation needs to recover has used the turn when it was used.
func TestATurnOfLongAgoIsNotAnother(t *testing.T) {
	limits := channels.Limits{App: channels.Rate{PerSecond: 10, Burst: 1}, Conversation: channels.Rate{PerSecond: 1, Burst: 1}}
	in(t, limits, func(t *testing.T, w *world) {
		w.Say(pushes(30, "p")...)
		rest(time.Millisecond)
		w.Say(push("Z", "z1"))
		rest(3200 * time.Millisecond)
		w.Say(saying("Z", "z2"))
		rest(time.Minute)
		if first, second := w.moment("z1"), w.moment("z2"); first < 3*time.Second || second-first < 900*time.Millisecond { // the turn came when it began to wait for the app's
			t.Errorf("said after %s and %s", first, second)
		}
	})
}

// TestTheRestOfABurstIsForAnswers: who has time leaves half of it.
func TestTheRestOfABurstIsForAnswers(t *testing.T) {
	in(t, channels.Limits{App: channels.Rate{PerSecond: 1, Burst: 10}}, func(t *testing.T, w *world) {
		w.Say(pushes(20, "p")...)
		rest(time.Millisecond)
		if n := w.app.tries(); n != 5 {
			t.Errorf("%d were said at once, want 5", n)
		}
		for i := range 5 {
			w.Say(saying(fmt.Sprint("a", i), fmt.Sprint("answer", i)))
		}
		rest(time.Millisecond)
		if n := w.app.tries(); n < 9 {
			t.Errorf("%d were said, with five answers", n)
		}
	})
}

// TestATurnThatIsUsedLate: where no burst is allowed the next comes later, too.
func TestATurnThatIsUsedLate(t *testing.T) {
	for _, row := range []struct {
		late time.Duration // that we wake
		next time.Duration // after the late one
	}{{0, 100 * time.Millisecond}, {40 * time.Millisecond, 60 * time.Millisecond}, {80 * time.Millisecond, 50 * time.Millisecond}, {300 * time.Millisecond, 50 * time.Millisecond}} {
		synctest.Test(t, func(t *testing.T) {
			shared := outbound.NewLedger()
			began := time.Now()
			slept := false
			now := func() time.Time { // a clock that jumps while we sleep
				if slept = slept || time.Since(began) > 0; slept {
					return time.Now().Add(row.late)
				}
				return time.Now()
			}
			a := &app{limits: channels.Limits{App: channels.Rate{PerSecond: 10, Burst: 1}}, answers: map[string][]error{}, began: began}
			o := outbound.New(&store{receipts: map[string]string{}}, shared, slog.New(slog.DiscardHandler), now, nil, a)
			o.Say(saying("A", "1"))
			synctest.Wait()
			o.Say(saying("B", "2"))
			rest(100 * time.Millisecond)
			waits, err := shared.Take(t.Context(), now(), time.Minute, outbound.Bucket{Name: "app", Rate: a.limits.App})
			if err != nil || waits[0] != row.next {
				t.Errorf("%s late: the next comes after %s, %v; want %s", row.late, waits[0], err, row.next)
			}
			o.Close(t.Context())
		})
	}
}

// TestNobodyHoldsTheLine: one that is refused, one that is silent, one that an
// app takes long for: the others go on at their pace.
func TestNobodyHoldsTheLine(t *testing.T) {
	for _, row := range []struct {
		label string
		do    func(*app)
	}{
		{"refused", func(a *app) { a.answers["push-p0"] = []error{busy} }},
		{"silent for long", func(a *app) { a.answers["push-p0"] = []error{long} }},
		{"we never learn", func(a *app) { a.answers["push-p0"] = slices.Repeat([]error{errUnknown}, 5) }},
		{"slow", func(a *app) { a.took = 15 * time.Second }},
	} {
		t.Run(row.label, func(t *testing.T) {
			in(t, tenASecond, func(t *testing.T, w *world) {
				row.do(w.app)
				w.Say(pushes(1, "p")...)
				rest(time.Millisecond)
				w.Say(pushes(30, "q")...)
				rest(3200 * time.Millisecond)
				done := 0
				for i := range 30 {
					if w.moment(fmt.Sprint("push-q", i)) < time.Hour {
						done++
					}
				}
				if done < 29 {
					t.Errorf("%d of 30 others were tried after 3.2 s", done)
				}
				rest(time.Minute)
			})
		})
	}
}

// TestWorkspacesAreHeardAlike: one with many messages is not heard more often,
// and one that is to be silent keeps nobody waiting.
func TestWorkspacesAreHeardAlike(t *testing.T) {
	limits := channels.Limits{App: channels.Rate{PerSecond: 10}, Workspace: channels.Rate{PerSecond: 8}}
	over(t, nil, limits, bySpaces, func(w *world) {
		w.Say(pushes(50, "W1/")...)
		rest(time.Millisecond)
		w.Say(pushes(3, "W2/")...)
		rest(time.Minute)
		for i := range 3 {
			if at := w.moment(fmt.Sprint("push-W2/", i)); at > time.Second {
				t.Errorf("one of W2 came after %s", at)
			}
		}
		if at := w.app.calls[52].at; at < 6*time.Second || at > 7*time.Second {
			t.Errorf("the last came after %s", at)
		}
	})
	silent := &channels.Refusal{Reason: channels.Busy, After: 20 * time.Second, Scope: channels.ThisWorkspace}
	over(t, nil, limits, bySpaces, func(w *world) {
		w.app.answers["push-W1/0"] = []error{silent}
		w.Say(pushes(1, "W1/")...)
		rest(time.Second)
		w.Say(push("W1/9", "same"), push("W2/0", "other"), saying("W1/8", "answer"))
		rest(time.Minute)
		if same, other, answer := w.moment("same"), w.moment("other"), w.moment("answer"); same < 20*time.Second || answer < 20*time.Second || other > 2*time.Second {
			t.Errorf("the same workspace after %s and %s, the other after %s", same, answer, other)
		}
	})
}

// TestWhoIsMeant: an app that does not say whom a "not before" concerns means
// the conversation, until it says so of a second one.
func TestWhoIsMeant(t *testing.T) {
	for _, row := range []struct {
		label   string
		adapter func(*app) channels.Adapter
		refused []string // conversations, one a second
		waits   []string
		goes    []string
	}{
		{"one conversation", plain, []string{"A"}, []string{"A"}, []string{"B"}},
		{"the same one again", plain, []string{"A", "A"}, []string{"A"}, []string{"B"}},
		{"two conversations", plain, []string{"A", "B"}, []string{"A", "B", "C"}, nil},
		{"two in one workspace", bySpaces, []string{"W1/A", "W1/B"}, []string{"W1/A", "W1/C"}, []string{"W2/A", "W3/A"}},
		{"one in each of two workspaces", bySpaces, []string{"W1/A", "W2/A"}, []string{"W1/A", "W2/A"}, []string{"W1/C", "W2/C", "W3/A"}},
		{"two in each of two workspaces", bySpaces, []string{"W1/A", "W1/B", "W2/A", "W2/B"}, []string{"W1/C", "W3/A"}, nil},
	} {
		t.Run(row.label, func(t *testing.T) {
			over(t, nil, channels.Limits{}, row.adapter, func(w *world) {
				for i, c := range row.refused {
					id := fmt.Sprint("no", i)
					w.app.answers[id] = []error{&channels.Refusal{Reason: channels.Busy, After: 9 * time.Second}}
					w.Say(saying(c, id))
					synctest.Wait()
				}
				for _, c := range slices.Concat(row.waits, row.goes) {
					w.Say(saying(c, "then-"+c))
				}
				rest(time.Minute)
				for _, c := range row.waits {
					if at := w.moment("then-" + c); at < 9*time.Second {
						t.Errorf("%s was spoken to after %s", c, at)
					}
				}
				for _, c := range row.goes {
					if at := w.moment("then-" + c); at > 0 {
						t.Errorf("%s had to wait %s", c, at)
					}
				}
			})
		})
	}
}

// TestTwoRatesOfOneConversation: both hold, and neither is anybody else's.
func TestTwoRatesOfOneConversation(t *testing.T) {
	limits := channels.Limits{Conversation: channels.Rate{PerSecond: 1, Burst: 5}, Steady: channels.Rate{PerSecond: 0.1, Burst: 8}, App: channels.Rate{PerSecond: 10}}
	for _, unasked := range []bool{false, true} {
		in(t, limits, func(t *testing.T, w *world) {
			for i := range 10 {
				s := saying("A", fmt.Sprint(i))
				s.Unasked = unasked
				w.Say(s)
			}
			w.Say(saying("B", "b"))
			rest(5 * time.Minute)
			var at []int
			for i := range 10 {
				at = append(at, int(w.moment(fmt.Sprint(i)).Round(time.Second).Seconds()))
			}
			// five at once (as fast as the app takes them), one a second, and when
			// eight of ten seconds' worth are used one in ten
			if b := w.moment("b"); b > time.Second || at[4] > 1 || at[7] < 3 || at[7] > 4 || at[8] < 9 || at[9]-at[8] < 10 {
				t.Errorf("unasked %v: said after %v, B's after %s", unasked, at, b)
			}
			w.app.mu.Lock()
			w.app.answers["c"], w.app.answers["d"] = []error{busy}, []error{busy}
			w.app.mu.Unlock()
			began := time.Since(w.app.began)
			w.Say(saying("C", "c"))
			rest(time.Second)
			w.Say(saying("D", "d"))
			rest(time.Second)
			w.Say(saying("E", "e"))
			rest(time.Minute)
			if at := w.moment("e") - began; at < 7*time.Second {
				t.Errorf("two conversations were refused, the third was spoken to after %s", at)
			}
		})
	}
}

// TestLongAfterIsAnotherTrouble: two refusals far apart are two conversations' own.
func TestLongAfterIsAnotherTrouble(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.answers["1"], w.app.answers["2"] = []error{long}, []error{busy}
		w.Say(saying("A", "1"))
		rest(20 * time.Second)
		w.Say(saying("B", "2"))
		rest(time.Second)
		w.Say(saying("C", "3"))
		rest(time.Minute)
		if at := w.app.at("3"); !slices.Equal(at, []int{21}) {
			t.Errorf("said at %v", at)
		}
	})
}

// TestNoHerd: those who waited for the end of a silence come one by one.
func TestNoHerd(t *testing.T) {
	for _, limits := range []channels.Limits{{}, {App: channels.Rate{PerSecond: 20, Burst: 20}}} {
		in(t, limits, func(t *testing.T, w *world) {
			w.app.answers["first"] = []error{busyAll}
			w.Say(saying("A", "first"))
			rest(time.Second)
			for i := range 50 {
				w.Say(saying(fmt.Sprint("c", i), "x"), push(fmt.Sprint("p", i), "y"))
			}
			rest(time.Minute)
			var again []time.Duration
			for _, c := range w.app.calls[1:] {
				again = append(again, c.at)
			}
			if len(again) != 101 || again[0] < 7*time.Second || again[0] > 7600*time.Millisecond {
				t.Fatalf("%d messages, from %s on", len(again), again[0])
			}
			for i := 20; i < len(again); i++ {
				if in := again[i] - again[i-20]; in < 950*time.Millisecond {
					t.Errorf("%v: twenty-one messages within %s of the end of the silence", limits.App, in)
					break
				}
			}
		})
	}
}

// TestSilenceWhileATurnIsWaitedFor: a turn that was taken before is not used.
func TestSilenceWhileATurnIsWaitedFor(t *testing.T) {
	in(t, channels.Limits{App: channels.Rate{PerSecond: 1, Burst: 1}}, func(t *testing.T, w *world) {
		w.app.took, w.app.answers["1"] = 500*time.Millisecond, []error{busyAll}
		w.Say(saying("A", "1"))
		synctest.Wait()
		w.Say(saying("B", "2"), push("C", "3"))
		rest(time.Minute)
		if b, c := w.moment("2"), w.moment("3"); b < 7*time.Second || c < 7*time.Second {
			t.Errorf("said after %s and %s, in the silence", b, c)
		}
	})
}

// TestOneConversationHoweverItIsReached: its identity counts.
func TestOneConversationHoweverItIsReached(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.took = time.Second
		w.Say(saying("A https://here", "1"), saying("A https://there", "2"))
		rest(1500 * time.Millisecond)
		if got := w.app.said(); got != "A https://here1 A https://there2" {
			t.Errorf("said %s", got)
		}
		if a, b := w.moment("1"), w.moment("2"); b-a != time.Second {
			t.Errorf("said after %s and %s", a, b)
		}
	})
}

// TestNoLedgerWithoutLimits: an app without limits pays for none.
func TestNoLedgerWithoutLimits(t *testing.T) {
	for _, row := range []struct {
		limits channels.Limits
		unask  bool
		asked  int
	}{
		{channels.Limits{}, false, 0},
		{channels.Limits{}, true, 0},
		{tenASecond, false, 1},
		{tenASecond, true, 3},
	} {
		l := &ledger{Turns: outbound.NewLedger()}
		over(t, l, row.limits, plain, func(w *world) {
			s := saying("A", "1")
			s.Unasked = row.unask
			w.Say(s)
			rest(time.Second)
			if w.store.noted() != "1" || l.asked != row.asked {
				t.Errorf("%+v: the ledger was asked %d times, noted %q", row, l.asked, w.store.noted())
			}
		})
	}
}

// TestTheLedgerIsAway: nothing is said meanwhile, and nothing is lost.
func TestTheLedgerIsAway(t *testing.T) {
	for _, row := range []struct {
		label string
		away  int
		said  string
		again string // when it is handed in once more
	}{
		{"for a moment", 2, "A1", "A1"},
		{"for longer than one tries", 5, "", "A1"},
	} {
		t.Run(row.label, func(t *testing.T) {
			l := &ledger{Turns: outbound.NewLedger(), away: row.away}
			over(t, l, tenASecond, plain, func(w *world) {
				w.Say(saying("A", "1"))
				rest(time.Minute)
				if got := w.app.said(); got != row.said {
					t.Errorf("said %q", got)
				}
				w.Say(saying("A", "1"))
				rest(time.Minute)
				if got := w.app.said(); got != row.again {
					t.Errorf("said %q in the end", got)
				}
				if row.said == "" && !strings.Contains(w.log.String(), "store does not answer") {
					t.Errorf("logged %s", w.log)
				}
			})
		})
	}
}

// TestCloseEndsTheLine: whoever stands there goes at once.
func TestCloseEndsTheLine(t *testing.T) {
	in(t, channels.Limits{App: channels.Rate{PerSecond: 0.1, Burst: 1}}, func(t *testing.T, w *world) {
		w.Say(pushes(500, "p")...)
		rest(time.Second)
		began := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		w.Close(ctx)
		if took := time.Since(began); took != 5*time.Second || w.app.tries() != 1 {
			t.Errorf("took %s, %d said", took, w.app.tries())
		}
	})
}

// TestTheDeliveryLogNames: who, where, why, in the app's words; and no text.
func TestTheDeliveryLogNames(t *testing.T) {
	in(t, channels.Limits{}, func(t *testing.T, w *world) {
		w.app.answers["1"] = []error{gone}
		w.Say(saying("A", "1"))
		rest(time.Second)
		line := w.log.String()
		for _, want := range []string{"learner=learner-A", "channel=app", "reason=gone", "detail=blocked"} {
			if !strings.Contains(line, want) {
				t.Errorf("%q is not in %s", want, line)
			}
		}
		if strings.Count(line, "\n") != 1 || strings.Contains(line, "words that no log") {
			t.Errorf("logged %s", line)
		}
	})
}

// tries is how often the app was handed something.
func (a *app) tries() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.calls)
}

// TestDroppedWhileItWaited: what stands in no outbox any more when its turn has
// come is not said, and costs nobody a turn.
func TestDroppedWhileItWaited(t *testing.T) {
	in(t, tenASecond, func(t *testing.T, w *world) {
		w.Say(pushes(20, "p")...)
		rest(time.Millisecond)
		w.Say(push("Y", "dropped"), push("Y", "kept"))
		rest(time.Second)
		w.store.mu.Lock()
		w.store.dropped = map[string]bool{"dropped": true}
		w.store.mu.Unlock()
		rest(time.Minute)
		if dropped, kept := w.moment("dropped"), w.moment("kept"); dropped < time.Hour || kept != 2*time.Second {
			t.Errorf("said after %s, what follows after %s", dropped, kept)
		}
		w.store.mu.Lock()
		defer w.store.mu.Unlock()
		if _, noted := w.store.receipts["dropped"]; noted {
			t.Error("it was noted")
		}
	})
}

// TestTwoInstancesSayItOnce: a message that waits in one instance is handed to
// another, since its hint came due or the person acted there.
func TestTwoInstancesSayItOnce(t *testing.T) {
	for _, row := range []struct {
		label  string
		answer bool
	}{{"a hint came due", false}, {"the person acted", true}} {
		t.Run(row.label, func(t *testing.T) {
			in(t, tenASecond, func(t *testing.T, w *world) {
				shared := outbound.NewLedger()
				var both [2]*outbound.Outbound
				for i := range both {
					both[i] = outbound.New(w.store, shared, slog.New(slog.DiscardHandler), time.Now, nil, w.app)
					defer both[i].Close(t.Context())
					both[i].Say(pushes(20, fmt.Sprint("p", i))...)
				}
				rest(time.Millisecond)
				both[0].Say(push("Z", "1"), push("Z", "2"))
				rest(time.Second)
				first, second := push("Z", "1"), push("Z", "2")
				first.Again, second.Again = true, true
				both[1].Say(first, second)
				if row.answer {
					both[1].Say(saying("Z", "3"))
				}
				rest(time.Minute)
				var z []string
				for _, c := range w.app.calls {
					if c.conversation == "Z" {
						z = append(z, c.message)
					}
				}
				want := []string{"1", "2", "3"}
				if !row.answer {
					want = want[:2]
				}
				if !slices.Equal(z, want) {
					t.Errorf("said %v", z)
				}
				if took := w.moment("3"); row.answer && took > 2*time.Second {
					t.Errorf("the answer came after %s", took)
				}
			})
		})
	}
}

// TestTheStoreIsAwayWhenItIsLookedUp: the message is tried again.
func TestTheStoreIsAwayWhenItIsLookedUp(t *testing.T) {
	in(t, tenASecond, func(t *testing.T, w *world) {
		s := saying("A", "1")
		s.Again = true
		w.store.away = errUnknown
		w.Say(s)
		rest(500 * time.Millisecond)
		w.store.mu.Lock()
		w.store.away = nil
		w.store.mu.Unlock()
		rest(time.Minute)
		if got := w.app.said(); got != "A1" || w.store.noted() != "1" {
			t.Errorf("said %q, noted %q", got, w.store.noted())
		}
	})
}
