package main

import (
	"sync"
	"time"
)

// holdFor is how long, on the wall, a session that nobody goes on with keeps
// the bot's clock still.
const holdFor = 2 * time.Minute

// clock is the bot's time: slots, gate, memory and streak live by it. At speed
// 1 it is the wall's; at 1440 a day takes a minute, and the clock stands still
// while a session is open, so that a newcomer may read.
type clock struct {
	wall  func() time.Time
	speed float64

	mu    sync.Mutex
	bot   time.Time // at since
	since time.Time // on the wall
	held  time.Time // on the wall: still until then
}

// newClock starts at origin, or at the wall's time where origin is zero.
func newClock(wall func() time.Time, speed float64, origin time.Time) *clock {
	now := wall()
	if origin.IsZero() || speed == 1 {
		origin = now
	}
	return &clock{wall: wall, speed: speed, bot: origin, since: now}
}

// Now is the bot's time.
func (c *clock) Now() time.Time {
	if c.speed == 1 {
		return c.wall()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance()
	return c.bot
}

// keepEvery is how often, on the wall, the clock is kept: every five minutes of
// the bot's time, but not more than 50 times a second, nor less than once.
func (c *clock) keepEvery() time.Duration {
	return min(max(time.Duration(float64(5*time.Minute)/c.speed), 20*time.Millisecond), time.Second)
}

// advance moves the bot's time on by what has passed on the wall outside holds.
func (c *clock) advance() {
	now := c.wall()
	from := c.since
	if c.held.After(from) {
		from = c.held
	}
	if now.After(from) {
		c.bot = c.bot.Add(time.Duration(float64(now.Sub(from)) * c.speed))
	}
	c.since = now
}

// Session tells whether somebody is in a session now.
func (c *clock) Session(open bool) {
	if c.speed == 1 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.advance()
	c.held = time.Time{}
	if open {
		c.held = c.since.Add(holdFor)
	}
}
