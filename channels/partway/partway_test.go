package partway_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"praline/channels"
	"praline/channels/partway"
)

func TestSay(t *testing.T) {
	busy := &channels.Refusal{Reason: channels.Busy}
	never := &channels.Refusal{Reason: channels.Invalid}
	lost := errors.New("the connection broke")
	for _, row := range []struct {
		label string
		id    string
		fails map[int]error // by the how manieth call
		want  []string      // the steps taken in all, after as many tries as it takes
	}{
		{"all at once", "m", nil, []string{"a", "b", "c"}},
		{"busy in the middle", "m", map[int]error{1: busy}, []string{"a", "b", "b", "c"}},
		{"lost in the middle, twice", "m", map[int]error{1: lost, 2: lost}, []string{"a", "b", "b", "b", "c"}},
		{"busy at once", "m", map[int]error{0: busy}, []string{"a", "a", "b", "c"}},
		{"never taken: begins anew", "m", map[int]error{1: never}, []string{"a", "b", "a", "b", "c"}},
		{"without an ID: begins anew", "", map[int]error{1: busy}, []string{"a", "b", "a", "b", "c"}},
	} {
		var messages partway.Messages
		var taken []string
		step := func(name, receipt string) partway.Step {
			return func(context.Context) (string, error) {
				taken = append(taken, name)
				return receipt, row.fails[len(taken)-1]
			}
		}
		steps := []partway.Step{step("a", ""), step("b", "receipt"), step("c", "")}
		receipt, err := "", error(busy)
		for tries := 0; err != nil && tries < 5; tries++ {
			receipt, err = messages.Say(t.Context(), "1", row.id, steps)
		}
		if err != nil || receipt != "receipt" || !slices.Equal(taken, row.want) {
			t.Errorf("%s: took %q, receipt %q, %v; want %q", row.label, taken, receipt, err, row.want)
		}
	}
}
