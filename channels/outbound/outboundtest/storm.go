package outboundtest

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"praline/channels"
	"praline/channels/outbound"
)

// Storm is many messages that nobody asked for, to many conversations, and
// answers to people in the middle of it.
type Storm struct {
	Messages, Conversations int
	// PerSecond is what the app takes, and Rate what we keep to.
	PerSecond int
	Rate      channels.Rate
	// Answers a second: one half in conversations that wait for messages, the
	// other in conversations of their own.
	Answers int
	// Moody has the app refuse one in so many for no reason; 0 for none.
	Moody int
	// Ledgers are one for each instance; nil is one in its memory.
	Ledgers []outbound.Turns
	Log     *slog.Logger
}

// Result is what came of a storm.
type Result struct {
	Said    int           // messages and answers
	Took    time.Duration // from the first handed in to the last taken
	Share   float64       // of what the app would have taken in that time
	Refused int           // tries that the app found too many
	Again   int           // of those, of a conversation that was refused at its last try
	Answers int
	Worst   time.Duration // delay of an answer, from handed in to taken
	Median  time.Duration
	// Silenced are the answers in conversations in which the app had just asked
	// for silence: they are not among those above.
	Silenced int
	Faults   []string // what came out of order, or twice
}

// waiting is how many messages wait for one person at most: nobody is sent
// more than two that they did not ask for.
const waiting = 2

// stride goes over all conversations, here and there: a prime.
const stride = 7919

// lease is how long after it was handed in what still waits is handed in again.
const lease = 30 * time.Second

func isAnswer(m channels.Message) bool { return strings.HasPrefix(m.ID, "answer") }

// run is a storm under way.
type run struct {
	Storm
	instances []*outbound.Outbound

	mu    sync.Mutex
	taken map[string]int  // messages, by conversation
	noted []int           // likewise, and so the first that waits in its outbox
	due   []time.Time     // when the hint of a conversation comes due
	done  map[string]bool // answers
	asked map[string]time.Time
	delay []time.Duration
	left  int
	last  time.Time
	out   Result
	over  chan struct{}
}

// Run runs a storm until all messages are taken, or it lasts three times as
// long as it has to.
func (s Storm) Run(ctx context.Context) Result {
	r := &run{
		Storm: s, taken: map[string]int{}, asked: map[string]time.Time{}, done: map[string]bool{},
		noted: make([]int, s.Conversations), due: make([]time.Time, s.Conversations), left: s.Messages, over: make(chan struct{}),
	}
	app := &App{
		PerSecond: s.PerSecond, Moody: s.Moody, Took: r.took,
		Keeps: channels.Limits{App: s.Rate, Conversation: channels.Rate{PerSecond: 1, Burst: 3}},
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	for _, ledger := range s.Ledgers {
		r.instances = append(r.instances, outbound.New(r, ledger, s.Log, time.Now, nil, app))
	}
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second*time.Duration(s.Messages)/time.Duration(s.PerSecond))
	defer cancel()
	for c := range s.Conversations {
		for _, p := range r.outbox(c) {
			p.Again = false
			r.instances[c%len(r.instances)].Say(p)
		}
	}
	hints := sync.WaitGroup{}
	hints.Go(func() { r.hints(ctx) })
	r.answers(ctx)
	cancel()
	hints.Wait()
	ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	for _, o := range r.instances {
		o.Close(ctx)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last.IsZero() {
		r.last = time.Now()
	}
	r.out.Took = r.last.Sub(began)
	r.out.Share = float64(r.out.Said) / (r.out.Took.Seconds() * float64(s.PerSecond))
	r.out.Refused, r.out.Again = app.refused, app.again
	if r.left > 0 || len(r.asked) > 0 {
		r.out.Faults = append(r.out.Faults, fmt.Sprintf("%d messages and %d answers did not come", r.left, len(r.asked)))
	}
	r.out.Answers = len(r.delay)
	slices.Sort(r.delay)
	if n := len(r.delay); n > 0 {
		r.out.Median, r.out.Worst = r.delay[n/2], r.delay[n-1]
	}
	return r.out
}

func (s Storm) each() int { return s.Messages / s.Conversations }

// outbox is what a conversation waits for; its hint comes due in a lease's time.
func (r *run) outbox(c int) (all []outbound.Saying) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for n := r.noted[c]; n < min(r.noted[c]+waiting, r.each()); n++ {
		all = append(all, outbound.Saying{
			Owner: strconv.Itoa(c), Channel: "strict", Conversation: strconv.Itoa(c), Unasked: true, Again: true,
			Message: channels.Message{ID: strconv.Itoa(n), Text: "a lesson"},
		})
	}
	r.due[c] = time.Now().Add(lease)
	return all
}

// hints has any instance hand in again what waited for a lease's time.
func (r *run) hints(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			for c := range r.due {
				r.mu.Lock()
				due := !now.Before(r.due[c])
				r.mu.Unlock()
				if due {
					r.any().Say(r.outbox(c)...)
				}
			}
		}
	}
}

func (r *run) any() *outbound.Outbound { return r.instances[rand.IntN(len(r.instances))] }

// answers has people ask in the middle of the storm until it is over.
func (r *run) answers(ctx context.Context) {
	ticker := time.NewTicker(time.Second / time.Duration(r.Answers))
	defer ticker.Stop()
	for i := 0; ; i++ {
		select {
		case <-r.over:
			return
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		to := r.Conversations + i
		var before []outbound.Saying // what waits there goes with the answer
		if i%2 == 1 {
			to = i / 2 * stride % r.Conversations // nobody asks again before they have read
			before = r.outbox(to)
		}
		s := outbound.Saying{
			Owner: strconv.Itoa(to), Channel: "strict", Conversation: strconv.Itoa(to),
			Message: channels.Message{ID: fmt.Sprint("answer", i), Text: "an answer"},
		}
		r.mu.Lock()
		r.asked[s.Message.ID] = time.Now()
		r.mu.Unlock()
		r.any().Say(append(before, s)...)
	}
}

// took is what the app took.
func (r *run) took(conversation string, m channels.Message, refused bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	if isAnswer(m) {
		if refused {
			r.out.Silenced++
		} else {
			r.delay = append(r.delay, now.Sub(r.asked[m.ID]))
		}
		delete(r.asked, m.ID)
		if r.left > 0 {
			r.out.Said++
		}
		return
	}
	if want := strconv.Itoa(r.taken[conversation]); m.ID != want {
		r.out.Faults = append(r.out.Faults, fmt.Sprintf("conversation %s got message %s, want %s", conversation, m.ID, want))
	}
	r.taken[conversation]++
	r.out.Said++
	if r.left--; r.left == 0 {
		r.last = now
		close(r.over)
	}
}

// Receipt is of no use here: nothing is replaced.
func (r *run) Receipt(context.Context, outbound.Saying, string) (string, error) { return "", nil }

// Waits looks into the outbox.
func (r *run) Waits(_ context.Context, s outbound.Saying) (bool, error) {
	c, n := number(s)
	r.mu.Lock()
	defer r.mu.Unlock()
	if n < 0 {
		return !r.done[s.Message.ID], nil
	}
	return n >= r.noted[c], nil
}

// Note takes a message out of its outbox, and hands in what comes next.
func (r *run) Note(_ context.Context, s outbound.Saying, _ string, _ *channels.Refusal) error {
	c, n := number(s)
	r.mu.Lock()
	if n < 0 {
		r.done[s.Message.ID] = true
	} else {
		r.noted[c] = max(r.noted[c], n+1)
	}
	r.mu.Unlock()
	if n < 0 {
		return nil
	}
	if all := r.outbox(c); len(all) == waiting {
		next := all[waiting-1]
		next.Again = false
		r.instances[c%len(r.instances)].Say(next)
	}
	return nil
}

// number is a message's conversation and place there; -1 for an answer.
func number(s outbound.Saying) (c, n int) {
	c, _ = strconv.Atoi(s.Conversation)
	if isAnswer(s.Message) {
		return c, -1
	}
	n, _ = strconv.Atoi(s.Message.ID)
	return c, n
}
