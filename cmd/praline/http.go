package main

import (
	"net"
	"net/http"
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

// ready says whether events can be stored now.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.store.Ready(r.Context()); err != nil {
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
		if err != nil || ip == nil || !ip.IsLoopback() || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
			http.Error(w, "only from this machine; PRALINE_METRICS gives figures a listener of their own", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
