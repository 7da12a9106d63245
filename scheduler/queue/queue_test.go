package queue_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"praline/scheduler/queue"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// hints is a store with a lease, as the real ones: a claim changes the score.
type hints struct {
	due   map[string]time.Time
	score map[string]int64
	fails []error // of Due, in order
	calls int
}

func (h *hints) add(learner string, due time.Time) {
	if h.due == nil {
		h.due, h.score = map[string]time.Time{}, map[string]int64{}
	}
	h.due[learner] = due
	h.score[learner] = due.UnixMicro()
}

func (h *hints) Due(_ context.Context, now time.Time, limit int, lease time.Duration) ([]queue.Hint, error) {
	h.calls++
	if len(h.fails) > 0 {
		err := h.fails[0]
		h.fails = h.fails[1:]
		if err != nil {
			return nil, err
		}
	}
	var learners []string
	for learner, due := range h.due {
		if !due.After(now) {
			learners = append(learners, learner)
		}
	}
	slices.SortFunc(learners, func(a, b string) int {
		if c := h.due[a].Compare(h.due[b]); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	var claimed []queue.Hint
	for _, learner := range learners[:min(limit, len(learners))] {
		h.add(learner, now.Add(lease))
		claimed = append(claimed, queue.Hint{Learner: learner, Score: h.score[learner]})
	}
	return claimed, nil
}

func (h *hints) Settle(_ context.Context, settled ...queue.Settled) error {
	for _, s := range settled {
		switch {
		case h.score[s.Hint.Learner] != s.Hint.Score: // somebody wrote another
		case s.Next.IsZero():
			delete(h.due, s.Hint.Learner)
		default:
			h.add(s.Hint.Learner, s.Next)
		}
	}
	return nil
}

func (h *hints) Waiting(_ context.Context, now time.Time) (int, error) {
	n := 0
	for _, due := range h.due {
		if !due.After(now) {
			n++
		}
	}
	return n, nil
}

// never settles every hint for good, and notes whom it looked at.
func never(looked *[]string) queue.Speaker {
	return func(_ context.Context, _ time.Time, all []queue.Hint) ([]queue.Settled, error) {
		var settled []queue.Settled
		for _, h := range all {
			*looked = append(*looked, h.Learner)
			settled = append(settled, queue.Settled{Hint: h})
		}
		return settled, nil
	}
}

var errAway = errors.New("the store is away")

func TestOnce(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var looked []string
	var due []int
	h := &hints{}
	h.add("b", now)
	h.add("a", now.Add(-time.Hour))
	h.add("later", now.Add(time.Second))
	q := &queue.Queue{Hints: h, Speak: never(&looked), Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler), Due: func(n int) { due = append(due, n) }}
	if n, err := q.Once(t.Context()); n != 2 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
	if !slices.Equal(looked, []string{"a", "b"}) || !slices.Equal(due, []int{2}) {
		t.Errorf("looked at %v, told of %v", looked, due)
	}
	if n, err := q.Once(t.Context()); n != 0 || err != nil || len(due) != 1 {
		t.Errorf("again: got %d, %v, told of %v", n, err, due)
	}
}

// A speeded clock makes the lease as much longer, so that on the wall it is the usual one.
func TestLeaseByTheBotsClock(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for _, row := range []struct{ lease, want time.Duration }{{0, queue.Lease}, {1440 * queue.Lease, 1440 * queue.Lease}} {
		h := &hints{}
		h.add("a", now)
		q := &queue.Queue{
			Hints: h, Lease: row.lease, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
			Speak: func(context.Context, time.Time, []queue.Hint) ([]queue.Settled, error) { return nil, nil },
		}
		if _, err := q.Once(t.Context()); err != nil {
			t.Error(err)
		}
		if got := h.due["a"].Sub(now); got != row.want {
			t.Errorf("a lease of %s holds %s, not %s", row.lease, got, row.want)
		}
	}
}

// TestSettling: what becomes of a hint after it was looked at.
func TestSettling(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	next := now.Add(24 * time.Hour)
	for _, row := range []struct {
		label string
		speak func(h *hints, hint queue.Hint) ([]queue.Settled, error)
		want  time.Time // when the learner is looked at again; zero: never
		err   error
	}{
		{"for good", func(_ *hints, hint queue.Hint) ([]queue.Settled, error) { return []queue.Settled{{Hint: hint}}, nil }, time.Time{}, nil},
		{"tomorrow", func(_ *hints, hint queue.Hint) ([]queue.Settled, error) {
			return []queue.Settled{{Hint: hint, Next: next}}, nil
		}, next, nil},
		{"left out, when its lease ends", func(*hints, queue.Hint) ([]queue.Settled, error) { return nil, nil }, now.Add(queue.Lease), nil},
		{"the speaker fails, when its lease ends", func(_ *hints, hint queue.Hint) ([]queue.Settled, error) {
			return []queue.Settled{{Hint: hint}}, errAway
		}, now.Add(queue.Lease), errAway},
		{"somebody wrote another meanwhile, theirs", func(h *hints, hint queue.Hint) ([]queue.Settled, error) {
			h.add("a", now.Add(time.Minute))
			return []queue.Settled{{Hint: hint}}, nil
		}, now.Add(time.Minute), nil},
	} {
		h := &hints{}
		h.add("a", now)
		q := &queue.Queue{Hints: h, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}
		q.Speak = func(_ context.Context, at time.Time, all []queue.Hint) ([]queue.Settled, error) {
			if !at.Equal(now) || len(all) != 1 {
				t.Errorf("%s: told %s, %v", row.label, at, all)
			}
			return row.speak(h, all[0])
		}
		if n, err := q.Once(t.Context()); n != 1 || !errors.Is(err, row.err) {
			t.Errorf("%s: got %d, %v", row.label, n, err)
		}
		if got := h.due["a"]; !got.Equal(row.want) {
			t.Errorf("%s: again at %s, want %s", row.label, got, row.want)
		}
	}
}

// run runs a queue in a bubble of its own time for a while, and returns its log.
func run(t *testing.T, q *queue.Queue, d time.Duration) string {
	t.Helper()
	var log strings.Builder
	q.Log, q.Now = slog.New(slog.NewTextHandler(&log, nil)), time.Now
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	q.Run(ctx) // returns, or the bubble fails
	return log.String()
}

func TestMoreThanABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var looked []string
		var batches []int
		h := &hints{}
		for i := range 2*queue.Batch + 3 {
			h.add(fmt.Sprint("learner-", i), time.Now())
		}
		run(t, &queue.Queue{Hints: h, Speak: never(&looked), Due: func(n int) { batches = append(batches, n) }}, queue.Rest-1)
		if len(looked) != 2*queue.Batch+3 || !slices.Equal(batches, []int{queue.Batch, queue.Batch, 3}) {
			t.Errorf("looked at %d in batches of %v before the first rest", len(looked), batches)
		}
	})
}

func TestRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var looked []string
		h := &hints{}
		h.add("soon", time.Now().Add(2500*time.Millisecond))
		run(t, &queue.Queue{Hints: h, Speak: never(&looked)}, 10*time.Second-1)
		if h.calls != 10 || !slices.Equal(looked, []string{"soon"}) {
			t.Errorf("asked %d times in ten seconds, looked at %v", h.calls, looked)
		}
	})
}

// TestStoreAway: said once, and it goes on by itself.
func TestStoreAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var looked []string
		h := &hints{fails: []error{nil, errAway, errAway, errAway, nil, errAway}}
		h.add("soon", time.Now().Add(time.Second))
		log := run(t, &queue.Queue{Hints: h, Speak: never(&looked)}, 10*time.Second)
		if !slices.Equal(looked, []string{"soon"}) {
			t.Errorf("looked at %v", looked)
		}
		if away, back := strings.Count(log, "pushes wait"), strings.Count(log, "pushes go on"); away != 2 || back != 2 {
			t.Errorf("said %d times that it is away and %d times that it is back:\n%s", away, back, log)
		}
	})
}

// TestAFullBatchThatFails is asked for again after a rest, not in a rush.
func TestAFullBatchThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &hints{}
		for i := range 3 * queue.Batch {
			h.add(fmt.Sprint("learner-", i), time.Now())
		}
		speak := func(context.Context, time.Time, []queue.Hint) ([]queue.Settled, error) { return nil, errAway }
		run(t, &queue.Queue{Hints: h, Speak: speak}, 1500*time.Millisecond)
		if h.calls != 2 {
			t.Errorf("asked %d times in a second and a half, want 2", h.calls)
		}
	})
}

// TestEndsInTheMiddle: a speaker that is cut off keeps its leases.
func TestEndsInTheMiddle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &hints{}
		h.add("a", time.Now())
		speak := func(ctx context.Context, _ time.Time, all []queue.Hint) ([]queue.Settled, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		began := time.Now()
		log := run(t, &queue.Queue{Hints: h, Speak: speak}, 3*time.Second)
		if time.Since(began) != 3*time.Second || log != "" {
			t.Errorf("ended after %s, said %q", time.Since(began), log)
		}
		if want := began.Add(queue.Lease); !h.due["a"].Equal(want) {
			t.Errorf("again at %s, want %s", h.due["a"], want)
		}
	})
}
