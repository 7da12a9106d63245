package console

import (
	"praline/bot/report"
	"praline/scheduler"
)

// mistakeView is a mistake that a learner reported.
type mistakeView struct {
	ID, Text, Lang, Where string
	Done                  bool
}

func (v *visit) mistakes(all []report.Mistake) []mistakeView {
	var views []mistakeView
	for _, m := range all {
		view := mistakeView{ID: m.ID, Text: m.Text, Lang: m.Lang, Done: m.Done}
		var day scheduler.Date
		if day.UnmarshalText([]byte(m.Day)) == nil {
			view.Where = v.W.Say("questions.mistake-in", "day", v.dated(day), "lang", v.inTongue(m.Lang))
		}
		views = append(views, view)
	}
	return views
}

// mendMistake marks one as done, or as open again.
func (c *Console) mendMistake(v *visit) error {
	done := v.text("done") != "no"
	m, err := c.options.Reports.Mend(v.ctx(), v.Org, v.r.PathValue("mistake"), done)
	if err != nil {
		return err
	}
	words := "questions.mistake-marked"
	if !done {
		words = "questions.mistake-reopened"
	}
	return v.done("/console/questions/"+m.Question, words)
}
