package scheduler

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"praline/words"
)

// What people type is read in three steps, the same for every language:
// tokens splits the text, lexicon.items gives each word or phrase its meaning
// from a table of the language (typed_fr.go, …), and a small grammar makes
// times (typed_times.go), dates (typed_dates.go) or hours (typed_hours.go) of
// the meanings.

// kind is the meaning of a word or phrase.
type kind int

const (
	unknown   kind = iota
	filler         // says nothing about time
	number         // n
	countable      // what a number before it counts: times, lessons, minutes
	unit           // n: 1 day, 7 week, 30 month
	dayNamed       // n: index from Monday
	dayset         // n: a set of Days
	alternate      // every second week
	evenWeeks
	oddWeeks
	daypart // n: index in dayparts
	noon
	midnight
	hourMark // "h", "heures", "uur"
	half     // n: -30 half of the hour to come, 30 half past
	quarter
	offset // n minutes to add to the hour before it
	minus  // "moins", followed by minutes
	before // "voor": minutes before it, an hour after it
	after  // "na": minutes before it, an hour after it
	later  // "over": as after, or "in" two weeks
	within // "dans": in two weeks
	at     // "à", "om": a number after it is an hour
	between
	from
	to
	and
	or
	not
	morning12 // "am"
	evening12 // "pm"
	relative  // n: days from today
	month     // n
	next      // "prochain"
	endOf     // "fin": of a month
	working   // "travaille"
	free      // "congé"
	dot
	colon
	comma
	dash
	slash
)

// item is a word or phrase with its meaning.
type item struct {
	kind   kind
	n      int
	digits int  // of a number in figures; 0 for one in letters
	glued  bool // no space before it
}

// token is a run of letters or of digits, or one sign.
type token struct {
	text  string
	glued bool
}

// longestTyped is the most tokens that are read: nobody types a time in more.
const longestTyped = 64

// tokens splits a text in lower case without accents; nil if it is too long.
func tokens(text string) []token {
	if len(text) > 1000 || !utf8.ValidString(text) {
		return nil
	}
	var list []token
	class, glued := ' ', false
	for _, r := range words.Fold(text) {
		now := classOf(r)
		switch {
		case now == ' ':
			glued = false
		case now == class && (now == 'a' || now == '0') && len(list) > 0:
			list[len(list)-1].text += string(r)
		default:
			list = append(list, token{string(r), glued})
			glued = true
		}
		class = now
		if now != ' ' {
			glued = true
		}
	}
	if len(list) > longestTyped {
		return nil
	}
	return list
}

func classOf(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return '0'
	case unicode.IsLetter(r):
		return 'a'
	case strings.ContainsRune(".:,-/+&;", r):
		return r
	}
	return ' '
}

// lexicon is the words of one language.
type lexicon struct {
	lang    string
	phrases map[string]item
	words   map[string]bool // every word of every phrase
	fuzzy   []string        // those of five letters on, sorted
	longest int             // words in the longest phrase
}

// meaning is a line of a language's table: phrases of one meaning, separated by
// bars, in lower case without accents.
type meaning struct {
	kind    kind
	n       int
	phrases string
}

func newLexicon(lang string, numbers map[string]int, table []meaning) *lexicon {
	l := &lexicon{lang: lang, phrases: map[string]item{}, words: map[string]bool{}}
	add := func(phrase string, it item) {
		l.phrases[phrase] = it
		words := strings.Fields(phrase)
		l.longest = max(l.longest, len(words))
		for _, w := range words {
			l.words[w] = true
		}
	}
	for text, n := range numbers {
		add(text, item{kind: number, n: n})
	}
	for _, m := range table {
		for phrase := range strings.SplitSeq(m.phrases, "|") {
			add(phrase, item{kind: m.kind, n: m.n})
		}
	}
	for _, w := range slices.Sorted(maps.Keys(l.words)) {
		if len(w) >= 5 {
			l.fuzzy = append(l.fuzzy, w)
		}
	}
	return l
}

// items gives each word or phrase of a text its meaning, and counts the words
// that have none.
func (l *lexicon) items(typed []token) (items []item, strange int) {
	typed = l.known(typed)
	for i := 0; i < len(typed); {
		it, width := l.phraseAt(typed, i)
		if width == 0 {
			it, width = sign(typed[i].text), 1
			if it.kind == unknown {
				strange++
			}
		}
		it.glued = typed[i].glued
		items = append(items, it)
		i += width
	}
	return items, strange
}

// phraseAt returns the longest phrase that starts at a token, and how many
// tokens it takes; hyphens inside it are passed over.
func (l *lexicon) phraseAt(typed []token, start int) (found item, width int) {
	phrase, words := "", 0
	for i := start; i < len(typed) && words < l.longest; i++ {
		if i > start && typed[i].text == "-" {
			continue
		}
		if words > 0 {
			phrase += " "
		}
		phrase += typed[i].text
		words++
		if it, ok := l.phrases[phrase]; ok {
			found, width = it, i-start+1
		}
	}
	return found, width
}

// sign gives a number in figures or a sign its meaning.
func sign(text string) item {
	if n, err := strconv.Atoi(text); err == nil && len(text) <= 4 {
		return item{kind: number, n: n, digits: len(text)}
	}
	switch text {
	case ".":
		return item{kind: dot}
	case ":":
		return item{kind: colon}
	case ",":
		return item{kind: comma}
	case "-":
		return item{kind: dash}
	case "/":
		return item{kind: slash}
	case "+", "&", ";":
		return item{kind: and}
	}
	return item{kind: unknown}
}

// known puts right words with one wrong letter, and opens compounds:
// "woensdagnamiddag", "halfnegen".
func (l *lexicon) known(typed []token) []token {
	list := make([]token, 0, len(typed))
	for _, t := range typed {
		if classOf([]rune(t.text)[0]) != 'a' || l.words[t.text] {
			list = append(list, t)
			continue
		}
		if first, second, ok := l.open(t.text); ok {
			list = append(list, token{first, t.glued}, token{second, true})
			continue
		}
		list = append(list, token{l.mend(t.text), t.glued})
	}
	return list
}

// open splits a compound that starts with a day or with "half".
func (l *lexicon) open(word string) (first, second string, ok bool) {
	for cut := 4; cut <= len(word)-3; cut++ {
		first, second = word[:cut], word[cut:]
		switch l.phrases[first].kind {
		case dayNamed, half:
		default:
			continue
		}
		if second = l.mend(second); l.words[second] {
			return first, second, true
		}
	}
	return "", "", false
}

// mend returns the one word of five letters or more that differs by one letter;
// the word itself where there is none or where two differ in meaning.
func (l *lexicon) mend(word string) string {
	if len(word) < 4 || l.words[word] {
		return word
	}
	found := ""
	for _, candidate := range l.fuzzy {
		if !words.OneSlip(word, candidate) {
			continue
		}
		if found != "" && l.phrases[found] != l.phrases[candidate] {
			return word
		}
		if found == "" {
			found = candidate
		}
	}
	if found == "" {
		return word
	}
	return found
}

// lexicons are tried in this order, the asked language first.
var lexicons = []*lexicon{french, dutch, german, english}

// read returns the items of a text in the language that knows most of its
// words: who speaks two languages types in either.
func read(text, lang string) (items []item, strange int, spoken *lexicon) {
	typed := tokens(text)
	if len(typed) == 0 {
		return nil, 0, nil
	}
	order := slices.Clone(lexicons)
	slices.SortStableFunc(order, func(a, b *lexicon) int {
		switch {
		case a.lang == lang:
			return -1
		case b.lang == lang:
			return 1
		}
		return 0
	})
	for _, l := range order {
		list, n := l.items(typed)
		if spoken == nil || n < strange {
			items, strange, spoken = list, n, l
		}
	}
	return items, strange, spoken
}
