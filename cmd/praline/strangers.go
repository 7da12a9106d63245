package main

import (
	"context"
	"time"

	"praline/bot/learner"
)

// Whoever said hello and never said yes to being written to is a stranger:
// after strangerDays, by the bot's clock, nothing is kept of them. The server
// looks at start and then, by the wall's clock, every strangersEvery.
const (
	strangerDays   = 30
	strangersEvery = 24 * time.Hour
)

// forgetStrangers looks again and again until ctx ends.
func (s *server) forgetStrangers(ctx context.Context) {
	admin := administration{bot: s.bot, store: s.store, now: s.clock.Now}
	ticker := time.NewTicker(strangersEvery)
	defer ticker.Stop()
	for {
		n, err := admin.forgetStrangers(ctx)
		s.metrics.happened.WithLabelValues("erase", "never-agreed").Add(float64(n))
		if n > 0 {
			s.log.Info("erased who came and never agreed", "learners", n, "days", strangerDays)
		}
		if err != nil && ctx.Err() == nil {
			s.log.Warn("not everybody who never agreed is erased: tried again tomorrow", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// forgetStrangers erases who came long ago and never agreed, and says how many.
func (a administration) forgetStrangers(ctx context.Context) (n int, err error) {
	before := a.now().AddDate(0, 0, -strangerDays)
	stranger := func(l learner.Learner) bool { return l.Agreed.IsZero() && l.Created.Before(before) }
	all, err := a.all(ctx, stranger)
	if err != nil {
		return 0, err
	}
	err = a.eraseAll(ctx, all, stranger, func(learner.ID) error { n++; return nil })
	return n, err
}
