package learner

import (
	"encoding/json"
	"fmt"
	"strings"

	"praline/scheduler/recall"
)

// Card is what is known of one learner's memory of one question, in every
// language of it.
type Card struct {
	Key         string // "series/question"
	Fingerprint string // of the right answer: another one starts the memory anew
	Memory      recall.Memory
}

// Series is the part of the key that names the series.
func (c Card) Series() string {
	series, _, _ := strings.Cut(c.Key, "/")
	return series
}

// MarshalJSON writes [key, fingerprint, memory]: 60 cards stay under 4 KB.
func (c Card) MarshalJSON() ([]byte, error) {
	return json.Marshal([3]any{c.Key, c.Fingerprint, c.Memory})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (c *Card) UnmarshalJSON(b []byte) error {
	var parts [3]json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil {
		return fmt.Errorf("card: %w", err)
	}
	if err := json.Unmarshal(parts[0], &c.Key); err != nil {
		return fmt.Errorf("card: key: %w", err)
	}
	if err := json.Unmarshal(parts[1], &c.Fingerprint); err != nil {
		return fmt.Errorf("card %s: fingerprint: %w", c.Key, err)
	}
	if err := json.Unmarshal(parts[2], &c.Memory); err != nil {
		return fmt.Errorf("card %s: memory: %w", c.Key, err)
	}
	return nil
}

// Card returns the index in l.Cards of a question's card, -1 if it has none.
func (l *Learner) Card(key string) int {
	for i := range l.Cards {
		if l.Cards[i].Key == key {
			return i
		}
	}
	return -1
}
