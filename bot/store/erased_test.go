package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
)

// Somebody is erased; then the administrator puts back a backup from before.
func TestABackupBringsNobodyBackWhoWasErased(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	options := store.Options{Folder: folder, Secret: storetest.Secret}
	open := func() *store.Store {
		s, err := store.Open(ctx, options)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	address := learner.Address{Channel: "telegram", Conversation: "4711"}

	s := open()
	if _, err := s.Claim(ctx, address, "gone"); err != nil {
		t.Fatal(err)
	}
	gone, stays := someone("gone", 0), someone("stays", 0)
	gone.Addresses = []learner.Address{address}
	commit(t, s, learner.Change{Learner: gone}, learner.Change{Learner: stays})
	must(t, s.Close())
	backup, err := os.ReadFile(filepath.Join(folder, "praline.db"))
	must(t, err)

	s = open()
	must(t, s.Erase(ctx, "gone", nil))
	must(t, s.Close())
	must(t, os.WriteFile(filepath.Join(folder, "praline.db"), backup, 0o600))

	s = open()
	if version := load(t, s, "gone").Learner.Version; version != 0 {
		t.Errorf("the backup brought back who was erased, at version %d", version)
	}
	if who, err := s.Resolve(ctx, address); err != nil || who != "" {
		t.Errorf("the address leads to %q: %v", who, err)
	}
	if version := load(t, s, "stays").Learner.Version; version != 1 {
		t.Errorf("who was not erased is at version %d", version)
	}
	must(t, s.Close())
}
