package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/records"
)

// LongestQuestion and LongestAnswer in characters.
const (
	LongestQuestion = 1000
	LongestAnswer   = 3000
)

// mostOpen questions of one learner wait at a time.
const mostOpen = 5

// keptFor is how long a question stays after its answer.
const keptFor = 365 * 24 * time.Hour

// About is what a question is about; all empty where it is about nothing of a
// lesson.
type About struct {
	Series   string `json:"series,omitempty"`
	Lesson   string `json:"lesson,omitempty"`   // id within the series
	Question string `json:"question,omitempty"` // id within the series
}

// Question is what a learner asked the trainers of their organisation.
type Question struct {
	ID     string    `json:"id"`
	Lang   string    `json:"lang"`
	Text   string    `json:"text"`
	Name   string    `json:"name,omitempty"` // only where the learner added it
	About  About     `json:"about,omitzero"`
	At     time.Time `json:"at"`
	From   string    `json:"from"` // the learner, sealed
	Answer *Answer   `json:"answer,omitempty"`
	Draft  string    `json:"draft,omitempty"` // series in whose draft the answer was suggested
}

// Answer is a trainer's.
type Answer struct {
	Person string    `json:"person"`
	Name   string    `json:"name"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
	Told   bool      `json:"told,omitempty"` // the letter was handed over
}

// Asking is a question on its way in.
type Asking struct {
	Org     string
	Learner learner.ID
	Event   string // what asked it: the same twice is one question
	Lang    string
	Text    string
	Name    string // "": without
	About   About
}

// Ask keeps a question and lets trainers know. ErrTooMany where too many of
// this learner wait, ErrNobody where nobody could answer.
func (i *Inbox) Ask(ctx context.Context, a Asking) error {
	q := Question{
		ID:   i.digest("question", a.Org, string(a.Learner), a.Event),
		Lang: a.Lang, Text: strings.TrimSpace(a.Text), Name: a.Name, About: a.About, At: i.now(),
	}
	key := questionKey(a.Org, q.ID)
	q.From = i.seal(key.String(), string(a.Learner))
	if all, err := i.trainers(ctx, a.Org); err != nil {
		return err
	} else if len(all) == 0 {
		return ErrNobody
	}
	if err := i.mayAsk(ctx, a, q.ID); err != nil {
		return err
	}
	if err := i.trace(ctx, a.Learner, func(t *trace) { t.ask(a.Org, q.ID) }); err != nil {
		return err
	}
	_, err := records.Update(ctx, i.Store, key, func(kept *Question) error {
		if kept.ID == "" {
			*kept = q
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("question %s: %w", q.ID, err)
	}
	i.soon("word to trainers", i.tellTrainers(ctx, a.Org))
	return nil
}

func (i *Inbox) mayAsk(ctx context.Context, a Asking, id string) error {
	theirs, err := i.questionsOf(ctx, a.Learner)
	if err != nil {
		return err
	}
	open := 0
	for _, q := range theirs {
		if q.ID == id {
			return nil // the same once more
		}
		if q.Answer == nil {
			open++
		}
	}
	if open >= mostOpen {
		return ErrTooMany
	}
	return nil
}

// Questions of an organisation: those that wait, oldest first, then those that
// were answered, newest first.
func (i *Inbox) Questions(ctx context.Context, org string) (open, answered []Question, err error) {
	all, err := records.All[Question](ctx, i.Store, org, kindQuestion)
	if err != nil {
		return nil, nil, err
	}
	for _, q := range all {
		if q.Answer == nil {
			open = append(open, q)
		} else {
			answered = append(answered, q)
		}
	}
	slices.SortStableFunc(open, func(a, b Question) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(answered, func(a, b Question) int { return b.Answer.At.Compare(a.Answer.At) })
	return open, answered, nil
}

// Question returns one, records.ErrNone if the organisation has none by that id.
func (i *Inbox) Question(ctx context.Context, org, id string) (Question, error) {
	return records.Load[Question](ctx, i.Store, questionKey(org, id))
}

// Answer keeps a trainer's answer and hands it over as a letter: the learner
// reads it within their hours. The first answer counts (ErrAnswered).
func (i *Inbox) Answer(ctx context.Context, by people.Actor, id, text string) (Question, error) {
	if !by.May(people.AnswerLearners) {
		return Question{}, people.ErrNotAllowed
	}
	text, err := CheckAnswer(text)
	if err != nil {
		return Question{}, err
	}
	q, err := records.Update(ctx, i.Store, questionKey(by.Org, id), func(q *Question) error {
		switch {
		case q.ID == "":
			return records.ErrNone
		case q.Answer == nil:
			q.Answer = &Answer{Person: by.Person, Name: by.Name, Text: text, At: i.now()}
		case q.Answer.Person != by.Person || q.Answer.Text != text:
			return ErrAnswered
		}
		return nil
	})
	if err != nil {
		return q, fmt.Errorf("question %s: %w", id, err)
	}
	i.soon("an answer", i.deliver(ctx, by.Org, q))
	return q, nil
}

// AnswerAs is Answer for a person of the roster, in their own chat. A question
// that is not there any more is ErrGone.
func (i *Inbox) AnswerAs(ctx context.Context, org, person, id, text string) error {
	by, err := i.trainer(ctx, org, person)
	if err != nil {
		return err
	}
	_, err = i.Answer(ctx, by, id, text)
	if errors.Is(err, records.ErrNone) {
		return ErrGone
	}
	return err
}

// Next returns the question that waits longest but for those up to after, and
// how many others wait; nil where none does.
func (i *Inbox) Next(ctx context.Context, org, person, after string) (*Question, int, error) {
	if _, err := i.trainer(ctx, org, person); err != nil {
		return nil, 0, err
	}
	open, _, err := i.Questions(ctx, org)
	if err != nil || len(open) == 0 {
		return nil, 0, err
	}
	at := (slices.IndexFunc(open, func(q Question) bool { return q.ID == after }) + 1) % len(open)
	return &open[at], len(open) - 1, nil
}

// trainer is a person as one who answers.
func (i *Inbox) trainer(ctx context.Context, org, person string) (people.Actor, error) {
	by, err := i.People.Actor(ctx, org, person)
	if errors.Is(err, records.ErrNone) || err == nil && !by.May(people.AnswerLearners) {
		return by, people.ErrNotAllowed
	}
	return by, err
}

// Suggested notes that an answer was put into the draft of a series.
func (i *Inbox) Suggested(ctx context.Context, org, id, series string) error {
	_, err := records.Update(ctx, i.Store, questionKey(org, id), func(q *Question) error {
		if q.ID == "" {
			return records.ErrNone
		}
		q.Draft = series
		return nil
	})
	return err
}

// dropOld forgets what was answered a year ago, and what few looked for long ago.
func (i *Inbox) dropOld(ctx context.Context, org string) error {
	_, answered, err := i.Questions(ctx, org)
	if err != nil {
		return err
	}
	failed := []error{i.dropNeeds(ctx, org)}
	for _, q := range answered {
		if i.Now().Sub(q.Answer.At) > keptFor {
			failed = append(failed, records.Remove(ctx, i.Store, questionKey(org, q.ID)))
		}
	}
	return errors.Join(failed...)
}

func questionKey(org, id string) records.Key {
	return records.Key{Org: org, Kind: kindQuestion, ID: id}
}

// now to the second: what is kept needs no more.
func (i *Inbox) now() time.Time { return i.Now().UTC().Truncate(time.Second) }
