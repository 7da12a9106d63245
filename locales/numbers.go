package locales

import "strconv"

// small are the numbers from two to six in words; one depends on what is
// counted, and has a plural form of its own.
var small = map[string][5]string{
	"fr": {"deux", "trois", "quatre", "cinq", "six"},
	"nl": {"twee", "drie", "vier", "vijf", "zes"},
}

// InWords says a whole number as one would write it in a sentence: from two to
// six in words, else in figures.
func (w Words) InWords(n int) string {
	if words, ok := small[w.Lang]; ok && n >= 2 && n < 2+len(words) {
		return words[n-2]
	}
	return strconv.Itoa(n)
}
