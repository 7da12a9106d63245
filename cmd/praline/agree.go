package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// agreement is what a store and whoever uses it must agree on before anything
// is done there: the secret, and whether its time is real. A store that is
// away at start is asked as soon as it is back, and until then nothing is.
type agreement struct {
	look func(context.Context) error
	mu   sync.Mutex
	done atomic.Bool
}

var errAsking = errors.New("the store has not answered yet")

// reached asks the store, until it has agreed once.
func (a *agreement) reached(ctx context.Context) error {
	if a.done.Load() {
		return nil
	}
	if !a.mu.TryLock() {
		return errAsking // and nobody queues up behind a store that does not answer
	}
	defer a.mu.Unlock()
	err := a.look(ctx)
	a.done.Store(err == nil)
	return err
}

// disagreement is a store that must not be used like this, in words; no
// waiting will mend it.
type disagreement struct{ words string }

func (d *disagreement) Error() string { return d.words }

func disagrees(err error) bool { return errors.As(err, new(*disagreement)) }

// secretField of the store's meta: which secret seals and signs here.
const secretField = "secret"

// sameSecret refuses a secret that is not the store's. With another one every
// open page would lose its conversation, and who was erased would not be known
// any more. The first to come says which it is; replace says it anew.
func sameSecret(ctx context.Context, s clockStore, secret []byte, replace bool) error {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("praline: which secret"))
	ours := base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
	kept, err := s.Meta(ctx, secretField)
	if err != nil {
		return err
	}
	if kept == "" || (replace && kept != ours) {
		if err := s.SetMeta(ctx, secretField, ours); err != nil {
			return err
		}
		if kept, err = s.Meta(ctx, secretField); err != nil { // two may start at once
			return err
		}
	}
	if kept != ours {
		return &disagreement{"this store was kept with another secret: give all instances the same PRALINE_SECRET, or put the first one's file \"secret\" into the data folder; if it is lost, " +
			"\"praline serve --replace-secret\" takes this one, and who has the page open begins anew"}
	}
	return nil
}

// agree asks the store until it agrees, as often as every says; a disagreement
// ends the server.
func (s *server) agree(ctx context.Context, every time.Duration, refused chan<- error) {
	for {
		err := s.agreed.reached(ctx)
		switch {
		case err == nil:
			return
		case disagrees(err):
			refused <- err
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}
