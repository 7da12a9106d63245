package main

import (
	"context"
	"log/slog"
	"time"

	"praline/bot/inbox"
	"praline/bot/people"
	"praline/bot/store"
)

// newInbox is what learners send to the trainers of their organisation.
func newInbox(s *store.Store, p *people.People, h *house, secret []byte, log *slog.Logger) *inbox.Inbox {
	return &inbox.Inbox{Store: s, People: p, Secret: secret, Write: h.write, Now: h.now, Log: log}
}

// tendEvery is how often the inbox is looked after, by the bot's clock.
const tendEvery = time.Minute

// tendInbox sends what is to go out (answers that a crash left, surveys whose
// day has come, word to trainers), until ctx ends; of many instances one at a time.
func (s *server) tendInbox(ctx context.Context) {
	every := max(time.Second, time.Duration(float64(tendEvery)/max(1, s.config.Speed)))
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		orgs, err := s.house.people.Organisations(ctx)
		if err == nil && len(orgs) == 0 {
			continue // nobody writes to trainers
		}
		mine := false
		if err == nil {
			mine, err = s.house.inbox.Turn(ctx, time.Now(), every/2)
		}
		if err == nil && mine {
			err = s.house.inbox.Tend(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.said.Do(func() { s.log.Warn("the inbox is looked after a little later", "error", err) })
		}
	}
}
