package inbox

import (
	"context"
	"errors"
	"slices"

	"praline/bot/learner"
	"praline/records"
)

// trace is where something of a learner stands: names of records, and of
// nobody. It is kept under a digest of the learner.
type trace struct {
	Questions []place  `json:"questions,omitempty"`
	Replies   []place  `json:"replies,omitempty"` // ID "survey:wave"
	Needs     []string `json:"needs,omitempty"`   // organisations in which they looked for something in vain
}

type place struct {
	Org string `json:"org"`
	ID  string `json:"id"`
}

func (t *trace) ask(org, id string)   { t.Questions = with(t.Questions, place{org, id}) }
func (t *trace) reply(org, id string) { t.Replies = with(t.Replies, place{org, id}) }
func (t *trace) need(org string)      { t.Needs = with(t.Needs, org) }

func with[T comparable](all []T, one T) []T {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

func (i *Inbox) traceKey(id learner.ID) records.Key {
	return records.Key{Kind: kindTrace, ID: i.digest("trace", string(id))}
}

// trace notes where something of a learner is going to stand, before it does.
func (i *Inbox) trace(ctx context.Context, id learner.ID, note func(*trace)) error {
	_, err := records.Update(ctx, i.Store, i.traceKey(id), func(t *trace) error { note(t); return nil })
	return err
}

func (i *Inbox) traced(ctx context.Context, id learner.ID) (trace, error) {
	t, err := records.Load[trace](ctx, i.Store, i.traceKey(id))
	if errors.Is(err, records.ErrNone) {
		return trace{}, nil
	}
	return t, err
}

// questionsOf are the questions of a learner that still stand.
func (i *Inbox) questionsOf(ctx context.Context, id learner.ID) ([]Question, error) {
	t, err := i.traced(ctx, id)
	if err != nil || len(t.Questions) == 0 {
		return nil, err
	}
	keys := make([]records.Key, len(t.Questions))
	for n, p := range t.Questions {
		keys[n] = questionKey(p.Org, p.ID)
	}
	all, err := i.Store.Read(ctx, keys...)
	if err != nil {
		return nil, err
	}
	var questions []Question
	for _, r := range all {
		if r.Version == 0 {
			continue
		}
		q, err := records.Decode[Question](r)
		if err != nil {
			return nil, err
		}
		questions = append(questions, q)
	}
	return questions, nil
}

// Exported is what there is of a learner, readable by them.
type Exported struct {
	Questions []ExportedQuestion `json:"questions_to_trainers,omitempty"`
	Surveys   []string           `json:"surveys_replied_or_declined,omitempty"` // what was replied is not kept by person
	Searches  int                `json:"searches_in_vain,omitempty"`
}

// ExportedQuestion is a question of theirs and its answer.
type ExportedQuestion struct {
	At     string `json:"at"`
	Text   string `json:"text"`
	Name   string `json:"name_added,omitempty"`
	Answer string `json:"answer,omitempty"`
}

// Export gathers what there is of somebody who is or was met under these ids.
func (i *Inbox) Export(ctx context.Context, ids ...learner.ID) (Exported, error) {
	var e Exported
	for _, id := range ids {
		questions, err := i.questionsOf(ctx, id)
		if err != nil {
			return e, err
		}
		for _, q := range questions {
			x := ExportedQuestion{At: q.At.Format("2006-01-02 15:04"), Text: q.Text, Name: q.Name}
			if q.Answer != nil {
				x.Answer = q.Answer.Text
			}
			e.Questions = append(e.Questions, x)
		}
		t, err := i.traced(ctx, id)
		if err != nil {
			return e, err
		}
		for _, r := range t.Replies {
			e.Surveys = append(e.Surveys, r.ID)
		}
		for _, org := range t.Needs {
			n, err := i.needsOf(ctx, org, id)
			if err != nil {
				return e, err
			}
			e.Searches += len(n)
		}
	}
	return e, nil
}

// Forget removes what there is of somebody who is or was met under these ids:
// their questions with what they typed, that they replied to a survey, and that
// it was they who looked for something. What was counted stays counted.
func (i *Inbox) Forget(ctx context.Context, ids ...learner.ID) error {
	for _, id := range ids {
		t, err := i.traced(ctx, id)
		if err != nil {
			return err
		}
		for _, p := range t.Questions {
			if err := records.Remove(ctx, i.Store, questionKey(p.Org, p.ID)); err != nil {
				return err
			}
		}
		for _, p := range t.Replies {
			if err := i.forgetReply(ctx, p.Org, p.ID, id); err != nil {
				return err
			}
		}
		for _, org := range t.Needs {
			if err := i.forgetNeeds(ctx, org, id); err != nil {
				return err
			}
		}
		if err := records.Remove(ctx, i.Store, i.traceKey(id)); err != nil {
			return err
		}
	}
	return nil
}
