package bot

import (
	"praline/bot/learner"
)

// sayWhy tells in one true sentence why the question that waits (or the last
// one) was asked now.
func (t *turn) sayWhy() {
	l := t.learner
	switch {
	case l.Place.Ask != nil:
		t.text(t.why(l.Place.Ask.Why), primary(t.w("do.here"), "here"))
	case l.Place.Topic == topicFeedback && len(l.Asked) > 0:
		last := l.Asked[len(l.Asked)-1]
		t.text(t.why(last.Why), primary(t.w("feedback.on"), value("on", l.Place.Step)))
	default:
		t.text(t.w("why.nothing-asked"), t.wayOn()...)
	}
}

// why is the sentence that follows from the numbers.
func (t *turn) why(w learner.Why) string {
	switch {
	case w.New:
		return t.w("why.new")
	case w.Missed:
		return t.words.Count("why.missed", w.DaysAgo)
	}
	return t.words.Count("why.due", w.DaysAgo, "ten", inTen(w.Recall))
}

// inTen rounds a chance to tenths, never to certainty.
func inTen(chance float64) int {
	return min(max(int(chance*10+0.5), 1), 9)
}
