package slack

import (
	"encoding/json"
	"sync"
)

// shown remembers, in this process, what was said of late without what can be
// pressed: Slack takes buttons off a message only by the whole of what it
// shall be. What is not known any more keeps its buttons, and the bot answers
// an old press kindly.
type shown struct {
	mu         sync.Mutex
	young, old map[string]rest
}

// rest is what is left of a message without its buttons.
type rest struct {
	text   string
	blocks json.RawMessage
}

// maxShown bounds what is remembered: twice as much at most.
const maxShown = 1000

// remember keeps what is left of a message.
func (s *shown) remember(conversation, ts, text string, blocks json.RawMessage) {
	left := rest{text, inert(blocks)}
	if left.blocks == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.young == nil || len(s.young) >= maxShown {
		s.young, s.old = make(map[string]rest), s.young
	}
	s.young[conversation+" "+ts] = left
}

// of returns what is left of a message.
func (s *shown) of(conversation, ts string) (rest, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := conversation + " " + ts
	if left, ok := s.young[key]; ok {
		return left, true
	}
	left, ok := s.old[key]
	return left, ok
}

// inert is blocks without what can be pressed or filled in; nil where they
// cannot be read or nothing would be left.
func inert(raw json.RawMessage) json.RawMessage {
	var all []map[string]json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		return nil
	}
	left := all[:0]
	for _, block := range all {
		var kind string
		_ = json.Unmarshal(block["type"], &kind)
		if kind == "actions" || kind == "input" {
			continue
		}
		delete(block, "accessory") // we put no pictures there
		delete(block, "block_id")
		left = append(left, block)
	}
	if len(left) == 0 {
		return nil
	}
	encoded, err := json.Marshal(left)
	if err != nil {
		return nil
	}
	return encoded
}
