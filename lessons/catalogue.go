package lessons

import (
	"io/fs"
	"slices"
	"strings"
)

// Catalogue is the series that can be taught, in a fixed order. The zero value
// is empty. It is also where media are opened: "phishing/media/link.png".
type Catalogue struct {
	series []*Series
}

// NewCatalogue returns a catalogue of series, in this order.
func NewCatalogue(series ...*Series) Catalogue {
	return Catalogue{slices.Clone(series)}
}

// All returns every series, in order.
func (c Catalogue) All() []*Series { return c.series }

// Series returns a series by its id, nil if there is none.
func (c Catalogue) Series(id string) *Series {
	for _, s := range c.series {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Open opens a file of a series: its id, a slash, and the path in its folder.
func (c Catalogue) Open(name string) (fs.File, error) {
	id, path, _ := strings.Cut(name, "/")
	if s := c.Series(id); s != nil && s.Files != nil {
		return s.Files.Open(path)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Question finds a question by its id: the lesson that it stands in, and its
// place among that lesson's questions, equal in every language.
func (s *Series) Question(id string) (lesson *Lesson, place int, ok bool) {
	for _, l := range s.Lessons {
		for _, twin := range l.Twins {
			if i := slices.IndexFunc(twin.Questions, func(q *Question) bool { return q.ID == id }); i >= 0 {
				return l, i, true
			}
			break // the twins have the same questions
		}
	}
	return nil, 0, false
}

// In returns the lesson in lang, else in the first language that there is.
func (l *Lesson) In(lang string) *Twin {
	if twin, ok := l.Twins[lang]; ok {
		return twin
	}
	first := ""
	for lang := range l.Twins {
		if first == "" || lang < first {
			first = lang
		}
	}
	return l.Twins[first]
}
