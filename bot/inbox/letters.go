package inbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels/markup"
	"praline/locales"
	"praline/records"
)

// each makes a text in every language that is spoken in full.
func each(say func(locales.Words) string) map[string]string {
	all := make(map[string]string, len(locales.Languages))
	for _, lang := range locales.Languages {
		all[lang] = say(locales.For(lang))
	}
	return all
}

// said is a message of the bot's words in every language.
func said(id string, arguments ...any) map[string]string {
	return each(func(w locales.Words) string { return w.Say(id, arguments...) })
}

// quotedLength is how much of a question stands above its answer.
const quotedLength = 300

// deliver hands an answer over, once it is kept.
func (i *Inbox) deliver(ctx context.Context, org string, q Question) error {
	if q.Answer == nil || q.Answer.Told {
		return nil
	}
	to, err := i.open(questionKey(org, q.ID).String(), q.From)
	if err != nil {
		return err
	}
	asked := markup.Escape(markup.Short(q.Text, quotedLength))
	letter := learner.Letter{
		ID: "answer-" + q.ID, Kind: learner.LetterAnswer, At: q.Answer.At, Title: said("inbox.answer-title"),
		Text:    said("inbox.answer-text", "asked", asked, "answer", q.Answer.Text, "name", markup.Escape(q.Answer.Name)),
		Buttons: []learner.LetterButton{{Label: said("ask.another"), Value: "do.ask"}},
	}
	if err := i.Write(ctx, learner.ID(to), letter); err != nil {
		return fmt.Errorf("question %s: letter: %w", q.ID, err)
	}
	_, err = records.Update(ctx, i.Store, questionKey(org, q.ID), func(kept *Question) error {
		if kept.Answer == nil {
			return records.ErrNone // erased meanwhile
		}
		kept.Answer.Told = true
		return nil
	})
	if errors.Is(err, records.ErrNone) {
		return nil
	}
	return err
}

// deliverAll hands over what a crash, or a store that was away, left.
func (i *Inbox) deliverAll(ctx context.Context, org string) error {
	_, answered, err := i.Questions(ctx, org)
	failed := []error{err}
	for _, q := range answered {
		failed = append(failed, i.deliver(ctx, org, q))
	}
	return errors.Join(failed...)
}

// told is when trainers were last told that questions wait.
type told struct {
	Day string    `json:"day"` // 2006-01-02
	At  time.Time `json:"at"`
}

// remindAfter is after how long trainers are told once more of what still waits.
const remindAfter = 72 * time.Hour

// letterFor is for how long word to a trainer is worth saying.
const letterFor = 5 * 24 * time.Hour

// tellTrainers lets the trainers of an organisation know that questions wait:
// at most once a day, whatever their number.
func (i *Inbox) tellTrainers(ctx context.Context, org string) error {
	open, _, err := i.Questions(ctx, org)
	if err != nil || len(open) == 0 {
		return err
	}
	key := records.Key{Org: org, Kind: kindTold, ID: "trainers"}
	last, err := records.Load[told](ctx, i.Store, key)
	if err != nil && !errors.Is(err, records.ErrNone) {
		return err
	}
	now := i.now()
	today := now.Format(time.DateOnly)
	fresh := open[len(open)-1].At.After(last.At) || now.Sub(last.At) > remindAfter
	if last.Day == today || !fresh {
		return nil
	}
	letter := learner.Letter{
		ID: "questions-" + today, Kind: learner.LetterQuestion, At: now, Until: now.Add(letterFor),
		Title: said("inbox.waiting-title"), Text: said("inbox.waiting-text"),
		Buttons: []learner.LetterButton{{Label: said("inbox.waiting-show"), Value: "inbox.show"}},
	}
	trainers, err := i.trainers(ctx, org)
	if err != nil || len(trainers) == 0 {
		return err
	}
	var failed []error
	for _, p := range trainers {
		if p.Learner != "" {
			failed = append(failed, i.Write(ctx, p.Learner, letter))
		}
	}
	if err := errors.Join(failed...); err != nil {
		return fmt.Errorf("organisation %s: word to trainers: %w", org, err)
	}
	return records.Put(ctx, i.Store, key, told{today, now})
}

// trainers are those who may answer, whether they have come to the bot or not.
func (i *Inbox) trainers(ctx context.Context, org string) ([]people.Person, error) {
	all, err := i.People.Persons(ctx, org)
	if err != nil {
		return nil, err
	}
	var trainers []people.Person
	for _, p := range all {
		actor := people.Actor{Roles: p.Roles}
		if p.Left.IsZero() && actor.May(people.AnswerLearners) {
			trainers = append(trainers, p)
		}
	}
	return trainers, nil
}
