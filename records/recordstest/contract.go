package recordstest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"praline/records"
)

// Contract is what a records.Store must do.
func Contract(t *testing.T, s records.Store) {
	ctx := t.Context()
	key := func(id string) records.Key { return records.Key{Org: "spf", Kind: "note", ID: id} }
	write := func(all ...records.Record) error { t.Helper(); return s.Write(ctx, all...) }
	read := func(keys ...records.Key) []records.Record {
		t.Helper()
		all, err := s.Read(ctx, keys...)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}

	t.Run("what is not there has version 0, and each write raises it", func(t *testing.T) {
		if got := read(key("a"))[0]; got.Version != 0 || got.Body != nil || got.Key != key("a") {
			t.Errorf("before: %+v", got)
		}
		for version := range uint64(3) {
			if err := write(records.Record{Key: key("a"), Version: version, Body: fmt.Appendf(nil, "%d\n{\x00 é", version)}); err != nil {
				t.Fatal(err)
			}
		}
		if got := read(key("a"), key("none"), key("a")); got[0].Version != 3 || string(got[0].Body) != "2\n{\x00 é" || got[1].Version != 0 || got[2].Version != 3 {
			t.Errorf("after: %+v", got)
		}
	})
	t.Run("an older version writes nothing", func(t *testing.T) {
		for _, version := range []uint64{0, 1, 2, 4} {
			if err := write(records.Record{Key: key("a"), Version: version, Body: []byte("x")}); !errors.Is(err, records.ErrConflict) {
				t.Errorf("version %d: %v", version, err)
			}
		}
	})
	t.Run("all or none", func(t *testing.T) {
		err := write(
			records.Record{Key: key("b"), Body: []byte("new")},
			records.Record{Key: records.Key{Org: "spf", Kind: "other", ID: "c"}, Version: 7, Body: []byte("stale")},
		)
		if !errors.Is(err, records.ErrConflict) || read(key("b"))[0].Version != 0 {
			t.Errorf("%v %+v", err, read(key("b")))
		}
		if err := write(records.Record{Key: key("b"), Body: []byte("new")}, records.Record{Key: records.Key{Org: "spf", Kind: "other", ID: "c"}, Body: []byte{}}); err != nil {
			t.Fatal(err)
		}
		if got := read(records.Key{Org: "spf", Kind: "other", ID: "c"})[0]; got.Version != 1 || len(got.Body) != 0 {
			t.Errorf("an empty body is a body: %+v", got)
		}
	})
	t.Run("a list is of one organisation and one kind, in order", func(t *testing.T) {
		for _, other := range []records.Key{{Org: "fod", Kind: "note", ID: "z"}, {Org: "", Kind: "note", ID: "y"}, {Org: "spf", Kind: "notes", ID: "x"}} {
			if err := write(records.Record{Key: other, Body: []byte("elsewhere")}); err != nil {
				t.Fatal(err)
			}
		}
		if err := write(records.Record{Key: key("a:2"), Body: []byte("later")}); err != nil {
			t.Fatal(err)
		}
		all, err := s.List(ctx, "spf", "note")
		var ids []string
		for _, r := range all {
			ids = append(ids, r.ID)
		}
		if diff := cmp.Diff([]string{"a", "a:2", "b"}, ids); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if all, err := s.List(ctx, "spf", "nothing"); err != nil || len(all) != 0 {
			t.Errorf("%v %v", all, err)
		}
	})
	t.Run("what is removed is not there", func(t *testing.T) {
		if err := write(records.Record{Key: key("b"), Version: 1}); err != nil {
			t.Fatal(err)
		}
		if got := read(key("b"))[0]; got.Version != 0 {
			t.Errorf("%+v", got)
		}
		if err := write(records.Record{Key: key("b"), Body: []byte("again")}); err != nil {
			t.Error(err)
		}
	})
	t.Run("two organisations are not written together", func(t *testing.T) {
		if err := write(records.Record{Key: key("n"), Body: []byte("1")}, records.Record{Key: records.Key{Org: "fod", Kind: "note", ID: "n"}, Body: []byte("1")}); err == nil {
			t.Error("it was")
		}
	})
	t.Run("of many who change one record none is lost", func(t *testing.T) {
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				for range 5 {
					if _, err := records.Update(ctx, s, key("count"), func(n *int) error { *n++; return nil }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		if n, err := records.Load[int](ctx, s, key("count")); err != nil || n != 40 {
			t.Errorf("%d %v", n, err)
		}
	})
}
