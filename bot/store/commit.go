package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"praline/bot/learner"
)

// Commit stores each change if its version still stands: the state, its
// messages and its answers, whole or not at all. It returns nil, ErrConflict,
// or what kept the store from it, in order; after such an error the change may
// be stored or not, and whoever brings it again finds out by the version.
func (s *Store) Commit(ctx context.Context, now time.Time, changes ...learner.Change) []error {
	errs := make([]error, len(changes))
	if err := s.ready(ctx); err != nil {
		return fill(errs, err)
	}
	stamp := s.stamp(now.Add(s.lease))
	writes, places := make([]change, 0, len(changes)), make([]int, 0, len(changes))
	var fresh []int
	for i, c := range changes {
		w, err := commitment(c, stamp)
		if err != nil {
			errs[i] = err
			continue
		}
		writes, places = append(writes, w), append(places, i)
		if c.Learner.Version == 0 {
			fresh = append(fresh, i)
		}
	}
	for n, err := range s.write(ctx, writes...) {
		id := changes[places[n]].Learner.ID
		switch {
		case errors.Is(err, errStale):
			errs[places[n]] = fmt.Errorf("learner %s: %w", id, learner.ErrConflict)
		case err != nil:
			errs[places[n]] = fmt.Errorf("learner %s: %w", id, err)
		}
	}
	s.refuseErased(ctx, changes, fresh, errs)
	return errs
}

func fill(errs []error, err error) []error {
	for i := range errs {
		errs[i] = err
	}
	return errs
}

// commitment is one learner's change as operations on its keys.
func commitment(c learner.Change, stamp int64) (change, error) {
	id, h := c.Learner.ID, header{c.Learner.Version + 1, stamp, micros(c.Next)}
	state, err := encodeLearner(h, c.Learner)
	if err != nil {
		return change{}, err
	}
	ops := []op{{verb: setText, key: learnerKey(id), value: state}}
	for _, message := range c.Drop {
		ops = append(ops, op{verb: cutField, key: outboxKey(id), field: message})
	}
	for i, said := range c.Say {
		value, err := encodeSaid(h.version, i, said)
		if err != nil {
			return change{}, fmt.Errorf("learner %s: %w", id, err)
		}
		ops = append(ops, op{verb: setField, key: outboxKey(id), field: said.Message.ID, value: value})
	}
	for _, message := range c.Forget {
		ops = append(ops, op{verb: cutField, key: receiptsKey(id), field: message})
	}
	if len(c.Answers) > 0 {
		ops = append(ops, op{verb: extend, key: logKey(id), value: learner.AppendAnswers(nil, c.Answers...)})
	}
	return change{
		guard: guard{key: learnerKey(id), word: word(c.Learner.Version)}, ops: ops,
		hint: &score{string(id), stamp}, counted: outboxKey(id), then: settling(id),
	}, nil
}

// settling gives a learner's hint the next time of the last commit where
// nothing is left to say and nobody wrote another hint since.
func settling(id learner.ID) func([]byte, int) (swap, bool) {
	return func(head []byte, left int) (swap, bool) {
		h, _, err := parseHeader(head)
		return swap{member: string(id), from: h.lease, to: h.next}, err == nil && left == 0
	}
}

// Note takes messages out of their outboxes and keeps the receipts that are
// not empty, and why the last few were refused. Where nothing is left to say, the hint goes to the Next of the
// last commit. A learner who was erased meanwhile stays so.
func (s *Store) Note(ctx context.Context, noted ...learner.Noted) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	writes := make([]change, len(noted))
	for i, n := range noted {
		ops := []op{{verb: cutField, key: outboxKey(n.Learner), field: n.Message}}
		if n.Receipt != "" {
			ops = append(ops, op{verb: setField, key: receiptsKey(n.Learner), field: n.Message, value: []byte(n.Receipt)})
		}
		if n.Refused != "" {
			more, err := s.undelivered(n)
			if err != nil {
				return err
			}
			ops = append(ops, more...)
		}
		writes[i] = change{
			guard: guard{key: learnerKey(n.Learner), word: something}, ops: ops,
			counted: outboxKey(n.Learner), then: settling(n.Learner),
		}
	}
	for i, err := range s.write(ctx, writes...) {
		if err != nil && !errors.Is(err, errStale) {
			return fmt.Errorf("learner %s: note: %w", noted[i].Learner, err)
		}
	}
	return nil
}
