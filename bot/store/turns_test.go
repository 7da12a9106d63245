package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/channels"
	"praline/channels/outbound"
)

var (
	_ outbound.Turns = (*store.Store)(nil)
	_ outbound.Turns = (*outbound.Ledger)(nil)
)

// ms are milliseconds after noon, of the clock that is handed over.
func ms(n int) time.Time { return noon.Add(time.Duration(n) * time.Millisecond) }

// whole are waits in milliseconds.
func whole(waits []time.Duration) []int {
	all := make([]int, len(waits))
	for i, w := range waits {
		all[i] = int(w.Milliseconds())
	}
	return all
}

// TestTurns: what was asked of one bucket at which time, and how long to wait.
func TestTurns(t *testing.T) {
	type step struct {
		at, most, keep int // most 0 is a minute
		hush           int // until when; no turn is asked for
		want           int
	}
	a := func(at, want int) step { return step{at: at, want: want} }
	for _, row := range []struct {
		label string
		rate  channels.Rate
		steps []step
	}{
		{"one a second, one at once", channels.Rate{PerSecond: 1}, []step{a(0, 0), a(0, 1000), a(100, 1900), a(9000, 0), a(9500, 500)}},
		{"a burst of three", channels.Rate{PerSecond: 1, Burst: 3}, []step{a(0, 0), a(0, 0), a(0, 0), a(0, 1000), a(1500, 500), a(60000, 0), a(60000, 0), a(60000, 0), a(60000, 1000)}},
		{"half a second each", channels.Rate{PerSecond: 2, Burst: 2}, []step{a(0, 0), a(0, 0), a(0, 500), a(0, 1000)}},
		{"some are left for others", channels.Rate{PerSecond: 1, Burst: 4}, []step{
			{keep: 2}, {keep: 2}, {keep: 2, want: 1000}, a(0, 0), a(0, 1000), {at: 9000, keep: 9}, {at: 9000, keep: 9, want: 1000},
		}},
		{"too far away is not taken", channels.Rate{PerSecond: 1}, []step{a(0, 0), {most: 900, want: 1000}, {most: 900, want: 1000}, a(0, 1000), a(0, 2000)}},
		{"after a silence one by one", channels.Rate{PerSecond: 1, Burst: 3}, []step{{hush: 5000}, a(0, 5000), a(0, 6000), a(6500, 500), a(60000, 0), a(60000, 0), a(60000, 0), a(60000, 1000)}},
		{"a silence is not shortened", channels.Rate{PerSecond: 10}, []step{{hush: 5000}, {hush: 3000}, a(0, 5000)}},
		{"a silence longer than one waits", channels.Rate{PerSecond: 1}, []step{{hush: 90000}, {most: 30000, want: 90000}, {at: 61000, most: 30000, want: 29000}, {at: 61000, most: 30000, want: 30000}}},
		{"a look takes none", channels.Rate{PerSecond: 1}, []step{{most: -1}, {most: -1}, a(0, 0), {most: -1, want: 1000}, a(0, 1000)}},
		{"no rate", channels.Rate{}, []step{a(0, 0), a(0, 0), a(0, 0)}},
		{"no rate, after a silence one by one until nobody waits", channels.Rate{}, []step{{hush: 1000}, a(0, 1000), a(0, 1050), a(1020, 80), a(1200, 0), a(1200, 0)}},
	} {
		t.Run(row.label, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, o store.Options) {
				o.Now = func() time.Time { return noon }
				s := storetest.Open(t, o)
				for i, step := range row.steps {
					b := outbound.Bucket{Name: "telegram", Rate: row.rate, Keep: step.keep}
					if step.hush > 0 {
						must(t, s.Hush(t.Context(), ms(step.at), b, ms(step.hush)))
						continue
					}
					most := time.Minute
					if step.most < 0 {
						most = outbound.Peek
					} else if step.most > 0 {
						most = time.Duration(step.most) * time.Millisecond
					}
					waits, err := s.Take(t.Context(), ms(step.at), most, b)
					must(t, err)
					if got := whole(waits); got[0] != step.want {
						t.Errorf("step %d (%+v): wait %d", i, step, got[0])
					}
				}
			})
		})
	}
}

// TestTurnsOfSeveralBuckets: each has its own; a name names one.
func TestTurnsOfSeveralBuckets(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		one, app := outbound.Bucket{Name: "app conversation 1", Rate: channels.Rate{PerSecond: 1}}, outbound.Bucket{Name: "app", Rate: channels.Rate{PerSecond: 10}}
		two := outbound.Bucket{Name: "app conversation 2", Rate: channels.Rate{PerSecond: 1}}
		for i, row := range []struct {
			buckets []outbound.Bucket
			want    []int
		}{
			{[]outbound.Bucket{one, app}, []int{0, 0}},
			{[]outbound.Bucket{one, app}, []int{1000, 100}},
			{[]outbound.Bucket{two, app}, []int{0, 200}},
			{nil, []int{}},
		} {
			waits, err := s.Take(t.Context(), noon, time.Minute, row.buckets...)
			must(t, err)
			if got := whole(waits); !slices.Equal(got, row.want) {
				t.Errorf("%d: wait %v, want %v", i, got, row.want)
			}
		}
	})
}

// TestTheLedgersCountAlike: any order of turns and silences gives the same
// waits in Redis, in the file and in memory.
func TestTheLedgersCountAlike(t *testing.T) {
	url, _ := storetest.Redis(t)
	redis := storetest.Open(t, store.Options{Redis: url, Secret: storetest.Secret})
	file := storetest.Open(t, store.Options{Folder: t.TempDir(), Secret: storetest.Secret, Now: func() time.Time { return noon }})
	rates := []channels.Rate{{}, {PerSecond: 1}, {PerSecond: 1, Burst: 3}, {PerSecond: 29, Burst: 2}, {PerSecond: 48.5, Burst: 1}}
	random := rand.New(rand.NewPCG(4, 6))
	for life := range 40 {
		memory := outbound.NewLedger()
		now := ms(life * 3_600_000)
		for range 60 {
			now = now.Add(time.Duration(random.IntN(400)) * time.Millisecond)
			which := random.IntN(len(rates))
			b := outbound.Bucket{Name: fmt.Sprint("bucket ", life, which), Rate: rates[which], Keep: random.IntN(3)}
			if random.IntN(12) == 0 {
				until := now.Add(time.Duration(random.IntN(900)) * time.Millisecond) // short: no write for each
				must(t, redis.Hush(t.Context(), now, b, until), file.Hush(t.Context(), now, b, until), memory.Hush(t.Context(), now, b, until))
				continue
			}
			most := []time.Duration{outbound.Peek, 0, time.Duration(random.IntN(5000)) * time.Millisecond}[random.IntN(3)]
			want, err := memory.Take(t.Context(), now, most, b)
			must(t, err)
			for label, s := range map[string]*store.Store{"redis": redis, "file": file} {
				if got, err := s.Take(t.Context(), now, most, b); err != nil || !slices.Equal(got, want) {
					t.Fatalf("%s: wait %v, %v, in memory %v", label, got, err, want)
				}
			}
		}
	}
}

// TestInstancesShareTurns: what one takes the other has not, and it is silent
// when the other was told to be.
func TestInstancesShareTurns(t *testing.T) {
	url, _ := storetest.Redis(t)
	one := storetest.Open(t, store.Options{Redis: url, Secret: storetest.Secret})
	two := storetest.Open(t, store.Options{Redis: url, Secret: storetest.Secret})
	app := outbound.Bucket{Name: "telegram", Rate: channels.Rate{PerSecond: 10}}
	for i, s := range []*store.Store{one, two, one, two} {
		waits, err := s.Take(t.Context(), noon, time.Minute, app)
		must(t, err)
		if got := whole(waits); got[0] != 100*i {
			t.Errorf("turn %d comes after %d ms", i, got[0])
		}
	}
	must(t, one.Hush(t.Context(), noon, app, noon.Add(7*time.Second)))
	waits, err := two.Take(t.Context(), noon, time.Minute, app)
	must(t, err)
	if got := whole(waits); got[0] != 7000 {
		t.Errorf("the other instance waits %d ms", got[0])
	}
}

// TestARestartObeysASilence: and begins with full buckets in the file, while
// on Redis the turns stay as they are.
func TestARestartObeysASilence(t *testing.T) {
	silent := outbound.Bucket{Name: "silent", Rate: channels.Rate{PerSecond: 1, Burst: 3}}
	used := outbound.Bucket{Name: "used", Rate: channels.Rate{PerSecond: 1}}
	storetest.Each(t, func(t *testing.T, o store.Options) {
		now := noon
		o.Now = func() time.Time { return now }
		life := func(want ...int) {
			t.Helper()
			s, err := store.Open(t.Context(), o)
			must(t, err)
			waits, err := s.Take(t.Context(), now, 0, silent)
			must(t, err)
			again, err := s.Take(t.Context(), now, time.Hour, silent, silent, used)
			must(t, err)
			if got := whole(append(waits, again...)); !slices.Equal(got, want) {
				t.Errorf("wait %v, want %v", got, want)
			}
			must(t, s.Hush(t.Context(), now, silent, noon.Add(time.Minute)), s.Close())
		}
		life(0, 0, 0, 0)
		if now = ms(10_000); o.Redis == "" {
			life(50_000, 50_000, 51_000, 0)
			now = ms(120_000)
			life(0, 0, 0, 0)
			return
		}
		life(50_000, 50_000, 51_000, 0)
		now = ms(10_500)
		life(51_500, 51_500, 52_500, 500)
	})
}

// TestIdleBucketsVanish: a key goes soon after its bucket is full again.
func TestIdleBucketsVanish(t *testing.T) {
	server := storetest.StartRedis(t)
	s := storetest.Open(t, store.Options{Redis: server.URL, Secret: storetest.Secret})
	_, err := s.Take(t.Context(), noon, 0, outbound.Bucket{Name: "free"}, outbound.Bucket{Name: "app", Rate: channels.Rate{PerSecond: 1, Burst: 3}})
	must(t, err)
	var keys []string
	must(t, s.Keys(t.Context(), func(key string, _ []byte) error {
		if len(key) > 5 && key[:5] == "turn:" {
			keys = append(keys, key)
		}
		return nil
	}))
	if len(keys) != 1 {
		t.Fatalf("%q", keys)
	}
	left, ok := ask(t, server.Port, "PTTL", keys[0]).(int64)
	if !ok || left < 1000 || left > 12_000 {
		t.Errorf("it goes after %d ms, want a second and a margin for clocks", left)
	}
}

// TestTurnsWithoutTheStore: no turn is given where nobody counts.
func TestTurnsWithoutTheStore(t *testing.T) {
	url, kill := storetest.Redis(t)
	s := storetest.Open(t, store.Options{Redis: url, Secret: storetest.Secret})
	kill()
	b := outbound.Bucket{Name: "app", Rate: channels.Rate{PerSecond: 1}}
	if waits, err := s.Take(t.Context(), noon, 0, b); err == nil {
		t.Errorf("wait %v", waits)
	}
	if err := s.Hush(t.Context(), noon, b, noon); err == nil {
		t.Error("hushed nowhere")
	}
}
