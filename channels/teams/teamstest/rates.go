package teamstest

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// window is a limit over some time.
type window struct {
	most int
	in   time.Duration
}

// The limits of https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit:
// per conversation, and of an app in a tenant.
var (
	perConversation = []window{{7, time.Second}, {8, 2 * time.Second}, {60, 30 * time.Second}, {1800, time.Hour}}
	perApp          = []window{{50, time.Second}}
)

// rates are the times of the calls that were taken.
type rates struct {
	kept bool
	app  []time.Time
	each map[string][]time.Time
}

// Limits has the rates kept, by the clock; by itself nothing is counted.
func (s *Server) Limits() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rates = rates{kept: true, each: map[string][]time.Time{}}
}

// tooOften returns the refusal of a call that comes too soon.
func (s *Server) tooOften(conversation string) (refusal answer, yes bool) {
	if !s.rates.kept {
		return answer{}, false
	}
	now := s.clock()
	wait := max(needed(s.rates.each[conversation], perConversation, now), needed(s.rates.app, perApp, now))
	if wait > 0 {
		refusal = refuse(http.StatusTooManyRequests, "Throttled", "Too many requests")
		refusal.header["Retry-After"] = strconv.Itoa(int(math.Ceil(wait.Seconds())))
		return refusal, true
	}
	s.rates.each[conversation] = recent(append(s.rates.each[conversation], now), now)
	s.rates.app = recent(append(s.rates.app, now), now)
	return answer{}, false
}

// needed is how long to wait until all windows have room for one more.
func needed(taken []time.Time, windows []window, now time.Time) time.Duration {
	var wait time.Duration
	for _, w := range windows {
		if n := len(taken) - w.most; n >= 0 {
			wait = max(wait, taken[n].Add(w.in).Sub(now))
		}
	}
	return wait
}

// recent forgets what no window remembers.
func recent(taken []time.Time, now time.Time) []time.Time {
	for len(taken) > 0 && now.Sub(taken[0]) >= time.Hour {
		taken = taken[1:]
	}
	return taken
}
