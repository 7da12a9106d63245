package telegramtest

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// What the app lets pass:
// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
const (
	perSecond     = 30 // over all conversations, in any second
	chatBurst     = 3  // at once in one conversation; then one a second ("short bursts" is not said in figures)
	groupInMinute = 20 // in one group, in any minute
)

// pace is who spoke when.
type pace struct {
	now  func() time.Time
	all  []time.Time
	chat map[string]bucket
	room map[string][]time.Time
}

// bucket is how many messages one conversation still takes at a time.
type bucket struct {
	left float64
	at   time.Time
}

// Paces turns the limits on, by a clock.
func (s *Server) Paces(now func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pace = &pace{now: now, chat: map[string]bucket{}, room: map[string][]time.Time{}}
}

// Floods counts the calls that were too many.
func (s *Server) Floods() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.floods
}

// paced says whether a method counts.
func paced(method string) bool {
	return strings.HasPrefix(method, "send") && method != "sendChatAction" || strings.HasPrefix(method, "edit") || method == "stopPoll"
}

// over is how long a call in a conversation has to wait, 0 for not at all; then
// it is taken note of.
func (p *pace) over(chat string) time.Duration {
	now := p.now()
	p.all = within(p.all, now, time.Second)
	if len(p.all) >= perSecond {
		return p.all[0].Add(time.Second).Sub(now)
	}
	if strings.HasPrefix(chat, "-") {
		room := within(p.room[chat], now, time.Minute)
		if len(room) >= groupInMinute {
			return room[0].Add(time.Minute).Sub(now)
		}
		p.room[chat] = append(room, now)
	} else {
		b, known := p.chat[chat]
		if !known {
			b = bucket{chatBurst, now}
		}
		b.left, b.at = min(chatBurst, b.left+now.Sub(b.at).Seconds()), now
		if b.left < 1-1e-6 {
			p.chat[chat] = b
			return time.Duration((1 - b.left) * float64(time.Second))
		}
		b.left--
		p.chat[chat] = b
	}
	p.all = append(p.all, now)
	return 0
}

func within(times []time.Time, now time.Time, window time.Duration) []time.Time {
	for len(times) > 0 && now.Sub(times[0]) >= window {
		times = times[1:]
	}
	return times
}

func tooMany(w http.ResponseWriter, wait time.Duration) {
	seconds := int((wait + time.Second - 1) / time.Second)
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = io.WriteString(w, fmt.Sprintf(`{"ok":false,"error_code":429,"description":"Too Many Requests: retry after %d","parameters":{"retry_after":%d}}`, seconds, seconds))
}
