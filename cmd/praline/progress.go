package main

import (
	"context"
	"math"

	"praline/bot/report"
	"praline/lessons"
	"praline/scheduler/campaign"
)

// progressFrom is from how many people on a campaign's progress is shown.
const progressFrom = 10

// progress is how far the people of an organisation have come with the series of
// a campaign, from the counts of its questions: of all who had a lesson of it,
// in steps of five; nil below ten.
func (h *house) progress(ctx context.Context, org string, c campaign.Campaign) (*campaign.Progress, error) {
	questions, all, err := h.answered(ctx, org, c.Series)
	if err != nil {
		return nil, err
	}
	return progressOf(questions, all), nil
}

// holders is how many people of an organisation answered a question of a series,
// in steps of five; -1 where that is not known, or fewer.
func (h *house) holders(ctx context.Context, org, series string) (int, error) {
	questions, _, err := h.answered(ctx, org, series)
	most := -1
	for _, q := range questions {
		if !q.Withheld {
			most = max(most, q.Facility.Of)
		}
	}
	return most, err
}

// answered are how the questions of a series do, and how many it has that are
// remembered; none where it is not taught.
func (h *house) answered(ctx context.Context, org, id string) ([]report.Question, int, error) {
	catalogue, err := h.catalogue(ctx, org)
	if err != nil {
		return nil, 0, err
	}
	series := catalogue.Series(id)
	if series == nil {
		return nil, 0, nil
	}
	of := make(map[string]*lessons.Question)
	for _, lesson := range series.Lessons {
		for _, q := range lesson.In(series.Languages[0]).Questions {
			if q.Kind != lessons.Poll {
				of[series.ID+"/"+q.ID] = q
			}
		}
	}
	questions, err := h.reports.Questions(ctx, org, func(key string) *lessons.Question { return of[key] })
	return questions, len(of), err
}

// progressOf sums questions up: how many people met one at least, and, of ten
// questions, how many an average one of them has met and answered right the last
// times.
func progressOf(questions []report.Question, all int) *campaign.Progress {
	begun, met, right := 0, 0, 0.0
	for _, q := range questions {
		if q.Withheld {
			continue
		}
		people := q.Facility.Of
		begun, met = max(begun, people), met+people
		share, answers := q.Facility.Value*float64(people), people
		for _, later := range q.Later {
			share += later.Right.Value * float64(later.Right.Of)
			answers += later.Right.Of
		}
		right += float64(people) * share / float64(max(answers, 1))
	}
	if begun < progressFrom || all == 0 {
		return nil
	}
	tenths := func(n float64) int { return int(math.Round(10 * n / float64(begun*all))) }
	p := campaign.Progress{Begun: begun, Known: tenths(right)}
	seen := max(tenths(float64(met)), p.Known)
	p.Fading, p.Unseen = seen-p.Known, 10-seen
	return &p
}
