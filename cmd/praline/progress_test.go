package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"praline/bot/report"
	"praline/scheduler/campaign"
)

func TestProgressOf(t *testing.T) {
	question := func(people int, right float64, later ...report.Forgotten) report.Question {
		return report.Question{Facility: report.Estimate{Value: right, Of: people}, Later: later}
	}
	later := report.Forgotten{Right: report.Estimate{Value: 1, Of: 60}}
	for label, row := range map[string]struct {
		questions []report.Question
		all       int
		want      *campaign.Progress
	}{
		"nobody":                           {nil, 4, nil},
		"fewer than ten":                   {[]report.Question{question(5, 1)}, 4, nil},
		"half of it met, half of it right": {[]report.Question{question(20, 0.5), question(20, 0.5)}, 4, &campaign.Progress{Begun: 20, Known: 3, Fading: 2, Unseen: 5}},
		"all met, and later answers count": {[]report.Question{question(20, 0.2, later), question(20, 1)}, 2, &campaign.Progress{Begun: 20, Known: 9, Fading: 1}},
		"what is withheld says nothing":    {[]report.Question{question(10, 1), {Withheld: true}}, 2, &campaign.Progress{Begun: 10, Known: 5, Unseen: 5}},
	} {
		if diff := cmp.Diff(row.want, progressOf(row.questions, row.all)); diff != "" {
			t.Errorf("%s: %s", label, diff)
		}
	}
}
