// Package outboundtest is an app that counts strictly who says how much, and a
// storm of messages against it: Storm runs one, in real time or in a bubble of
// testing/synctest, and returns what came of it.
package outboundtest

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"praline/channels"
)

// App takes at most so many messages in any second over all conversations, and
// in one conversation no more than Burst + w × PerSecond of what we keep to in any w
// seconds, for w of 1 and 5. What is more it refuses with a "not before" in
// whole seconds and, like an app that one knows, without saying whom that
// concerns. One in Moody messages that nobody asked for it refuses for no reason.
type App struct {
	PerSecond int
	Keeps     channels.Limits // what we keep to
	Moody     int
	// Took is told of each message that is taken, and whether something was
	// refused in that conversation of late.
	Took func(conversation string, m channels.Message, refused bool)

	mu      sync.Mutex
	all     window
	of      map[string]*window
	last    map[string]bool // by conversation: the last try was refused
	no      map[string]time.Time
	refused int // tries
	again   int // of those, of a conversation that was refused just before
}

// window is when messages were taken, oldest first.
type window struct{ at []time.Time }

// within is how many were taken in the last w before now.
func (w *window) within(now time.Time, d time.Duration) (n int) {
	for i := len(w.at) - 1; i >= 0 && now.Sub(w.at[i]) < d; i-- {
		n++
	}
	return n
}

func (w *window) add(now time.Time, keep time.Duration) {
	for len(w.at) > 0 && now.Sub(w.at[0]) > keep {
		w.at = w.at[1:]
	}
	w.at = append(w.at, now)
}

// The way to the app and back: messages do not arrive as evenly as they are sent.
const (
	wayThere = 10 * time.Millisecond // at most
	wayBack  = 30 * time.Millisecond
)

// Name of the channel.
func (*App) Name() string { return "strict" }

// Limits that are kept from our side.
func (a *App) Limits() channels.Limits { return a.Keeps }

// Send takes a message, or refuses it.
func (a *App) Send(ctx context.Context, conversation string, m channels.Message, _ string) (string, error) {
	if err := rest(ctx, rand.N(wayThere)); err != nil {
		return "", err
	}
	refusal, late := a.judge(conversation, m)
	if refusal == nil && a.Took != nil {
		a.Took(conversation, m, late)
	}
	if err := rest(ctx, wayBack); err != nil {
		return "", err
	}
	if refusal != nil {
		return "", refusal
	}
	return "receipt", nil
}

// ofLate is how long a refusal slows a conversation down: it is silent as long
// as was asked, and then goes one by one.
const ofLate = 5 * time.Second

func (a *App) judge(conversation string, m channels.Message) (refusal *channels.Refusal, late bool) {
	now := time.Now()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of == nil {
		a.of, a.last, a.no = make(map[string]*window), make(map[string]bool), make(map[string]time.Time)
	}
	w := a.of[conversation]
	if w == nil {
		w = &window{}
		a.of[conversation] = w
	}
	r := a.Keeps.Conversation
	why := ""
	switch {
	case a.all.within(now, time.Second) >= a.PerSecond:
		why = "too many in all"
	case w.within(now, time.Second) >= r.Burst+int(r.PerSecond), w.within(now, 5*time.Second) >= r.Burst+int(5*r.PerSecond):
		why = "too many in this conversation"
	case a.Moody > 0 && !a.last[conversation] && !isAnswer(m) && rand.IntN(a.Moody) == 0:
		why = "for no reason"
	}
	if why != "" {
		a.refused++
		if a.last[conversation] {
			a.again++
		}
		a.last[conversation], a.no[conversation] = true, now
		return &channels.Refusal{Reason: channels.Busy, After: time.Second, Detail: why}, false
	}
	a.last[conversation] = false
	a.all.add(now, time.Second)
	w.add(now, 5*time.Second)
	return nil, now.Sub(a.no[conversation]) < ofLate
}

func rest(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
