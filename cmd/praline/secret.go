package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// secretBytes is the length of the secret.
const secretBytes = 32

// secretFor returns the secret given, or the one in the data folder, which is
// made at the first start.
func secretFor(given, folder string, log *slog.Logger) ([]byte, error) {
	if given != "" {
		return decodeSecret(given, "PRALINE_SECRET")
	}
	path := filepath.Join(folder, "secret")
	stored, err := os.ReadFile(path)
	if err == nil {
		return decodeSecret(string(stored), path)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot read %s: %w: give this user the right to read it, or set PRALINE_SECRET", path, err)
	}
	secret := make([]byte, secretBytes)
	rand.Read(secret)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("cannot make the data folder %s: %w: choose another with --data or PRALINE_DATA", folder, err)
	}
	encoded := base64.StdEncoding.EncodeToString(secret) + "\n"
	if err := os.WriteFile(path, []byte(encoded), 0o600); err != nil {
		return nil, fmt.Errorf("cannot write %s: %w: give this user the right to write there, or set PRALINE_SECRET", path, err)
	}
	log.Info("a secret was made; instances that share one Redis need the same", "file", path)
	return secret, nil
}

func decodeSecret(text, where string) ([]byte, error) {
	secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(secret) != secretBytes {
		return nil, fmt.Errorf("%s is not %d bytes in base64: make one with \"head -c 32 /dev/urandom | base64\"", where, secretBytes)
	}
	return secret, nil
}
