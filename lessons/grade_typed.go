package lessons

import (
	"slices"
	"strings"
	"unicode"

	"praline/words"
)

// match finds the accepted form that a typed text stands for. Forgiven are
// case, accents (composed or not), punctuation, an article or "c'est", "het
// is" in front, and one typo where the answer has five letters or more: a
// letter missing, too many, another one, or two neighbours swapped. A
// different number is never forgiven, in digits or in words.
func match(typed string, accepted []string) (form string, ok bool) {
	if len(typed) > longestAnswer {
		i := slices.Index(accepted, typed)
		return typed, i >= 0
	}
	said := bare(normal(typed))
	var forms [8]string // most questions have fewer, and need no allocation
	normals := forms[:0]
	for _, a := range accepted {
		n := bare(normal(a))
		if n == said && n != "" || strings.TrimSpace(a) == strings.TrimSpace(typed) {
			return a, true
		}
		normals = append(normals, n)
	}
	for i, n := range normals {
		if longEnough(n) && words.OneSlip(said, n) && sameNumbers(said, n) {
			return accepted[i], true
		}
	}
	return "", false
}

// typoFrom is the number of letters from which one typo is forgiven.
const typoFrom = 5

func longEnough(normal string) bool {
	letters := 0
	for _, r := range normal {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= typoFrom
}

// sameNumbers says that the numbers in two normal texts do not contradict each
// other. A number word may have its typo ("troi jours"), but "six" is not "dix".
func sameNumbers(a, b string) bool {
	isNumeric := func(r rune) bool { return r < '0' && r != ' ' || r >= '0' && r <= '9' }
	split := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return !isNumeric(r) }) }
	if !slices.Equal(split(a), split(b)) {
		return false
	}
	inA, inB := wordsForNumbers(a), wordsForNumbers(b)
	return len(inA) == 0 || len(inB) == 0 || slices.Equal(inA, inB)
}

// normal is a text without what an answer is not judged by: lower case, no
// accents, words with one space between. A number keeps its sign and its
// decimals ("-2.5") and loses its thousands separators.
func normal(text string) string {
	r := []rune(words.Fold(text))
	var b strings.Builder
	b.Grow(len(r))
	group, gap := 0, false // digits since the last separator; a space to write
	for i, c := range r {
		switch {
		case unicode.IsLetter(c) || isDigit(c):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(c)
			gap = false
			if group++; !isDigit(c) {
				group = 0
			}
			continue
		case group > 0 && group <= 3 && (c == ' ' || c == '\'' || c == '.') && digitsFrom(r, i+1) == 3:
			// a thousands separator: gone
		case group > 0 && (c == '.' || c == ',') && digitsFrom(r, i+1) > 0:
			b.WriteByte('.')
		case c == '-' && digitsFrom(r, i+1) > 0 && (i == 0 || r[i-1] == ' '):
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteByte('-')
			gap = false
		default:
			gap = true
		}
		group = 0
	}
	return b.String()
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// digitsFrom counts the digits that stand at r[i] and after.
func digitsFrom(r []rune, i int) int {
	n := 0
	for i+n < len(r) && isDigit(r[i+n]) {
		n++
	}
	return n
}

// articles and openings are what may stand around an answer without being
// part of it.
var (
	articles = map[string]bool{
		"le": true, "la": true, "les": true, "l": true, "un": true, "une": true, "des": true, "du": true, "d": true,
		"de": true, "het": true, "een": true, "t": true, "n": true,
	}
	openings = []string{"c est ", "ce sont ", "het is ", "het zijn ", "dat is ", "dat zijn ", "t is "}
)

// bare is a normal text without articles around it. Its last word stays.
func bare(normal string) string {
	for _, o := range openings {
		if rest, ok := strings.CutPrefix(normal, o); ok {
			normal = rest
			break
		}
	}
	for {
		first, rest, more := strings.Cut(normal, " ")
		if !more || !articles[first] {
			break
		}
		normal = rest
	}
	for {
		i := strings.LastIndexByte(normal, ' ')
		if i < 0 || !articles[normal[i+1:]] {
			return normal
		}
		normal = normal[:i]
	}
}
