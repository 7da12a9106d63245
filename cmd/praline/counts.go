package main

import (
	"context"
	"errors"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/report"
	"praline/scheduler"
)

// promised is the protected minutes a week that sponsors promise, by team.
func (h *house) promised(ctx context.Context, org string) (map[string]int, error) {
	all, err := h.campaigns.All(ctx, org)
	if err != nil {
		return nil, err
	}
	today := scheduler.DateOf(h.now(), report.Zone())
	minutes := report.PromisedBy(all, today)
	for team, n := range report.PromisedBy(all, today.Monday().AddDays(-7)) { // of the week that ended
		minutes[team] = max(minutes[team], n)
	}
	return minutes, nil
}

// reportIn keeps the mistakes that learners report with their organisation,
// forgets what is counted of who is erased.
func (h *house) reportIn(b *bot.Bot) {
	b.Mistaken = func(ctx context.Context, l learner.Learner, m bot.Report) error {
		return h.reports.Report(ctx, l.Member.Org, l.ID, report.Mistake{Question: m.Question, Lang: m.Lang, Text: m.Text, Day: m.Day})
	}
	b.Forgets = h.forgetCounted
}

// forgetCounted removes what reports keep of somebody who is erased, whichever
// organisations they belonged to.
func (h *house) forgetCounted(ctx context.Context, l learner.Learner) error {
	all, err := h.people.Organisations(ctx)
	if err != nil {
		return err
	}
	orgs := []string{""}
	for _, o := range all {
		orgs = append(orgs, o.ID)
	}
	for _, id := range append([]learner.ID{l.ID}, l.Joined...) {
		for _, org := range orgs {
			if err := errors.Join(h.reports.Forget(ctx, org, id), h.recognition.Forget(ctx, org, id)); err != nil {
				return err
			}
		}
	}
	return nil
}

// monday folds all that was answered, and publishes the last week of an
// organisation; what was published stays as it is.
func (h *house) monday(ctx context.Context, org string) (report.Published, error) {
	if _, err := h.reports.Fold(ctx, org); err != nil {
		return report.Published{}, err
	}
	return h.reports.Publish(ctx, org, scheduler.DateOf(h.now(), report.Zone()).Monday().AddDays(-7))
}
