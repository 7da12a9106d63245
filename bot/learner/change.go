package learner

import (
	"errors"
	"time"
)

// ErrConflict says that somebody else changed the learner since it was loaded:
// load and decide again.
var ErrConflict = errors.New("the learner has changed meanwhile")

// Record is a learner as loaded: the state, what is still to be said, and the
// app's receipts of the messages that may yet be replaced.
type Record struct {
	Learner  Learner
	Outbox   []Said            // in the order of commit
	Receipts map[string]string // by message ID
	// Damaged says why what is stored cannot be read; nil where it can. The
	// rest of the Record is then empty but for the ID.
	Damaged error
}

// Change is what one decision does to one learner, committed whole or not at all.
type Change struct {
	Learner Learner // the new state; its Version is the one it was decided on
	Say     []Said  // appended to the outbox
	Answers []Answer
	Forget  []string  // message IDs whose receipts are not needed any more
	Drop    []string  // message IDs to take out of the outbox unsaid
	Next    time.Time // when to look at this learner again, if nothing happens; zero for never
}

// Noted is an app's receipt of one message, or that the app will never take it
// (an empty Receipt).
type Noted struct {
	Learner ID
	Message string
	Receipt string
	// Refused says why the app will never take it, in its words: "gone: bot was
	// blocked by the user"; "" where there is nothing to keep.
	Refused string
}

// Undelivered is a message that an app refused for good. The last few of each
// learner are kept.
type Undelivered struct {
	At      time.Time `json:"at"` // on the wall
	Message string    `json:"message"`
	Why     string    `json:"why"` // as in Noted
}
