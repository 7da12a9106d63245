// Package outbound says messages: in order within a conversation, within the
// limits of each app, answers before what nobody asked for, again when an app
// was busy or we never learned that it took a message, and notes the app's
// receipt.
//
// Each conversation goes its own way: one that is slow, silent or refused keeps
// no other waiting. What they share are turns (turns.go): wait.go says how a
// message comes to one, silence.go whom an app's "not before" concerns.
//
// It forgets nothing because it owns nothing: what is to be said stands in the
// sender's own store until Note was called for it. After a crash the sender
// hands in the same messages again.
package outbound

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"praline/channels"
)

// Saying is one message on its way.
type Saying struct {
	Owner        string // whose store slot it stands in; "" for nobody's
	Channel      string
	Conversation string
	Message      channels.Message
	// Unasked is a message that answers nothing the person just did: those
	// that answer go first. Within a conversation the order stays: who answers a
	// push that waits has not seen it yet, so it is said at once, before
	// the answer.
	Unasked bool
	// Again says that it was handed in before, perhaps to another instance.
	Again bool
}

// Receipts is what outbound asks of the one who owns the messages.
type Receipts interface {
	// Receipt returns the app's receipt of an earlier message, "" if there is none.
	Receipt(ctx context.Context, saying Saying, message string) (string, error)
	// Waits says whether a message is still to be said.
	Waits(ctx context.Context, saying Saying) (bool, error)
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
	few      *rate.Sometimes // keeps one trouble from filling the log
	observe  func(channel string, outcome Outcome, took time.Duration)
	now      func() time.Time // the wall's clock

	adapters map[string]*lane

	mu     sync.Mutex
	queues map[string]*queue // by conversation; only those with something to say
	recent recent
	// forgotten is until when nothing is taken, by owner.
	forgotten map[string]time.Time
	closed    bool
	busy      sync.WaitGroup
	stop      context.CancelFunc
	ctx       context.Context
}

// lane is one app.
type lane struct {
	adapter  channels.Adapter
	limits   channels.Limits
	limited  bool // has any rate
	turns    Turns
	lines    lines
	silences silences
}

// queue is one conversation's messages, oldest first.
type queue struct {
	hand    *hand // what is being said; nil between two
	waiting []message
	slow    bool // its last turn had to be waited for; of the one who says
}

// message is a Saying and what makes it the same.
type message struct {
	Saying
	said said
	at   time.Time // when it was handed in
}

// New returns an Outbound over adapters. turns is the ledger that all instances
// share; nil is one of this process alone. observe may be nil.
func New(receipts Receipts, turns Turns, log *slog.Logger, now func() time.Time, observe func(string, Outcome, time.Duration), adapters ...channels.Adapter) *Outbound {
	ctx, stop := context.WithCancel(context.Background())
	o := &Outbound{
		receipts: receipts, log: log, observe: observe, now: now,
		few:       &rate.Sometimes{First: 3, Interval: 10 * time.Second},
		adapters:  make(map[string]*lane, len(adapters)),
		queues:    make(map[string]*queue),
		forgotten: make(map[string]time.Time),
		ctx:       ctx, stop: stop,
	}
	own := NewLedger()
	for _, a := range adapters {
		limits := a.Limits()
		l := &lane{adapter: a, limits: limits, turns: turns}
		l.limited = max(limits.App.PerSecond, limits.Workspace.PerSecond, limits.Conversation.PerSecond, limits.Steady.PerSecond) > 0
		if turns == nil || !l.limited {
			l.turns = own // an app without limits pays for none
		}
		o.adapters[a.Name()] = l
	}
	return o
}

// Say takes messages to be said and returns at once. A message that is already
// on its way, or was said just now (same owner, ID and words), is not said
// twice. After Close nothing is taken.
func (o *Outbound) Say(sayings ...Saying) {
	messages := make([]message, len(sayings))
	for i, s := range sayings {
		messages[i] = message{s, saidOf(s), o.now()}
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
			q = &queue{}
			o.queues[key] = q
		}
		if q.holds(m.said) {
			continue
		}
		q.waiting = append(q.waiting, m)
		if !m.Unasked && q.hand != nil {
			q.hand.hasten()
		}
		if !running {
			o.busy.Add(1)
			go o.run(key, q, lane)
		}
	}
}

// keyOf is the same however a conversation is reached now.
func keyOf(channel, conversation string) string {
	return channel + "\x00" + channels.Identity(conversation)
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
		if slices.ContainsFunc(q.waiting, func(m message) bool { return !m.Unasked }) {
			h.hasten()
		}
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
