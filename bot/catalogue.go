package bot

import (
	"slices"

	"praline/channels"
	"praline/lessons"
)

// chosenSeries are the series that the learner is taught, in their order: what
// they put first, then the rest of the open catalogue.
func (t *turn) chosenSeries() []*lessons.Series {
	all := slices.Clone(t.catalogue.All())
	order := t.learner.Series
	slices.SortStableFunc(all, func(a, b *lessons.Series) int { return rank(order, a.ID) - rank(order, b.ID) })
	return slices.DeleteFunc(all, func(s *lessons.Series) bool { return !slices.Contains(s.Languages, t.learner.Lang) })
}

// rank is where an id stands in order; after all of it if it does not.
func rank(order []string, id string) int {
	if i := slices.Index(order, id); i >= 0 {
		return i
	}
	return len(order)
}

// showCatalogue lists the series, each with its summary and how far one is.
func (t *turn) showCatalogue() {
	l := t.learner
	text := ""
	var choices []channels.Choice
	for i, s := range t.chosenSeries() {
		done := 0
		for _, lesson := range s.Lessons {
			if slices.Contains(l.Taught, s.ID+"/"+lesson.ID) {
				done++
			}
		}
		text = join(text, "**"+itoa(i+1)+". "+s.Title.In(l.Lang)+"** – "+t.w("catalogue.done", "done", done, "all", len(s.Lessons))+"\\\n"+s.Summary.In(l.Lang))
		choices = append(choices, channels.Choice{Label: s.Title.In(l.Lang), Value: value("catalogue", short(s.ID)), Role: channels.Answer})
	}
	t.say(channels.Message{Title: t.w("catalogue.title"), Text: text, Choices: numbered(choices), Note: t.w("catalogue.note")})
}

// pressCatalogue chooses a series by its short name.
func (t *turn) pressCatalogue(arguments []string) {
	all := t.catalogue.All()
	i := slices.IndexFunc(all, func(s *lessons.Series) bool { return len(arguments) == 1 && short(s.ID) == arguments[0] })
	if i < 0 {
		t.old()
		return
	}
	t.chooseSeries(all[i])
}

// SeriesValue is what a button of a letter leads to: that series, put first.
func SeriesValue(id string) string { return value("catalogue", short(id)) }

// chooseSeries puts a series first and offers its next lesson.
func (t *turn) chooseSeries(s *lessons.Series) {
	l := t.learner
	id := s.ID
	t.putFirst(id)
	if x := t.lesson(l.Place.Lesson); x != nil && x.series.ID != id && l.Session == nil {
		l.Place.Lesson, l.Place.Screen = "", 0
	}
	if l.Session != nil && l.Place.Topic == topicLesson {
		t.text(t.w("catalogue.kept-later", "title", s.Title.In(l.Lang)), t.wayOn()...)
		return
	}
	t.text(t.w("catalogue.kept", "title", s.Title.In(l.Lang)), primary(t.w("do.lesson"), "do.lesson"))
}

// putFirst makes a series the first that the learner is taught.
func (t *turn) putFirst(id string) {
	l := t.learner
	l.Series = append([]string{id}, slices.DeleteFunc(l.Series, func(s string) bool { return s == id })...)
}
