package teams

import (
	"strings"
	"sync"

	"praline/channels"
)

// recent remembers, in this process, the cards that can still be pressed, as
// they shall look when they no longer can: Teams takes no buttons off, only a
// whole card for another. What was forgotten keeps its buttons, and the bot
// answers an old press kindly.
type recent struct {
	mu   sync.Mutex
	all  map[string]part
	keys []string // oldest first
}

// maxRecent bounds what is remembered; a card has a few kilobytes.
const maxRecent = 2000

// receiptKey is how a message is known.
func receiptKey(conversation, receipt string) string {
	return channels.Identity(conversation) + "\x00" + receipt
}

func (r *recent) keep(key string, card part) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil {
		r.all = make(map[string]part)
	}
	if _, known := r.all[key]; !known {
		r.keys = append(r.keys, key)
	}
	r.all[key] = card
	for len(r.keys) > maxRecent {
		delete(r.all, r.keys[0])
		r.keys = r.keys[1:]
	}
}

// of returns what is known of a message; nil for nothing.
func (r *recent) of(key string) part {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.all[key]
}

// forgetAll forgets all of a conversation.
func (r *recent) forgetAll(conversation string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	mine := receiptKey(conversation, "")
	for key := range r.all {
		if strings.HasPrefix(key, mine) {
			delete(r.all, key)
		}
	}
}

// forget forgets what is known of a message.
func (r *recent) forget(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.all, key) // its key leaves when it is the oldest
}
