// Package store keeps what Praline knows: in Redis, or in one file beside the
// program. It is the only package that knows either.
//
// keys.go is the whole schema on one page. redis.go and file.go are two small
// drivers of the same few primitives (driver.go); everything else here is
// written once on top of them, and one suite of tests runs on both.
//
// A Store answers bot.Store, queue.Hints and web.Transcript:
//
//   - A learner is committed only if the version that the change was decided
//     on still stands; messages, receipts and answers go with it, whole or not
//     at all. When Commit returns nil it is stored: in the file it is on the
//     disk, on Redis as the server's appendfsync says.
//   - A hint to look at the learner in half a minute is written before the
//     state, and settled to the learner's next time when all messages were
//     said. A crash anywhere between leaves a hint that comes due.
//   - While the store is away every call returns an error at once, and the
//     store goes on by itself when it is back.
//
// The file is locked: a second process is refused. On Redis many processes may
// share one store; they need the same secret.
package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strconv"
	"sync/atomic"
	"time"

	"praline/scheduler/queue"
)

// Options say where the store is.
type Options struct {
	// Redis is the address of a Redis (redis://, rediss://; see openRedis for
	// Sentinel and Cluster); empty: the file in Folder.
	Redis string
	// Folder holds praline.db; it is made if it is not there.
	Folder string
	// Secret keys the digests of erased learners.
	Secret []byte
	// Log is told what an administrator should know; nil for nobody.
	Log *slog.Logger
	// Lease is how long after a commit its learner is looked at again, unless
	// the messages were said and noted before; by the clock that Commit is given.
	// Zero is queue.Lease.
	Lease time.Duration
	// Now is the wall's clock, by which codes and transcripts expire; nil is
	// time.Now.
	Now func() time.Time
	// Failed is told of every read and write that did not succeed, for
	// figures; nil for nobody.
	Failed func()
}

// Store keeps learners, hints and transcripts. Make one with Open.
type Store struct {
	driver driver
	secret []byte
	log    *slog.Logger
	now    func() time.Time
	failed func()
	lease  time.Duration
	stamps atomic.Int64
	// erasures outlive a .db that a backup replaces; nil on Redis.
	erasures *erasures
	usable   atomic.Bool // the schema was read and is ours
}

// Open opens the store. A Redis that does not answer is not an error: the
// store is not Ready until it does. A folder or file that cannot be used is an
// error that says how to mend it.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{secret: o.Secret, log: o.Log, now: o.Now, failed: o.Failed, lease: cmp.Or(o.Lease, queue.Lease)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.failed == nil {
		s.failed = func() {}
	}
	start, err := rand.Int(rand.Reader, big.NewInt(stampsPerMilli))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	s.stamps.Store(start.Int64())
	if o.Redis == "" {
		s.erasures = newErasures(o.Folder)
		s.driver, err = openFile(o.Folder, s.now, s.log)
	} else {
		s.driver, err = openRedis(o.Redis)
	}
	if err != nil {
		return nil, err
	}
	switch err := s.ready(ctx); {
	case err == nil && s.erasures != nil:
		if err := s.eraseAgain(ctx); err != nil {
			return nil, errors.Join(err, s.driver.close())
		}
	case err == nil:
	case o.Redis == "" || errors.As(err, new(*newerSchemaError)) || errors.As(err, new(*unfitError)):
		return nil, errors.Join(err, s.driver.close())
	default:
		s.log.Warn("Redis does not answer yet: nothing can be stored until it does", "error", err)
	}
	return s, nil
}

// Close ends the store; in the file, everything then stands in the one .db.
func (s *Store) Close() error { return s.driver.close() }

// newerSchemaError is a store that a newer Praline wrote.
type newerSchemaError struct{ found int }

func (e *newerSchemaError) Error() string {
	return fmt.Sprintf("this store was written by a newer Praline (schema %d, this one knows up to %d): run that version again, or restore a backup from before it", e.found, schema)
}

// ready makes sure, once, that the store is one that this program can read.
func (s *Store) ready(ctx context.Context) error {
	if s.usable.Load() {
		return nil
	}
	kept, err := s.read(ctx, ask{kind: hash, key: metaKey})
	if err != nil {
		return err
	}
	version := string(kept[0].hash[schemaMeta])
	if version == "" {
		err = s.write(ctx, change{guard: guard{key: metaKey, word: anything}, ops: []op{
			{verb: setField, key: metaKey, field: schemaMeta, value: []byte(strconv.Itoa(schema))},
		}})[0]
		if err != nil {
			return err
		}
	} else if n, err := strconv.Atoi(version); err != nil {
		return fmt.Errorf("store: schema %q is no number: this is not a store of Praline's; choose another with --redis or --data", version)
	} else if n > schema {
		return &newerSchemaError{n}
	}
	switch warning, err := s.driver.durable(ctx); {
	case errors.As(err, new(*unfitError)):
		return fmt.Errorf("store: %w", err)
	case err == nil && warning != "": // who may not ask is not kept from storing
		s.log.Warn(warning)
	}
	s.usable.Store(true)
	return nil
}

// readyBytes is how much Ready writes: more than a commit changes in the file,
// so that a disk with room for a word only is not taken for a healthy one.
const readyBytes = 64 << 10

// readyTimeout bounds Ready.
const readyTimeout = 2 * time.Second

// Ready says whether events can be stored now: it writes and reads. The error
// says what is wrong.
func (s *Store) Ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	if err := s.ready(ctx); err != nil {
		return err
	}
	if err := s.SetMeta(ctx, readyMeta, string(make([]byte, readyBytes))); err != nil {
		return err
	}
	_, err := s.Meta(ctx, schemaMeta)
	return err
}

// Meta returns a field of what is kept about the store itself, "" if there is none.
func (s *Store) Meta(ctx context.Context, field string) (string, error) {
	if err := s.ready(ctx); err != nil {
		return "", err
	}
	kept, err := s.read(ctx, ask{kind: hash, key: metaKey})
	if err != nil {
		return "", err
	}
	return string(kept[0].hash[field]), nil
}

// SetMeta keeps a field about the store itself.
func (s *Store) SetMeta(ctx context.Context, field, value string) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	return s.write(ctx, change{guard: guard{key: metaKey, word: anything}, ops: []op{
		{verb: setField, key: metaKey, field: field, value: []byte(value)},
	}})[0]
}

// read and write say in their errors who did not answer.
func (s *Store) read(ctx context.Context, asks ...ask) ([]found, error) {
	all, err := s.driver.read(ctx, asks...)
	if err != nil {
		s.failed()
		return nil, fmt.Errorf("store: read: %w", err)
	}
	return all, nil
}

func (s *Store) write(ctx context.Context, changes ...change) []error {
	errs := s.driver.write(ctx, changes...)
	for i, err := range errs {
		if err != nil && !errors.Is(err, errStale) {
			s.failed()
			errs[i] = fmt.Errorf("store: write: %w", err)
		}
	}
	return errs
}

// stampsPerMilli is how many stamps a millisecond has room for.
const stampsPerMilli = 1000

// stamp is a score for t that no other change of the same learner has: a
// millisecond, and a running number in its microseconds. Instances begin it at
// random.
func (s *Store) stamp(t time.Time) int64 {
	return t.UnixMilli()*stampsPerMilli + s.stamps.Add(1)%stampsPerMilli
}

// micros is a time as a score; 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
