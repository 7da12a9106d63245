package bot

import (
	"praline/bot/learner"
	"praline/scheduler/recall"
)

// sayWhy tells in one true sentence why the question that waits (or the last
// one) was asked now.
func (t *turn) sayWhy() {
	l := t.learner
	switch {
	case l.Place.Ask != nil:
		t.sayBelow(l.Place.Ask.Said, t.why(t.whyAsked(l.Place.Ask.Question)), primary(t.w("do.here"), "here"))
	case l.Place.Topic == topicFeedback && len(l.Asked) > 0:
		last := l.Asked[len(l.Asked)-1]
		t.sayBelow(l.Place.Live, t.why(last.Why), primary(t.w("feedback.on"), value("on", l.Place.Step)))
	default:
		t.text(t.w("why.nothing-asked"), t.wayOn()...)
	}
}

// whyAsked is what decides, today, that a question is asked: it is computed
// anew each time, since one may wait for days.
func (t *turn) whyAsked(key string) learner.Why {
	i := t.learner.Card(key)
	if i < 0 {
		return learner.Why{New: true}
	}
	return learner.Why(recall.Because(t.learner.Cards[i].Memory, t.today))
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
