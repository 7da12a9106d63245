package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"praline/bot/learner"
)

// Of the messages that an app refused for good the last few are kept, each
// with the beginning of what the app said: an administrator is asked "why did
// it not come", and not about last year's.
const (
	undeliveredKept  = 5
	undeliveredBytes = 300
)

// undelivered is a refusal as operations on the learner's keys.
func (s *Store) undelivered(n learner.Noted) ([]op, error) {
	why := n.Refused
	if len(why) > undeliveredBytes {
		why = why[:undeliveredBytes] + "…" // a character that this cuts in two is a replacement character in JSON
	}
	line, err := json.Marshal(learner.Undelivered{At: s.now().UTC(), Message: n.Message, Why: why})
	if err != nil {
		return nil, fmt.Errorf("learner %s: message %s: %w", n.Learner, n.Message, err)
	}
	key := refusedKey(n.Learner)
	return []op{{verb: push, key: key, value: line}, {verb: last, key: key, field: strconv.Itoa(undeliveredKept)}}, nil
}

// Undelivered returns the last messages that an app refused for good, oldest
// first, and why.
func (s *Store) Undelivered(ctx context.Context, id learner.ID) ([]learner.Undelivered, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	kept, err := s.read(ctx, ask{kind: list, key: refusedKey(id)})
	if err != nil {
		return nil, err
	}
	var all []learner.Undelivered
	for _, line := range kept[0].lines {
		var u learner.Undelivered
		if err := json.Unmarshal(line, &u); err != nil {
			return nil, fmt.Errorf("store: learner %s: what was refused: %w", id, err)
		}
		all = append(all, u)
	}
	return all, nil
}
