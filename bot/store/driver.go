package store

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"praline/channels/outbound"
)

// driver is one place where keys stand: Redis, or the file. It knows keys and
// bytes, and nothing of learners.
type driver interface {
	// read returns each key's content, in order, all of one moment (of one
	// moment per slot in a Cluster).
	read(ctx context.Context, asks ...ask) ([]found, error)
	// write applies each change whole, or returns why not, in order: errStale
	// where its guard does not hold.
	write(ctx context.Context, changes ...change) []error
	// raise moves up to limit members of a sorted set whose score is at most
	// upTo, lowest first, to another score, and returns them.
	raise(ctx context.Context, set string, upTo int64, limit int, to int64) ([]string, error)
	// swap gives members of a sorted set other scores where the old ones stand.
	swap(ctx context.Context, set string, swaps ...swap) error
	// count counts the members of a sorted set whose score is at most upTo.
	count(ctx context.Context, set string, upTo int64) (int, error)
	// keys calls each with every key that has a prefix, once or more often.
	keys(ctx context.Context, prefix string, each func(key string) error) error
	// dump returns all the bytes that stand under a key, whatever its kind.
	dump(ctx context.Context, key string) ([]byte, error)
	// take and hush are outbound.Turns over buckets whose names are keys.
	take(ctx context.Context, now time.Time, most time.Duration, buckets ...outbound.Bucket) ([]time.Duration, error)
	hush(ctx context.Context, now time.Time, bucket outbound.Bucket, until time.Time) error
	// durable says what a crash of the place itself can cost; "" for nothing.
	durable(ctx context.Context) (warning string, err error)
	close() error
}

// errStale says that a change's guard does not hold any more.
var errStale = errors.New("changed meanwhile")

type kind int

const (
	text kind = iota
	hash
	list
)

// ask names a key to read, and what kind it is of.
type ask struct {
	kind  kind
	key   string
	field string // of a hash: only this one; "": all of it
}

// found is what a key holds; all nil where there is none.
type found struct {
	text  []byte
	hash  map[string][]byte
	lines [][]byte
}

// change is a set of operations on the keys of one slot, applied whole or not at all.
type change struct {
	guard guard
	also  []guard // which must hold too
	ops   []op
	// hint is a member of the sorted set due to be written before anything else.
	hint *score
	// counted is a hash whose fields are counted when all is applied; then is
	// told how many are left, with the guarded key's first line, and returns
	// the hint to swap.
	counted string
	then    func(head []byte, left int) (swap, bool)
}

// guard is the condition of a change: the first word of the text under key, or
// of a field of the hash under key.
type guard struct {
	key   string
	word  string // "": the key, or its field, is absent
	field string // "": key is a text
}

// Words that no text begins with.
const (
	anything  = "*" // no condition
	something = "+" // the key is there
)

type verb int

const (
	setText  verb = iota // key = value
	setField             // key[field] = value
	cutField             // delete key[field]
	extend               // key = key + value
	push                 // a line at the end of the list key
	last                 // of the list key only the last lines, as many as field says
	drop                 // delete key
	expire               // key goes at until, by the wall's clock
)

type op struct {
	verb  verb
	key   string
	field string
	value []byte
	until time.Time
}

// score is a member of a sorted set.
type score struct {
	member string
	score  int64
}

// swap moves a member from one score to another where the first still stands.
type swap struct {
	member string
	from   int64
	to     int64 // 0: out of the set
	always bool  // whatever the score is
}

// bytes is all that was found, for who looks for a name in it, or whether
// anything has changed: the same each time.
func (f found) bytes() []byte {
	all := slices.Clone(f.text)
	for _, field := range slices.Sorted(maps.Keys(f.hash)) {
		all = append(append(append(append(all, field...), '\n'), f.hash[field]...), '\n')
	}
	for _, line := range f.lines {
		all = append(append(all, line...), '\n')
	}
	return all
}
