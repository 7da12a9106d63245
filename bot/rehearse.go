package bot

import (
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
)

// Rehearse returns what the bot says in a lesson, in order: each screen, each
// question, and the feedback on its right answer. Nothing is stored; it is the
// conversation itself, so that a preview cannot differ from it.
func Rehearse(catalogue lessons.Catalogue, key, lang string, now time.Time) []channels.Message {
	b := &Bot{Catalogue: catalogue}
	t := b.turn(learner.Record{Learner: learner.Learner{ID: "rehearsal", Lang: lang, Agreed: now}}, learner.Address{Channel: "preview"}, now)
	x := t.lesson(key)
	if x == nil {
		return nil
	}
	t.event.Kind = channels.Pressed // so that feedback takes the place of its question
	t.learner.Session = newSession(now, 3600)
	t.beginLesson(x)
	for range len(x.twin(lang).Screens) - 1 {
		t.learner.Place.Screen++
		t.showScreen("")
	}
	for _, q := range x.twin(lang).Questions {
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
