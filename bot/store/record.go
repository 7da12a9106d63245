package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"praline/bot/learner"
)

// header is the first line of a learner's key: what a driver and a commit need
// to know without reading the rest.
type header struct {
	version uint64
	lease   int64 // score that the last commit gave the hint
	next    int64 // score to settle it to when everything is said; 0: never
}

func (h header) line() []byte {
	return fmt.Appendf(nil, "%d %d %d\n", h.version, h.lease, h.next)
}

// word is what guards the learner: "" for one that is not stored.
func word(version uint64) string {
	if version == 0 {
		return ""
	}
	return strconv.FormatUint(version, 10)
}

// parseHeader reads the first line of stored, and returns what follows it.
func parseHeader(stored []byte) (header, []byte, error) {
	line, rest, _ := bytes.Cut(stored, []byte("\n"))
	var h header
	if n, err := fmt.Sscanf(string(line), "%d %d %d", &h.version, &h.lease, &h.next); n != 3 {
		return header{}, nil, fmt.Errorf("header %q: %w", line, err)
	}
	return h, rest, nil
}

// encodeLearner is the learner's key as stored.
func encodeLearner(h header, l learner.Learner) ([]byte, error) {
	body, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("learner %s: %w", l.ID, err)
	}
	return append(h.line(), pack(body)...), nil
}

// decodeRecord makes a Record of what stands under a learner's keys.
func decodeRecord(id learner.ID, state, outbox, receipts found) (learner.Record, error) {
	record := learner.Record{Learner: learner.Learner{ID: id}}
	if state.text == nil {
		return record, nil
	}
	h, body, err := parseHeader(state.text)
	if err != nil {
		return record, fmt.Errorf("learner %s: %w", id, err)
	}
	if body, err = unpack(body); err != nil {
		return record, fmt.Errorf("learner %s: %w", id, err)
	}
	if err := json.Unmarshal(body, &record.Learner); err != nil {
		return record, fmt.Errorf("learner %s: %w", id, err)
	}
	record.Learner.ID, record.Learner.Version = id, h.version
	if record.Outbox, err = decodeOutbox(outbox.hash); err != nil {
		return record, fmt.Errorf("learner %s: %w", id, err)
	}
	if len(receipts.hash) > 0 {
		record.Receipts = make(map[string]string, len(receipts.hash))
		for message, receipt := range receipts.hash {
			record.Receipts[message] = string(receipt)
		}
	}
	return record, nil
}

// encodeSaid is a message in the outbox: its place, and itself.
func encodeSaid(version uint64, position int, said learner.Said) ([]byte, error) {
	body, err := json.Marshal(said)
	if err != nil {
		return nil, fmt.Errorf("message %s: %w", said.Message.ID, err)
	}
	return append(fmt.Appendf(nil, "%d.%d\n", version, position), body...), nil
}

// decodeOutbox returns the messages in the order of their commits.
func decodeOutbox(stored map[string][]byte) ([]learner.Said, error) {
	if len(stored) == 0 {
		return nil, nil
	}
	type placed struct {
		version  uint64
		position int
		said     learner.Said
	}
	all := make([]placed, 0, len(stored))
	for message, value := range stored {
		var p placed
		place, body, _ := bytes.Cut(value, []byte("\n"))
		if _, err := fmt.Sscanf(string(place), "%d.%d", &p.version, &p.position); err != nil {
			return nil, fmt.Errorf("outbox: message %s: place %q: %w", message, place, err)
		}
		if err := json.Unmarshal(body, &p.said); err != nil {
			return nil, fmt.Errorf("outbox: message %s: %w", message, err)
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.version, b.version), cmp.Compare(a.position, b.position))
	})
	outbox := make([]learner.Said, len(all))
	for i, p := range all {
		outbox[i] = p.said
	}
	return outbox, nil
}
