package records_test

import (
	"errors"
	"testing"

	"praline/records"
	"praline/records/recordstest"
)

func TestMemory(t *testing.T) { recordstest.Contract(t, &recordstest.Memory{}) }

func TestUpdate(t *testing.T) {
	ctx, s, key := t.Context(), &recordstest.Memory{}, records.Key{Org: "spf", Kind: "word", ID: "a"}
	if _, err := records.Load[string](ctx, s, key); !errors.Is(err, records.ErrNone) {
		t.Errorf("nothing there: %v", err)
	}
	refused := errors.New("no")
	if _, err := records.Update(ctx, s, key, func(*string) error { return refused }); !errors.Is(err, refused) {
		t.Errorf("a change that is refused: %v", err)
	}
	if err := records.Put(ctx, s, key, "bonjour"); err != nil {
		t.Fatal(err)
	}
	if all, err := records.All[string](ctx, s, "spf", "word"); err != nil || len(all) != 1 || all[0] != "bonjour" {
		t.Errorf("%q %v", all, err)
	}
	if _, err := records.Load[int](ctx, s, key); err == nil {
		t.Error("a text is no number")
	}
	for range 2 {
		if err := records.Remove(ctx, s, key); err != nil {
			t.Error(err)
		}
	}
}
