// Package exchange is how series leave Praline and come in: in the formats of
// Moodle and of spreadsheets, which each hold something else than we do.
//
// A package a format (gift, moodle, aiken, csv, xlsx) reads a file into
// Contents or writes a series; formats lists them all. Whatever a format cannot
// hold, and whatever had to be changed, is a Note with its line: a code and
// arguments, no prose. Nothing is lost silently.
//
//	contents, err := gift.Read(content, "fr")
//	files, notes := exchange.Into(series, contents) // files of a draft
//
// What formats share stands here: text.go and fromhtml.go turn Markdown into
// HTML and back, builder.go gathers what a file holds and settle.go makes each
// question one that can be taught, ids.go names questions the same at every
// import, encoding.go reads bytes as text, into.go lays it over a series.
// docs/exchange.md has the table of what each format can hold.
package exchange

import (
	"praline/lessons"
)

// Note is one thing that was lost or changed on the way. locales has the words
// of each Code, "exchange.note.<code>", filled with Args.
type Note struct {
	Line  int    // of the file that was read, 0 where there is none
	Where string // id of the question or of the lesson; "" for the whole
	Code  string
	Args  []any // name, value, name, value, …
}

// Contents is what a file holds.
type Contents struct {
	Title   string // of the whole, "" if the file has none
	Lessons []*lessons.Lesson
	Media   map[string][]byte // by path in the series' folder: "media/link.png"
	Notes   []Note
}

// Questions counts the questions that a file holds, twins once.
func (c Contents) Questions() int {
	n := 0
	for _, l := range c.Lessons {
		n += len(l.In("").Questions)
	}
	return n
}

// Most are limits of what is read of a file: far more than a series has.
const (
	MostQuestions = 2000
	MostAnswers   = 60 // of a question
	MostBytes     = 20 << 20
	MostDepth     = 60 // elements in elements
)

// Fault is a file that cannot be read at all. locales has the words,
// "exchange.fault.<code>" and how to mend it, "exchange.fault.<code>.mend".
type Fault struct {
	Line int
	Code string
	Args []any
}

func (f *Fault) Error() string { return f.Code }
