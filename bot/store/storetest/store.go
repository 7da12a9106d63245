package storetest

import (
	"context"
	"testing"

	"praline/bot/store"
)

// Secret keys the stores of tests.
var Secret = []byte("storetest: thirty-two bytes long")

// Both runs a test on both drivers. Its open opens the same place each time,
// and closes it with the test; the file wants to be closed before it is opened
// again.
func Both(t *testing.T, run func(t *testing.T, open func() *store.Store)) {
	Each(t, func(t *testing.T, o store.Options) {
		run(t, func() *store.Store { return Open(t, o) })
	})
}

// Each runs a test on both drivers, for who wants to change the options.
func Each(t *testing.T, run func(t *testing.T, o store.Options)) {
	t.Run("file", func(t *testing.T) {
		run(t, store.Options{Folder: t.TempDir(), Secret: Secret})
	})
	t.Run("redis", func(t *testing.T) {
		url, _ := Redis(t)
		run(t, store.Options{Redis: url, Secret: Secret})
	})
}

// Open opens a store that is closed with the test.
func Open(t testing.TB, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}
