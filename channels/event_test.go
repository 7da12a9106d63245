package channels_test

import (
	"testing"

	"praline/channels"
)

func TestPlaced(t *testing.T) {
	for _, row := range []struct {
		value string
		n     int
		ok    bool
	}{
		{channels.Place(0), 0, true},
		{channels.Place(11), 11, true},
		{"", 0, false},
		{"#", 0, false},
		{"#-1", 0, false},
		{"#+1", 0, false},
		{"#01", 0, false},
		{"#1.", 0, false},
		{"1", 0, false},
		{"answer.2s.1", 0, false},
	} {
		if n, ok := channels.Placed(row.value); ok != row.ok || ok && n != row.n {
			t.Errorf("Placed(%q) = %d, %v", row.value, n, ok)
		}
	}
}

func TestNames(t *testing.T) {
	for _, row := range []struct {
		message, receipt string
		want             bool
	}{
		{"57", "57", true},
		{"57", "57 poll-54", true},
		{"poll-54", "57 poll-54", true},
		{"57 poll-54", "57 poll-54", true},
		{"poll-5", "57 poll-54", false},
		{"5", "57", false},
		{"", "57", false},
		{"", "", false},
	} {
		if got := channels.Names(row.message, row.receipt); got != row.want {
			t.Errorf("Names(%q, %q) = %v", row.message, row.receipt, got)
		}
	}
}
