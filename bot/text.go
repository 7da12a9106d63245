package bot

import (
	"strconv"

	"praline/scheduler"
)

// join sets two paragraphs under each other; an empty one is none.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}

// sayDate says a day; tomorrow and today by these words.
func (t *turn) sayDate(d scheduler.Date) string {
	said := t.words.Date(d.Year, d.Month, d.Day)
	switch d {
	case t.today:
		return t.w("date.today")
	case t.today.AddDays(1):
		return t.w("date.tomorrow", "date", said)
	}
	return said
}

// sayReturn says when a question returns: a day if it is near, else about when.
func (t *turn) sayReturn(d scheduler.Date) string {
	if d.Since(t.today) > 10 {
		return t.w("date.about", "date", t.words.Day(d.Month, d.Day))
	}
	return t.sayDate(d)
}

// isYes and isNo read a plain text in the languages that Praline speaks.
func isYes(said string) bool { return oneOf(said, "word.yes") }
func isNo(said string) bool  { return oneOf(said, "word.no") }

// isDoNotKnow reads the words of the button, or their like.
func isDoNotKnow(said, button string) bool {
	return said == plain(button) || oneOf(said, "word.do-not-know")
}

// plainNumber writes a number as one types it.
func plainNumber(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
