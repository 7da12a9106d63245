package web

import "time"

// Beat sets how often a quiet stream looks again.
func (a *Adapter) Beat(d time.Duration) { a.beat = d }

// Weights are the sizes of what the page loads, in bytes.
func (a *Adapter) Weights() int { return a.files.Size("chat.css") + a.files.Size("chat.js") }
