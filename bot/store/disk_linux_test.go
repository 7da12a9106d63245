package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"praline/bot/learner"
	"praline/bot/store"
)

// smallDisk mounts a disk of some bytes that goes with the test.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root may mount a small disk: skipped")
	}
	folder := t.TempDir()
	if err := syscall.Mount("praline-test", folder, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no small disk can be mounted here (%v): skipped", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return folder
}

func TestAFullDiskLosesNothingThatWasAcknowledged(t *testing.T) {
	folder := smallDisk(t, "2m")
	ballast := filepath.Join(folder, "ballast")
	must(t, os.WriteFile(ballast, make([]byte, 600<<10), 0o600))
	s := openFolder(t, folder)

	const writers, each = 8, 100
	var (
		wg     sync.WaitGroup
		kept   sync.Map
		failed = make(chan error, writers*each)
	)
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				id := learner.ID(fmt.Sprintf("w%d-%d", w, i))
				l := busyLearner(id, 30)
				if err := s.Commit(t.Context(), noon, learner.Change{Learner: l, Say: []learner.Said{message("m", "Bonjour.")}})[0]; err != nil {
					failed <- err
				} else {
					kept.Store(id, true)
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	if len(failed) < each {
		t.Fatalf("the disk was not full: %d commits failed", len(failed))
	}
	for err := range failed {
		if !strings.Contains(err.Error(), "is full") || !strings.Contains(err.Error(), folder) {
			t.Fatalf("a commit fails with %q", err)
		}
	}
	if err := s.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "is full") {
		t.Errorf("ready on a full disk: %v", err)
	}

	check := func(s *store.Store) {
		t.Helper()
		all := 0
		must(t, s.Learners(t.Context(), func(id learner.ID) error {
			if _, ok := kept.Load(id); !ok {
				t.Errorf("%s was refused and stands there", id)
			}
			all++
			return nil
		}))
		kept.Range(func(id, _ any) bool {
			all--
			if got := load(t, s, id.(learner.ID)); got.Learner.Version != 1 || len(got.Outbox) != 1 {
				t.Errorf("%s was acknowledged and is %+v", id, got)
			}
			return true
		})
		if all != 0 {
			t.Errorf("%d more stand there than were acknowledged", all)
		}
	}
	check(s) // what stands there stays readable

	must(t, os.Remove(ballast)) // there is room: it goes on by itself
	must(t, s.Ready(t.Context()))
	commit(t, s, learner.Change{Learner: someone("afterwards", 0), Say: []learner.Said{message("m", "x")}})
	kept.Store(learner.ID("afterwards"), true)
	check(s)
	must(t, s.Close())
	s = openFolder(t, folder)
	check(s)
	must(t, s.Close())
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	folder := smallDisk(t, "8m")
	readOnly := func() { must(t, syscall.Mount("", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, "")) }
	readOnly()
	refused(t, folder, "cannot be written", "--data")
	refused(t, filepath.Join(folder, "below"), "cannot be written", "--data")
	must(t, syscall.Mount("", folder, "", syscall.MS_REMOUNT, ""))
	fillFolder(t, folder, 3)
	readOnly()
	refused(t, folder, "cannot be written", "--data")
	must(t, syscall.Mount("", folder, "", syscall.MS_REMOUNT, ""))
	if got := load(t, openFolder(t, folder), nth(2)).Learner.Version; got != 1 {
		t.Errorf("written to again, it holds version %d", got)
	}
}

func TestAFolderOfSomebodyElse(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere: skipped")
	}
	folder := t.TempDir()
	fillFolder(t, folder, 3)
	db := filepath.Join(folder, "praline.db")
	must(t, os.Chmod(db, 0o400))
	refused(t, folder, "cannot be written", "--data")
	must(t, os.Chmod(db, 0o600), os.Chmod(folder, 0o500))
	refused(t, folder, "cannot be written", "--data")
	must(t, os.Chmod(folder, 0o700))
	openFolder(t, folder)
}
