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
	listener, err := listenPrivate(path)
	if err != nil {
		s.log.Warn("no socket for commands: they work while the server is stopped", "error", err)
		return
	}
	admin := administration{bot: s.bot, store: s.store, now: s.clock.Now, house: s.house}
	web := newSocketServer(answering(admin.do))
	go func() { <-ctx.Done(); _ = web.Close(); _ = os.Remove(path) }()
	_ = web.Serve(listener)
}

// newSocketServer is for the owner alone, and erasing many takes as long as it takes.
func newSocketServer(handler http.Handler) *http.Server {
	web := newHTTPServer(handler)
	web.ReadTimeout, web.WriteTimeout = 0, 0
	return web
}

// listenPrivate takes a socket that nobody but its owner could open at any
// moment: it is made in a folder of its own, and moved when its rights are set.
func listenPrivate(path string) (net.Listener, error) {
	folder, err := os.MkdirTemp(filepath.Dir(path), "s") // 0700; a socket's path may not be long
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	made := filepath.Join(folder, "s")
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: made, Net: "unix"})
	if err != nil {
		return nil, err
	}
	listener.SetUnlinkOnClose(false) // it moves
	err = os.Chmod(made, 0o600)
	if err == nil {
		err = os.Rename(made, path) // in the place of one of a server that was killed; the lock on the file says that none runs
	}
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}

// largestRequest bounds what a command sends along: a roster, a series.
const largestRequest = 128 << 20

// The trailers of an answer that went wrong after its first words.
const (
	trailerWords = "Praline-Error"
	trailerFound = "Praline-Found" // the input is wrong
)

// answering does what is asked and says it while it is done. An error before
// the first word is a status, one after it a trailer.
func answering(do func(context.Context, adminRequest, io.Writer) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request adminRequest
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, largestRequest)).Decode(&request); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		out := &flushing{w: w, control: http.NewResponseController(w)}
		err := do(r.Context(), request, out)
		isFound := errors.As(err, new(foundError))
		switch {
		case err == nil:
		case out.said:
			w.Header().Set(http.TrailerPrefix+trailerWords, strings.ReplaceAll(err.Error(), "\n", "; "))
			if isFound {
				w.Header().Set(http.TrailerPrefix+trailerFound, "yes")
			}
		case isFound:
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		default:
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

// flushing sends on at once what is written.
type flushing struct {
	w       io.Writer
	control *http.ResponseController
	said    bool
}

func (f *flushing) Write(p []byte) (int, error) {
	f.said = true
	n, err := f.w.Write(p)
	if err == nil {
		err = f.control.Flush()
	}
	return n, err
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
	if _, err = io.Copy(out, response.Body); err != nil {
		return true, fmt.Errorf("the server stopped answering: %w: ask again", err)
	}
	switch words := response.Trailer.Get(trailerWords); {
	case words == "":
		return true, nil
	case response.Trailer.Get(trailerFound) != "":
		return true, foundError{words}
	default:
		return true, fmt.Errorf("the server says: %s", words)
	}
}

// silence says nothing: a command has nobody to talk to.
type silence struct{}

func (silence) Say(...outbound.Saying) {}

func (silence) Forget(context.Context, string) error { return nil }
