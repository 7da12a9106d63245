package store

import (
	"context"
	"fmt"
	"math"
	"time"

	"praline/scheduler/queue"
)

// Due claims up to limit hints that are due at now, oldest first, by moving
// them to now + lease: of many processes that ask at once, one gets each.
func (s *Store) Due(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]queue.Hint, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	stamp := s.stamp(now.Add(lease))
	members, err := s.driver.raise(ctx, dueKey, now.UnixMicro(), limit, stamp)
	if err != nil {
		return nil, fmt.Errorf("store: claim hints: %w", err)
	}
	hints := make([]queue.Hint, len(members))
	for i, member := range members {
		hints[i] = queue.Hint{Learner: member, Score: stamp}
	}
	return hints, nil
}

// Resume makes due at now what a process that ended in the middle had claimed
// for a while: the file has one process at a time, so nobody else is at it. On
// Redis somebody may be, and the claim ends by itself.
func (s *Store) Resume(ctx context.Context, now time.Time) error {
	if s.erasures == nil {
		return nil
	}
	if err := s.ready(ctx); err != nil {
		return err
	}
	claimed := now.Add(s.lease + time.Second).UnixMicro()
	if _, err := s.driver.raise(ctx, dueKey, claimed, math.MaxInt32, now.UnixMicro()); err != nil {
		return fmt.Errorf("store: claimed hints: %w", err)
	}
	return nil
}

// Settle sets the next time of each hint whose Score still stands.
func (s *Store) Settle(ctx context.Context, settled ...queue.Settled) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	swaps := make([]swap, len(settled))
	for i, x := range settled {
		swaps[i] = swap{member: x.Hint.Learner, from: x.Hint.Score, to: micros(x.Next)}
	}
	if err := s.driver.swap(ctx, dueKey, swaps...); err != nil {
		return fmt.Errorf("store: settle hints: %w", err)
	}
	return nil
}

// Waiting counts the hints that are due at now.
func (s *Store) Waiting(ctx context.Context, now time.Time) (int, error) {
	if err := s.ready(ctx); err != nil {
		return 0, err
	}
	n, err := s.driver.count(ctx, dueKey, now.UnixMicro())
	if err != nil {
		return 0, fmt.Errorf("store: count hints: %w", err)
	}
	return n, nil
}
