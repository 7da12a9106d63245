package main

import (
	"context"
	"time"

	"praline/channels"
	"praline/channels/outbound"
)

// How often codes of the console may be entered, over all instances: from one
// address, and by everybody together. bot/people says what follows for a guess.
var (
	codesOfOne = channels.Rate{PerSecond: 1.0 / 30, Burst: 10}
	codesOfAll = channels.Rate{PerSecond: 10, Burst: 50}
)

// tryCode takes a turn to enter a code of the console, and returns how long to
// wait for one.
func (h *house) tryCode(ctx context.Context, address string) (time.Duration, error) {
	now := time.Now()
	for _, bucket := range []outbound.Bucket{
		{Name: "console " + address, Rate: codesOfOne},
		{Name: "console", Rate: codesOfAll},
	} {
		waits, err := h.bot.Store.Take(ctx, now, 0, bucket)
		if err != nil || waits[0] > 0 {
			return append(waits, 0)[0], err
		}
	}
	return 0, nil
}
