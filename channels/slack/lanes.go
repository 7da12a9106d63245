package slack

import "sync"

// lanes keep what one person does in order, and let everybody else pass.
type lanes struct {
	mu   sync.Mutex
	last map[string]chan struct{}
}

// enter takes the next place in a lane: it is one's turn when before is
// closed, and leave must be called in any case.
func (l *lanes) enter(key string) (before <-chan struct{}, leave func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == nil {
		l.last = make(map[string]chan struct{})
	}
	mine, previous := make(chan struct{}), l.last[key]
	l.last[key] = mine
	if previous == nil {
		previous = make(chan struct{})
		close(previous)
	}
	return previous, func() {
		<-previous // who gave up waiting must not let the next one pass
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.last[key] == mine {
			delete(l.last, key)
		}
		close(mine)
	}
}
