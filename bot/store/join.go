package store

import (
	"context"
	"errors"
	"fmt"

	"praline/bot/learner"
)

// What joining and parting apps asks beside Commit; bot/join.go says in which
// order. Each step may be taken again.

// Repoint leads an address from one learner to another, if it leads to the
// first; to "" it leads to nobody any more, and what its page shows is removed.
func (s *Store) Repoint(ctx context.Context, address learner.Address, from, to learner.ID) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	key := addressKey(address)
	ops := []op{{verb: setText, key: key, value: []byte(to)}}
	if to == "" {
		ops = []op{{verb: drop, key: key}}
		if has, err := s.Resolve(ctx, address); err != nil || has != from {
			return err
		}
		if address.Channel == webChannel {
			if err := s.write(ctx, eraseConversation(address.Conversation))[0]; err != nil {
				return fmt.Errorf("learner %s: part: %w", from, err)
			}
		}
	}
	err := s.write(ctx, change{guard: guard{key: key, word: string(from)}, ops: ops})[0]
	if err != nil && !errors.Is(err, errStale) { // stale: done before
		return fmt.Errorf("learner %s: lead an address to another: %w", from, err)
	}
	return nil
}

// Forward leaves of a learner who was folded into another only a mark that says
// so, if the version still stands: else learner.ErrConflict. Nothing looks at
// them by itself any more.
func (s *Store) Forward(ctx context.Context, id learner.ID, version uint64, into learner.ID) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	mark, err := encodeLearner(header{version: version + 1}, learner.Learner{ID: id, Into: into})
	if err != nil {
		return err
	}
	codes, err := s.eraseCodes(ctx, id)
	if err != nil {
		return err
	}
	if err := errors.Join(s.write(ctx, codes...)...); err != nil {
		return fmt.Errorf("learner %s: forward: %w", id, err)
	}
	err = s.write(ctx, change{guard: guard{key: learnerKey(id), word: word(version)}, ops: append([]op{
		{verb: setText, key: learnerKey(id), value: mark},
	}, besides(id)...)})[0]
	switch {
	case errors.Is(err, errStale):
		return fmt.Errorf("learner %s: forward: %w", id, learner.ErrConflict)
	case err != nil:
		return fmt.Errorf("learner %s: forward: %w", id, err)
	}
	return s.driver.swap(ctx, dueKey, swap{member: string(id), always: true})
}

// besides removes all that stands beside a learner's state.
func besides(id learner.ID) []op {
	return []op{
		{verb: drop, key: outboxKey(id)},
		{verb: drop, key: receiptsKey(id)},
		{verb: drop, key: refusedKey(id)},
		{verb: drop, key: logKey(id)},
		{verb: drop, key: codesKey(id)},
	}
}
