package telegram

import (
	"sync"
	"time"

	"praline/channels"
)

// quiet is when a conversation that the API found too busy may be spoken to
// again. outbound heeds that among messages; this is between messages and what
// we do by ourselves: growing keyboards, following presses.
type quiet struct {
	mu  sync.Mutex
	all map[string]time.Time
}

// maxQuiet bounds what is remembered.
const maxQuiet = 1000

// left is how long there is still to be quiet, 0 for not at all.
func (q *quiet) left(conversation string, now time.Time) time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	until, ok := q.all[conversation]
	if !ok {
		return 0
	}
	if !now.Before(until) {
		delete(q.all, conversation)
		return 0
	}
	return until.Sub(now)
}

func (q *quiet) keep(conversation string, until time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.all == nil || len(q.all) >= maxQuiet {
		q.all = make(map[string]time.Time)
	}
	if until.After(q.all[conversation]) {
		q.all[conversation] = until
	}
}

// heed keeps a conversation quiet for as long as the API's refusal asks.
func (a *Adapter) heed(conversation string, err error) {
	if refusal := channels.Refused(err); refusal != nil && says(err, ": 429 ") {
		a.quiet.keep(conversation, a.options.Now().Add(refusal.After))
	}
}

// hush refuses a message of a conversation that is to be quiet, nil if it is not.
func (a *Adapter) hush(conversation string) error {
	left := a.quiet.left(conversation, a.options.Now())
	if left <= 0 {
		return nil
	}
	return &channels.Refusal{Reason: channels.Busy, After: left, Detail: "the API asked for a moment of silence in this conversation"}
}
