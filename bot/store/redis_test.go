package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/channels/web"
)

// soon is how long anything may take while Redis is away.
const soon = 4 * time.Second

// within holds what is done to a time, on the wall: Redis is a real process.
func within(t *testing.T, limit time.Duration, label string, do func() error) error {
	t.Helper()
	began := time.Now()
	err := do()
	if took := time.Since(began); took > limit {
		t.Errorf("%s took %v", label, took)
	}
	return err
}

// readySoon waits until a store is ready by itself.
func readySoon(t *testing.T, s *store.Store) {
	t.Helper()
	for until := time.Now().Add(15 * time.Second); ; {
		err := s.Ready(t.Context())
		if err == nil {
			return
		}
		if time.Now().After(until) {
			t.Fatalf("it is not ready again: %v", err)
		}
		time.Sleep(10 * time.Millisecond) // a real process: there is nothing to wait on
	}
}

// ask sends a server a command beside the store.
func ask(t *testing.T, port int, args ...any) any {
	t.Helper()
	c := redis.NewClient(&redis.Options{Addr: fmt.Sprintf("127.0.0.1:%d", port)})
	defer c.Close()
	answer, err := c.Do(t.Context(), args...).Result()
	must(t, err)
	return answer
}

func TestRedisIsAwayAtStart(t *testing.T) {
	server := storetest.StartRedis(t)
	server.Kill()
	var log bytes.Buffer
	var s *store.Store
	must(t, within(t, soon, "open", func() (err error) {
		s, err = store.Open(t.Context(), store.Options{Redis: server.URL, Secret: storetest.Secret, Log: slog.New(slog.NewTextHandler(&log, nil))})
		return err
	}))
	defer s.Close()
	if !strings.Contains(log.String(), "Redis does not answer yet") {
		t.Errorf("logged: %s", log.String())
	}
	for label, do := range map[string]func() error{
		"ready":  func() error { return s.Ready(t.Context()) },
		"commit": func() error { return s.Commit(t.Context(), noon, learner.Change{Learner: someone("odette", 0)})[0] },
		"load":   func() error { _, err := s.Load(t.Context(), "odette"); return err },
		"due":    func() error { _, err := s.Due(t.Context(), noon, 10, time.Minute); return err },
		"claim":  func() error { _, err := s.Claim(t.Context(), home, "odette"); return err },
	} {
		if err := within(t, soon, label, do); err == nil || !strings.Contains(err.Error(), "no answer from Redis") {
			t.Errorf("%s while Redis is away: %v", label, err)
		}
	}
	server.Start()
	readySoon(t, s)
	commit(t, s, learner.Change{Learner: someone("odette", 0)})
}

func TestRedisIsKilledInTheMiddle(t *testing.T) {
	server := storetest.StartRedis(t, "--appendfsync", "always")
	s := storetest.Open(t, store.Options{Redis: server.URL, Secret: storetest.Secret})
	const writers = 8
	var (
		wg    sync.WaitGroup
		acked [writers]uint64
		stop  = make(chan struct{})
		some  = make(chan struct{}, 10*writers) // commits, until the buffer is full
	)
	for w := range writers {
		wg.Go(func() {
			id := nth(w)
			for version := uint64(0); ; {
				select {
				case <-stop:
					return
				default:
				}
				err := s.Commit(t.Context(), noon, learner.Change{
					Learner: someone(id, version), Say: []learner.Said{message(fmt.Sprint("m", version), "x")}, Answers: []learner.Answer{{At: noon}},
				})[0]
				switch {
				case err == nil:
					version++
					acked[w] = version
					select {
					case some <- struct{}{}:
					default:
					}
				case errors.Is(err, learner.ErrConflict):
					// The answer to our own commit was lost: load and decide again, as the bot does.
					if records, err := s.Load(t.Context(), id); err == nil {
						version = records[0].Learner.Version
					}
				}
			}
		})
	}
	for round := range 3 {
		for range cap(some) {
			<-some
		}
		server.Kill()
		if err := within(t, soon, "ready", func() error { return s.Ready(t.Context()) }); err == nil {
			t.Errorf("round %d: ready without Redis", round)
		}
		server.Start()
		readySoon(t, s)
	}
	close(stop)
	wg.Wait()
	for w, version := range acked {
		got := load(t, s, nth(w))
		log, err := s.Log(t.Context(), nth(w))
		must(t, err)
		if v := got.Learner.Version; v < version || uint64(len(log)) != v || uint64(len(got.Outbox)) != v {
			t.Errorf("learner %d: version %d was acknowledged; now version %d with %d answers and %d messages", w, version, v, len(log), len(got.Outbox))
		}
	}
}

func TestRedisThatKeepsNothingIsSaid(t *testing.T) {
	for _, row := range []struct {
		label string
		args  []string
		want  string
	}{
		{"as it should be", nil, ""},
		{"without an append-only file", []string{"--appendonly", "no"}, "set appendonly yes"},
		{"that would delete if it were limited", []string{"--maxmemory-policy", "allkeys-lru"}, "set maxmemory-policy noeviction"},
		{"that deletes what expires", []string{"--maxmemory-policy", "volatile-ttl", "--maxmemory", "100mb"}, "web conversations"},
	} {
		server := storetest.StartRedis(t, row.args...)
		var log bytes.Buffer
		s, err := store.Open(t.Context(), store.Options{Redis: server.URL, Log: slog.New(slog.NewTextHandler(&log, nil))})
		must(t, err, s.Close())
		if got := log.String(); (got == "") != (row.want == "") || !strings.Contains(got, row.want) {
			t.Errorf("a Redis %s: logged %q, want %q", row.label, got, row.want)
		}
	}
	server := storetest.StartRedis(t, "--maxmemory-policy", "allkeys-lru", "--maxmemory", "100mb")
	if s, err := store.Open(t.Context(), store.Options{Redis: server.URL}); err == nil || !strings.Contains(err.Error(), "set maxmemory-policy noeviction") {
		t.Errorf("a Redis that deletes any key is opened: %v, %v", s, err)
	}
}

func TestRedisWithoutMemory(t *testing.T) {
	server := storetest.StartRedis(t)
	s := storetest.Open(t, store.Options{Redis: server.URL, Secret: storetest.Secret})
	commit(t, s, learner.Change{Learner: someone("odette", 0)})
	ask(t, server.Port, "CONFIG", "SET", "maxmemory", "1")
	if err := s.Commit(t.Context(), noon, learner.Change{Learner: someone("odette", 1)})[0]; err == nil || !strings.Contains(err.Error(), "raise its maxmemory") {
		t.Errorf("a commit without memory: %v", err)
	}
	if err := s.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "raise its maxmemory") {
		t.Errorf("ready without memory: %v", err)
	}
	if got := load(t, s, "odette").Learner.Version; got != 1 {
		t.Errorf("read without memory: version %d", got)
	}
	ask(t, server.Port, "CONFIG", "SET", "maxmemory", "0")
	must(t, s.Ready(t.Context()))
}

func TestRedisWithAPassword(t *testing.T) {
	server := storetest.StartRedis(t)
	ask(t, server.Port, "CONFIG", "SET", "requirepass", "pw %/@:") // after the start, which asks without one
	for label, row := range map[string]struct{ address, want string }{
		"none":  {fmt.Sprintf("redis://127.0.0.1:%d", server.Port), "wants a password"},
		"wrong": {fmt.Sprintf("redis://:secret@127.0.0.1:%d", server.Port), "does not know this user and password"},
		"right": {fmt.Sprintf("redis://:pw%%20%%25%%2F%%40%%3A@127.0.0.1:%d/3", server.Port), ""},
	} {
		s := storetest.Open(t, store.Options{Redis: row.address, Secret: storetest.Secret})
		err := s.Ready(t.Context())
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", label, err, row.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret@") {
			t.Errorf("%s: the error tells the password: %v", label, err)
		}
	}
}

func TestAServerThatIsANodeOfAClusterIsSaid(t *testing.T) {
	server := startCluster(t)
	s, err := store.Open(t.Context(), store.Options{Redis: server.URL, Secret: storetest.Secret})
	must(t, err)
	defer s.Close()
	must(t, s.Ready(t.Context())) // one node has all: there is nothing to say
}

// startCluster starts a Cluster of one node, which refuses what would cross
// slots all the same.
func startCluster(t *testing.T) *storetest.Server {
	t.Helper()
	server := storetest.StartRedis(t, "--cluster-enabled", "yes")
	ask(t, server.Port, "CLUSTER", "ADDSLOTSRANGE", 0, 16383)
	for until := time.Now().Add(10 * time.Second); ; {
		if strings.Contains(fmt.Sprint(ask(t, server.Port, "CLUSTER", "INFO")), "cluster_state:ok") {
			return server
		}
		if time.Now().After(until) {
			t.Fatal("the Cluster is not ready")
		}
		time.Sleep(20 * time.Millisecond) // a real process: there is nothing to wait on
	}
}

// walk does once whatever a store can do.
func walk(t *testing.T, s *store.Store) {
	t.Helper()
	fillEverything(t, s)
	commit(t, s, many(100)...)
	var all []learner.ID
	for i := range 100 {
		all = append(all, nth(i))
	}
	records, err := s.Load(t.Context(), all...)
	must(t, err)
	for i, got := range records {
		if got.Learner.ID != nth(i) || got.Learner.Version != 1 || len(got.Outbox) != 1 {
			t.Errorf("learner %d is %+v", i, got)
		}
	}
	named := 0
	must(t, s.Learners(t.Context(), func(learner.ID) error { named++; return nil }))
	if named != 102 {
		t.Errorf("%d learners are named, want 102", named)
	}
	if got := dueAt(t, s, noon.Add(24*time.Hour)); len(got) != 102 {
		t.Errorf("%d are due, want 102", len(got))
	}
	_, err = s.Put(t.Context(), "another room", web.Entry{At: time.Now(), Key: "k"}, "")
	must(t, err, s.PutCode(t.Context(), "654321", "odette", time.Now().Add(time.Hour)))
	if got, err := s.ClaimCode(t.Context(), time.Now(), "654321", "ann"); got != "odette" || err != nil {
		t.Errorf("the code leads to %q, %v", got, err)
	}
	must(t, s.Erase(t.Context(), "odettexodettex23", nil))
	if found := whoNames(t, s, "odettexodettex23", home.Conversation); len(found) != 100 { // the rooms to which many() speaks
		t.Errorf("named by %d: %.5q", len(found), found)
	}
}

func TestCluster(t *testing.T) {
	server := startCluster(t)
	s := storetest.Open(t, store.Options{Redis: fmt.Sprintf("redis+cluster://127.0.0.1:%d", server.Port), Secret: storetest.Secret})
	must(t, s.Ready(t.Context()))
	walk(t, s)
}

func TestSentinel(t *testing.T) {
	binary := storetest.Binary(t, "redis-server")
	server, port := storetest.StartRedis(t), storetest.FreePort(t)
	config := filepath.Join(t.TempDir(), "sentinel.conf")
	must(t, os.WriteFile(config, fmt.Appendf(nil, "bind 127.0.0.1\nport %d\ndir %s\nsentinel monitor pralines 127.0.0.1 %d 1\n", port, filepath.Dir(config), server.Port), 0o600))
	sentinel := exec.Command(binary, config, "--sentinel")
	must(t, sentinel.Start())
	t.Cleanup(func() { _, _ = sentinel.Process.Kill(), sentinel.Wait() })
	s := storetest.Open(t, store.Options{Redis: fmt.Sprintf("redis+sentinel://127.0.0.1:%d/pralines", port), Secret: storetest.Secret})
	readySoon(t, s)
	walk(t, s)
}

func TestRedisThatHangs(t *testing.T) {
	server := storetest.StartRedis(t)
	s := storetest.Open(t, store.Options{Redis: server.URL, Secret: storetest.Secret})
	commit(t, s, learner.Change{Learner: someone("odette", 0)})
	hang, goOn := stopAndContinue(t, server.PID())
	hang()
	if err := within(t, soon, "commit", func() error {
		return s.Commit(t.Context(), noon, learner.Change{Learner: someone("odette", 1)})[0]
	}); err == nil {
		t.Error("a commit to a Redis that hangs was acknowledged")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := within(t, time.Second, "load", func() error { _, err := s.Load(ctx, "odette"); return err }); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("whoever gave up is told %v", err)
	}
	goOn()
	readySoon(t, s)
	// What hung may have been stored after all, or not: the version tells.
	if v := load(t, s, "odette").Learner.Version; v != 1 && v != 2 {
		t.Errorf("version %d", v)
	}
}
