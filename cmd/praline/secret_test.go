package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// Two first starts at once get one secret.
func TestFirstStartsAgreeOnTheSecret(t *testing.T) {
	for range 20 {
		folder := filepath.Join(t.TempDir(), "data")
		secrets := make([][]byte, 8)
		var wait sync.WaitGroup
		for i := range secrets {
			wait.Go(func() {
				var err error
				if secrets[i], err = secretFor("", folder, slog.New(slog.DiscardHandler)); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		for _, s := range secrets {
			if len(s) != secretBytes || !bytes.Equal(s, secrets[0]) {
				t.Fatalf("secrets differ: %x", secrets)
			}
		}
		entries, err := os.ReadDir(folder)
		if err != nil || len(entries) != 1 {
			t.Errorf("left behind: %v, %v", entries, err)
		}
		if info, err := os.Stat(filepath.Join(folder, secretFile)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("rights: %v, %v", info.Mode(), err)
		}
	}
}

func TestWithoutLinksASecretIsNotOverwritten(t *testing.T) {
	folder := t.TempDir()
	from, to := filepath.Join(folder, "a"), filepath.Join(folder, "b")
	if err := os.WriteFile(from, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := copyNew(from, to); err != nil {
		t.Error(err)
	}
	if err := copyNew(from, to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("again: %v", err)
	}
	if text, err := os.ReadFile(to); string(text) != "new" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

// Looking after data makes no secret: with one of its own it would not know
// who was erased, nor could the server read what it seals.
func TestCommandsMakeNoSecret(t *testing.T) {
	kept := t.TempDir() // of a server whose secret is in a variable
	if err := os.WriteFile(filepath.Join(kept, "praline.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		label, folder string
		arguments     []string
	}{
		{"on the file", kept, nil},
		{"on Redis", t.TempDir(), []string{"--redis", "redis://127.0.0.1:1"}},
	} {
		for _, command := range [][]string{{"list"}, {"export", "x"}, {"erase", "x", "--yes"}, {"retention", "--days", "30"}} {
			var errs strings.Builder
			arguments := append(append([]string{"data"}, command...), append(row.arguments, "--data", row.folder)...)
			if code := run(arguments, io.Discard, &errs); code != exitUsage || !strings.Contains(errs.String(), "set PRALINE_SECRET (or --data) as the server has it") {
				t.Errorf("%s, %v: %d, %s", row.label, command, code, errs.String())
			}
		}
		if _, err := os.Stat(filepath.Join(row.folder, secretFile)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a secret was made: %v", row.label, err)
		}
	}
}
