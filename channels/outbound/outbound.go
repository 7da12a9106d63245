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
	"maps"
	"sync"
	"time"

	"praline/channels"
)

// Saying is one message on its way.
type Saying struct {
	Owner        string // whose store slot it stands in; "" for nobody's
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
	paces  map[string]*pace  // of conversations that spoke just now
	recent recent
	closed bool
	busy   sync.WaitGroup
	stop   context.CancelFunc
	ctx    context.Context
}

// lane is one app: its adapter and its overall pace.
type lane struct {
	adapter channels.Adapter
	pace    *pace
}

// queue is one conversation's messages, oldest first.
type queue struct {
	waiting []Saying
	pace    *pace
}

// New returns an Outbound over adapters. observe may be nil.
func New(receipts Receipts, log *slog.Logger, now func() time.Time, observe func(string, Outcome, time.Duration), adapters ...channels.Adapter) *Outbound {
	ctx, stop := context.WithCancel(context.Background())
	o := &Outbound{
		receipts: receipts, log: log, observe: observe, now: now,
		adapters: make(map[string]*lane, len(adapters)),
		queues:   make(map[string]*queue),
		paces:    make(map[string]*pace),
		ctx:      ctx, stop: stop,
	}
	for _, a := range adapters {
		o.adapters[a.Name()] = &lane{a, newPace(a.Limits().PerSecond)}
	}
	return o
}

// Say takes messages to be said and returns at once. A message that is already
// on its way, or was said just now (same owner and ID), is not said twice. After
// Close nothing is taken.
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
		if o.recent.has(s) {
			continue
		}
		key := s.Channel + "\x00" + s.Conversation
		q, running := o.queues[key]
		if !running {
			q = &queue{pace: o.pace(key, lane)}
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

// maxPaces is when the paces of conversations that fell silent are forgotten.
const maxPaces = 10_000

// pace returns a conversation's pace, which outlives its queue: who is handed
// one message after the other is not spoken to faster than at once.
func (o *Outbound) pace(key string, lane *lane) *pace {
	if p, ok := o.paces[key]; ok {
		return p
	}
	if len(o.paces) >= maxPaces {
		now := o.now()
		maps.DeleteFunc(o.paces, func(_ string, p *pace) bool { return p.idle(now) })
	}
	p := newPace(lane.adapter.Limits().PerConversation)
	o.paces[key] = p
	return p
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
		o.recent.add(next)
		q.waiting = q.waiting[1:]
		o.mu.Unlock()
	}
}
