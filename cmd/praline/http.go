package main

import (
	"context"
	"net"
	"net/http"
	"slices"
	"time"
)

// newHTTPServer bounds what a stranger may cost: headers, idle connections.
// Bodies are bounded where they are read; streams set their own write deadlines.
func newHTTPServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}

// routes is every address of the one HTTP server.
func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, handler := range s.channels.routes {
		mux.Handle(pattern, handler)
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.HandleFunc("GET /readyz", s.ready)
	if s.scrape == nil {
		mux.Handle("GET /metrics", loopbackOnly(s.metrics.handler()))
	}
	return mux
}

// ready says whether events can be stored now; the log says why not, once.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	err := s.readiness.verdict(context.WithoutCancel(r.Context())) // it is others' answer too
	switch was := s.unready.Swap(err != nil); {
	case err != nil && !was:
		s.log.Error("not ready: the store does not take anything now", "error", err)
	case err == nil && was:
		s.log.Info("ready again: the store takes what comes")
	}
	if err != nil {
		http.Error(w, "no: the store does not take anything now", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("yes\n"))
}

// loopbackOnly shows figures to this machine alone. A request that a proxy
// passed on comes from elsewhere.
func loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		ip := net.ParseIP(host)
		if err != nil || ip == nil || !ip.IsLoopback() || passedOn(r.Header) {
			http.Error(w, "only from this machine; PRALINE_METRICS gives figures a listener of their own", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// passedOn says whether a proxy had a request in its hands: each leaves one of these.
func passedOn(h http.Header) bool {
	return slices.ContainsFunc([]string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"}, func(name string) bool {
		return len(h.Values(name)) > 0
	})
}
