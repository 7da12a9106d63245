package bot

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
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
	if q == nil {
		t.askAgain()
		return
	}
	switch {
	case len(arguments) == 2 && arguments[1] == none:
		t.answer(q, lessons.Answer{}, "")
	case len(arguments) == 2:
		if i, err := strconv.Atoi(arguments[1]); err == nil && i >= 0 && i < len(q.Choices) {
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
		t.text(t.w("answer.first-counts"), t.wayOn()...)
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
		complete = complete && isPermutation(a.Order)
	case lessons.Pairs:
		a.Pairs, complete = picked(fields, "pair", len(q.Left), ask.Order)
	default:
		if typed := fields["text"]; len(typed) > 0 {
			a.Text = typed[0]
		}
		complete = a.Text != ""
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

func isPermutation(order []int) bool {
	seen := make([]bool, len(order))
	for _, i := range order {
		if i < 0 || i >= len(seen) || seen[i] {
			return false
		}
		seen[i] = true
	}
	return true
}

// typedAnswer reads a typed text as the answer to the question that waits. A
// text that can only be a command is one.
func (t *turn) typedAnswer(text, command, rest string) {
	q := t.question(t.learner.Place.Ask.Question)
	if q == nil {
		t.askAgain()
		return
	}
	a, readable := t.read(q, text)
	switch {
	case readable:
		t.answer(q, a, text)
	case command != "":
		commands[command](t, rest)
	case isDoNotKnow(plain(text), t.w("question.do-not-know")):
		t.answer(q, lessons.Answer{}, "")
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
	result := q.Grade(a)
	ask.Score = result.Score
	entry := learner.Answer{At: t.now, Card: -1, Score: result.Score, Seconds: seconds, Choice: -1}
	if len(a.Choices) > 0 {
		entry.Choice = a.Choices[0]
	}
	if q.Kind == lessons.Poll {
		t.happen("answer", "poll")
	} else {
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

// showFeedback puts the feedback in the place of the question: what was
// chosen, what is right, why, and when it returns.
func (t *turn) showFeedback(q *posed, ask *learner.Ask, a lessons.Answer, result lessons.Result, typed string) {
	l := t.learner
	m := channels.Message{Replaces: ask.Said, Text: q.Text, Media: nil, After: q.Explanation}
	switch q.Kind {
	case lessons.Single, lessons.Multiple, lessons.Poll:
		m.Choices = t.marked(q, a)
		if len(a.Choices) == 0 {
			m.After = join(t.w("feedback.fine"), m.After)
		}
	default:
		m.Text = join(q.Text, t.verdict(q, a, result, typed))
	}
	if q.Kind != lessons.Poll {
		if card := l.Card(q.key); card >= 0 {
			m.Note = t.w("feedback.returns", "date", t.sayReturn(l.Cards[card].Memory.Due))
		}
	}
	m.Choices = append(m.Choices, primary(t.w("feedback.on"), value("on", ask.ID)))
	if !l.Guided {
		m.Choices = append(m.Choices, quiet(t.w("feedback.report"), value("report", ask.ID)))
	}
	l.Place.Topic, l.Place.Step, l.Place.Ask = topicFeedback, ask.ID, nil
	l.Place.Live = t.say(m)
	if l.Streak.Days == nil {
		l.Streak.Learn(t.today)
	}
}

// marked are the choices of a question, after the answer.
func (t *turn) marked(q *posed, a lessons.Answer) []channels.Choice {
	var all []channels.Choice
	for i, c := range q.Choices {
		chosen := slices.Contains(a.Choices, i)
		m := channels.Choice{Label: c.Text, Role: channels.Answer, Number: i + 1, Mark: channels.Folded, Detail: c.Feedback}
		switch {
		case q.Kind == lessons.Poll && chosen:
			m.Mark, m.Said = channels.Chosen, t.w("feedback.chosen")
		case c.Right && chosen:
			m.Mark, m.Said = channels.Right, t.w("feedback.chosen-right")
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
func (t *turn) verdict(q *posed, a lessons.Answer, result lessons.Result, typed string) string {
	var said string
	answered := typed != "" || len(a.Order) > 0 || len(a.Pairs) > 0
	switch {
	case !answered:
		said = t.w("feedback.fine")
	case result.Right && result.Understood != "":
		said = t.w("feedback.understood-right", "answer", escape(result.Understood))
	case result.Right:
		said = t.w("feedback.is-right")
	case result.Understood != "":
		said = t.w("feedback.understood-not-quite", "answer", escape(result.Understood))
	case result.Score > 0:
		said = t.w("feedback.partly", "percent", int(result.Score*100+0.5))
	default:
		said = t.w("feedback.is-not-quite")
	}
	if result.Right && q.Kind != lessons.Order && q.Kind != lessons.Pairs {
		return said
	}
	return join(said, t.rightAnswer(q))
}

// rightAnswer writes the right answer out.
func (t *turn) rightAnswer(q *posed) string {
	switch q.Kind {
	case lessons.Order:
		text := t.w("feedback.right-order")
		for i, item := range q.Items {
			text += fmt.Sprintf("\n- **%d.** %s", i+1, item)
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
	return t.w("feedback.right-answer", "answer", escape(q.Accepted[0]))
}

// newSession is a session that is not planned: around a press that found none.
func newSession(now time.Time, budget int) *learner.Session {
	at := now.UTC().Truncate(time.Second)
	return &learner.Session{Began: at, LastSeen: at, Budget: budget}
}
