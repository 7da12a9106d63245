package bot

import (
	"fmt"
	"slices"

	"praline/bot/learner"
	"praline/channels"
	"praline/channels/markup"
	"praline/lessons"
)

// showFeedback puts the feedback in the place of the question: what was
// chosen, what is right, why, and when it returns.
func (t *turn) showFeedback(q *posed, ask *learner.Ask, a lessons.Answer, result lessons.Result, typed string) {
	l := t.learner
	m := channels.Message{Replaces: ask.Said, Text: q.Text, After: q.Explanation}
	switch q.Kind {
	case lessons.Single, lessons.Multiple, lessons.Poll:
		m.Choices = t.marked(q, a)
		if len(a.Choices) == 0 && q.Kind != lessons.Poll {
			m.After = join(t.w("feedback.fine"), m.After)
		}
	default:
		m.Verdict = t.verdict(q, a, result, typed)
	}
	if q.Kind != lessons.Poll {
		if card := l.Card(q.key); card >= 0 {
			m.Note = t.w("feedback.returns", "date", t.sayReturn(l.Cards[card].Memory.Due))
		}
	}
	m.Choices = append(m.Choices, primary(t.w("feedback.on"), value("on", ask.ID)))
	if !l.Guided {
		m.Choices = append(m.Choices, quiet(t.w("feedback.report"), value("report", ask.ID)))
		if t.hasTrainers() {
			m.Choices = append(m.Choices, quiet(t.w("feedback.ask"), value("ask", ask.ID)))
		}
	}
	l.Place.Topic, l.Place.Step, l.Place.Ask = topicFeedback, ask.ID, nil
	l.Place.Live = t.say(m)
}

// marked are the choices of a question, after the answer.
func (t *turn) marked(q *posed, a lessons.Answer) []channels.Choice {
	var all []channels.Choice
	for i, c := range q.Choices {
		chosen := slices.Contains(a.Choices, i)
		m := channels.Choice{Label: markup.PlainLine(c.Text), Role: channels.Answer, Number: i + 1, Mark: channels.Folded, Detail: c.Feedback}
		switch {
		case q.Kind == lessons.Poll && chosen:
			m.Mark, m.Said = channels.Chosen, t.w("feedback.chosen")
		case c.Right && chosen:
			m.Mark, m.Said = channels.Right, t.w("feedback.chosen-right")
		case c.Right && q.Kind == lessons.Multiple:
			m.Mark, m.Said = channels.Right, t.w("feedback.right-too")
		case c.Right:
			m.Mark, m.Said = channels.Right, t.w("feedback.right")
		case chosen:
			m.Mark, m.Said = channels.NotQuite, t.w("feedback.not-quite")
		}
		all = append(all, m)
	}
	return all
}

// verdict says in words how a typed answer, an order or pairs came out.
func (t *turn) verdict(q *posed, a lessons.Answer, result lessons.Result, typed string) *channels.Verdict {
	v := &channels.Verdict{Mark: channels.NotQuite}
	var said string
	answered := typed != "" || len(a.Order) > 0 || len(a.Pairs) > 0
	switch {
	case !answered:
		v.Mark, said = channels.Unmarked, t.w("feedback.fine")
	case result.Right && result.Understood != "":
		said = t.w("feedback.understood-right", "answer", markup.Escape(result.Understood))
	case result.Right:
		said = t.w("feedback.is-right")
	case result.Understood != "":
		said = t.w("feedback.understood-not-quite", "answer", markup.Escape(result.Understood))
	case result.Score > 0:
		said = t.w("feedback.partly", "percent", int(result.Score*100+0.5))
	default:
		said = t.w("feedback.is-not-quite")
	}
	if result.Right {
		v.Mark = channels.Right
	}
	if v.Text = said; !result.Right || q.Kind == lessons.Order || q.Kind == lessons.Pairs {
		v.Text = join(said, t.rightAnswer(q))
	}
	return v
}

// rightAnswer writes the right answer out.
func (t *turn) rightAnswer(q *posed) string {
	switch q.Kind {
	case lessons.Order:
		text := t.w("feedback.right-order")
		for i, item := range q.Items {
			text += fmt.Sprintf("\n%d. %s", i+1, item)
		}
		return text
	case lessons.Pairs:
		text := t.w("feedback.right-pairs")
		for i, left := range q.Left {
			text += "\n- **" + left + "** – " + q.Right[i]
		}
		return text
	case lessons.Number:
		return t.w("feedback.right-answer", "answer", t.words.Number(q.Value))
	}
	if len(q.Accepted) == 0 {
		return "" // half written
	}
	return t.w("feedback.right-answer", "answer", markup.Escape(q.Accepted[0]))
}

// pressOn follows "continue" under feedback.
func (t *turn) pressOn(arguments []string) {
	l := t.learner
	if l.Place.Topic != topicFeedback || len(arguments) != 1 || l.Place.Step != arguments[0] {
		t.old()
		return
	}
	t.touch()
	t.retire(l.Place.Live)
	t.advance()
}
