package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The socket is nobody else's at any moment, whatever stood there before.
func TestSocketIsPrivate(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, socketName)
	for range 2 { // the second time one of a server that was killed stands there
		listener, err := listenPrivate(path)
		if err != nil {
			t.Skip(err)
		}
		defer listener.Close()
		info, err := os.Stat(path)
		if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
		if entries, _ := os.ReadDir(folder); len(entries) != 1 {
			t.Errorf("left behind: %v", entries)
		}
	}
}

// What is asked is said while it is done, and an error in the middle arrives.
func TestSocketAnswersWhileItWorks(t *testing.T) {
	for _, row := range []struct {
		label string
		fails error
		after bool // some words were said
		found bool
	}{
		{label: "done", after: true},
		{label: "nothing to say"},
		{"fails at once", errors.New("the disk\nis full"), false, false},
		{"fails in the middle", errors.New("the disk\nis full"), true, false},
		{"asked wrongly", foundError{"nobody by this id"}, false, true},
		{"asked wrongly, known late", foundError{"nobody by this id"}, true, true},
	} {
		t.Run(row.label, func(t *testing.T) {
			folder := t.TempDir()
			listener, err := listenPrivate(filepath.Join(folder, socketName))
			if err != nil {
				t.Skip(err)
			}
			read := make(chan struct{})
			server := newSocketServer(answering(func(ctx context.Context, _ adminRequest, out io.Writer) error {
				if row.after {
					fmt.Fprintln(out, "odette erased")
					select {
					case <-read: // it is read before the rest is done
					case <-ctx.Done():
						return ctx.Err()
					}
				}
				return row.fails
			}))
			if server.WriteTimeout != 0 || server.ReadTimeout != 0 {
				t.Error("erasing many would be cut short")
			}
			go func() { _ = server.Serve(listener) }()
			defer server.Close()
			ctx, cancel := context.WithTimeout(t.Context(), soon) // what is never sent is never read
			defer cancel()
			var out bytes.Buffer
			done, err := askServer(ctx, folder, adminRequest{Do: "retention"}, writerFunc(func(p []byte) (int, error) {
				close(read)
				return out.Write(p)
			}))
			if !done || (err == nil) != (row.fails == nil) {
				t.Fatalf("%t, %v", done, err)
			}
			if row.after && out.String() != "odette erased\n" {
				t.Errorf("said: %q", out.String())
			}
			if row.fails == nil {
				return
			}
			if errors.As(err, new(foundError)) != row.found || !strings.Contains(err.Error(), strings.Fields(row.fails.Error())[1]) {
				t.Errorf("%#v", err)
			}
		})
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// A server that cannot be wired gives its ports back.
func TestPortsAreGivenBack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	free := func() string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		return l.Addr().String()
	}
	c := &serveCommand{Speed: 1, settings: settings{
		Listen: free(), Metrics: free(), Folder: filepath.Join(file, "data"), Web: "on",
		Secret: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
	}}
	if _, err := c.open(t.Context(), slog.New(slog.DiscardHandler)); err == nil {
		t.Fatal("a store in a file that is no folder")
	}
	for _, address := range []string{c.Listen, c.Metrics} {
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Errorf("still taken: %v", err)
			continue
		}
		l.Close()
	}
}
