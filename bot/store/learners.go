package store

import (
	"context"
	"errors"
	"fmt"

	"praline/bot/learner"
)

// Resolve returns who is met at an address, "" if nobody.
func (s *Store) Resolve(ctx context.Context, address learner.Address) (learner.ID, error) {
	if err := s.ready(ctx); err != nil {
		return "", err
	}
	kept, err := s.read(ctx, ask{kind: text, key: addressKey(address)})
	if err != nil {
		return "", err
	}
	return learner.ID(kept[0].text), nil
}

// Claim gives an address to id unless somebody has it, and returns who has it
// now: of many who claim at once, one wins and all learn who.
func (s *Store) Claim(ctx context.Context, address learner.Address, id learner.ID) (learner.ID, error) {
	for {
		if has, err := s.Resolve(ctx, address); err != nil || has != "" {
			return has, err
		}
		key := addressKey(address)
		err := s.write(ctx, change{guard: guard{key: key, word: ""}, ops: []op{{verb: setText, key: key, value: []byte(id)}}})[0]
		if !errors.Is(err, errStale) {
			return id, err
		}
	}
}

// Load returns a Record for each id, in order; one that is not stored has
// Version 0 and nothing else but its ID, one that cannot be read is Damaged.
func (s *Store) Load(ctx context.Context, ids ...learner.ID) ([]learner.Record, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	asks := make([]ask, 0, 3*len(ids))
	for _, id := range ids {
		asks = append(asks, ask{kind: text, key: learnerKey(id)}, ask{kind: hash, key: outboxKey(id)}, ask{kind: hash, key: receiptsKey(id)})
	}
	kept, err := s.read(ctx, asks...)
	if err != nil {
		return nil, err
	}
	records := make([]learner.Record, len(ids))
	for i, id := range ids {
		if records[i], err = decodeRecord(id, kept[3*i], kept[3*i+1], kept[3*i+2]); err != nil {
			records[i] = learner.Record{
				Learner: learner.Learner{ID: id},
				Damaged: fmt.Errorf("store: %w: restore a backup, or erase this learner", err),
			}
		}
	}
	return records, nil
}

// Receipt returns the app's receipt of a message, "" if there is none.
func (s *Store) Receipt(ctx context.Context, id learner.ID, message string) (string, error) {
	if err := s.ready(ctx); err != nil {
		return "", err
	}
	kept, err := s.read(ctx, ask{kind: hash, key: receiptsKey(id)})
	if err != nil {
		return "", err
	}
	return string(kept[0].hash[message]), nil
}

// Log returns the learner's answers, oldest first.
func (s *Store) Log(ctx context.Context, id learner.ID) ([]learner.Answer, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	kept, err := s.read(ctx, ask{kind: text, key: logKey(id)})
	if err != nil {
		return nil, err
	}
	answers, err := learner.ParseAnswers(kept[0].text)
	if err != nil {
		return nil, fmt.Errorf("store: learner %s: %w", id, err)
	}
	return answers, nil
}

// Learners calls each once with everybody who is stored, in no order, until it
// returns an error, and returns that.
func (s *Store) Learners(ctx context.Context, each func(learner.ID) error) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	seen := make(map[learner.ID]bool)
	return s.driver.keys(ctx, "{", func(key string) error {
		id := learnerOf(key)
		if id == "" || seen[id] {
			return nil
		}
		seen[id] = true
		return each(id)
	})
}

// Keys calls each with every key and all the bytes under it, until it returns
// an error, and returns that: the proof of an erasure.
func (s *Store) Keys(ctx context.Context, each func(key string, value []byte) error) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	return s.driver.keys(ctx, "", func(key string) error {
		value, err := s.driver.dump(ctx, key)
		if err != nil {
			return fmt.Errorf("store: %s: %w", key, err)
		}
		return each(key, value)
	})
}

// Append adds a line to one of the lists that belong to nobody.
func (s *Store) Append(ctx context.Context, name string, line []byte) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	key := listKey(name)
	return s.write(ctx, change{guard: guard{key: key, word: anything}, ops: []op{{verb: push, key: key, value: line}}})[0]
}

// Lines returns such a list, oldest first.
func (s *Store) Lines(ctx context.Context, name string) ([][]byte, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	kept, err := s.read(ctx, ask{kind: list, key: listKey(name)})
	if err != nil {
		return nil, err
	}
	return kept[0].lines, nil
}
