package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"praline/bot/store"
	"praline/channels"
	"praline/channels/outbound"
	"praline/channels/outbound/outboundtest"
)

// ledgers are the stores of so many instances: all on one Redis, or one on a file.
func ledgers(t testing.TB, redis string, instances int) (all []outbound.Turns) {
	t.Helper()
	for range instances {
		s, err := store.Open(t.Context(), store.Options{Redis: redis, Folder: filepath.Join(t.TempDir(), "data"), Secret: make([]byte, 32)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		all = append(all, s)
	}
	return all
}

// storms are ten thousand messages each, on the wall: all side by side, since
// at thirty a second one alone takes six minutes. TestStorm in
// channels/outbound does the same in no time.
func storms(t *testing.T, row func(string, string, ...any)) {
	type storm struct {
		where            string
		redis            bool
		instances        int
		perSecond, moody int
		rate             float64 // what we keep to
		result           outboundtest.Result
	}
	all := []storm{
		{where: "one instance on the file", instances: 1, perSecond: 30, rate: 29},
		{where: "two on one Redis", redis: true, instances: 2, perSecond: 30, rate: 29},
		{where: "one instance on the file", instances: 1, perSecond: 50, rate: 48.5},
		{where: "two on one Redis", redis: true, instances: 2, perSecond: 50, rate: 48.5},
		{where: "two on one Redis, one message in 500 refused for a second", redis: true, instances: 2, perSecond: 30, rate: 29, moody: 500},
	}
	var wait sync.WaitGroup
	for i := range all {
		s := &all[i]
		redis := ""
		if s.redis {
			redis = redisURL(t)
		}
		shared := ledgers(t, redis, s.instances)
		wait.Go(func() {
			s.result = outboundtest.Storm{
				Messages: 10_000, Conversations: 2000, Answers: 3, Moody: s.moody,
				PerSecond: s.perSecond, Rate: channels.Rate{PerSecond: s.rate, Burst: 1}, Ledgers: shared,
			}.Run(t.Context())
		})
	}
	wait.Wait()
	for _, s := range all {
		r := s.result
		for _, fault := range r.Faults {
			t.Error(fault)
		}
		row(fmt.Sprintf("storm at an app that takes %d a second, %s", s.perSecond, s.where),
			"%.1f %% of what it takes; refused %d, twice in a row %d; an answer p50 %s, worst %s (%d answers)",
			100*r.Share, r.Refused, r.Again, ms(r.Median), ms(r.Worst), r.Answers)
	}
}

// TestStormOnRedis: two instances keep one app's limits together, and nothing
// comes twice or out of order.
func TestStormOnRedis(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	r := outboundtest.Storm{
		Messages: 120, Conversations: 40, Answers: 4, PerSecond: 60,
		Rate: channels.Rate{PerSecond: 50, Burst: 1}, Ledgers: ledgers(t, redisURL(t), 2),
	}.Run(ctx)
	t.Logf("%+v", r)
	if len(r.Faults) > 0 || r.Again > 0 || r.Said < 120 || r.Took < 2*time.Second {
		t.Errorf("%+v", r)
	}
}
