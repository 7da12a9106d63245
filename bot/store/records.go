package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"praline/records"
)

// recordsKey is the hash of all records of one kind; those of one organisation
// stand in one slot.
func recordsKey(org, kind string) string {
	if org == "" {
		org = "@" // an empty pair of braces would not be a slot's name
	}
	return "o:{" + org + "}:" + kind
}

// Read returns a record for each key, in order; Version 0 where there is none.
func (s *Store) Read(ctx context.Context, keys ...records.Key) ([]records.Record, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	asks := make([]ask, len(keys))
	for i, key := range keys {
		asks[i] = ask{kind: hash, key: recordsKey(key.Org, key.Kind), field: key.ID}
	}
	kept, err := s.read(ctx, asks...)
	if err != nil {
		return nil, err
	}
	all := make([]records.Record, len(keys))
	for i, key := range keys {
		all[i] = records.Record{Key: key}
		if value, ok := kept[i].hash[key.ID]; ok {
			if all[i], err = decodeStored(key, value); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// List returns all records of a kind, in the order of their IDs.
func (s *Store) List(ctx context.Context, org, kind string) ([]records.Record, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	kept, err := s.read(ctx, ask{kind: hash, key: recordsKey(org, kind)})
	if err != nil {
		return nil, err
	}
	all := make([]records.Record, 0, len(kept[0].hash))
	for id, value := range kept[0].hash {
		r, err := decodeStored(records.Key{Org: org, Kind: kind, ID: id}, value)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b records.Record) int { return strings.Compare(a.ID, b.ID) })
	return all, nil
}

// Write writes records of one organisation, all or none.
func (s *Store) Write(ctx context.Context, all ...records.Record) error {
	if len(all) == 0 {
		return nil
	}
	if err := s.ready(ctx); err != nil {
		return err
	}
	var c change
	for i, r := range all {
		if err := writable(r.Key, all[0].Org); err != nil {
			return err
		}
		key := recordsKey(r.Org, r.Kind)
		g := guard{key: key, field: r.ID}
		if r.Version > 0 {
			g.word = strconv.FormatUint(r.Version, 10)
		}
		if i == 0 {
			c.guard = g
		} else {
			c.also = append(c.also, g)
		}
		o := op{verb: setField, key: key, field: r.ID, value: fmt.Appendf(nil, "%d\n%s", r.Version+1, r.Body)}
		if r.Body == nil {
			o = op{verb: cutField, key: key, field: r.ID}
		}
		c.ops = append(c.ops, o)
	}
	err := s.write(ctx, c)[0]
	if errors.Is(err, errStale) {
		return records.ErrConflict
	}
	return err
}

// writable refuses a name that would be another's, or that of no record.
func writable(key records.Key, org string) error {
	if key.Org != org || key.ID == "" || key.Kind == "" || strings.ContainsAny(key.Org+key.Kind, "{}:\n@") || strings.Contains(key.ID, "\n") {
		return fmt.Errorf("store: record %q: no name that can be written with those of organisation %q", key, org)
	}
	return nil
}

// decodeStored reads "version\n", then the body.
func decodeStored(key records.Key, value []byte) (records.Record, error) {
	head, body, ok := bytes.Cut(value, []byte("\n"))
	version, err := strconv.ParseUint(string(head), 10, 64)
	if !ok || err != nil || version == 0 {
		return records.Record{}, fmt.Errorf("store: record %s: damaged: restore a backup of the store", key)
	}
	return records.Record{Key: key, Version: version, Body: body}, nil
}
