package outbound

// recent remembers the messages that were said and noted last. Somebody who
// read the outbox just before a note hands in what was said just after it.
type recent struct {
	now, before map[said]struct{}
}

type said struct{ owner, message string }

// generation is how many are remembered at least, twice that at most.
const generation = 4096

func (r *recent) has(s Saying) bool {
	key := said{s.Owner, s.Message.ID}
	if _, ok := r.now[key]; ok {
		return true
	}
	_, ok := r.before[key]
	return ok
}

// add remembers a message of an owner; those of nobody are numbered anew after
// an erasure, so the same ID may be another message.
func (r *recent) add(s Saying) {
	if s.Owner == "" {
		return
	}
	if r.now == nil || len(r.now) >= generation {
		r.before, r.now = r.now, make(map[said]struct{})
	}
	r.now[said{s.Owner, s.Message.ID}] = struct{}{}
}
