package bot

import (
	"strings"
	"testing"
)

// A piece is one question up to twenty, and the bar never longer than that;
// nothing that is there goes unseen.
func TestBar(t *testing.T) {
	for _, row := range []struct {
		known, fading, notSeen int
		want                   string
		each                   int
	}{
		{2, 1, 4, "■■◧□□□□", 1},
		{20, 0, 0, strings.Repeat("■", 20), 1},
		{1, 1, 19, "■◧□□□□□□□□□", 2},
		{13, 13, 13, "■■■■■■■◧◧◧◧◧◧◧□□□□□□", 2},
		{0, 1, 99, "◧" + strings.Repeat("□", 19), 5},
	} {
		if got, each := (Standing{Known: row.known, Fading: row.fading, NotSeen: row.notSeen}).bar(); got != row.want || each != row.each {
			t.Errorf("%+v: %s, one for %d", row, got, each)
		}
	}
	for known := range 40 {
		for fading := range 40 {
			for _, notSeen := range []int{0, 1, 2, 17, 40} {
				s := Standing{Known: known, Fading: fading, NotSeen: notSeen}
				bar, each := s.bar()
				n := len([]rune(bar))
				total := known + fading + notSeen
				if n > barLength || n != (total+each-1)/each ||
					strings.Contains(bar, pieceKnown) != (known > 0) || strings.Contains(bar, pieceFading) != (fading > 0) || strings.Contains(bar, pieceNotSeen) != (notSeen > 0) {
					t.Fatalf("%+v: %s, one for %d", s, bar, each)
				}
			}
		}
	}
}
