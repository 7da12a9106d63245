package lessons

import (
	"strings"
	"unicode"
)

// How fast people read and answer.
const (
	wordsAMinute       = 200
	secondsAQuestion   = 15
	secondsForgiven    = 30 // a lesson of 3 minutes 20 is one of three minutes
	secondsOfOneMinute = 60
)

// length notes a page that takes longer than the minutes that it claims.
func (r *reading) length(t *Twin) {
	if t.Minutes == 0 {
		return
	}
	words := 0
	for _, s := range t.Screens {
		words += wordsToRead(s.Title) + wordsToRead(s.Text)
	}
	seconds := words*secondsOfOneMinute/wordsAMinute + len(t.Questions)*secondsAQuestion
	if seconds > t.Minutes*secondsOfOneMinute+secondsForgiven {
		r.fault(t.File, 0, "too-long", "minutes", t.Minutes, "needs", (seconds+secondsForgiven)/secondsOfOneMinute,
			"words", words, "questions", len(t.Questions))
	}
}

func wordsToRead(text string) int {
	n := 0
	for _, w := range strings.Fields(text) {
		if strings.ContainsFunc(w, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
			n++
		}
	}
	return n
}
