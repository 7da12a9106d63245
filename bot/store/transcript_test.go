package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/bot/store"
	"praline/bot/store/storetest"
	"praline/channels"
	"praline/channels/web"
)

func keysOf(t *testing.T, s *store.Store, conversation string) []string {
	t.Helper()
	entries, err := s.Entries(t.Context(), conversation)
	must(t, err)
	var keys []string
	for _, e := range entries {
		keys = append(keys, e.Key)
	}
	return keys
}

func TestTranscript(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s, now := open(), time.Now().UTC().Truncate(time.Second)
		put := func(key, replaces string) int64 {
			t.Helper()
			n, err := s.Put(t.Context(), "room", web.Entry{At: now, Key: key, Text: key, Message: &channels.Message{ID: key, Lang: "nl"}}, replaces)
			must(t, err)
			return n
		}
		if got := keysOf(t, s, "room"); len(got) != 0 {
			t.Errorf("an empty room holds %q", got)
		}
		for i, step := range []struct {
			label, key, replaces, want string
		}{
			{"first", "a", "", "a"},
			{"second", "b", "", "a b"},
			{"third", "c", "", "a b c"},
			{"in the place of another", "d", "b", "a d c"},
			{"the same again", "d", "", "a d c"},
			{"in the place of one that is gone", "e", "b", "a d c e"},
			{"in the place of itself", "a", "a", "a d c e"},
			{"said again, of what it replaced once", "d", "b", "a d c e"},
		} {
			if got := put(step.key, step.replaces); got != int64(i+1) {
				t.Errorf("%s: number %d, want %d", step.label, got, i+1)
			}
			if got := strings.Join(keysOf(t, s, "room"), " "); got != step.want {
				t.Errorf("%s: %s, want %s", step.label, got, step.want)
			}
		}
		entries, err := s.Entries(t.Context(), "room")
		must(t, err)
		want := web.Entry{Number: 8, At: now, Key: "d", Text: "d", Message: &channels.Message{ID: "d", Lang: "nl"}}
		if diff := cmp.Diff(want, entries[1]); diff != "" {
			t.Errorf("entry (-want +got):\n%s", diff)
		}
	})
}

func TestTranscriptKeepsTheLast200For30Days(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s, now := open(), time.Now()
		for i := range 205 {
			_, err := s.Put(t.Context(), "room", web.Entry{At: now, Key: fmt.Sprint(i)}, "")
			must(t, err)
		}
		if got := keysOf(t, s, "room"); len(got) != 200 || got[0] != "5" || got[199] != "204" {
			t.Errorf("%d entries, from %s to %s", len(got), got[0], got[len(got)-1])
		}
		_, err := s.Put(t.Context(), "room", web.Entry{At: now.Add(31 * 24 * time.Hour), Key: "late"}, "")
		must(t, err)
		if got := keysOf(t, s, "room"); len(got) != 1 || got[0] != "late" {
			t.Errorf("a month later: %q", got)
		}
		if found := whoNames(t, s, `"k":"204"`); found != nil {
			t.Errorf("what is not shown any more stands in %q", found)
		}
	})
}

func TestTranscriptOfManyAtOnceLosesNothing(t *testing.T) {
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		s := open()
		var (
			wg      sync.WaitGroup
			numbers sync.Map
		)
		for g := range 8 {
			wg.Go(func() {
				for i := range 20 {
					n, err := s.Put(t.Context(), "room", web.Entry{At: time.Now(), Key: fmt.Sprint(g, ".", i)}, "")
					if err != nil {
						t.Error(err)
					}
					if _, twice := numbers.LoadOrStore(n, true); twice {
						t.Errorf("number %d was given twice", n)
					}
				}
			})
		}
		wg.Wait()
		if got := keysOf(t, s, "room"); len(got) != 160 {
			t.Errorf("%d of 160 entries", len(got))
		}
	})
}

// The file has no clock but ours; Redis has its own.
func TestTheFileForgetsWhatHasExpired(t *testing.T) {
	now := time.Now()
	s := storetest.Open(t, store.Options{Folder: t.TempDir(), Secret: storetest.Secret, Now: func() time.Time { return now }})
	_, err := s.Put(t.Context(), "room", web.Entry{At: now, Key: "before"}, "")
	must(t, err, s.PutCode(t.Context(), "123456", "odette", now.Add(time.Minute)))
	now = now.Add(2 * time.Minute)
	if got, err := s.ClaimCode(t.Context(), now, "123456", "ann"); got != "" || err != nil {
		t.Errorf("the code: %q, %v", got, err)
	}
	now = now.Add(31 * 24 * time.Hour)
	if got := keysOf(t, s, "room"); len(got) != 0 {
		t.Errorf("after a month: %q", got)
	}
	if found := whoNames(t, s, "before", "code", "web:"); found != nil {
		t.Errorf("still seen: %q", found)
	}
	// What expired does not come back with the next entry.
	n, err := s.Put(t.Context(), "room", web.Entry{At: now, Key: "after"}, "")
	must(t, err)
	if got := keysOf(t, s, "room"); n != 1 || len(got) != 1 {
		t.Errorf("entry %d of %q", n, got)
	}
}
