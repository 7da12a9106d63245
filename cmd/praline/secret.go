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

// secretFile holds the secret, in the data folder.
const secretFile = "secret"

// secretFor returns the secret given, or the one in the data folder, which is
// made at the first start. Only the server makes one.
func secretFor(given, folder string, log *slog.Logger) ([]byte, error) {
	secret, err := keptSecret(given, folder)
	if !errors.Is(err, fs.ErrNotExist) {
		return secret, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("cannot make the data folder %s: %w: choose another with --data or PRALINE_DATA", folder, err)
	}
	path := filepath.Join(folder, secretFile)
	switch err := makeSecret(path); {
	case err == nil:
		log.Info("a secret was made; instances that share one Redis need the same", "file", path)
	case errors.Is(err, fs.ErrExist): // another server started at the same moment: it is its secret
	default:
		return nil, fmt.Errorf("cannot write %s: %w: give this user the right to write there, or set PRALINE_SECRET", path, err)
	}
	return keptSecret("", folder)
}

// keptSecret returns the secret given, or the one in the data folder; where
// there is none the error is fs.ErrNotExist.
func keptSecret(given, folder string) ([]byte, error) {
	if given != "" {
		return decodeSecret(given, "PRALINE_SECRET")
	}
	path := filepath.Join(folder, secretFile)
	stored, err := os.ReadFile(path)
	switch {
	case err == nil:
		return decodeSecret(string(stored), path)
	case errors.Is(err, fs.ErrNotExist):
		return nil, &noSecretError{path}
	}
	return nil, fmt.Errorf("cannot read %s: %w: give this user the right to read it, or set PRALINE_SECRET", path, err)
}

type noSecretError struct{ path string }

func (e *noSecretError) Error() string {
	return fmt.Sprintf("there is no secret in %s: set PRALINE_SECRET (or --data) as the server has it", e.path)
}

func (e *noSecretError) Unwrap() error { return fs.ErrNotExist }

// makeSecret writes a new secret that stands whole on the disk under its name,
// or not at all; fs.ErrExist where there is one by now.
func makeSecret(path string) error {
	secret := make([]byte, secretBytes)
	rand.Read(secret)
	file, err := os.CreateTemp(filepath.Dir(path), secretFile+"-*") // for its owner only, and nobody's before
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(base64.StdEncoding.EncodeToString(secret) + "\n")
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	err = os.Link(file.Name(), path) // as O_EXCL does, it never takes the place of another
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return copyNew(file.Name(), path)
}

// copyNew is for file systems that know no links.
func copyNew(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Sync(), file.Close())
}

func decodeSecret(text, where string) ([]byte, error) {
	secret, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(secret) != secretBytes {
		return nil, fmt.Errorf("%s is not %d bytes in base64: make one with \"head -c 32 /dev/urandom | base64\"", where, secretBytes)
	}
	return secret, nil
}
