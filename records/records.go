// Package records is what an organisation keeps beside its learners: people,
// drafts, campaigns, counts. Each is a small value with a name and a version,
// written only if the version that it was decided on still stands.
//
// Who keeps such values (bot/people, lessons/library, scheduler/campaign,
// bot/report) asks for a Store; bot/store is the one that lasts. All records of
// one organisation can be written together, whole or not at all: that is how a
// version goes live, and how an answer is counted once.
//
//	series, err := records.Load[Series](ctx, store, records.Key{Org: "spf", Kind: "series", ID: "phishing"})
//	err = records.Update(ctx, store, key, func(s *Series) error { s.Live = "1.2.0"; return nil })
package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Key names a record. Org is an organisation's id, "" for what belongs to the
// whole server; Kind is a short word ("person", "campaign"); ID is any text that
// is not empty. No field holds a brace, a colon or a line break, but ID may hold
// a colon.
type Key struct{ Org, Kind, ID string }

func (k Key) String() string { return k.Org + "/" + k.Kind + "/" + k.ID }

// Record is a value under its name. Version 0 says that nothing is stored; each
// write raises it by one. A record that is written with a nil Body is removed.
type Record struct {
	Key
	Version uint64
	Body    []byte
}

// ErrConflict says that somebody else wrote a record meanwhile: read and decide
// again. Nothing of what came with it was written.
var ErrConflict = errors.New("the record has changed meanwhile")

// ErrNone says that there is no such record.
var ErrNone = errors.New("there is no such record")

// Store keeps records. Its errors are its being away, unless said otherwise.
type Store interface {
	// Read returns a record for each key, in order; Version 0 where there is none.
	Read(ctx context.Context, keys ...Key) ([]Record, error)
	// List returns all records of a kind, in the order of their IDs.
	List(ctx context.Context, org, kind string) ([]Record, error)
	// Write writes records of one organisation, all or none: ErrConflict where
	// the Version of any is not the one that is stored.
	Write(ctx context.Context, all ...Record) error
}

// Load returns the value of a record, ErrNone if there is none.
func Load[T any](ctx context.Context, s Store, key Key) (T, error) {
	value, _, err := load[T](ctx, s, key)
	return value, err
}

func load[T any](ctx context.Context, s Store, key Key) (T, uint64, error) {
	var value T
	all, err := s.Read(ctx, key)
	switch {
	case err != nil:
		return value, 0, fmt.Errorf("%s: %w", key, err)
	case all[0].Version == 0:
		return value, 0, fmt.Errorf("%s: %w", key, ErrNone)
	}
	value, err = Decode[T](all[0])
	return value, all[0].Version, err
}

// Decode reads a record's JSON.
func Decode[T any](r Record) (T, error) {
	var value T
	if err := json.Unmarshal(r.Body, &value); err != nil {
		return value, fmt.Errorf("%s: cannot be read: %w: restore a backup", r.Key, err)
	}
	return value, nil
}

// Encode makes a record of a value, decided on a version of it (0: new).
func Encode(key Key, version uint64, value any) (Record, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return Record{}, fmt.Errorf("%s: %w", key, err)
	}
	return Record{key, version, body}, nil
}

// All returns every value of a kind, in the order of their IDs.
func All[T any](ctx context.Context, s Store, org, kind string) ([]T, error) {
	list, err := s.List(ctx, org, kind)
	if err != nil {
		return nil, fmt.Errorf("%s/%s: %w", org, kind, err)
	}
	all := make([]T, len(list))
	for i, r := range list {
		if all[i], err = Decode[T](r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// tries bounds how often a change is decided again: each time somebody else was
// faster, so this is how many may change one record at one moment.
const tries = 100

// Update changes a record and returns its new value: it is decided again while
// somebody else was faster. A record that is not there is handed over as the
// zero value; an error of change leaves everything as it was.
func Update[T any](ctx context.Context, s Store, key Key, change func(*T) error) (T, error) {
	for range tries {
		value, version, err := load[T](ctx, s, key)
		if err != nil && !errors.Is(err, ErrNone) {
			return value, err
		}
		if err := change(&value); err != nil {
			return value, err
		}
		r, err := Encode(key, version, value)
		if err != nil {
			return value, err
		}
		if err := s.Write(ctx, r); !errors.Is(err, ErrConflict) {
			return value, err
		}
	}
	var none T
	return none, fmt.Errorf("%s: %d times: %w", key, tries, ErrConflict)
}

// Put writes a value whatever stood there.
func Put(ctx context.Context, s Store, key Key, value any) error {
	_, err := Update(ctx, s, key, func(v *json.RawMessage) error {
		body, err := json.Marshal(value)
		*v = body
		return err
	})
	return err
}

// Remove removes a record; one that is not there is no error.
func Remove(ctx context.Context, s Store, key Key) error {
	for range tries {
		all, err := s.Read(ctx, key)
		if err != nil || all[0].Version == 0 {
			return err
		}
		if err := s.Write(ctx, Record{Key: key, Version: all[0].Version}); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return fmt.Errorf("%s: %d times: %w", key, tries, ErrConflict)
}
