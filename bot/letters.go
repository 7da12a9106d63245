package bot

import (
	"context"
	"time"

	"praline/bot/learner"
)

// Write hands a letter to a learner: it is said when their gate is open, at
// most two unasked messages a day, a trainer's answer first.
func (b *Bot) Write(ctx context.Context, now time.Time, to learner.ID, letter learner.Letter) error {
	return nil
}
