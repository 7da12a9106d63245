package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
)

// errUnsealed says that a sealed value cannot be opened.
var errUnsealed = errors.New("it was sealed with another secret, or changed since: give PRALINE_SECRET as it was, or install the app anew")

// PutSealed keeps a secret that others gave us (a workspace's token), so that
// who reads the store without our secret learns nothing of it.
func (s *Store) PutSealed(ctx context.Context, kind, id string, value []byte) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	box, err := s.box()
	if err != nil {
		return err
	}
	nonce := make([]byte, box.NonceSize())
	rand.Read(nonce)
	key := sealedKey(kind, id)
	sealed := box.Seal(nonce, nonce, value, []byte(key))
	return s.write(ctx, change{guard: guard{key: key, word: anything}, ops: []op{{verb: setText, key: key, value: sealed}}})[0]
}

// Sealed returns such a secret, nil where there is none. One that was sealed
// with another secret, or for something else, is an error.
func (s *Store) Sealed(ctx context.Context, kind, id string) ([]byte, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	key := sealedKey(kind, id)
	kept, err := s.read(ctx, ask{kind: text, key: key})
	if err != nil || kept[0].text == nil {
		return nil, err
	}
	box, err := s.box()
	if err != nil {
		return nil, err
	}
	sealed := kept[0].text
	if len(sealed) < box.NonceSize() {
		return nil, fmt.Errorf("store: %s of %s: %w", kind, id, errUnsealed)
	}
	value, err := box.Open(nil, sealed[:box.NonceSize()], sealed[box.NonceSize():], []byte(key))
	if err != nil {
		return nil, fmt.Errorf("store: %s of %s: %w", kind, id, errUnsealed)
	}
	return value, nil
}

// CutSealed forgets such a secret.
func (s *Store) CutSealed(ctx context.Context, kind, id string) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	key := sealedKey(kind, id)
	return s.write(ctx, change{guard: guard{key: key, word: anything}, ops: []op{{verb: drop, key: key}}})[0]
}

// box seals and opens: AES-256-GCM under a key that is used for nothing else.
func (s *Store) box() (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, s.secret, nil, "praline: secrets in the store", 32)
	if err != nil {
		return nil, fmt.Errorf("store: seal: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("store: seal: %w", err)
	}
	return cipher.NewGCM(block)
}
