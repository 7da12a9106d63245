package bot

import (
	"context"
	"time"

	"praline/bot/learner"
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
	// Erase removes every key that names the learner or its addresses, and
	// keeps a keyed digest of the id so that a restore does not bring it back.
	Erase(ctx context.Context, id learner.ID, addresses []learner.Address) error
}
