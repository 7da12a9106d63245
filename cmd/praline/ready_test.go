package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestReadinessIsAskedOnceInAWhile(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var asked, at atomic.Int32
	var found error
	r := newReadiness(func(context.Context) error {
		if at.Add(1) > 1 {
			t.Error("two ask the store at once")
		}
		defer at.Add(-1)
		asked.Add(1)
		return found
	}, func() time.Time { return now })
	many := func() {
		var wait sync.WaitGroup
		for range 100 {
			wait.Go(func() {
				if err := r.verdict(context.Background()); !errors.Is(err, found) {
					t.Errorf("%v, not %v", err, found)
				}
			})
		}
		wait.Wait()
	}
	many()
	now = now.Add(readyFor - time.Millisecond)
	many()
	if n := asked.Load(); n != 1 {
		t.Errorf("the store was asked %d times", n)
	}
	now, found = now.Add(time.Millisecond), errors.New("a full disk")
	many()
	if n := asked.Load(); n != 2 {
		t.Errorf("after a while the store was asked %d times", n)
	}
}

func TestFiguresAreForThisMachine(t *testing.T) {
	for _, row := range []struct {
		label, from, header string
		want                int
	}{
		{"this machine", "127.0.0.1:4711", "", http.StatusOK},
		{"this machine, IPv6", "[::1]:4711", "", http.StatusOK},
		{"another", "192.0.2.7:4711", "", http.StatusForbidden},
		{"through a proxy", "127.0.0.1:4711", "X-Forwarded-For", http.StatusForbidden},
		{"through nginx as many set it up", "127.0.0.1:4711", "X-Real-IP", http.StatusForbidden},
		{"through a proxy that says only its name", "127.0.0.1:4711", "Via", http.StatusForbidden},
		{"through a proxy that follows RFC 7239", "127.0.0.1:4711", "Forwarded", http.StatusForbidden},
	} {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		if r.RemoteAddr = row.from; row.header != "" {
			r.Header.Set(row.header, "x")
		}
		w := httptest.NewRecorder()
		loopbackOnly(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(w, r)
		if w.Code != row.want {
			t.Errorf("%s: %d, not %d", row.label, w.Code, row.want)
		}
	}
}
