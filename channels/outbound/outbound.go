// Package outbound says messages: in order within a conversation, within the
// limits of each app, again when an app was busy or we never learned that it
// took a message, and notes the app's receipt.
//
// It forgets nothing because it owns nothing: what is to be said stands in the
// sender's own store until Note was called for it. After a crash the sender
// hands in the same messages again.
package outbound

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"praline/channels"
)

// Saying is one message on its way.
type Saying struct {
	Owner        string // whose store slot it stands in; the order within it is kept
	Channel      string
	Conversation string
	Message      channels.Message
}

// Receipts is what outbound asks of the one who owns the messages.
type Receipts interface {
	// Receipt returns the app's receipt of an earlier message, "" if there is none.
	Receipt(ctx context.Context, saying Saying, message string) (string, error)
	// Note keeps the receipt of a message; refused tells that the app will never take it.
	Note(ctx context.Context, saying Saying, receipt string, refused *channels.Refusal) error
}

// Outcome is how one attempt ended, for counting.
type Outcome string

// The outcomes.
const (
	Taken   Outcome = "taken"
	Retried Outcome = "retried"
	Dropped Outcome = "refused"
)

// Outbound says messages through adapters. Make one with New; Close waits for
// what is in hand.
type Outbound struct {
	receipts Receipts
	log      *slog.Logger
	observe  func(channel string, outcome Outcome, took time.Duration)
	now      func() time.Time // the wall's clock

	adapters map[string]*lane

	mu     sync.Mutex
	queues map[string]*queue // by conversation; only those with something to say
	closed bool
	busy   sync.WaitGroup
	stop   context.CancelFunc
	ctx    context.Context
}

// lane is one app: its adapter and its overall pace.
type lane struct {
	adapter channels.Adapter
	pace    *rate.Limiter
}

// queue is one conversation's messages, oldest first.
type queue struct {
	waiting []Saying
	pace    *rate.Limiter
}

// New returns an Outbound over adapters. observe may be nil.
func New(receipts Receipts, log *slog.Logger, now func() time.Time, observe func(string, Outcome, time.Duration), adapters ...channels.Adapter) *Outbound {
	ctx, stop := context.WithCancel(context.Background())
	o := &Outbound{
		receipts: receipts, log: log, observe: observe, now: now,
		adapters: make(map[string]*lane, len(adapters)),
		queues:   make(map[string]*queue),
		ctx:      ctx, stop: stop,
	}
	for _, a := range adapters {
		o.adapters[a.Name()] = &lane{a, pace(a.Limits().PerSecond)}
	}
	return o
}

// pace is a token bucket of perSecond, or none. A burst of one second's worth
// passes, as the apps allow.
func pace(perSecond float64) *rate.Limiter {
	if perSecond <= 0 {
		return rate.NewLimiter(rate.Inf, 1)
	}
	return rate.NewLimiter(rate.Limit(perSecond), max(int(perSecond), 3))
}

// Say takes messages to be said and returns at once. A message that is already
// on its way (same owner and ID) is not said twice. After Close nothing is taken.
func (o *Outbound) Say(sayings ...Saying) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	for _, s := range sayings {
		lane, ok := o.adapters[s.Channel]
		if !ok {
			continue // the channel is off: the message waits in its store
		}
		key := s.Channel + "\x00" + s.Conversation
		q, running := o.queues[key]
		if !running {
			q = &queue{pace: pace(lane.adapter.Limits().PerConversation)}
			o.queues[key] = q
		}
		if q.holds(s) {
			continue
		}
		q.waiting = append(q.waiting, s)
		if !running {
			o.busy.Add(1)
			go o.run(key, q, lane)
		}
	}
}

func (q *queue) holds(s Saying) bool {
	for _, w := range q.waiting {
		if w.Owner == s.Owner && w.Message.ID == s.Message.ID {
			return true
		}
	}
	return false
}

// Close takes nothing more, waits until what is in hand is said or ctx ends,
// and stops the rest: it stands in its store.
func (o *Outbound) Close(ctx context.Context) {
	o.mu.Lock()
	o.closed = true
	o.mu.Unlock()
	done := make(chan struct{})
	go func() { o.busy.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
	}
	o.stop()
	<-done
}

// run says one conversation's messages until none is left.
func (o *Outbound) run(key string, q *queue, lane *lane) {
	defer o.busy.Done()
	for {
		o.mu.Lock()
		if len(q.waiting) == 0 {
			delete(o.queues, key)
			o.mu.Unlock()
			return
		}
		next := q.waiting[0]
		o.mu.Unlock()
		if !o.say(next, q, lane) {
			o.mu.Lock()
			delete(o.queues, key) // the rest waits in its store
			o.mu.Unlock()
			return
		}
		o.mu.Lock()
		q.waiting = q.waiting[1:]
		o.mu.Unlock()
	}
}
