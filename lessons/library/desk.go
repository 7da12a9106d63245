package library

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"praline/records"
)

// desk is everything about one series of an organisation, while something of it
// is decided.
type desk struct {
	org, id string
	draft   Draft
	past    []Past
	remarks []Thread
	facts   []Signature
	shelf   Shelf

	read []records.Record
}

// deskKinds are the records on a desk, in the order of desk.values.
var deskKinds = []string{kindDraft, kindPast, kindRemarks, kindFacts, kindShelf}

func (d *desk) values() []any {
	return []any{&d.draft, &d.past, &d.remarks, &d.facts, &d.shelf}
}

// has says whether a record of a kind was there.
func (d *desk) has(kind string) bool {
	for i, k := range deskKinds {
		if k == kind {
			return d.read[i].Version > 0
		}
	}
	return false
}

// desk lays out everything about a series; what is not there has its zero value.
func (l *Library) desk(ctx context.Context, org, id string) (*desk, error) {
	keys := make([]records.Key, len(deskKinds))
	for i, kind := range deskKinds {
		keys[i] = records.Key{Org: org, Kind: kind, ID: id}
	}
	read, err := l.Store.Read(ctx, keys...)
	if err != nil {
		return nil, fmt.Errorf("series %s of %s: %w", id, org, err)
	}
	d := &desk{org: org, id: id, read: read}
	for i, value := range d.values() {
		if read[i].Version == 0 {
			continue
		}
		if err := json.Unmarshal(read[i].Body, value); err != nil {
			return nil, fmt.Errorf("%s: cannot be read: %w: restore a backup", keys[i], err)
		}
	}
	return d, nil
}

// tries bounds how often something is decided again because others were faster.
const tries = 100

// at decides something about a series and writes what changed of it, all or
// nothing. Where somebody else was faster it is decided again on what they left.
func (l *Library) at(ctx context.Context, org, id string, decide func(*desk) error) error {
	if !isID(id) {
		return none(org, id)
	}
	for range tries {
		d, err := l.desk(ctx, org, id)
		if err != nil {
			return err
		}
		if err := decide(d); err != nil {
			return err
		}
		changed, err := d.changed()
		if err != nil || len(changed) == 0 {
			return err
		}
		if err := l.Store.Write(ctx, changed...); !errors.Is(err, records.ErrConflict) {
			return err
		}
	}
	return fmt.Errorf("series %s of %s: %d times: %w", id, org, tries, records.ErrConflict)
}

// written decides something about a draft that is there.
func (l *Library) written(ctx context.Context, org, id string, decide func(*desk) error) error {
	return l.at(ctx, org, id, func(d *desk) error {
		if !d.has(kindDraft) {
			return none(org, id)
		}
		return decide(d)
	})
}

// changed are the records that are no longer as they were read.
func (d *desk) changed() ([]records.Record, error) {
	var all []records.Record
	for i, value := range d.values() {
		body, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.read[i].Key, err)
		}
		if bytes.Equal(body, d.read[i].Body) || d.read[i].Version == 0 && empty(body) {
			continue
		}
		all = append(all, records.Record{Key: d.read[i].Key, Version: d.read[i].Version, Body: body})
	}
	return all, nil
}

// empty says that a value says nothing that was to be kept.
func empty(body []byte) bool {
	switch string(body) {
	case "null", "{}", "[]", `{"id":"","files":null,"state":"","created":{}}`:
		return true
	}
	return false
}
