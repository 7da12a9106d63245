package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"praline/bot/learner"
)

// openCode is the first word of a code that nobody has claimed yet.
const openCode = "open"

// currentCode is the field that names the one code of a learner that leads to them.
const currentCode = "now"

// PutCode keeps a code that leads to a learner until a time of the wall's
// clock. It is the learner's only one: what they had before leads nowhere.
func (s *Store) PutCode(ctx context.Context, code string, id learner.ID, until time.Time) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	key, codes := codeKey(code), codesKey(id)
	kept, err := s.read(ctx, ask{kind: hash, key: codes})
	if err != nil {
		return err
	}
	// First the note by which an erasure finds the code, then the code, which
	// leads nowhere until the learner's slot says that it is the current one: by
	// that one write every former code ends.
	changes := []change{
		{guard: guard{key: codes, word: anything}, ops: []op{
			{verb: setField, key: codes, field: key, value: []byte{}},
			{verb: expire, key: codes, until: until},
		}},
		{guard: guard{key: key, word: anything}, ops: []op{
			{verb: setText, key: key, value: fmt.Appendf(nil, "%s %d %s", openCode, until.UnixMicro(), id)},
			{verb: expire, key: key, until: until},
		}},
		{guard: guard{key: codes, word: anything}, ops: []op{{verb: setField, key: codes, field: currentCode, value: []byte(key)}}},
	}
	for former := range kept[0].hash {
		if former != currentCode && former != key {
			changes = append(changes, dropped(former), change{guard: guard{key: codes, word: anything}, ops: []op{{verb: cutField, key: codes, field: former}}})
		}
	}
	for _, c := range changes {
		if err := s.write(ctx, c)[0]; err != nil {
			return fmt.Errorf("learner %s: code: %w", id, err)
		}
	}
	return nil
}

// dropped removes a key.
func dropped(key string) change {
	return change{guard: guard{key: key, word: anything}, ops: []op{{verb: drop, key: key}}}
}

// code is what stands under a code's key.
type code struct {
	claimer string
	until   int64
	id      learner.ID
}

// code reads a code; its id is "" for one that leads nowhere, or no more at a time.
func (s *Store) code(ctx context.Context, now time.Time, typed string) (code, error) {
	if err := s.ready(ctx); err != nil {
		return code{}, err
	}
	key := codeKey(typed)
	kept, err := s.read(ctx, ask{kind: text, key: key})
	if err != nil {
		return code{}, err
	}
	var c code
	if words := strings.Fields(string(kept[0].text)); len(words) == 3 {
		until, _ := strconv.ParseInt(words[1], 10, 64)
		c = code{words[0], until, learner.ID(words[2])}
	}
	if c.id == "" || now.UnixMicro() >= c.until {
		return code{}, nil
	}
	named, err := s.read(ctx, ask{kind: hash, key: codesKey(c.id)})
	if err != nil || string(named[0].hash[currentCode]) != key {
		return code{}, err // the learner has made another one since, or is erased
	}
	return c, nil
}

// Coded returns to whom a code leads at a time, if claimer may claim it: ""
// for nobody.
func (s *Store) Coded(ctx context.Context, now time.Time, typed, claimer string) (learner.ID, error) {
	c, err := s.code(ctx, now, typed)
	if err != nil || c.claimer != openCode && c.claimer != digest(claimer) {
		return "", err
	}
	return c.id, nil
}

// ClaimCode takes a code for a claimer, once, and returns to whom it leads: ""
// where it leads to nobody, or was taken by somebody else. The same claimer
// again, after a crash, takes the same.
func (s *Store) ClaimCode(ctx context.Context, now time.Time, typed, claimer string) (learner.ID, error) {
	key, word := codeKey(typed), digest(claimer) // who claims is not named: they may be erased before the code is
	for {
		c, err := s.code(ctx, now, typed)
		switch {
		case err != nil:
			return "", err
		case c.claimer == word:
			return c.id, nil
		case c.claimer != openCode:
			return "", nil
		}
		err = s.write(ctx, change{guard: guard{key: key, word: openCode}, ops: []op{
			{verb: setText, key: key, value: fmt.Appendf(nil, "%s %d %s", word, c.until, c.id)},
			{verb: expire, key: key, until: time.UnixMicro(c.until)},
		}})[0]
		if !errors.Is(err, errStale) {
			return c.id, err
		}
	}
}

// eraseCodes is what removes the codes that lead, or led, to a learner.
func (s *Store) eraseCodes(ctx context.Context, id learner.ID) ([]change, error) {
	kept, err := s.read(ctx, ask{kind: hash, key: codesKey(id)})
	if err != nil {
		return nil, err
	}
	var changes []change
	for key := range kept[0].hash {
		if key != currentCode {
			changes = append(changes, dropped(key))
		}
	}
	return changes, nil
}
