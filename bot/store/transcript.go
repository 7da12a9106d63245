package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"praline/channels/web"
)

// What a web conversation keeps.
const (
	keptEntries = 200
	keptFor     = 30 * 24 * time.Hour
)

// order is the order of a conversation's entries; each stands in a hash beside
// it, by its key.
type order struct {
	number int64 // of the last change
	places []place
}

type place struct {
	Key string `json:"k"`
	At  int64  `json:"t"` // Unix seconds
}

// encode writes the number, which guards the conversation, and the places.
func (o order) encode() ([]byte, error) {
	places, err := json.Marshal(o.places)
	if err != nil {
		return nil, err
	}
	return append(fmt.Appendf(nil, "%d\n", o.number), places...), nil
}

func decodeOrder(stored []byte) (order, error) {
	var o order
	if stored == nil {
		return o, nil
	}
	number, places, _ := bytes.Cut(stored, []byte("\n"))
	var err error
	if o.number, err = strconv.ParseInt(string(number), 10, 64); err != nil {
		return o, err
	}
	return o, json.Unmarshal(places, &o.places)
}

// put gives an entry its place, and returns the keys whose entries go: the one
// that is replaced, what is too old, and what is too much.
func (o *order) put(entry web.Entry, replaces string) (gone []string) {
	o.number++
	p := place{entry.Key, entry.At.Unix()}
	i := o.index(cmp.Or(replaces, entry.Key))
	if i < 0 {
		i = o.index(entry.Key)
	}
	if i < 0 {
		o.places = append(o.places, p)
	} else {
		gone = append(gone, o.places[i].Key)
		o.places[i] = p
	}
	oldest := entry.At.Add(-keptFor).Unix()
	extra := len(o.places) - keptEntries
	kept := o.places[:0]
	for n, p := range o.places {
		if n < extra || p.At < oldest {
			gone = append(gone, p.Key)
		} else {
			kept = append(kept, p)
		}
	}
	o.places = kept
	return slices.DeleteFunc(gone, func(key string) bool { return o.index(key) >= 0 })
}

func (o *order) index(key string) int {
	return slices.IndexFunc(o.places, func(p place) bool { return p.Key == key })
}

// Put adds an entry, or puts it in the place of the one with the key replaces
// (its own Key, if replaces is empty or not there), and returns its Number.
func (s *Store) Put(ctx context.Context, conversation string, entry web.Entry, replaces string) (int64, error) {
	for {
		o, guarded, err := s.order(ctx, conversation)
		if err != nil {
			return 0, err
		}
		gone := o.put(entry, replaces)
		entry.Number = o.number
		err = s.write(ctx, s.putting(conversation, guarded, o, entry, gone))[0]
		if !errors.Is(err, errStale) {
			return o.number, err
		}
	}
}

func (s *Store) order(ctx context.Context, conversation string) (order, guard, error) {
	if err := s.ready(ctx); err != nil {
		return order{}, guard{}, err
	}
	key := transcriptKey(conversation)
	kept, err := s.read(ctx, ask{kind: text, key: key})
	if err != nil {
		return order{}, guard{}, err
	}
	o, err := decodeOrder(kept[0].text)
	if err != nil {
		return order{}, guard{}, fmt.Errorf("store: %s: %w", key, err)
	}
	if o.number == 0 {
		return o, guard{key: key, word: ""}, nil
	}
	return o, guard{key: key, word: strconv.FormatInt(o.number, 10)}, nil
}

func (s *Store) putting(conversation string, guarded guard, o order, entry web.Entry, gone []string) change {
	head, err1 := o.encode()
	body, err2 := json.Marshal(entry)
	if err := errors.Join(err1, err2); err != nil {
		panic(fmt.Sprintf("entry %s: %v", entry.Key, err)) // plain values: cannot happen
	}
	key, entries, until := transcriptKey(conversation), entriesKey(conversation), s.now().Add(keptFor)
	ops := []op{
		{verb: setText, key: key, value: head},
		{verb: setField, key: entries, field: entry.Key, value: body},
	}
	for _, field := range gone {
		ops = append(ops, op{verb: cutField, key: entries, field: field})
	}
	return change{guard: guarded, ops: append(ops,
		op{verb: expire, key: key, until: until}, op{verb: expire, key: entries, until: until})}
}

// Entries returns the conversation in order of its places.
func (s *Store) Entries(ctx context.Context, conversation string) ([]web.Entry, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	key := transcriptKey(conversation)
	kept, err := s.read(ctx, ask{kind: text, key: key}, ask{kind: hash, key: entriesKey(conversation)})
	if err != nil {
		return nil, err
	}
	o, err := decodeOrder(kept[0].text)
	if err != nil {
		return nil, fmt.Errorf("store: %s: %w", key, err)
	}
	entries := make([]web.Entry, 0, len(o.places))
	for _, p := range o.places {
		var entry web.Entry
		if body, ok := kept[1].hash[p.Key]; ok {
			if err := json.Unmarshal(body, &entry); err != nil {
				return nil, fmt.Errorf("store: %s: entry %s: %w", key, p.Key, err)
			}
			entries = append(entries, entry)
		}
	}
	return entries, nil
}

// eraseConversation is what removes a conversation.
func eraseConversation(conversation string) change {
	key := transcriptKey(conversation)
	return change{guard: guard{key: key, word: anything}, ops: []op{
		{verb: drop, key: key}, {verb: drop, key: entriesKey(conversation)},
	}}
}
