package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"praline/channels/outbound"
)

// socketName is where a running server takes an administrator's requests: a
// Unix socket in the data folder that only its owner may use.
const socketName = "praline.sock"

// serveSocket answers administrators until ctx ends. Without a socket (a file
// system that has none) the commands work while the server is stopped.
func (s *server) serveSocket(ctx context.Context) {
	path := filepath.Join(s.config.Folder, socketName)
	_ = os.Remove(path) // of a server that was killed; the lock on the file says that none runs
	listener, err := net.Listen("unix", path)
	if err != nil {
		s.log.Warn("no socket for commands: they work while the server is stopped", "error", err)
		return
	}
	if err := os.Chmod(path, 0o600); err != nil {
		s.log.Warn("no socket for commands: its rights could not be set", "error", err)
		listener.Close()
		return
	}
	admin := administration{bot: s.bot, store: s.store, now: s.clock.Now}
	web := newHTTPServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request adminRequest
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&request); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		var out strings.Builder
		if err := admin.do(r.Context(), request, &out); err != nil {
			status := http.StatusInternalServerError
			var found foundError
			if errors.As(err, &found) {
				status = http.StatusUnprocessableEntity
			}
			http.Error(w, err.Error(), status)
			return
		}
		_, _ = io.WriteString(w, out.String())
	}))
	go func() { <-ctx.Done(); _ = web.Close(); _ = os.Remove(path) }()
	_ = web.Serve(listener)
}

// askServer asks the server that runs on a data folder; done is false where
// none runs.
func askServer(ctx context.Context, folder string, request adminRequest, out io.Writer) (done bool, err error) {
	path := filepath.Join(folder, socketName)
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", path)
	}}}
	body, err := json.Marshal(request)
	if err != nil {
		return true, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://praline/", strings.NewReader(string(body)))
	if err != nil {
		return true, err
	}
	response, err := client.Do(r)
	if err != nil {
		return false, nil // no server there
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		words, _ := io.ReadAll(io.LimitReader(response.Body, 1<<16))
		if response.StatusCode == http.StatusUnprocessableEntity {
			return true, foundError{strings.TrimSpace(string(words))}
		}
		return true, fmt.Errorf("the server says: %s", strings.TrimSpace(string(words)))
	}
	_, err = io.Copy(out, response.Body)
	return true, err
}

// silence says nothing: a command has nobody to talk to.
type silence struct{}

func (silence) Say(...outbound.Saying) {}

func (silence) Forget(context.Context, string) error { return nil }
