package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/channels/web"
)

// whoNames returns the keys in which, or under which, any of the words stands.
func whoNames(t *testing.T, s *store.Store, words ...string) (found []string) {
	t.Helper()
	must(t, s.Keys(t.Context(), func(key string, value []byte) error {
		for _, word := range words {
			if strings.Contains(key, word) || bytes.Contains(value, []byte(word)) {
				found = append(found, key+" ("+word+")")
			}
		}
		return nil
	}))
	return found
}

// fillEverything leaves something under every key that the schema has.
func fillEverything(t *testing.T, s *store.Store) {
	t.Helper()
	for id, at := range map[learner.ID]learner.Address{
		"odettexodettex23": home,
		"stays2stays2stay": {Channel: "telegram", Conversation: "4711"},
	} {
		l := someone(id, 0)
		l.Addresses = []learner.Address{at}
		_, err := s.Claim(t.Context(), at, id)
		must(t, err)
		hello, then := message("m1", "Bonjour Odette"), message("m2", "et")
		hello.To, then.To = at, at
		commit(t, s, learner.Change{Learner: l, Next: noon.Add(time.Hour), Say: []learner.Said{hello, then}, Answers: []learner.Answer{{At: noon}}})
		must(t, s.Note(t.Context(), learner.Noted{Learner: id, Message: "m1", Receipt: "app-1"}))
		must(t, s.Note(t.Context(), learner.Noted{Learner: id, Message: "m0", Refused: "invalid: Odette is too long"}))
	}
	_, err := s.Put(t.Context(), home.Conversation, web.Entry{At: time.Now(), Key: "k1", Text: "je m'appelle Odette"}, "")
	must(t, err, s.PutCode(t.Context(), "K7QF2MX9", "odettexodettex23", time.Now().Add(time.Hour)))
	must(t, s.Append(t.Context(), "reports", []byte("a question is wrong")), s.Ready(t.Context()))
}

func TestEraseLeavesNoKeyThatNamesTheLearner(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		fillEverything(t, s)
		words := []string{"odettexodettex23", home.Conversation}
		if found := whoNames(t, s, words...); len(found) < 7 {
			t.Fatalf("the proof sees only %q", found)
		}
		must(t, s.Erase(t.Context(), "odettexodettex23", nil)) // by the addresses that are stored
		if found := whoNames(t, s, words...); found != nil {
			t.Errorf("still named by %q", found)
		}
		if got, err := s.Undelivered(t.Context(), "odettexodettex23"); got != nil || err != nil {
			t.Errorf("still undelivered: %v, %v", got, err)
		}
		if got := load(t, s, "odettexodettex23"); got.Learner.Version != 0 || got.Outbox != nil || got.Receipts != nil {
			t.Errorf("still stored: %+v", got)
		}
		if got, err := s.Coded(t.Context(), time.Now(), "K7QF2MX9", "anybody"); got != "" || err != nil {
			t.Errorf("the code still leads to %q, %v", got, err)
		}
		if got, err := s.Resolve(t.Context(), home); got != "" || err != nil {
			t.Errorf("the address still leads to %q, %v", got, err)
		}
		if got := dueAt(t, s, noon.Add(24*time.Hour)); len(got) != 1 || got[0] != "stays2stays2stay" {
			t.Errorf("due: %v", got)
		}
		if got := load(t, s, "stays2stays2stay"); got.Learner.Version != 1 || len(got.Outbox) != 1 || len(got.Receipts) != 1 {
			t.Errorf("somebody else lost something: %+v", got)
		}
		must(t, s.Erase(t.Context(), "odettexodettex23", []learner.Address{home})) // again, after a crash
	})
}

func TestTheErasedDoNotComeBack(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		fillEverything(t, s)
		must(t, s.Erase(t.Context(), "odettexodettex23", nil))
		// Somebody decided on an event meanwhile: on a version, and as new.
		for _, version := range []uint64{1, 0} {
			_, err := s.Claim(t.Context(), home, "odettexodettex23")
			must(t, err)
			err = s.Commit(t.Context(), noon, learner.Change{Learner: someone("odettexodettex23", version), Say: []learner.Said{message("m1", "x")}})[0]
			if !errors.Is(err, learner.ErrConflict) {
				t.Errorf("a commit on version %d of who was erased: %v", version, err)
			}
		}
		must(t, s.Note(t.Context(), learner.Noted{Learner: "odettexodettex23", Message: "m2", Receipt: "app-2"}))
		if found := whoNames(t, s, "odettexodettex23"); found != nil {
			t.Errorf("named again by %q", found)
		}
		// The person may begin anew, as somebody new, at the same address.
		if got, err := s.Claim(t.Context(), home, "newnewnewnewnew2"); got != "newnewnewnewnew2" || err != nil {
			t.Errorf("the address went to %q, %v", got, err)
		}
	})
}

func TestNothingErasedStandsInTheFileOnceItIsClosed(t *testing.T) {
	folder := t.TempDir()
	s := storetest.Open(t, store.Options{Folder: folder, Secret: storetest.Secret})
	fillEverything(t, s)
	must(t, s.Erase(t.Context(), "odettexodettex23", nil), s.Close())
	all, err := os.ReadDir(folder)
	must(t, err)
	for _, file := range all {
		bytesOf, err := os.ReadFile(filepath.Join(folder, file.Name()))
		must(t, err)
		for _, word := range []string{"odettexodettex23", home.Conversation, "m'appelle"} {
			if bytes.Contains(bytesOf, []byte(word)) {
				t.Errorf("%s still holds %q", file.Name(), word)
			}
		}
	}
}
