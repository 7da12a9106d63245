package slacktest

import (
	"math"
	"time"
)

// rates are https://docs.slack.dev/apis/web-api/rate-limits as read on
// 2026-11-25: one message a second in a channel, with short bursts, and several
// hundred a minute in a workspace.
type rates struct {
	burst     int // 0: no limits
	perMinute int
	after     int // seconds: the last refusal's Retry-After
	channels  map[string]*bucket
	minutes   map[string][]time.Time
	until     map[string]time.Time
	refused   int
	impatient int
}

type bucket struct {
	left float64
	at   time.Time
}

// Limits switches on rates: one message a second in each channel, and up to
// burst at once; perMinute in each workspace, 0 for any number.
func (s *Server) Limits(burst, perMinute int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rates = rates{burst: burst, perMinute: perMinute, channels: map[string]*bucket{}, minutes: map[string][]time.Time{}, until: map[string]time.Time{}}
}

// Limited counts the calls that were answered 429, and those among them that
// did not wait for the Retry-After of the one before.
func (s *Server) Limited() (refused, impatient int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rates.refused, s.rates.impatient
}

// refuse is true for a call that comes too early; channel is "" for calls that
// only count in the workspace.
func (r *rates) refuse(now time.Time, team, channel string) bool {
	if r.burst == 0 {
		return false
	}
	if wait := r.wait(now, team, channel); wait > 0 {
		r.after = int(math.Ceil(wait.Seconds()))
		r.refused++
		key := team + "/" + channel
		if now.Before(r.until[key]) {
			r.impatient++
		}
		r.until[key] = now.Add(time.Duration(r.after) * time.Second)
		return true
	}
	if channel != "" {
		r.channels[team+"/"+channel].left--
	}
	r.minutes[team] = append(r.minutes[team], now)
	return false
}

func (r *rates) wait(now time.Time, team, channel string) time.Duration {
	recent := r.minutes[team]
	for len(recent) > 0 && now.Sub(recent[0]) >= time.Minute {
		recent = recent[1:]
	}
	r.minutes[team] = recent
	if r.perMinute > 0 && len(recent) >= r.perMinute {
		return time.Minute - now.Sub(recent[len(recent)-r.perMinute])
	}
	if channel == "" {
		return 0
	}
	b := r.channels[team+"/"+channel]
	if b == nil {
		b = &bucket{float64(r.burst), now}
		r.channels[team+"/"+channel] = b
	}
	b.left, b.at = min(float64(r.burst), b.left+now.Sub(b.at).Seconds()), now
	if b.left < 1 {
		return time.Duration((1 - b.left) * float64(time.Second))
	}
	return 0
}
