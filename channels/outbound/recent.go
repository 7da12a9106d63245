package outbound

import (
	"encoding/json"
	"hash/maphash"
)

// recent remembers the messages that were said and noted last. Somebody who
// read the outbox just before a note hands in what was said just after it.
type recent struct {
	now, before map[said]struct{}
}

// said is what makes a message the same: its owner's ID of it, and what it
// says. The ID alone is not enough: a store that lost its last seconds in a
// failover numbers other messages as those were.
type said struct {
	owner, message string
	content        uint64
}

var seed = maphash.MakeSeed()

func saidOf(s Saying) said {
	content, err := json.Marshal(s.Message)
	if err != nil {
		content = nil // plain values: cannot happen
	}
	return said{s.Owner, s.Message.ID, maphash.Bytes(seed, content)}
}

// generation is how many are remembered at least, twice that at most.
const generation = 4096

func (r *recent) has(s said) bool {
	if _, ok := r.now[s]; ok {
		return true
	}
	_, ok := r.before[s]
	return ok
}

// add remembers a message of an owner; those of nobody are numbered anew after
// an erasure, so the same ID may be another message.
func (r *recent) add(s said) {
	if s.owner == "" {
		return
	}
	if r.now == nil || len(r.now) >= generation {
		r.before, r.now = r.now, make(map[said]struct{})
	}
	r.now[s] = struct{}{}
}
