package store

import (
	"context"
	"testing"
	"time"

	"praline/bot/learner"
)

// What stands under one learner's key is damaged: the others are read, and the
// damaged one can still be erased.
func TestADamagedLearnerKeepsNobodyElseFromBeingRead(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, Options{Folder: t.TempDir(), Secret: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, id := range []learner.ID{"whole", "damaged"} {
		if err := s.Commit(ctx, time.Now(), learner.Change{Learner: learner.Learner{ID: id, Lang: "nl"}})[0]; err != nil {
			t.Fatal(err)
		}
	}
	for _, bytes := range []string{"1 0 0\nx", "1 0 0\nf\x00", "1 0 0\np{", "nonsense", "1 0 0\n"} {
		if err := s.write(ctx, change{guard: guard{key: learnerKey("damaged"), word: anything}, ops: []op{
			{verb: setText, key: learnerKey("damaged"), value: []byte(bytes)},
		}})[0]; err != nil {
			t.Fatal(err)
		}
		records, err := s.Load(ctx, "damaged", "whole")
		if err != nil {
			t.Fatalf("%q: %v", bytes, err)
		}
		if records[0].Damaged == nil || records[0].Learner.ID != "damaged" {
			t.Errorf("%q is read as %+v", bytes, records[0])
		}
		if records[1].Damaged != nil || records[1].Learner.Lang != "nl" {
			t.Errorf("beside %q: %+v", bytes, records[1])
		}
	}
	if err := s.Erase(ctx, "damaged", nil); err != nil {
		t.Errorf("erase: %v", err)
	}
}
