package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"praline/bot/learner"
	"praline/channels"
)

// longestReport in characters.
const longestReport = 1000

// askReport asks what is wrong with the question in hand, or the last one.
func (t *turn) askReport() {
	l := t.learner
	switch {
	case l.Place.Ask != nil:
		t.openReport(l.Place.Ask.Question)
	case len(l.Asked) > 0:
		t.openReport(l.Asked[len(l.Asked)-1].Question)
	default:
		t.text(t.w("report.nothing"), t.wayOn()...)
	}
}

// pressReport follows "a mistake?" under feedback.
func (t *turn) pressReport(arguments []string) {
	if len(arguments) == 1 && arguments[0] == "cancel" {
		t.learner.Place.Aside = nil
		t.text(t.w("report.cancelled"), t.wayOn()...)
		return
	}
	if len(arguments) == 1 {
		if i := slices.IndexFunc(t.learner.Asked, func(a learner.Ask) bool { return a.ID == arguments[0] }); i >= 0 {
			t.openReport(t.learner.Asked[i].Question)
			return
		}
	}
	t.old()
}

func (t *turn) openReport(question string) {
	t.learner.Place.Aside = &learner.Aside{Topic: topicReport, About: question}
	choices := []channels.Choice{quiet(t.w("report.cancel"), "report.cancel")}
	if t.hasTrainers() {
		choices = append(choices, quiet(t.w("ask.instead"), "ask.instead"))
	}
	t.text(t.w("report.ask"), choices...)
}

// typedReport keeps what the learner wrote, with the question that it is about
// and nothing about the learner.
func (t *turn) typedReport(text string) {
	aside := t.learner.Place.Aside
	t.learner.Place.Aside = nil
	if r := []rune(text); len(r) > longestReport {
		text = string(r[:longestReport])
	}
	t.reports = append(t.reports, Report{Question: aside.About, Lang: t.learner.Lang, Text: strings.TrimSpace(text), Day: t.today.String()})
	t.happen("report", "kept")
	t.text(t.w("report.kept"), t.wayOn()...)
}

// Report is a mistake that somebody saw in a question. It says nothing about
// who saw it.
type Report struct {
	Question string `json:"question"` // "series/question"
	Lang     string `json:"lang"`
	Text     string `json:"text"`
	Day      string `json:"day"` // 2006-01-02
}

// reportList is the store's list of reports.
const reportList = "reports"

// keepReports keeps them before the turn is committed: a crash between may
// keep one twice, and loses none.
func (b *Bot) keepReports(ctx context.Context, l *learner.Learner, reports []Report) error {
	for _, r := range reports {
		if b.Mistaken != nil {
			if err := b.Mistaken(ctx, *l, r); err != nil {
				return fmt.Errorf("report on %s: %w", r.Question, err)
			}
			continue
		}
		line, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("report on %s: %w", r.Question, err)
		}
		if err := b.Store.Append(ctx, reportList, line); err != nil {
			return fmt.Errorf("report on %s: %w", r.Question, err)
		}
	}
	return nil
}
