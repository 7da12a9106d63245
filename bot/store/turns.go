package store

import (
	"context"
	"fmt"
	"sync"
	"time"

	"praline/channels/outbound"
)

// turnKept is how long after its bucket is full again a key stays.
const turnKept = 10 * time.Second

// Take answers outbound.Turns: on Redis one ledger for all instances.
func (s *Store) Take(ctx context.Context, now time.Time, most time.Duration, buckets ...outbound.Bucket) ([]time.Duration, error) {
	keyed := make([]outbound.Bucket, len(buckets))
	for i, b := range buckets {
		keyed[i] = b
		keyed[i].Name = turnKey(b.Name)
	}
	waits, err := s.driver.take(ctx, now, most, keyed...)
	if err != nil {
		s.failed()
		return nil, fmt.Errorf("store: take a turn: %w", err)
	}
	return waits, nil
}

// Hush answers outbound.Turns.
func (s *Store) Hush(ctx context.Context, now time.Time, bucket outbound.Bucket, until time.Time) error {
	bucket.Name = turnKey(bucket.Name)
	if err := s.driver.hush(ctx, now, bucket, until); err != nil {
		s.failed()
		return fmt.Errorf("store: hush: %w", err)
	}
	return nil
}

// turns is the ledger of the file. One process owns the file, so turns are
// counted in its memory, without a disk, and begin with full buckets. What an
// app asked for, not to be spoken to for a while, is kept on the disk: a
// restart obeys it.
type turns struct {
	mu     sync.Mutex
	ledger *outbound.Ledger // nil: what is on the disk was not read yet
}

// shortHush is a silence that is over before a restart is.
const shortHush = time.Second

// of returns the ledger, with the silences that were kept.
func (t *turns) of(ctx context.Context, f *file) (*outbound.Ledger, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ledger != nil {
		return t.ledger, nil
	}
	ledger := outbound.NewLedger()
	err := f.keys(ctx, turnPrefix, func(key string) error {
		kept, err := f.read(ctx, ask{kind: text, key: key})
		var next, hush int64
		if n, _ := fmt.Sscanf(string(kept[0].text), "%d %d", &next, &hush); n == 2 { // else it is over since
			ledger.Resume(key, time.UnixMicro(hush), time.UnixMicro(next))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	t.ledger = ledger
	return ledger, nil
}

func (f *file) take(ctx context.Context, now time.Time, most time.Duration, buckets ...outbound.Bucket) ([]time.Duration, error) {
	ledger, err := f.turns.of(ctx, f)
	if err != nil {
		return nil, err
	}
	return ledger.Take(ctx, now, most, buckets...)
}

// hush keeps a silence in memory first: a disk that is full does not make us
// speak against an app's wish.
func (f *file) hush(ctx context.Context, now time.Time, b outbound.Bucket, until time.Time) error {
	ledger, err := f.turns.of(ctx, f)
	if err != nil {
		return err
	}
	if err := ledger.Hush(ctx, now, b, until); err != nil || until.Sub(now) <= shortHush {
		return err
	}
	_, _, most := b.Pace()
	full := until.Add(time.Duration(most) * time.Microsecond)
	return f.write(ctx, change{guard: guard{key: b.Name, word: anything}, ops: []op{
		{verb: setText, key: b.Name, value: fmt.Appendf(nil, "%d %d", full.UnixMicro(), until.UnixMicro())},
		{verb: expire, key: b.Name, until: full},
	}})[0]
}
