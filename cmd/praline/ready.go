package main

import (
	"context"
	"sync"
	"time"
)

// A look at the store writes to the disk, and anybody may ask for it. So what
// was found holds for readyFor, and one asker at a time looks, no longer than
// readyWithin; the others are told what that one found.
const (
	readyFor    = 1500 * time.Millisecond
	readyWithin = 3 * time.Second
)

// readiness is whether events can be stored, as of a moment ago.
type readiness struct {
	look func(context.Context) error
	now  func() time.Time // the wall's

	mu    sync.Mutex
	until time.Time
	found error
}

func newReadiness(look func(context.Context) error, now func() time.Time) *readiness {
	return &readiness{look: look, now: now}
}

// verdict is nil where events can be stored, else what is wrong.
func (r *readiness) verdict(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now().Before(r.until) {
		return r.found
	}
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	r.found = r.look(ctx)
	r.until = r.now().Add(readyFor)
	return r.found
}

// asked asks the store.
func (s *server) asked(ctx context.Context) error {
	if err := s.agreed.reached(ctx); err != nil {
		return err
	}
	return s.store.Ready(ctx)
}
