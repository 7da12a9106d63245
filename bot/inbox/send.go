package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels/markup"
	"praline/locales"
	"praline/records"
	"praline/scheduler"
)

// noteEvery is after how many letters it is noted how far a survey went out.
const noteEvery = 200

// Reached are those whom a survey would reach now, in the order of their ids.
func (i *Inbox) Reached(ctx context.Context, org string, s Survey) ([]people.Person, error) {
	all, err := i.People.Persons(ctx, org)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(p people.Person) bool { return !s.isFor(p) }), nil
}

// isFor says whether somebody is of the audience and has come to the bot.
func (s *Survey) isFor(p people.Person) bool {
	switch {
	case p.Learner == "" || !p.Left.IsZero():
		return false
	case len(s.Teams) > 0 && !slices.Contains(s.Teams, p.Team):
		return false
	case s.Lang != "" && p.Lang != s.Lang:
		return false
	}
	return s.NewSince.IsZero() || !scheduler.DateOf(p.Joined, time.UTC).Before(s.NewSince)
}

// sendDue sends the waves whose day has come.
func (i *Inbox) sendDue(ctx context.Context, org string) error {
	all, err := i.Surveys(ctx, org)
	failed := []error{err}
	today := scheduler.DateOf(i.Now(), time.UTC)
	for _, s := range all {
		for _, w := range s.Waves {
			if w.Sent.IsZero() && !w.Few && s.Withdrawn.IsZero() && !w.On.After(today) {
				failed = append(failed, i.send(ctx, org, s, w))
			}
		}
	}
	return errors.Join(failed...)
}

// send hands a wave over, from where it was left.
func (i *Inbox) send(ctx context.Context, org string, s Survey, w Wave) error {
	to, err := i.Reached(ctx, org, s)
	if err != nil {
		return err
	}
	if len(to) < Enough {
		return i.noteWave(ctx, org, s.ID, w.ID, func(w *Wave) { w.Few = true })
	}
	letter := i.surveyLetter(s, w)
	for n, p := range to {
		if p.ID <= w.Upto {
			continue
		}
		if err := i.Write(ctx, p.Learner, letter); err != nil {
			return fmt.Errorf("survey %s: letter: %w", s.ID, err)
		}
		if n%noteEvery == noteEvery-1 {
			if err := i.noteWave(ctx, org, s.ID, w.ID, func(w *Wave) { w.Upto = p.ID }); err != nil {
				return err
			}
		}
	}
	return i.noteWave(ctx, org, s.ID, w.ID, func(w *Wave) { w.Sent = i.now() })
}

func (i *Inbox) noteWave(ctx context.Context, org, id string, wave WaveID, note func(*Wave)) error {
	_, err := records.Update(ctx, i.Store, surveyKey(org, id), func(s *Survey) error {
		w := s.Wave(wave)
		if w == nil {
			return records.ErrNone
		}
		note(w)
		return nil
	})
	return err
}

// surveyLetter asks for a reply.
func (i *Inbox) surveyLetter(s Survey, w Wave) learner.Letter {
	text := each(func(l locales.Words) string {
		return l.Count("inbox.survey-text", len(s.Items), "title", markup.Escape(s.Title.In(l.Lang)))
	})
	return learner.Letter{
		ID: "survey-" + s.ID + "-" + string(w.ID), Kind: learner.LetterSurvey, At: i.now(), Until: i.now().Add(OpenFor),
		Title: said("inbox.survey-title"), Text: text,
		Buttons: []learner.LetterButton{
			{Label: said("survey.start"), Value: "survey.start." + s.ID + "." + string(w.ID)},
			{Label: said("survey.no"), Value: "survey.no." + s.ID + "." + string(w.ID)},
		},
	}
}
