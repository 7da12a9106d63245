package bot

import (
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
)

// Rehearse returns what the bot says in a lesson, in order: each screen, each
// question, and the feedback on its right answer. Nothing is stored; it is the
// conversation itself, so that a preview cannot differ from it. Of a series that
// is half written it says what can be said.
func Rehearse(catalogue lessons.Catalogue, key, lang string, now time.Time) []channels.Message {
	b := &Bot{Catalogue: catalogue}
	t := b.turn(learner.Record{Learner: learner.Learner{ID: "rehearsal", Lang: lang, Agreed: now}}, learner.Address{Channel: "preview"}, now)
	x := t.lesson(key)
	if x == nil || x.twin(lang) == nil {
		return nil
	}
	x = rehearsed(x, lang)
	t.catalogue = lessons.NewCatalogue(x.series)
	t.event.Kind = channels.Pressed // so that feedback takes the place of its question
	t.learner.Session = newSession(now, 3600)
	twin := x.twin(lang)
	if len(twin.Screens) > 0 {
		t.beginLesson(x)
		for range len(twin.Screens) - 1 {
			t.learner.Place.Screen++
			t.showScreen("")
		}
	}
	t.learner.Session.Total = len(twin.Questions)
	for _, q := range twin.Questions {
		t.ask(x.series.ID + "/" + q.ID)
		t.answer(t.question(x.series.ID+"/"+q.ID), rightOf(q), typedRight(q))
	}
	var messages []channels.Message
	for _, s := range t.said {
		if !s.Message.Retire {
			messages = append(messages, s.Message)
		}
	}
	return messages
}

// rehearsed is a lesson by itself, in one language, with those of its questions
// that can be asked already: what the rest of the series lacks changes nothing.
func rehearsed(x *taught, lang string) *taught {
	twin := *x.twin(lang)
	twin.Questions = nil
	seen := map[string]bool{}
	for _, q := range x.twin(lang).Questions {
		if answerable(q) && !seen[q.ID] {
			seen[q.ID] = true
			twin.Questions = append(twin.Questions, q)
		}
	}
	lesson := &lessons.Lesson{ID: x.lesson.ID, Twins: map[string]*lessons.Twin{twin.Lang: &twin}}
	series := *x.series
	series.Lessons = []*lessons.Lesson{lesson}
	return &taught{x.key, &series, lesson}
}

// answerable says whether somebody wrote how a question is answered.
func answerable(q *lessons.Question) bool {
	switch q.Kind {
	case lessons.Single, lessons.Multiple, lessons.Poll:
		return len(q.Choices) > 0
	case lessons.Short, lessons.Gap:
		return len(q.Accepted) > 0
	case lessons.Order:
		return len(q.Items) > 0
	case lessons.Pairs:
		return len(q.Left) > 0 && len(q.Left) == len(q.Right)
	}
	return q.Kind == lessons.Number
}

// rightOf is the right answer to a question.
func rightOf(q *lessons.Question) lessons.Answer {
	a := lessons.Answer{Text: typedRight(q)}
	for i, c := range q.Choices {
		if c.Right {
			a.Choices = append(a.Choices, i)
		}
	}
	if q.Kind == lessons.Poll {
		a.Choices = []int{0}
	}
	for i := range q.Items {
		a.Order = append(a.Order, i)
	}
	for i := range q.Left {
		a.Pairs = append(a.Pairs, i)
	}
	return a
}

func typedRight(q *lessons.Question) string {
	switch q.Kind {
	case lessons.Short, lessons.Gap:
		return q.Accepted[0]
	case lessons.Number:
		return plainNumber(q.Value)
	}
	return ""
}
