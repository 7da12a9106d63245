package words

import (
	"strings"
	"unicode/utf8"
)

// OneSlip says that a and b differ by exactly one slip: a letter missing, one
// too many, another one, or two neighbours swapped. Equal words differ by none.
//
// What stands between their common start and their common end is then one
// letter on one side, one on both, or two swapped.
func OneSlip(a, b string) bool {
	if len(a)-len(b) > utf8.UTFMax || len(b)-len(a) > utf8.UTFMax {
		return false
	}
	for len(a) > 0 && len(b) > 0 {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x != y {
			break
		}
		a, b = a[n:], b[m:]
	}
	for len(a) > 0 && len(b) > 0 {
		x, n := utf8.DecodeLastRuneInString(a)
		y, m := utf8.DecodeLastRuneInString(b)
		if x != y {
			break
		}
		a, b = a[:len(a)-n], b[:len(b)-m]
	}
	first, n := utf8.DecodeRuneInString(a)
	other, m := utf8.DecodeRuneInString(b)
	switch {
	case n == len(a) && m == len(b):
		return n+m > 0
	case n == len(a) || m == len(b):
		return false
	}
	second, k := utf8.DecodeRuneInString(a[n:])
	last, l := utf8.DecodeRuneInString(b[m:])
	return n+k == len(a) && m+l == len(b) && first == last && second == other
}

// Nearest is the one of several known words, in lower case, that somebody
// probably meant: at most two slips away, and at most one for every three
// letters. "" if none is near; the first of those that are as near.
func Nearest(word string, known []string) string {
	best, least := "", 3
	lower := []rune(strings.ToLower(word))
	for _, k := range known {
		if d := distance(lower, []rune(k)); d < least && d*3 <= max(len(k), 3) {
			best, least = k, d
		}
	}
	return best
}

// farAway is the length from which a word is far from every other.
const farAway = 40

// distance counts the letters to insert, drop, change or swap with their
// neighbour to get from a to b (optimal string alignment).
func distance(a, b []rune) int {
	if len(a) > farAway || len(b) > farAway {
		return farAway
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}
