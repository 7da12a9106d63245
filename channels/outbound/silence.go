package outbound

import (
	"cmp"
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"praline/channels"
)

// silences are those that this app asked this process for: who took a turn
// before looks here once more when it has come.
type silences struct {
	mu    sync.Mutex
	until map[string]time.Time
	last  map[string]refused // the last refusal that told no scope, by the bucket around it
}

type refused struct {
	what      string // bucket
	at, until time.Time
}

// maxSilences is when those that are over are forgotten.
const maxSilences = 1000

// left is how long the longest silence among buckets still is.
func (s *silences) left(now time.Time, own, around []Bucket) (longest time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.until) == 0 {
		return 0
	}
	for _, b := range slices.Concat(own, around) {
		if until, ok := s.until[b.Name]; ok {
			longest = max(longest, until.Sub(now))
		}
	}
	return longest
}

func (s *silences) keep(bucket string, until, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.until == nil {
		s.until = make(map[string]time.Time)
	}
	if len(s.until) >= maxSilences {
		maps.DeleteFunc(s.until, func(_ string, until time.Time) bool { return !now.Before(until) })
	}
	if until.After(s.until[bucket]) {
		s.until[bucket] = until
	}
}

// suspicion is how long after one refusal another is taken for the same
// trouble.
const suspicion = 10 * time.Second

// concerned is the place among buckets of the one that a refusal is about. An
// app that tells no scope may mean the conversation or everybody: when, while
// one conversation is to be silent, a second one is refused, it is the
// workspace, or the app where it has none; and likewise from workspaces to the app.
func (s *silences) concerned(scope channels.Scope, buckets []Bucket, now, until time.Time) int {
	last := len(buckets) - 1
	switch scope {
	case channels.WholeApp:
		return last
	case channels.ThisWorkspace:
		return min(1, last)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := 0
	for i < last {
		around := buckets[i+1].Name
		before := s.last[around]
		if s.last == nil || len(s.last) >= maxSilences {
			s.last = make(map[string]refused)
		}
		s.last[around] = refused{buckets[i].Name, now, until}
		if cmp.Or(before.what, buckets[i].Name) == buckets[i].Name || !now.Before(before.until) || now.Sub(before.at) > suspicion {
			break
		}
		i++
	}
	return i
}

// jitter is how much longer than asked a silence is at most: nobody comes back
// on the second.
const jitter = 500 * time.Millisecond

// hush keeps the silence that an app asked for, for exactly whom it concerns
// and in all instances. The turns after it come one by one: there is no herd.
func (o *Outbound) hush(lane *lane, conversation string, refusal *channels.Refusal) {
	now := o.now()
	until := now.Add(refusal.After + rand.N(min(refusal.After/10, jitter)+1))
	own, around := lane.buckets(conversation)
	buckets := append(own[:1:1], around...)
	concerned := buckets[lane.silences.concerned(refusal.Scope, buckets, now, until)]
	lane.silences.keep(concerned.Name, until, now)
	ctx, cancel := context.WithTimeout(o.ctx, noteTimeout)
	defer cancel()
	if err := lane.turns.Hush(ctx, now, concerned, until); err != nil && o.ctx.Err() == nil {
		o.log.Warn("the silence that an app asks for is not known to other instances", "channel", lane.adapter.Name(), "error", err)
	}
	o.log.Info("the app is busy, the message will be said again", "channel", lane.adapter.Name(),
		"after", refusal.After, "concerns everybody", concerned.Name == lane.adapter.Name(), "detail", refusal.Detail)
}
