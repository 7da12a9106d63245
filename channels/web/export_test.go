package web

import "time"

// Beat sets how often a quiet stream looks again.
func (a *Adapter) Beat(d time.Duration) { a.beat = d }

// Weights are the sizes of what the page loads, in bytes.
func (a *Adapter) Weights() int { return a.files.Size("chat.css") + a.files.Size("chat.js") }

// Patience sets how long a browser may take to read one event.
func (a *Adapter) Patience(d time.Duration) { a.patience = d }

// Streams counts who listens to a conversation.
func (a *Adapter) Streams(conversation string) int {
	a.rooms.mu.Lock()
	defer a.rooms.mu.Unlock()
	if r, ok := a.rooms.all[conversation]; ok {
		return len(r.streams)
	}
	return 0
}

// Rooms counts the conversations that are held in memory.
func (a *Adapter) Rooms() int {
	a.rooms.mu.Lock()
	defer a.rooms.mu.Unlock()
	return len(a.rooms.all)
}
