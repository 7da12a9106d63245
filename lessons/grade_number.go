package lessons

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"praline/words"
)

// readNumber reads the one number of a typed text, as French and Dutch write
// it and with what stands around it: "42 jours", "€ 1.234,50", "min drie",
// "2,5 millions". It returns what the number can mean, most likely first:
// "1.234" is a thousand and more, but in English a little more than one. None
// where there is no number, or several that differ.
func readNumber(text string) []float64 {
	r := []rune(words.Fold(text))
	var found []number
	for i := 0; i < len(r); {
		if !startsNumber(r, i) {
			i++
			continue
		}
		n, end, ok := scanNumber(r, i)
		if !ok {
			return nil
		}
		found = append(found, n)
		i = end
	}
	if len(found) == 0 {
		return readNumberWords(strings.Fields(normal(text)))
	}
	// In "42 m2" or "50 CO2" the digit belongs to the word.
	free := found[:0:0]
	for _, n := range found {
		if !n.attached {
			free = append(free, n)
		}
	}
	if len(free) == 0 {
		free = found
	}
	for _, n := range free[1:] {
		if n.readings[0] != free[0].readings[0] {
			return nil
		}
	}
	return free[0].readings
}

// sayNumber writes a number to be said back, with a decimal comma as both
// languages do.
func sayNumber(v float64) string {
	if v == 0 {
		v = 0 // not -0
	}
	if math.Abs(v) >= 1e21 {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
}

// number is a number found in a text.
type number struct {
	readings []float64
	attached bool // to a word in front of it
}

// startsNumber says that a number starts at r[i]: a digit, or ",5".
func startsNumber(r []rune, i int) bool {
	if isDigit(r[i]) {
		return true
	}
	return (r[i] == ',' || r[i] == '.') && digitsFrom(r, i+1) > 0 && (i == 0 || r[i-1] == ' ' || r[i-1] == '-')
}

// scanNumber reads the number that starts at r[i], its sign in front of it and
// a word like "mille" behind it. Not ok: digits that are no number ("1.2.3").
func scanNumber(r []rune, i int) (n number, end int, ok bool) {
	groups, separators, end := groupsOf(r, i)
	n.readings = readings(groups, separators)
	n.attached = isAttached(r, i)
	scale, end := scaleAt(r, end)
	for k, v := range n.readings {
		n.readings[k] = v * scale
		if math.IsInf(v*scale, 0) {
			return number{}, end, false
		}
	}
	switch signBefore(r, i) {
	case negative:
		for k := range n.readings {
			n.readings[k] = -n.readings[k]
		}
	case perhapsNegative:
		for _, v := range n.readings[:len(n.readings):len(n.readings)] {
			n.readings = append(n.readings, -v)
		}
	}
	return n, end, len(n.readings) > 0
}

// isAttached says that letters stand at once before r[i], and no digit before
// them: "8h30" is two numbers.
func isAttached(r []rune, i int) bool {
	j := i
	for j > 0 && unicode.IsLetter(r[j-1]) {
		j--
	}
	return j < i && (j == 0 || !isDigit(r[j-1]))
}

// groupsOf splits the digits at r[i] at what separates them. A space or an
// apostrophe separates only three digits.
func groupsOf(r []rune, i int) (groups []string, separators []rune, end int) {
	for {
		n := digitsFrom(r, i)
		groups = append(groups, string(r[i:i+n]))
		i += n
		if i >= len(r) {
			return groups, separators, i
		}
		next := digitsFrom(r, i+1)
		switch r[i] {
		case '.', ',':
			if next == 0 {
				return groups, separators, i
			}
		case ' ', '\'':
			if next != 3 || n == 0 || n > 3 {
				return groups, separators, i
			}
		default:
			return groups, separators, i
		}
		separators = append(separators, r[i])
		i++
	}
}

// readings are what digits in groups can mean, most likely first.
func readings(groups []string, separators []rune) []float64 {
	var all []float64
	n := len(separators)
	if n == 0 {
		return plainNumber(all, groups, len(groups))
	}
	last := separators[n-1]
	isPoint := last == '.' || last == ','
	if isPoint && (n == 1 || areThousands(groups[:n], separators[:n-1]) && separators[0] != last) {
		all = plainNumber(all, groups, n)
	}
	if areThousands(groups, separators) && (!isPoint || groups[0][0] != '0') {
		all = plainNumber(all, groups, n+1)
	}
	if last == '.' && len(all) == 2 { // "1.234": thousands first, in French and Dutch
		all[0], all[1] = all[1], all[0]
	}
	return all
}

// areThousands says that groups are separated as thousands are, all alike.
func areThousands(groups []string, separators []rune) bool {
	if len(groups[0]) == 0 || len(groups[0]) > 3 {
		return false
	}
	for i, s := range separators {
		if s != separators[0] || len(groups[i+1]) != 3 {
			return false
		}
	}
	return true
}

// plainNumber appends the value of groups, of which the first whole stand
// before the decimal point.
func plainNumber(to []float64, groups []string, whole int) []float64 {
	text := "0" + strings.Join(groups[:whole], "")
	if whole < len(groups) {
		text += "." + strings.Join(groups[whole:], "")
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return to
	}
	return append(to, v)
}

// signs of a number.
const (
	positive = iota
	negative
	perhapsNegative // "min" is minus in Dutch and short for minimum in both languages
)

// signBefore reads the sign in front of r[i], over a currency.
func signBefore(r []rune, i int) int {
	j := i
	for j > 0 && (r[j-1] == ' ' || unicode.Is(unicode.Sc, r[j-1])) {
		j--
	}
	if j > 0 && r[j-1] == '-' {
		first := strings.TrimSpace(string(r[:j-1])) == ""
		if first || (j == i || r[j] != ' ') && !unicode.IsLetter(r[j-2]) && !isDigit(r[j-2]) {
			return negative
		}
		return positive
	}
	if j == i {
		return positive
	}
	k := j
	for k > 0 && unicode.IsLetter(r[k-1]) {
		k--
	}
	switch string(r[k:j]) {
	case "moins", "minus":
		return negative
	case "min":
		return perhapsNegative
	}
	return positive
}

// scales are words that multiply the number before them.
var scales = map[string]float64{
	"mille": 1e3, "duizend": 1e3, "k": 1e3,
	"million": 1e6, "millions": 1e6, "miljoen": 1e6, "mio": 1e6,
	"milliard": 1e9, "milliards": 1e9, "miljard": 1e9,
}

// scaleAt reads a word of scales at r[i], and where it ends.
func scaleAt(r []rune, i int) (scale float64, end int) {
	from := i
	for from < len(r) && r[from] == ' ' {
		from++
	}
	to := from
	for to < len(r) && unicode.IsLetter(r[to]) {
		to++
	}
	if s, ok := scales[string(r[from:to])]; ok {
		return s, to
	}
	return 1, i
}
