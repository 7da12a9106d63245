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
	"slices"
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
	// Unasked is a message that answers nothing the person just did: those
	// that answer go first.
	Unasked bool
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
	// forgotten is until when nothing is taken, by owner.
	forgotten map[string]time.Time
	closed    bool
	busy      sync.WaitGroup
	stop      context.CancelFunc
	ctx       context.Context
}

// lane is one app: its adapter and its overall pace.
type lane struct {
	adapter channels.Adapter
	pace    *pace
}

// queue is one conversation's messages, oldest first.
type queue struct {
	hand    *hand // what is being said; nil between two
	waiting []message
	pace    *pace
}

// message is a Saying and what makes it the same.
type message struct {
	Saying
	said said
}

// New returns an Outbound over adapters. observe may be nil.
func New(receipts Receipts, log *slog.Logger, now func() time.Time, observe func(string, Outcome, time.Duration), adapters ...channels.Adapter) *Outbound {
	ctx, stop := context.WithCancel(context.Background())
	o := &Outbound{
		receipts: receipts, log: log, observe: observe, now: now,
		adapters:  make(map[string]*lane, len(adapters)),
		queues:    make(map[string]*queue),
		paces:     make(map[string]*pace),
		forgotten: make(map[string]time.Time),
		ctx:       ctx, stop: stop,
	}
	for _, a := range adapters {
		o.adapters[a.Name()] = &lane{a, newPace(a.Limits().App)}
	}
	return o
}

// Say takes messages to be said and returns at once. A message that is already
// on its way, or was said just now (same owner, ID and words), is not said
// twice. After Close nothing is taken.
func (o *Outbound) Say(sayings ...Saying) {
	messages := make([]message, len(sayings))
	for i, s := range sayings {
		messages[i] = message{s, saidOf(s)}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	for _, m := range messages {
		lane, ok := o.adapters[m.Channel]
		if !ok {
			continue // the channel is off: the message waits in its store
		}
		if o.recent.has(m.said) || o.forgets(m.Owner) {
			continue
		}
		key := keyOf(m.Channel, m.Conversation)
		q, running := o.queues[key]
		if !running {
			q = &queue{pace: o.pace(key, lane)}
			o.queues[key] = q
		}
		if q.holds(m.said) {
			continue
		}
		q.waiting = append(q.waiting, m)
		if !running {
			o.busy.Add(1)
			go o.run(key, q, lane)
		}
	}
}

// Spend takes note that an adapter did something in a conversation that was no
// message (a keyboard grew): it takes its turn of the conversation and of the
// app, if there is one left, and never waits.
func (o *Outbound) Spend(channel, conversation string) {
	lane, ok := o.adapters[channel]
	if !ok {
		return
	}
	o.mu.Lock()
	p := o.pace(keyOf(channel, conversation), lane)
	o.mu.Unlock()
	p.bucket.Allow()
	lane.pace.bucket.Allow()
}

func keyOf(channel, conversation string) string { return channel + "\x00" + conversation }

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
	p := newPace(lane.adapter.Limits().Conversation)
	o.paces[key] = p
	return p
}

func (q *queue) holds(s said) bool {
	if q.hand != nil && q.hand.saying.said == s {
		return true
	}
	return slices.ContainsFunc(q.waiting, func(m message) bool { return m.said == s })
}

// drop takes an owner's messages out.
func (q *queue) drop(owner string) {
	q.waiting = slices.DeleteFunc(q.waiting, func(m message) bool { return m.Owner == owner })
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
		h := o.take(q.waiting[0])
		q.hand, q.waiting = h, q.waiting[1:]
		o.mu.Unlock()
		said := o.say(h, q, lane)
		o.mu.Lock()
		q.hand = nil
		h.stop()
		close(h.done)
		switch {
		case said:
			o.recent.add(h.saying.said)
		case !h.forgotten:
			delete(o.queues, key) // the rest waits in its store
			o.mu.Unlock()
			return
		}
		o.mu.Unlock()
	}
}
