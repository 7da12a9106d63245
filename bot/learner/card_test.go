package learner_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"praline/bot/learner"
	"praline/scheduler"
	"praline/scheduler/recall"
)

func TestCardsGoThroughJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cards := learner.Cards(rapid.SliceOf(rapid.Custom(func(t *rapid.T) learner.Card {
			c := learner.Card{Key: rapid.OneOf(rapid.StringMatching(`[a-z-]{1,8}/[a-z-]{1,8}`), rapid.String()).Draw(t, "key"), Fingerprint: rapid.StringMatching(`[A-Za-z0-9_-]{0,6}`).Draw(t, "print")}
			if rapid.Bool().Draw(t, "asked") {
				day := scheduler.NumberedDate(rapid.IntRange(1, 40000).Draw(t, "day"))
				c.Memory = recall.Memory{
					Stability: float64(rapid.IntRange(10, 1e7).Draw(t, "stability")) / 1e4, Difficulty: 5.5,
					Last: day, Due: day.AddDays(3), Reps: 2, Missed: rapid.Bool().Draw(t, "missed"),
				}
			}
			return c
		})).Draw(t, "cards"))
		written, err := json.Marshal(cards)
		if err != nil {
			t.Fatal(err)
		}
		var back, spaced learner.Cards
		if err := json.Unmarshal(written, &back); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		var any any
		if err := json.Unmarshal(written, &any); err != nil {
			t.Fatal(err)
		}
		indented, err := json.MarshalIndent(any, " ", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(indented, &spaced); err != nil {
			t.Fatalf("%s: %v", indented, err)
		}
		if len(cards) == 0 {
			return
		}
		if d := cmp.Diff(cards, back); d != "" {
			t.Fatalf("%s: %s", written, d)
		}
		if d := cmp.Diff(cards, spaced); d != "" {
			t.Fatalf("%s: %s", indented, d)
		}
	})
}

func TestCardsThatAreNone(t *testing.T) {
	for _, text := range []string{``, `[`, `[[`, `[["a","b",[1,2,3,4,5,6]]`, `[["a","b",[1,2]]]`, `[["a","b",[x]]]`, `{"a":1}`, `[["a","b",[]],]`, `[["a"]]`} {
		var cards learner.Cards
		if err := json.Unmarshal([]byte(text), &cards); err == nil {
			t.Errorf("%s is read as %+v", text, cards)
		}
		if err := cards.UnmarshalJSON([]byte(text)); err == nil {
			t.Errorf("%s is read as %+v", text, cards)
		}
	}
}
