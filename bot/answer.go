package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"praline/bot/learner"
	"praline/channels/markup"
	"praline/lessons"
	"praline/locales"
	"praline/scheduler/recall"
)

// keptAsks is how many answered asks a learner carries, to recognise a press
// that comes late.
const keptAsks = 4

// pressAnswer is a press, a form, or "I do not know", for an ask that its
// value names.
func (t *turn) pressAnswer(arguments []string) {
	if len(arguments) == 0 {
		t.old()
		return
	}
	ask := t.learner.Place.Ask
	if ask == nil || ask.ID != arguments[0] {
		t.answeredBefore(arguments[0])
		return
	}
	q := t.question(ask.Question)
	if q == nil || ask.Print != q.Fingerprint() {
		t.askAgain() // it is not the question any more that was answered
		return
	}
	switch {
	case len(arguments) == 2 && arguments[1] == none:
		t.answer(q, lessons.Answer{}, "")
	case len(arguments) == 2:
		if i, err := strconv.Atoi(arguments[1]); err == nil && i >= 0 && i < len(q.Choices) && q.Kind != lessons.Multiple {
			t.answer(q, lessons.Answer{Choices: []int{i}}, "")
			return
		}
		t.old()
	default:
		t.answerForm(q, t.event.Fields)
	}
}

// answeredBefore says that the first answer counts, or that the button is old.
func (t *turn) answeredBefore(id string) {
	if slices.ContainsFunc(t.learner.Asked, func(a learner.Ask) bool { return a.ID == id }) {
		t.here(t.w("answer.first-counts"))
		return
	}
	t.old()
}

// answerForm reads the values of a form.
func (t *turn) answerForm(q *posed, fields map[string][]string) {
	ask := t.learner.Place.Ask
	var a lessons.Answer
	complete := true
	switch q.Kind {
	case lessons.Multiple:
		a.Choices, complete = indices(fields["choices"], len(q.Choices))
	case lessons.Order:
		a.Order, complete = picked(fields, "place", len(q.Items), ask.Order)
		complete = complete && lessons.EachOnce(a.Order)
	case lessons.Pairs:
		a.Pairs, complete = picked(fields, "pair", len(q.Left), ask.Order)
	default:
		if typed := fields["text"]; len(typed) > 0 {
			a.Text = strings.TrimSpace(typed[0])
		}
		complete = a.Text != "" && q.Grade(a).Readable
	}
	if !complete {
		t.unreadable(q)
		return
	}
	t.answer(q, a, a.Text)
}

func indices(values []string, n int) ([]int, bool) {
	var all []int
	for _, v := range values {
		i, err := strconv.Atoi(v)
		if err != nil || i < 0 || i >= n {
			return nil, false
		}
		all = append(all, i)
	}
	return all, len(all) > 0
}

// picked reads one option for each of n fields and turns what was shown back
// into indices of the question.
func picked(fields map[string][]string, name string, n int, order []int) ([]int, bool) {
	all := make([]int, n)
	for i := range n {
		one, ok := indices(fields[fmt.Sprint(name, i)], len(order))
		if !ok {
			return nil, false
		}
		all[i] = order[one[0]]
	}
	return all, true
}

// isAnswer says whether a typed text is the very answer to the question that
// waits, even if it is also a word that leads elsewhere.
func (t *turn) isAnswer(text string) bool {
	ask := t.learner.Place.Ask
	q := t.question(ask.Question)
	if q == nil || ask.Print != q.Fingerprint() {
		return false
	}
	for _, c := range q.Choices {
		if plain(markup.PlainLine(c.Text)) == plain(text) {
			return true
		}
	}
	return typedKind(q.Kind) && q.Grade(lessons.Answer{Text: text}).Right
}

// typedKind says that any text may be an answer.
func typedKind(k lessons.Kind) bool {
	return k == lessons.Short || k == lessons.Gap || k == lessons.Number
}

// typedAnswer reads a typed text as the answer to the question that waits. A
// text that may be a command is one, unless it is right: nothing is lost by
// that, while a first answer counts.
func (t *turn) typedAnswer(text, command, rest string) {
	ask := t.learner.Place.Ask
	q := t.question(ask.Question)
	if q == nil || ask.Print != q.Fingerprint() {
		t.askAgain()
		return
	}
	a, readable := t.read(q, text)
	switch {
	case typedKind(q.Kind) && t.means(command, rest) && !q.Grade(a).Right:
		commands[command](t, rest)
	case isDoNotKnow(plain(text), t.w("question.do-not-know")):
		t.answer(q, lessons.Answer{}, "")
	case readable:
		t.answer(q, a, text)
	case t.means(command, rest):
		commands[command](t, rest)
	default:
		t.unreadable(q)
	}
}

// read understands a typed text by the question's kind.
func (t *turn) read(q *posed, text string) (lessons.Answer, bool) {
	order := t.learner.Place.Ask.Order
	switch q.Kind {
	case lessons.Single, lessons.Poll, lessons.Multiple:
		chosen, ok := q.ParseChoices(text)
		return lessons.Answer{Choices: chosen}, ok && len(chosen) > 0
	case lessons.Order:
		shown, ok := q.ParseOrder(text)
		return lessons.Answer{Order: through(shown, order)}, ok
	case lessons.Pairs:
		shown, ok := q.ParsePairs(text)
		return lessons.Answer{Pairs: through(shown, order)}, ok
	}
	a := lessons.Answer{Text: text}
	return a, q.Grade(a).Readable
}

// through turns positions as shown into indices of the question.
func through(shown, order []int) []int {
	all := make([]int, 0, len(shown))
	for _, i := range shown {
		if i < 0 || i >= len(order) {
			return nil
		}
		all = append(all, order[i])
	}
	return all
}

// unreadable asks again, kindly: nothing is counted.
func (t *turn) unreadable(q *posed) {
	ask := t.learner.Place.Ask
	ask.Again++
	id := "answer.unreadable"
	switch q.Kind {
	case lessons.Number:
		id = "answer.unreadable-number"
	case lessons.Order:
		id = "answer.unreadable-order"
	case lessons.Pairs:
		id = "answer.unreadable-pairs"
	case lessons.Single, lessons.Poll, lessons.Multiple:
		id = "answer.unreadable-choice"
	}
	t.text(t.w(id), primary(t.w("do.here"), "here"), quiet(t.w("question.do-not-know"), value("answer", ask.ID, none)), quiet(t.w("do.help"), "do.help"))
}

// answer grades, remembers and shows feedback: the one way in which an answer
// counts.
func (t *turn) answer(q *posed, a lessons.Answer, typed string) {
	l := t.learner
	ask := l.Place.Ask
	t.reopen()
	seconds := t.touch()
	ask.Why = t.whyAsked(q.key)
	result := q.Grade(a)
	ask.Score = result.Score
	entry := learner.Answer{At: t.now, Card: -1, Score: result.Score, Seconds: seconds, Choice: -1}
	if len(a.Choices) > 0 {
		entry.Choice = slices.Min(a.Choices)
	}
	entry.Picked, entry.Lang = learner.Picks(a.Choices), 1+slices.Index(locales.Languages, l.Lang)
	l.Session.Posed++
	if q.Kind == lessons.Poll {
		t.happen("answer", "poll")
	} else {
		entry.First = !t.remembers(q)
		entry.Card = t.remember(q, result.Right, seconds)
		l.Session.Asked++
		if result.Right {
			l.Session.Right++
			t.happen("answer", "right")
		} else {
			t.happen("answer", "wrong")
		}
	}
	t.answers = append(t.answers, entry)
	l.Asked = append(l.Asked, learner.Ask{ID: ask.ID, Question: ask.Question, At: ask.At, Why: ask.Why, Score: ask.Score, Said: ask.Said})
	l.Asked = l.Asked[max(0, len(l.Asked)-keptAsks):]
	t.showFeedback(q, ask, a, result, typed)
}

// remembers says whether the question was answered before with the right answer
// that it has now.
func (t *turn) remembers(q *posed) bool {
	i := t.learner.Card(q.key)
	return i >= 0 && t.learner.Cards[i].Fingerprint == q.Fingerprint()
}

// remember moves the memory of a question on, and returns its card's index. A
// right answer that has changed since starts the memory anew.
func (t *turn) remember(q *posed, right bool, seconds int) int {
	l := t.learner
	i := l.Card(q.key)
	if i < 0 {
		l.Cards = append(l.Cards, learner.Card{Key: q.key})
		i = len(l.Cards) - 1
	}
	card := &l.Cards[i]
	if print := q.Fingerprint(); card.Fingerprint != print {
		card.Fingerprint, card.Memory = print, recall.Memory{}
	}
	grade := recall.Graded(right, l.Place.Ask.Again > 0, recall.Slow(seconds, secondsAQuestion))
	card.Memory = recall.Review(card.Memory, grade, t.today, t.workingDays())
	return i
}
