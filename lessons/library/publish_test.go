package library_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"praline/lessons/library"
	"praline/records"
	"praline/records/recordstest"
)

// next makes version 1.1.0 of the garden ready to be published by rik.
func next(t *testing.T, l *library.Library) {
	t.Helper()
	rewrite(t, l, by("ann", 20), "series.yaml", "1.0.0", "1.1.0")
	rewrite(t, l, by("ann", 21), "01-water.fr.md", "Arrosez le soir.", "Arrosez tard le soir.")
	reviewed(t, l, 22)
}

func TestPublishRefuses(t *testing.T) {
	for _, row := range []struct {
		label, code string
		before      func(*testing.T, *library.Library)
		publication library.Publication
	}{
		{"the same version", "version-not-higher", func(t *testing.T, l *library.Library) {
			rewrite(t, l, by("ann", 20), "01-water.fr.md", "Arrosez le soir.", "Arrosez tard.")
			reviewed(t, l, 21)
		}, library.Publication{Mark: by("rik", 30)}},
		{"a lower version", "version-not-higher", func(t *testing.T, l *library.Library) {
			rewrite(t, l, by("ann", 20), "series.yaml", "1.0.0", "0.9.9")
			reviewed(t, l, 21)
		}, library.Publication{Mark: by("rik", 30)}},
		{"what was not asked to be reviewed", "not-in-review", func(t *testing.T, l *library.Library) {
			rewrite(t, l, by("ann", 20), "series.yaml", "1.0.0", "1.1.0")
		}, library.Publication{Mark: by("rik", 30)}},
		{"what changed after the approval", "not-approved", func(t *testing.T, l *library.Library) {
			next(t, l)
			rewrite(t, l, by("ann", 29), "01-water.fr.md", "Arrosez tard", "Arrosez plus tard")
		}, library.Publication{Mark: by("rik", 30)}},
		{"what changed since it was shown", "changed-meanwhile", next, library.Publication{Mark: by("rik", 30), Draft: "another"}},
		{"a series under another id", "id-differs", func(t *testing.T, l *library.Library) {
			rewrite(t, l, by("ann", 20), "series.yaml", "1.0.0", "1.1.0", "id: garden", "id: jardin")
		}, library.Publication{Mark: by("", 30), Alone: true}},
	} {
		t.Run(row.label, func(t *testing.T) {
			l := published(t)
			row.before(t, l)
			if _, err := l.Publish(t.Context(), "spf", "garden", row.publication); !refused(err, row.code) {
				t.Errorf("%v, not %s", err, row.code)
			}
			if got := version(t, l); got != "1.0.0" {
				t.Errorf("live: %q", got)
			}
		})
	}
}

func TestBrokenNeverGoesLive(t *testing.T) {
	l := published(t)
	rewrite(t, l, by("ann", 20), "series.yaml", "1.0.0", "1.1.0")
	rewrite(t, l, by("ann", 21), "01-water.nl.md", "- [x]", "- [ ]")
	var broken library.Broken
	if err := l.AskReview(t.Context(), "spf", "garden", by("ann", 22), ""); !errors.As(err, &broken) || len(broken.Report.Faults) == 0 {
		t.Errorf("asked for a review: %v", err)
	}
	if _, err := l.Publish(t.Context(), "spf", "garden", library.Publication{Alone: true}); !errors.As(err, &broken) {
		t.Errorf("published: %v", err)
	}
	if got := version(t, l); got != "1.0.0" {
		t.Errorf("live: %q", got)
	}
}

func TestBackIsOneSwitch(t *testing.T) {
	l := published(t)
	first, _ := l.Shelf(t.Context(), "spf", "garden")
	next(t, l)
	if _, err := l.Publish(t.Context(), "spf", "garden", library.Publication{Mark: by("rik", 30), Notes: "Plus tard."}); err != nil {
		t.Fatal(err)
	}
	if got := version(t, l); got != "1.1.0" {
		t.Fatalf("live: %q", got)
	}
	if _, err := l.Back(t.Context(), "spf", "garden", by("rik", 40), first.Live); err != nil {
		t.Fatal(err)
	}
	shelf, err := l.Shelf(t.Context(), "spf", "garden")
	if got := version(t, l); err != nil || got != "1.0.0" || len(shelf.Versions) != 2 || len(shelf.Switched) != 3 {
		t.Errorf("live: %q, %+v %v", got, shelf, err)
	}
	if v := shelf.Versions[1]; v.Notes != "Plus tard." || v.By != "rik" || fmt.Sprint(v.Authors, v.Approved) != "[ann] [rik]" {
		t.Errorf("history: %+v", v)
	}
	if _, err := l.Back(t.Context(), "fod", "garden", by("eva", 41), first.Live); !errors.Is(err, records.ErrNone) {
		t.Errorf("another organisation: %v", err)
	}
	if err := l.Withdraw(t.Context(), "spf", "garden", by("rik", 50)); err != nil || version(t, l) != "" {
		t.Errorf("withdrawn: %v, live %q", err, version(t, l))
	}
}

func TestTwoPublishAtOnce(t *testing.T) {
	l := published(t)
	next(t, l)
	seen := draft(t, l).Digest()
	var wait sync.WaitGroup
	var done atomic.Int32
	for i := range 8 {
		wait.Go(func() {
			_, err := l.Publish(t.Context(), "spf", "garden", library.Publication{Mark: by("rik", 30+i), Draft: seen})
			var r library.Refusal
			switch {
			case err == nil:
				done.Add(1)
			case !errors.As(err, &r):
				t.Errorf("neither published nor refused: %v", err)
			}
		})
	}
	wait.Wait()
	shelf, err := l.Shelf(t.Context(), "spf", "garden")
	if err != nil || done.Load() != 1 || len(shelf.Versions) != 2 || version(t, l) != "1.1.0" {
		t.Errorf("%d published, versions %+v, %v", done.Load(), shelf.Versions, err)
	}
}

// A save that lands while somebody publishes is either in what is published or
// leaves what was approved unpublished: nobody publishes what nobody approved.
func TestSaveWhilePublishing(t *testing.T) {
	for round := range 20 {
		l := published(t)
		next(t, l)
		seen := draft(t, l)
		var wait sync.WaitGroup
		var err error
		wait.Go(func() {
			_, err = l.Publish(t.Context(), "spf", "garden", library.Publication{Mark: by("rik", 30), Draft: seen.Digest()})
		})
		wait.Go(func() {
			_, _ = l.Save(t.Context(), "spf", "garden", by("ann", 31), library.Change{Path: "README.md", Content: []byte("Notes.\n")})
		})
		wait.Wait()
		if err != nil {
			continue
		}
		s := live(t, l, "spf").Series("garden")
		if _, err := s.Files.Open("README.md"); err == nil {
			t.Fatalf("round %d: a file is live that nobody approved", round)
		}
	}
}

// failing is a store that fails at one of its calls: before or after that call
// had its effect.
type failing struct {
	records.Store
	at    int
	after bool
	calls int
}

var errAway = errors.New("the store is away")

func (f *failing) Read(ctx context.Context, keys ...records.Key) ([]records.Record, error) {
	if f.calls++; f.calls == f.at {
		return nil, errAway
	}
	return f.Store.Read(ctx, keys...)
}

func (f *failing) Write(ctx context.Context, all ...records.Record) error {
	if f.calls++; f.calls == f.at {
		if f.after {
			_ = f.Store.Write(ctx, all...)
		}
		return errAway
	}
	return f.Store.Write(ctx, all...)
}

func TestStoreFailsAtEachCall(t *testing.T) {
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			l := published(t)
			next(t, l)
			store := &failing{Store: l.Store, at: at, after: after}
			_, err := (&library.Library{Store: store}).Publish(t.Context(), "spf", "garden", library.Publication{Mark: by("rik", 30)})
			if store.calls < at {
				if err != nil || version(t, l) != "1.1.0" || at < 4 {
					t.Errorf("%d calls: %v, live %q", store.calls, err, version(t, l))
				}
				break
			}
			again := &library.Library{Store: l.Store} // the process that comes after the crash
			got := version(t, again)
			if whole := got == "1.0.0" || after && got == "1.1.0"; err == nil || !whole {
				t.Errorf("call %d fails: %v, live %q", at, err, got)
			}
			if got == "1.0.0" {
				if _, err := again.Publish(t.Context(), "spf", "garden", library.Publication{Mark: by("rik", 31)}); err != nil || version(t, again) != "1.1.0" {
					t.Errorf("call %d failed: the next try: %v", at, err)
				}
			}
		}
	}
}

func TestPackIsTheSameBytes(t *testing.T) {
	files := map[string][]byte{"b.md": []byte("b"), "a.md": []byte("a"), "media/c.png": {0, 1}}
	first, err := library.Pack(files)
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if again, _ := library.Pack(files); string(again) != string(first) {
			t.Fatal("other bytes of the same files")
		}
	}
	back, err := library.Unpack(first)
	if err != nil || fmt.Sprint(back) != fmt.Sprint(files) {
		t.Errorf("%v %v", back, err)
	}
}

func TestDamagedPackIsLeftOut(t *testing.T) {
	l := published(t)
	shelf, _ := l.Shelf(t.Context(), "spf", "garden")
	key := records.Key{Org: "spf", Kind: "pack", ID: shelf.Live}
	another := map[string][]byte{}
	for _, c := range garden() {
		another[c.Path] = c.Content
	}
	another["README.md"] = []byte("one more file")
	pack, err := library.Pack(another)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Store.Write(t.Context(), records.Record{Key: key, Version: 1, Body: pack}); err != nil {
		t.Fatal(err)
	}
	if all, err := (&library.Library{Store: l.Store}).Live(t.Context(), "spf"); err != nil || len(all) != 0 {
		t.Errorf("%v %v", all, err)
	}
	if _, err := (&library.Library{Store: &recordstest.Memory{Away: errAway}}).Live(t.Context(), "spf"); !errors.Is(err, errAway) {
		t.Errorf("a store that is away: %v", err)
	}
}
