package lessons

import (
	"strings"
	"unicode"
)

// How fast people read, calmly, and answer.
const (
	WordsAMinute     = 200
	SecondsAQuestion = 15
)

// Seconds is how long a lesson takes from a screen on, with its questions.
func (t *Twin) Seconds(from int) int {
	return t.words(from)*60/WordsAMinute + len(t.Questions)*SecondsAQuestion
}

// words to read from a screen on.
func (t *Twin) words(from int) int {
	n := 0
	for _, s := range t.Screens[min(max(from, 0), len(t.Screens)):] {
		n += wordsToRead(s.Title) + wordsToRead(s.Text)
	}
	return n
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
