package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"
)

// mayBeSpeeded refuses to speed up a bot that talks to real people.
func (c *serveCommand) mayBeSpeeded() error {
	if !(c.Speed >= 1 && c.Speed <= 100_000) { // nor is NaN
		return fmt.Errorf("--speed %g makes no sense: 1 is real time, 1440 a day a minute", c.Speed)
	}
	if c.Speed == 1 {
		return nil
	}
	var refused []error
	for _, app := range c.apps() {
		if app.real() {
			refused = append(refused, fmt.Errorf("--speed is for trying out: it refuses a real %s token; unset %s, or point %s at this machine", app.name, app.tokenVariable, app.apiVariable))
		}
	}
	return errors.Join(refused...)
}

// loopback says whether an address is on this machine.
func loopback(address string) bool {
	u, err := url.Parse(address)
	return err == nil && thisMachine(u.Hostname())
}

func thisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// keptClock is the clock as it stands in the store.
type keptClock struct {
	Speed float64   `json:"speed"`
	Bot   time.Time `json:"bot"` // when it was kept
}

// clockField of the store's meta.
const clockField = "clock"

// clockStore is what the clock asks of a store.
type clockStore interface {
	Meta(ctx context.Context, field string) (string, error)
	SetMeta(ctx context.Context, field, value string) error
}

// storedClock goes on with the clock of a store.
func storedClock(ctx context.Context, s clockStore, wall func() time.Time, speed float64) (*clock, error) {
	kept, err := keptFor(ctx, s, speed)
	if err != nil {
		if speed == 1 && !disagrees(err) { // a store that is away at start: go on, and ask when it is back
			return newClock(wall, 1, time.Time{}), nil
		}
		return nil, err
	}
	return newClock(wall, speed, kept.Bot), nil
}

// keptFor returns the clock as it stands in a store, zero in a new one. A store
// that was speeded is refused without --speed, and one that was not is refused
// with it: their dates would mean nothing.
func keptFor(ctx context.Context, s clockStore, speed float64) (keptClock, error) {
	var kept keptClock
	text, err := s.Meta(ctx, clockField)
	if err != nil {
		return kept, fmt.Errorf("the store's clock: %w", err)
	}
	if text == "" {
		return kept, nil
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return kept, &disagreement{fmt.Sprintf("the store's clock is not readable (%v): choose another store, with --data or --redis", err)}
	}
	switch {
	case kept.Speed != 1 && speed == 1:
		return kept, &disagreement{fmt.Sprintf("this store was run with --speed %g, its dates are not real: go on with --speed %g, or choose another data folder with --data", kept.Speed, kept.Speed)}
	case kept.Speed == 1 && speed != 1:
		return kept, &disagreement{"this store was run in real time: to try --speed, choose another data folder with --data"}
	}
	return kept, nil
}

// keptNow is the clock by which a store's dates are read while no server runs:
// the wall's, or where a speeded one stopped.
func keptNow(ctx context.Context, s clockStore) (func() time.Time, error) {
	text, err := s.Meta(ctx, clockField)
	if err != nil {
		return nil, fmt.Errorf("the store's clock: %w", err)
	}
	var kept keptClock
	if err := json.Unmarshal([]byte(text), &kept); err != nil || kept.Speed == 1 || kept.Bot.IsZero() {
		return time.Now, nil
	}
	return func() time.Time { return kept.Bot }, nil
}

// saveClock keeps the speed, and the time at which a speeded store goes on.
func (s *server) saveClock(ctx context.Context, at time.Time) error {
	text, err := json.Marshal(keptClock{Speed: s.clock.speed, Bot: at.UTC()})
	if err != nil {
		return err
	}
	return s.store.SetMeta(ctx, clockField, string(text))
}

// keepClock keeps the clock: once in real time; at speed so often that the bot
// knows it every few of its minutes, and always a little ahead, so that after a
// crash it goes on later than anything it did, never earlier.
func (s *server) keepClock(ctx context.Context) {
	every := s.clock.keepEvery()
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	kept := false
	for {
		if !kept || s.clock.speed != 1 {
			ahead := time.Duration(2 * s.clock.speed * float64(every))
			kept = s.saveClock(ctx, s.clock.Now().Add(ahead)) == nil
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
