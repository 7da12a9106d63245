package bot

import (
	"context"
	"time"

	"praline/bot/learner"
	"praline/channels/outbound"
)

// Store is what the conversation asks of a store. It takes batches where many
// learners are due at one minute. Its errors are the store's being away, unless
// said otherwise.
type Store interface {
	// Resolve returns who is met at an address: "" if nobody.
	Resolve(ctx context.Context, address learner.Address) (learner.ID, error)
	// Claim gives an address to id unless somebody has it, and returns who has it now.
	Claim(ctx context.Context, address learner.Address, id learner.ID) (learner.ID, error)
	// Load returns a Record for each id, in order; one that is not stored has
	// Version 0, one that cannot be read is Damaged.
	Load(ctx context.Context, ids ...learner.ID) ([]learner.Record, error)
	// Commit stores each change if the version that it was decided on still
	// stands, and returns an error or nil for each, in order:
	// learner.ErrConflict, or what kept the store from it. A hint to look at
	// the learner soon is written before, so that a crash afterwards loses nothing.
	Commit(ctx context.Context, now time.Time, changes ...learner.Change) []error
	// Note takes messages out of their outbox, keeps the receipts and why
	// messages were refused for good, and, where nothing is left to say, sets the learner's hint to the Next of the last
	// commit.
	Note(ctx context.Context, noted ...learner.Noted) error
	// Undelivered returns the last messages that an app refused for good, oldest first.
	Undelivered(ctx context.Context, id learner.ID) ([]learner.Undelivered, error)
	// Receipt returns the receipt of a message, "" if there is none.
	Receipt(ctx context.Context, id learner.ID, message string) (string, error)
	// Log returns the learner's answers, oldest first.
	Log(ctx context.Context, id learner.ID) ([]learner.Answer, error)
	// Append adds a line to one of the lists that belong to nobody (reports);
	// Lines returns such a list, oldest first.
	Append(ctx context.Context, list string, line []byte) error
	Lines(ctx context.Context, list string) ([][]byte, error)
	// Repoint leads an address from one learner to another, if it leads to the
	// first; to "" it leads to nobody, and what its page shows is forgotten.
	Repoint(ctx context.Context, address learner.Address, from, to learner.ID) error
	// Forward leaves of a learner who was folded into another a mark (IsMark),
	// if the version still stands: else learner.ErrConflict.
	Forward(ctx context.Context, id learner.ID, version uint64, into learner.ID) error
	// PutCode keeps the one code that leads to a learner, until then by the wall.
	PutCode(ctx context.Context, code string, id learner.ID, until time.Time) error
	// Coded returns to whom a code leads that a claimer may still claim, "" if
	// to nobody; ClaimCode claims it, once, and for the same claimer again.
	Coded(ctx context.Context, now time.Time, code, claimer string) (learner.ID, error)
	ClaimCode(ctx context.Context, now time.Time, code, claimer string) (learner.ID, error)
	// Take takes one turn of each bucket: see outbound.Turns.
	Take(ctx context.Context, now time.Time, most time.Duration, buckets ...outbound.Bucket) ([]time.Duration, error)
	// Erase removes every key that names the learner, its addresses or whoever
	// was folded into it, and keeps keyed digests of the ids so that a restore
	// does not bring them back.
	Erase(ctx context.Context, id learner.ID, addresses []learner.Address) error
}
