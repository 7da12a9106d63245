package main

import (
	"testing"
	"time"
)

func TestClockAtSpeed(t *testing.T) {
	wall := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	origin := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	c := newClock(func() time.Time { return wall }, 1440, origin)
	pass := func(d time.Duration) { wall = wall.Add(d) }
	expect := func(label string, want time.Time) {
		t.Helper()
		if got := c.Now(); !got.Equal(want) {
			t.Errorf("%s: %v, not %v", label, got, want)
		}
	}
	expect("starts at its origin", origin)
	pass(time.Minute)
	expect("a day a minute", origin.Add(24*time.Hour))
	c.Session(true)
	pass(90 * time.Second)
	expect("stands still while a session is open", origin.Add(24*time.Hour))
	c.Session(false)
	pass(time.Second)
	expect("goes on when it ends", origin.Add(24*time.Hour+24*time.Minute))
	c.Session(true)
	pass(holdFor + time.Second)
	expect("goes on when the session is left alone", origin.Add(24*time.Hour+48*time.Minute))
}

func TestClockAtSpeedOneIsTheWall(t *testing.T) {
	wall := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	c := newClock(func() time.Time { return wall }, 1, time.Time{})
	c.Session(true)
	wall = wall.Add(time.Hour)
	if got := c.Now(); !got.Equal(wall) {
		t.Errorf("%v, not %v", got, wall)
	}
}
