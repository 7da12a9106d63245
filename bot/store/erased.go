package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"praline/bot/learner"
)

// erasedName is a file beside the .db with the digests of who was erased, a
// line each. It tells nothing without the secret. A backup of the .db that is
// put back is older than some erasures: by this file they are done again.
const erasedName = "praline.erased"

// erasures is that file.
type erasures struct {
	path string
	mu   sync.Mutex
}

// note adds a key ("erased:<digest>"); it is on the disk when note returns.
func (e *erasures) note(key string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	f, err := os.OpenFile(e.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(key + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}

// keys are all that were noted.
func (e *erasures) keys() ([]string, error) {
	f, err := os.Open(e.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var keys []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if key := lines.Text(); strings.HasPrefix(key, erasedPrefix) {
			keys = append(keys, key)
		}
	}
	return keys, lines.Err()
}

// eraseAgain erases whom an older .db brought back.
func (s *Store) eraseAgain(ctx context.Context) error {
	keys, err := s.erasures.keys()
	if err != nil {
		return fmt.Errorf("store: %s cannot be read: %w: it says who was erased; give this user the right to read it", s.erasures.path, err)
	}
	forgotten := false
	for _, key := range keys {
		switch err := s.write(ctx, change{guard: guard{key: key, word: ""}, ops: []op{{verb: setText, key: key, value: []byte("erased")}}})[0]; {
		case err == nil:
			forgotten = true // the .db did not know
		case !errors.Is(err, errStale):
			return err
		}
	}
	if !forgotten {
		return nil
	}
	var back []learner.ID
	noted := make(map[string]bool, len(keys))
	for _, key := range keys {
		noted[key] = true
	}
	if err := s.Learners(ctx, func(id learner.ID) error {
		if noted[s.erasedKey(id)] {
			back = append(back, id)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, id := range back {
		if err := s.Erase(ctx, id, nil); err != nil {
			return err
		}
	}
	if len(back) > 0 {
		s.log.Warn("a backup brought back learners who were erased after it: they are erased again", "learners", len(back))
	}
	return nil
}

func newErasures(folder string) *erasures {
	return &erasures{path: filepath.Join(folder, erasedName)}
}
