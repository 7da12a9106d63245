// Package recordstest is a records.Store in memory, and what any such store
// must do (Contract).
package recordstest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"praline/records"
)

// Memory keeps records until the process ends. The zero value is empty.
type Memory struct {
	// Away, where set, is the error of every call: a store that cannot be reached.
	Away error

	mu  sync.Mutex
	all map[records.Key]records.Record
}

// Read returns a record for each key.
func (m *Memory) Read(_ context.Context, keys ...records.Key) ([]records.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make([]records.Record, len(keys))
	for i, key := range keys {
		all[i] = m.one(key)
	}
	return all, m.Away
}

func (m *Memory) one(key records.Key) records.Record {
	r, ok := m.all[key]
	if !ok {
		return records.Record{Key: key}
	}
	r.Body = slices.Clone(r.Body)
	return r
}

// List returns all records of a kind.
func (m *Memory) List(_ context.Context, org, kind string) ([]records.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []records.Record
	for key := range m.all {
		if key.Org == org && key.Kind == kind {
			all = append(all, m.one(key))
		}
	}
	slices.SortFunc(all, func(a, b records.Record) int { return cmp.Compare(a.ID, b.ID) })
	return all, m.Away
}

// Write writes all or none.
func (m *Memory) Write(_ context.Context, all ...records.Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Away != nil {
		return m.Away
	}
	for _, r := range all {
		switch {
		case r.ID == "" || r.Kind == "" || r.Org != all[0].Org:
			return fmt.Errorf("%s: not a name that can be written with %s", r.Key, all[0].Key)
		case m.all[r.Key].Version != r.Version:
			return records.ErrConflict
		}
	}
	if m.all == nil {
		m.all = make(map[records.Key]records.Record)
	}
	for _, r := range all {
		if r.Body == nil {
			delete(m.all, r.Key)
			continue
		}
		r.Version++
		r.Body = slices.Clone(r.Body)
		m.all[r.Key] = r
	}
	return nil
}

// Held is all that it holds now, to be compared, or held again.
func (m *Memory) Held() map[records.Key]records.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.all)
}

// Hold holds what was held before, and nothing else.
func (m *Memory) Hold(all map[records.Key]records.Record) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all = maps.Clone(all)
}
