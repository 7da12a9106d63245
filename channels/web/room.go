package web

import (
	"sync"
	"time"

	"praline/channels"
)

// rooms is who is looking at which conversation in this process right now.
// Nothing of it is needed to know what was said: that stands in the transcript.
type rooms struct {
	mu  sync.Mutex
	all map[string]*room // by conversation; only those with somebody or something in them
}

// room is one conversation.
type room struct {
	streams []*listener       // oldest first
	waiting map[*waiter]bool  // requests that wait for their answer to be said
	pressed *press            // what was pressed last and may yet be shown
	receipt *channels.Message // a fleeting message, shown until something else is said
	until   time.Time         // and until then at most
}

// listener is one stream; wake holds one token when there is something new.
type listener struct {
	wake chan struct{}
	full chan struct{} // closed when a newer stream took its place
}

// waiter waits until messages were said.
type waiter struct {
	said map[string]bool
	wake chan struct{}
}

// press is a choice that was pressed, or a form that was sent: shown as the
// learner's own words, unless the answer takes the message's place anyway.
type press struct {
	event, message, text string
}

const (
	mostStreams = 8                // of one conversation: the oldest is closed
	fleetingFor = 10 * time.Minute // how long a receipt of erasure can be read
)

func newRooms() *rooms { return &rooms{all: make(map[string]*room)} }

// with does something with a conversation's room.
func (rs *rooms) with(conversation string, do func(*room)) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	r, ok := rs.all[conversation]
	if !ok {
		r = &room{waiting: make(map[*waiter]bool)}
		rs.all[conversation] = r
	}
	do(r)
	if len(r.streams) == 0 && len(r.waiting) == 0 && r.pressed == nil && r.receipt == nil {
		delete(rs.all, conversation)
	}
}

// changed wakes everybody who looks at a conversation; said is the message
// that was said, "" for none.
func (rs *rooms) changed(conversation, said string) {
	rs.with(conversation, func(r *room) {
		for _, l := range r.streams {
			signal(l.wake)
		}
		for w := range r.waiting {
			w.said[said] = true
			signal(w.wake)
		}
	})
}

func signal(wake chan struct{}) {
	select {
	case wake <- struct{}{}:
	default: // one is enough
	}
}

// join adds a stream; leave takes it away.
func (rs *rooms) join(conversation string) *listener {
	l := &listener{wake: make(chan struct{}, 1), full: make(chan struct{})}
	rs.with(conversation, func(r *room) {
		r.streams = append(r.streams, l)
		if len(r.streams) > mostStreams {
			close(r.streams[0].full)
			r.streams = r.streams[1:]
		}
	})
	return l
}

func (rs *rooms) leave(conversation string, l *listener) {
	rs.with(conversation, func(r *room) {
		for i, s := range r.streams {
			if s == l {
				r.streams = append(r.streams[:i:i], r.streams[i+1:]...)
				return
			}
		}
	})
}

// await begins to note what is said; the func ends it.
func (rs *rooms) await(conversation string) (*waiter, func()) {
	w := &waiter{said: make(map[string]bool), wake: make(chan struct{}, 1)}
	rs.with(conversation, func(r *room) { r.waiting[w] = true })
	return w, func() { rs.with(conversation, func(r *room) { delete(r.waiting, w) }) }
}

// until waits for all of messages; false when done comes first.
func (rs *rooms) until(w *waiter, messages []channels.Message, done <-chan struct{}, late <-chan time.Time) bool {
	for {
		rs.mu.Lock()
		missing := false
		for _, m := range messages {
			missing = missing || !w.said[m.ID]
		}
		rs.mu.Unlock()
		if !missing {
			return true
		}
		select {
		case <-w.wake:
		case <-done:
			return false
		case <-late:
			return false
		}
	}
}

// press notes what was pressed; settle forgets it unless it is another one by now.
func (rs *rooms) press(conversation string, p *press) {
	rs.with(conversation, func(r *room) { r.pressed = p })
}

func (rs *rooms) settle(conversation string, p *press) {
	rs.with(conversation, func(r *room) {
		if r.pressed == p {
			r.pressed = nil
		}
	})
}

// take returns what was pressed, for the message that answers it, and forgets it.
func (rs *rooms) take(conversation string) (p *press) {
	rs.with(conversation, func(r *room) { p, r.pressed = r.pressed, nil })
	return p
}

// show keeps a fleeting message in mind, nowhere else; nil ends it.
func (rs *rooms) show(conversation string, m *channels.Message, now time.Time) {
	rs.with(conversation, func(r *room) { r.receipt, r.until = m, now.Add(fleetingFor) })
	if m == nil {
		return
	}
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for name, r := range rs.all {
		if r.receipt != nil && !now.Before(r.until) {
			if r.receipt = nil; len(r.streams) == 0 && len(r.waiting) == 0 {
				delete(rs.all, name)
			}
		}
	}
}

// receipt returns the fleeting message of a conversation, nil for none.
func (rs *rooms) receipt(conversation string, now time.Time) *channels.Message {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if r, ok := rs.all[conversation]; ok && r.receipt != nil && now.Before(r.until) {
		return r.receipt
	}
	return nil
}
