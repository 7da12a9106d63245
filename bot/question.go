package bot

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/channels/markup"
	"praline/lessons"
)

// posed is a question within its series, in the learner's language.
type posed struct {
	key    string // "series/question"
	series *lessons.Series
	*lessons.Question
}

// question finds a question by its key in the learner's language, nil if it is
// not in the catalogue any more.
func (t *turn) question(key string) *posed {
	id, name, _ := strings.Cut(key, "/")
	series := t.catalogue.Series(id)
	if series == nil {
		return nil
	}
	lesson, i, ok := series.Question(name)
	if !ok {
		return nil
	}
	twin := lesson.In(t.learner.Lang)
	if i >= len(twin.Questions) {
		return nil // a preview of a series that is not whole
	}
	return &posed{key, series, twin.Questions[i]}
}

// ask puts a question to the learner: the one moment at which an ask is made.
func (t *turn) ask(key string) {
	q := t.question(key)
	ask := &learner.Ask{Question: key, Print: q.Fingerprint(), At: t.now.UTC().Truncate(time.Second), Why: t.whyAsked(key)}
	ask.ID = t.next()
	ask.ID += "-" + tag(string(t.learner.ID), ask.ID) // not another learner's ask
	ask.Order = shuffled(q.Question, t.learner.ID, ask.ID)
	t.learner.Place.Topic, t.learner.Place.Ask = topicQuestion, ask
	t.showAsk("")
}

// askAgain shows the question that waits once more: after a while, in another
// language, on another device. It is the same ask, unless a new version of the
// series has changed the question or has it no more.
func (t *turn) askAgain() {
	ask := t.learner.Place.Ask
	q := t.question(ask.Question)
	if q != nil && ask.Print == q.Fingerprint() {
		t.retire(ask.Said)
		t.showAsk("")
		return
	}
	t.retire(ask.Said)
	t.learner.Place.Ask, t.learner.Place.Topic = nil, ""
	if q == nil {
		t.advance()
		return
	}
	t.text(t.w("question.changed"))
	t.ask(ask.Question)
}

// showAsk shows the question that waits, in the place of another message if
// one is named.
func (t *turn) showAsk(replaces string) {
	l := t.learner
	ask := l.Place.Ask
	q := t.question(ask.Question)
	m := channels.Message{
		Replaces: replaces, Lang: t.words.Lang, Text: q.Text, Media: media(q.series, q.Media), Steps: t.questionSteps(),
	}
	t.answerWith(&m, q, ask)
	l.Place.Live = t.say(m)
	ask.Said = l.Place.Live
}

// questionSteps says which question of the session this is.
func (t *turn) questionSteps() *channels.Steps {
	s := t.learner.Session
	if s == nil {
		return nil
	}
	id := "question.step"
	if !t.learner.Place.Ask.Why.New {
		id = "question.review-step"
	}
	return t.steps(id, s.Posed, max(s.Total, s.Posed+1))
}

// answerWith adds to a message what the learner can answer with.
func (t *turn) answerWith(m *channels.Message, q *posed, ask *learner.Ask) {
	answer := value("answer", ask.ID)
	switch q.Kind {
	case lessons.Single, lessons.Poll:
		for i, c := range q.Choices {
			m.Choices = append(m.Choices, channels.Choice{Label: markup.PlainLine(c.Text), Value: value(answer, i), Role: channels.Answer, Number: i + 1})
		}
		m.Note = t.w("question.type-number")
		m.Quiz = quiz(q)
	case lessons.Multiple:
		field := channels.Field{Name: "choices", Label: t.w("question.several"), Kind: channels.ChoicesField}
		for i, c := range q.Choices {
			field.Options = append(field.Options, channels.Option{Value: strconv.Itoa(i), Label: markup.PlainLine(c.Text)})
		}
		m.Form = &channels.Form{Value: answer, Submit: t.w("question.submit"), Fields: []channels.Field{field}}
		m.Note = t.w("question.type-numbers")
	case lessons.Order:
		m.Form = t.orderForm(q, ask, answer)
		m.Note = t.w("question.type-order")
	case lessons.Pairs:
		m.Form = t.pairsForm(q, ask, answer)
		m.Note = t.w("question.type-pairs")
	case lessons.Number:
		m.Form = typedForm(answer, channels.NumberField, t.w("question.your-number"), t.w("question.submit"))
	default:
		m.Form = typedForm(answer, channels.TextField, t.w("question.your-answer"), t.w("question.submit"))
	}
	pass := t.w("question.do-not-know")
	if q.Kind == lessons.Poll {
		pass = t.w("question.skip")
	}
	m.Choices = append(m.Choices, quiet(pass, value(answer, none)))
	if !ask.Why.New && !t.learner.Guided {
		m.Choices = append(m.Choices, quiet(t.w("question.why"), "do.why"))
	}
}

// quiz is what is right in a question with one right choice, nil for any other.
func quiz(q *posed) *channels.Quiz {
	right := slices.IndexFunc(q.Choices, func(c lessons.Choice) bool { return c.Right })
	if q.Kind != lessons.Single || right < 0 {
		return nil
	}
	return &channels.Quiz{Right: right, Explanation: q.Explanation}
}

// none is the argument of "I do not know".
const none = "none"

func typedForm(value string, kind channels.FieldKind, label, submit string) *channels.Form {
	return &channels.Form{Value: value, Submit: submit, Fields: []channels.Field{{Name: "text", Label: label, Kind: kind}}}
}

// orderForm asks, place by place, which item stands there.
func (t *turn) orderForm(q *posed, ask *learner.Ask, answer string) *channels.Form {
	form := &channels.Form{Value: answer, Submit: t.w("question.submit"), Ordered: true}
	var options []channels.Option
	for shown, item := range ask.Order {
		options = append(options, channels.Option{Value: strconv.Itoa(shown), Label: markup.PlainLine(q.Items[item])})
	}
	for i := range q.Items {
		form.Fields = append(form.Fields, channels.Field{
			Name: fmt.Sprint("place", i), Label: t.w("question.place", "n", i+1), Kind: channels.ChoiceField, Options: options,
		})
	}
	return form
}

// pairsForm asks, for each thing on the left, what belongs to it.
func (t *turn) pairsForm(q *posed, ask *learner.Ask, answer string) *channels.Form {
	form := &channels.Form{Value: answer, Submit: t.w("question.submit")}
	var options []channels.Option
	for shown, right := range ask.Order {
		options = append(options, channels.Option{Value: strconv.Itoa(shown), Label: markup.PlainLine(q.Right[right])})
	}
	for i, left := range q.Left {
		form.Fields = append(form.Fields, channels.Field{Name: fmt.Sprint("pair", i), Label: markup.PlainLine(left), Kind: channels.ChoiceField, Options: options})
	}
	return form
}

// shuffled is the order in which items or right-hand sides are shown: position
// shown → index in the question. It follows from who is asked what, so that a
// decision made again is the same; it is never the right order itself.
func shuffled(q *lessons.Question, id learner.ID, ask string) []int {
	n := parts(q)
	if n < 2 {
		return nil
	}
	random := rand.New(rand.NewPCG(seed(string(id)), seed(ask+q.ID)))
	order := random.Perm(n)
	for i := range order {
		if order[i] != i {
			return order
		}
	}
	return append(order[1:], order[0])
}

// parts is how many items or right-hand sides of a question are shuffled.
func parts(q *lessons.Question) int {
	if q.Kind == lessons.Pairs {
		return len(q.Left)
	}
	return len(q.Items)
}

// mendOrder shuffles anew what does not fit the question that waits: a version
// that we do not know may have kept it in another way.
func (t *turn) mendOrder() {
	ask := t.learner.Place.Ask
	if ask == nil {
		return
	}
	if q := t.question(ask.Question); q != nil && (len(ask.Order) != parts(q.Question) || !lessons.EachOnce(ask.Order)) {
		ask.Order = shuffled(q.Question, t.learner.ID, ask.ID)
	}
}

// seed is FNV-1a of a text.
func seed(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}
