package learner

import (
	"bytes"
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

// Cards are all of a learner's cards. A learner is read and written at every
// answer and every push, and most of it is this: so it has its own JSON, a tenth
// of the time of the usual way.
type Cards []Card

// MarshalJSON writes [[key, fingerprint, memory], …]: 60 cards stay under 4 KB.
func (all Cards) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 80*len(all)+2)
	b = append(b, '[')
	for i, c := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		b = appendText(b, c.Key)
		b = append(b, ',')
		b = appendText(b, c.Fingerprint)
		b = append(b, ',')
		b = c.Memory.AppendJSON(b)
		b = append(b, ']')
	}
	return append(b, ']'), nil
}

// appendText appends a text as JSON.
func appendText(b []byte, text string) []byte {
	if plainText(text) {
		return append(append(append(b, '"'), text...), '"')
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(fmt.Sprintf("%q as JSON: %v", text, err)) // a string: cannot happen
	}
	return append(b, quoted...)
}

// plainText says that a text is written in JSON as it is.
func plainText(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

// UnmarshalJSON reads what MarshalJSON writes.
func (all *Cards) UnmarshalJSON(b []byte) error {
	if cards, ok := readCards(b); ok {
		*all = cards
		return nil
	}
	var parts [][3]json.RawMessage // written by hand, with spaces or escapes
	if err := json.Unmarshal(b, &parts); err != nil {
		return fmt.Errorf("cards: %w", err)
	}
	*all = make(Cards, len(parts))
	for i, part := range parts {
		c := &(*all)[i]
		if err := json.Unmarshal(part[0], &c.Key); err != nil {
			return fmt.Errorf("card %d: key: %w", i, err)
		}
		if err := json.Unmarshal(part[1], &c.Fingerprint); err != nil {
			return fmt.Errorf("card %s: fingerprint: %w", c.Key, err)
		}
		if err := json.Unmarshal(part[2], &c.Memory); err != nil {
			return fmt.Errorf("card %s: memory: %w", c.Key, err)
		}
	}
	return nil
}

// readCards reads cards exactly as MarshalJSON writes them; false for any
// other JSON, and for what is none.
func readCards(b []byte) (Cards, bool) {
	r := cardReader{rest: b, ok: true}
	r.skip('[')
	cards := make(Cards, 0, len(b)/60+1)
	for r.ok && r.next() != ']' {
		if len(cards) > 0 {
			r.skip(',')
		}
		var c Card
		r.skip('[')
		c.Key = r.text()
		r.skip(',')
		c.Fingerprint = r.text()
		r.skip(',')
		r.memory(&c.Memory)
		r.skip(']')
		cards = append(cards, c)
	}
	r.skip(']')
	return cards, r.ok && len(r.rest) == 0
}

type cardReader struct {
	rest []byte
	ok   bool // nothing unexpected was met
}

func (r *cardReader) next() byte {
	if len(r.rest) == 0 {
		r.ok = false
		return 0
	}
	return r.rest[0]
}

func (r *cardReader) skip(want byte) {
	if r.next() != want {
		r.ok = false
		return
	}
	r.rest = r.rest[1:]
}

func (r *cardReader) text() string {
	r.skip('"')
	end := bytes.IndexByte(r.rest, '"')
	if !r.ok || end < 0 || bytes.IndexByte(r.rest[:end], '\\') >= 0 {
		r.ok = false
		return ""
	}
	text := string(r.rest[:end])
	r.rest = r.rest[end+1:]
	return text
}

func (r *cardReader) memory(m *recall.Memory) {
	end := bytes.IndexByte(r.rest, ']')
	if !r.ok || end < 0 || m.UnmarshalJSON(r.rest[:end+1]) != nil {
		r.ok = false
		return
	}
	r.rest = r.rest[end+1:]
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
