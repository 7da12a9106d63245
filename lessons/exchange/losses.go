package exchange

import (
	"slices"

	"praline/lessons"
)

// Losses gathers what a writer cannot write of a series.
type Losses struct {
	Series *lessons.Series
	Notes  []Note
}

// Note notes a loss once for each place.
func (l *Losses) Note(where, code string, arguments ...any) {
	if slices.ContainsFunc(l.Notes, func(n Note) bool { return n.Where == where && n.Code == code && len(arguments) == 0 }) {
		return
	}
	l.Notes = append(l.Notes, Note{Where: where, Code: code, Args: arguments})
}

// SeriesFacts notes that what series.yaml says has no place.
func (l *Losses) SeriesFacts() { l.Note("", "series-facts-lost") }

// PageFacts notes that objective, minutes and sources of a lesson have none.
func (l *Losses) PageFacts(lesson string) { l.Note(lesson, "page-facts-lost") }

// Media notes pictures, sounds and films that have no place.
func (l *Losses) Media(where string, media []lessons.Media) {
	for _, m := range media {
		l.Note(where, "media-lost", "media", m.Path)
	}
}

// Titles notes that the titles of the columns of pairs have no place.
func (l *Losses) Titles(q *lessons.Question) {
	if q.LeftTitle != "" || q.RightTitle != "" {
		l.Note(q.ID, "titles-lost")
	}
}

// Plain is the words of a text, where a format has no marks.
func (l *Losses) Plain(where, markdown string) string {
	if Marked(markdown) {
		l.Note(where, "marks-lost")
	}
	return Plain(markdown)
}
