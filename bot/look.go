package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"praline/bot/learner"
)

// look makes a decision on somebody who did nothing, without saying anything
// now: what changes is a letter, or when to look again.
func (b *Bot) look(ctx context.Context, now time.Time, id learner.ID, decide func(*turn) bool) error {
	for range tries {
		record, err := b.reach(ctx, now, id)
		if err != nil || record.Learner.Version == 0 {
			return err
		}
		t, err := b.begin(ctx, record, record.Learner.Reached(), now)
		if err != nil {
			return err
		}
		changed := false
		if err := decided(func() { changed = decide(t) }); err != nil {
			return fmt.Errorf("learner %s: %w", t.learner.ID, err)
		}
		if !changed {
			return nil
		}
		err = b.Store.Commit(ctx, now, t.change())[0]
		if errors.Is(err, learner.ErrConflict) {
			continue
		}
		if err != nil {
			return fmt.Errorf("learner %s: commit: %w", t.learner.ID, err)
		}
		b.count(t.happened...)
		return nil
	}
	return fmt.Errorf("learner %s: %d times: %w", id, tries, learner.ErrConflict)
}

// reach loads who a learner is now, if they were joined with another; Version 0
// for nobody.
func (b *Bot) reach(ctx context.Context, now time.Time, id learner.ID) (learner.Record, error) {
	for range tries {
		chain, _, err := b.chain(ctx, id)
		if err != nil {
			return learner.Record{}, err
		}
		i := slices.IndexFunc(chain, func(r learner.Record) bool { return unfinished(r.Learner) && !r.Learner.IsMark() })
		if i < 0 {
			return chain[len(chain)-1], nil
		}
		if _, err := b.settle(ctx, now, chain[i].Learner, learner.Address{}); err != nil {
			return learner.Record{}, err
		}
	}
	return learner.Record{}, fmt.Errorf("learner %s: %d times: %w", id, tries, learner.ErrConflict)
}
