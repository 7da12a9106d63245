package table

import (
	"slices"
	"strconv"

	"praline/lessons"
	"praline/lessons/exchange"
)

// Write is a series as rows, the first their head: in all its languages, or in
// one.
func Write(s *lessons.Series, lang string) ([][]string, []exchange.Note) {
	langs := s.Languages
	if lang != "" {
		langs = []string{lang}
	}
	w := &writing{Losses: exchange.Losses{Series: s}, langs: langs}
	head := slices.Concat([]string{"row", "id", "right"}, langs)
	for _, l := range langs {
		head = append(head, l+" 2")
	}
	w.rows = [][]string{head}
	w.row("series", s.ID, "", func(l string) (string, string) { return s.Title[l], s.Summary[l] })
	w.Note("", "series-facts-lost")
	for _, l := range s.Lessons {
		w.lesson(l)
	}
	return w.rows, w.Notes
}

type writing struct {
	exchange.Losses
	langs []string
	rows  [][]string
}

// row adds a row with two texts for each language.
func (w *writing) row(what, id, right string, texts func(lang string) (first, second string)) {
	row := []string{what, id, right}
	var seconds []string
	for _, l := range w.langs {
		first, second := texts(l)
		row, seconds = append(row, first), append(seconds, second)
	}
	w.rows = append(w.rows, append(row, seconds...))
}

func (w *writing) lesson(l *lessons.Lesson) {
	twin := func(lang string) *lessons.Twin {
		if t := l.Twins[lang]; t != nil {
			return t
		}
		return &lessons.Twin{}
	}
	of := l.In(w.langs[0])
	w.row("lesson", l.ID, strconv.Itoa(of.Minutes), func(lang string) (string, string) { return twin(lang).Title, twin(lang).Objective })
	most := func(count func(t *lessons.Twin) int) int {
		n := 0
		for _, lang := range w.langs {
			n = max(n, count(twin(lang)))
		}
		return n
	}
	for i := range most(func(t *lessons.Twin) int { return len(t.Sources) }) {
		w.row("source", "", "", func(lang string) (string, string) { return at(twin(lang).Sources, i), "" })
	}
	for i := range most(func(t *lessons.Twin) int { return len(t.Screens) }) {
		screen := func(lang string) lessons.Screen { return at(twin(lang).Screens, i) }
		w.row("screen", "", "", func(lang string) (string, string) { return screen(lang).Text, screen(lang).Title })
		w.media(l.ID, func(lang string) []lessons.Media { return screen(lang).Media })
	}
	for i := range most(func(t *lessons.Twin) int { return len(t.Questions) }) {
		none := &lessons.Question{}
		w.question(func(lang string) *lessons.Question {
			if q := at(twin(lang).Questions, i); q != nil {
				return q
			}
			return none
		})
	}
}

// at is an item of a list, the zero value behind its end.
func at[T any](all []T, i int) T {
	if i < len(all) {
		return all[i]
	}
	var none T
	return none
}

func (w *writing) media(where string, of func(lang string) []lessons.Media) {
	for i, m := range of(w.langs[0]) {
		w.row("picture", m.Path, "", func(lang string) (string, string) { return at(of(lang), i).Alt, "" })
		w.Note(where, "media-beside", "media", m.Path)
	}
}

func (w *writing) question(of func(lang string) *lessons.Question) {
	q := of(w.langs[0])
	right := ""
	if q.Kind == lessons.Number {
		right = lessons.WriteNumber(q.Value)
		if q.Tolerance != 0 {
			right += " ± " + lessons.WriteNumber(q.Tolerance)
		}
	}
	w.row(string(q.Kind), q.ID, right, func(lang string) (string, string) { return of(lang).Text, of(lang).Explanation })
	w.media(q.ID, func(lang string) []lessons.Media { return of(lang).Media })
	for i, c := range q.Choices {
		mark := ""
		if c.Right {
			mark = "x"
		}
		w.row("choice", "", mark, func(lang string) (string, string) {
			return at(of(lang).Choices, i).Text, at(of(lang).Choices, i).Feedback
		})
	}
	answers := 0
	for _, lang := range w.langs {
		answers = max(answers, len(of(lang).Accepted))
	}
	for i := range answers {
		w.row("answer", "", "", func(lang string) (string, string) { return at(of(lang).Accepted, i), "" })
	}
	for i := range q.Items {
		w.row("item", "", "", func(lang string) (string, string) { return at(of(lang).Items, i), "" })
	}
	if q.LeftTitle != "" || q.RightTitle != "" {
		w.row("columns", "", "", func(lang string) (string, string) { return of(lang).LeftTitle, of(lang).RightTitle })
	}
	for i := range q.Left {
		w.row("pair", "", "", func(lang string) (string, string) { return at(of(lang).Left, i), at(of(lang).Right, i) })
	}
}
