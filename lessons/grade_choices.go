package lessons

import (
	"slices"
	"strings"
	"unicode"

	"praline/words"
)

// ParseChoices reads typed numbers, letters or the words of choices ("1, 3",
// "1 et 3", "b", "Bruxelles") as indices of Choices, in rising order. A number
// is a place where there is such a place, as the question shows it; else it
// may be the words of a choice ("2026"). Not ok: nothing that is a choice, a
// place that there is not, or several where one is asked.
func (q *Question) ParseChoices(text string) ([]int, bool) {
	if len(text) > longestAnswer {
		return nil, false
	}
	words := tokens(text)
	chosen, ok := q.placesIn(words)
	if !ok {
		chosen, ok = q.wordsOf(words)
	}
	if !ok || len(chosen) == 0 {
		return nil, false
	}
	slices.Sort(chosen)
	chosen = slices.Compact(chosen)
	if len(chosen) > 1 && q.Kind != Multiple {
		return nil, false
	}
	return chosen, true
}

// between are words between choices, or around a place, that mean nothing here.
var between = map[string]bool{
	"et": true, "en": true, "and": true, "ou": true, "of": true, "puis": true, "ensuite": true, "enfin": true, "avec": true, "dan": true,
	"daarna": true, "vervolgens": true, "eerst": true, "met": true, "le": true, "la": true, "les": true, "de": true, "het": true,
	"reponse": true, "reponses": true, "antwoord": true, "antwoorden": true, "choix": true, "keuze": true, "optie": true, "option": true,
	"numero": true, "nummer": true, "nr": true, "no": true,
}

// placeWords are places in words.
var placeWords = map[string]int{
	"un": 1, "une": 1, "een": 1, "premier": 1, "premiere": 1, "1er": 1, "1re": 1, "1ere": 1, "eerste": 1, "1ste": 1,
	"deux": 2, "twee": 2, "deuxieme": 2, "second": 2, "seconde": 2, "2e": 2, "2eme": 2, "2de": 2, "tweede": 2,
	"trois": 3, "drie": 3, "troisieme": 3, "3e": 3, "3eme": 3, "3de": 3, "derde": 3,
	"quatre": 4, "vier": 4, "quatrieme": 4, "4e": 4, "4eme": 4, "4de": 4, "vierde": 4,
	"cinq": 5, "vijf": 5, "cinquieme": 5, "5e": 5, "5eme": 5, "5de": 5, "vijfde": 5,
	"six": 6, "zes": 6, "sixieme": 6, "6e": 6, "6eme": 6, "6de": 6, "zesde": 6,
}

// placesIn reads words that are all places of choices.
func (q *Question) placesIn(words []string) ([]int, bool) {
	n := len(q.Choices)
	words = withoutOpening(words)
	if len(words) == 1 && q.Kind == Multiple && n < 10 && len(words[0]) > 1 && isNumeric(words[0]) {
		words = strings.Split(words[0], "") // "13" is 1 and 3
	}
	var chosen []int
	for i, w := range words {
		if between[w] || w == "n" && i+1 < len(words) && isNumeric(words[i+1]) {
			continue
		}
		place, ok := placeOf(w)
		if !ok || place >= n {
			return nil, false
		}
		chosen = append(chosen, place)
	}
	return chosen, len(chosen) > 0
}

// placeOf reads a number from 1, a letter or a word as a place from 0.
func placeOf(w string) (int, bool) {
	if p, ok := placeWords[w]; ok {
		return p - 1, true
	}
	if len(w) == 1 && w[0] >= 'a' && w[0] <= 'z' {
		return int(w[0] - 'a'), true
	}
	if !isNumeric(w) || len(w) > 3 {
		return 0, false
	}
	n := 0
	for i := range len(w) {
		n = 10*n + int(w[i]-'0')
	}
	return n - 1, n > 0
}

// wordsOf reads words as those of choices: one choice, a part of it that is in
// no other, or, for Multiple, several in a row.
func (q *Question) wordsOf(words []string) ([]int, bool) {
	whole, longest := make([]string, len(q.Choices)), 0
	for i, c := range q.Choices {
		t := tokens(plain(c.Text))
		whole[i], longest = strings.Join(t, " "), max(longest, len(t))
	}
	said := strings.Join(words, " ")
	if i, ok := closest(said, whole); ok {
		return []int{i}, true
	}
	if q.Kind == Multiple {
		if several, ok := inARow(words, whole, longest+1); ok {
			return several, true
		}
	}
	return onlyIn(said, whole)
}

// closest finds the choice with these words, one typo forgiven; two choices
// as close as each other are none.
func closest(said string, choices []string) (int, bool) {
	if said = bare(said); said == "" {
		return 0, false
	}
	near, many := -1, false
	for i, c := range choices {
		meant := bare(c)
		if said == meant {
			return i, true
		}
		if longEnough(meant) && words.OneSlip(said, meant) && sameNumbers(said, meant) {
			many = many || near >= 0
			near = i
		}
	}
	return near, near >= 0 && !many
}

// inARow reads choices one after the other, the longest first: "Namur et Liège".
func inARow(words, choices []string, longest int) ([]int, bool) {
	var chosen []int
	for len(words) > 0 {
		length := min(longest, len(words))
		for ; length > 0; length-- {
			if i, ok := closest(strings.Join(words[:length], " "), choices); ok {
				chosen = append(chosen, i)
				break
			}
		}
		switch {
		case length > 0:
			words = words[length:]
		case between[words[0]]:
			words = words[1:]
		default:
			return nil, false
		}
	}
	return chosen, len(chosen) > 0
}

// enoughLetters is how much of a choice must be typed to be taken for it.
const enoughLetters = 6

// onlyIn finds the one choice that these words are a part of.
func onlyIn(said string, choices []string) ([]int, bool) {
	if len(said) < enoughLetters {
		return nil, false
	}
	found := -1
	for i, c := range choices {
		if strings.Contains(" "+c+" ", " "+said+" ") {
			if found >= 0 {
				return nil, false
			}
			found = i
		}
	}
	return []int{found}, found >= 0
}

// ParseOrder reads a typed order ("2 1 3", "213", "b a c") as positions of what
// was shown, from 0, each once.
func (q *Question) ParseOrder(text string) ([]int, bool) {
	n := len(q.Items)
	if len(text) > longestAnswer {
		return nil, false
	}
	words := withoutOpening(tokens(text))
	if len(words) == 1 && len(words[0]) == n && n < 10 {
		words = strings.Split(words[0], "")
	}
	var order []int
	for _, w := range words {
		if between[w] {
			continue
		}
		place, ok := placeOf(w)
		if !ok || place >= n || len(order) == n {
			return nil, false
		}
		order = append(order, place)
	}
	if n == 0 || len(order) != n || !EachOnce(order) {
		return nil, false
	}
	return order, true
}

// ParsePairs reads typed pairs ("1b 2a 3c", "b1, a2, c3", or "b a c" for 1, 2
// and 3) as, for each of Left, the position from 0 of what was shown on the
// right. Every left has one; a right may stand twice, as in a form.
func (q *Question) ParsePairs(text string) ([]int, bool) {
	n := len(q.Left)
	if n == 0 || len(text) > longestAnswer {
		return nil, false
	}
	marks := pairMarks(tokens(text))
	if len(marks) != n && len(marks) != 2*n {
		return nil, false
	}
	pairs := make([]int, n)
	if len(marks) == n { // letters alone, or digits alone: in the order of the left
		for i, m := range marks {
			place, ok := placeOf(m)
			if !ok || place >= n || isNumeric(m) != isNumeric(marks[0]) {
				return nil, false
			}
			pairs[i] = place
		}
		return pairs, true
	}
	seen := make([]bool, n)
	for i := 0; i < len(marks); i += 2 {
		left, right := marks[i], marks[i+1]
		if isNumeric(right) {
			left, right = right, left
		}
		l, okLeft := placeOf(left)
		r, okRight := placeOf(right)
		if !okLeft || !okRight || !isNumeric(left) || isNumeric(right) || l >= n || r >= n || seen[l] {
			return nil, false
		}
		seen[l], pairs[l] = true, r
	}
	return pairs, true
}

// pairMarks are the numbers and the single letters of words: "1b2a" is four.
func pairMarks(words []string) []string {
	var marks []string
	for _, w := range words {
		if between[w] {
			continue
		}
		for len(w) > 0 {
			n := 1
			for n < len(w) && isNumeric(w[:n+1]) {
				n++
			}
			marks = append(marks, w[:n])
			w = w[n:]
		}
	}
	return marks
}

// tokens are the words and numbers of a text, folded, without what stands
// between them.
func tokens(text string) []string {
	return strings.FieldsFunc(words.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !isDigit(r) })
}

func isNumeric(w string) bool {
	return w != "" && strings.Trim(w, "0123456789") == ""
}

// withoutOpening drops "c'est", whose c is no choice.
func withoutOpening(words []string) []string {
	if len(words) > 2 && (words[0] == "c" && words[1] == "est" || words[1] == "is" && (words[0] == "het" || words[0] == "dat" || words[0] == "t")) {
		return words[2:]
	}
	return words
}
