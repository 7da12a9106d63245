package web

import (
	"context"
	"time"

	"praline/channels"
)

// Entry is one thing that stands in a web conversation: what the bot said, or
// what the learner did.
type Entry struct {
	Number  int64             `json:"n"` // rises by one with each change of the conversation: the SSE id
	At      time.Time         `json:"at"`
	Key     string            `json:"k"`           // the message's ID, or the event's: the same key is the same entry
	Message *channels.Message `json:"m,omitempty"` // of the bot
	Text    string            `json:"t,omitempty"` // of the learner: what was typed, or the label that was pressed
}

// Transcript keeps the last 200 entries, for 30 days, of each conversation. It
// is asked of a store; it has nothing to do with what the bot knows.
type Transcript interface {
	// Put adds an entry, or puts it in the place of the one with the key
	// replaces (its own Key, if replaces is empty and it is there already),
	// and returns its Number.
	Put(ctx context.Context, conversation string, entry Entry, replaces string) (int64, error)
	// Entries returns the conversation in order of its places.
	Entries(ctx context.Context, conversation string) ([]Entry, error)
}
