package outbound

import (
	"context"
	"sync"
)

// lines are where those stand who are in no hurry: one of each name may be at
// the head of it, the others come after it in order.
type lines struct {
	mu  sync.Mutex
	all map[string]*line
}

// line is held by who is at its head; these wait.
type line struct{ waiting []*place }

type place struct {
	come chan struct{} // closed when it is at the head
	left bool          // does not wait any more
}

// enter waits until the caller is at the head of a line; false, and nothing is
// held, when ctx or patience ended before.
func (l *lines) enter(ctx context.Context, name string, patience <-chan struct{}) bool {
	l.mu.Lock()
	at, held := l.all[name]
	if !held {
		if l.all == nil {
			l.all = make(map[string]*line)
		}
		l.all[name] = &line{}
		l.mu.Unlock()
		return true
	}
	p := &place{come: make(chan struct{})}
	at.waiting = append(at.waiting, p)
	l.mu.Unlock()
	select {
	case <-p.come:
		return true
	case <-ctx.Done():
	case <-patience:
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-p.come: // just now
		l.next(name)
	default:
		p.left = true
	}
	return false
}

// leave lets the next come to the head.
func (l *lines) leave(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next(name)
}

func (l *lines) next(name string) {
	at := l.all[name]
	for len(at.waiting) > 0 {
		p := at.waiting[0]
		at.waiting[0], at.waiting = nil, at.waiting[1:]
		if !p.left {
			close(p.come)
			return
		}
	}
	delete(l.all, name)
}
