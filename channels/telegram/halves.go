package telegram

import "sync"

// halves remembers, in this process, which messages were said in part, so that
// going on says no part twice. After a crash they are said from the beginning:
// rather twice than never.
type halves struct {
	mu  sync.Mutex
	all map[string]half
}

// half is how far a message was said, and the receipt that it has so far.
type half struct {
	steps   int
	receipt string
}

// maxHalves bounds what is remembered of messages that nobody says again.
const maxHalves = 1000

// take returns what is known of a message and forgets it.
func (h *halves) take(key string) half {
	h.mu.Lock()
	defer h.mu.Unlock()
	said := h.all[key]
	delete(h.all, key)
	return said
}

func (h *halves) keep(key string, said half) {
	if said.steps == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.all == nil || len(h.all) >= maxHalves {
		h.all = make(map[string]half)
	}
	h.all[key] = said
}
