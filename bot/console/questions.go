package console

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"praline/bot/people"
	"praline/bot/report"
	"praline/channels/markup"
	"praline/lessons"
)

func (c *Console) questionPages() []page {
	return []page{
		{"GET /console/questions", people.SeeQuestions, c.questionList},
		{"GET /console/questions/{series}/{question}", people.SeeQuestions, c.questionFigures},
		{"POST /console/mistakes/{mistake}", people.SeeQuestions, c.mendMistake},
	}
}

// taught finds questions of a catalogue by their keys.
type taught struct {
	lessons.Catalogue
	lang string
}

// in is a question in a language, with its series and lesson; nil for one that is not taught.
func (t taught) in(key, lang string) (*lessons.Question, *lessons.Series, *lessons.Lesson) {
	id, name, _ := strings.Cut(key, "/")
	s := t.Series(id)
	if s == nil {
		return nil, nil, nil
	}
	lesson, i, ok := s.Question(name)
	if !ok || i >= len(lesson.In(lang).Questions) {
		return nil, nil, nil
	}
	return lesson.In(lang).Questions[i], s, lesson
}

func (t taught) find(key string) *lessons.Question {
	q, _, _ := t.in(key, t.lang)
	return q
}

func (v *visit) taught() (taught, error) {
	catalogue, err := v.console.options.Catalogue(v.ctx(), v.Org)
	return taught{catalogue, v.W.Lang}, err
}

// questionRow is a question in the list.
type questionRow struct {
	Path, Text     string
	Right, Between string
	Value          report.Estimate
	Of             int
	Look           string // the first advice in words; "" for none
	More           int    // advice beside it
}

// questionSeries are the questions of a series.
type questionSeries struct {
	Title string
	Rows  []questionRow
	Few   string // how many have too few answers
	few   int
	worst int
}

type questionsView struct {
	Lead   string
	Series []*questionSeries
}

// questionList says which questions are worth a look, by series.
func (c *Console) questionList(v *visit) error {
	t, err := v.taught()
	if err != nil {
		return err
	}
	all, err := c.options.Reports.Questions(v.ctx(), v.Org, t.find)
	if err != nil {
		return err
	}
	var data questionsView
	bySeries := make(map[string]*questionSeries)
	worth := 0
	for i, q := range all {
		text, series, _ := t.in(q.Key, v.W.Lang)
		if bySeries[series.ID] == nil {
			bySeries[series.ID] = &questionSeries{Title: series.Title.In(v.W.Lang), worst: i}
			data.Series = append(data.Series, bySeries[series.ID])
		}
		s := bySeries[series.ID]
		if q.Withheld {
			s.few++
			continue
		}
		if len(q.Advice) > 0 {
			worth++
		}
		s.Rows = append(s.Rows, v.questionRow(q, text))
	}
	for _, s := range data.Series {
		if s.few > 0 {
			s.Few = v.W.Count("questions.more-few", s.few)
		}
	}
	slices.SortFunc(data.Series, func(a, b *questionSeries) int { return cmp.Compare(a.worst, b.worst) })
	data.Lead = v.W.Say("questions.lead-well")
	if worth > 0 {
		data.Lead = v.W.Count("questions.lead-advice", worth, "words", capital(v.W.InWords(worth)))
	}
	return v.draw("question-list", "questions.title", data)
}

func (v *visit) questionRow(q report.Question, text *lessons.Question) questionRow {
	row := questionRow{
		Path: "/console/questions/" + q.Key, Text: markup.Short(markup.PlainLine(text.Text), 140),
		Right: v.percent(q.Facility.Value), Between: v.between(q.Facility), Value: q.Facility, Of: q.Facility.Of,
	}
	if len(q.Advice) > 0 {
		row.Look, row.More = v.advised(q.Advice[0]), len(q.Advice)-1
	}
	return row
}

func (v *visit) percent(share float64) string {
	return v.W.Say("questions.percent", "n", int(math.Round(100*share)))
}

func (v *visit) between(e report.Estimate) string {
	return v.W.Say("questions.range", "low", int(math.Round(100*e.Low)), "high", int(math.Round(100*e.High)))
}

// advised says an advice in a sentence.
func (v *visit) advised(a report.Advice) string {
	return v.W.Say("questions.advice."+a.Code, v.with(a)...)
}

// advisedWhy says what it rests on, and what to do.
func (v *visit) advisedWhy(a report.Advice) string {
	why := v.W.Say("questions.advice."+a.Code+".why", v.with(a)...)
	if choice, _ := a.With["choice"].(int); a.Code == report.HarderIn && choice > 0 {
		why += " " + v.W.Say("questions.advice.harder-in.choice", v.with(a)...)
	}
	return why
}

// with are the arguments of an advice's words.
func (v *visit) with(a report.Advice) []any {
	var all []any
	for name, value := range a.With {
		switch value := value.(type) {
		case float64:
			all = append(all, name, v.W.Number(value))
		default:
			all = append(all, name, value)
		}
	}
	if lang, ok := a.With["lang"].(string); ok {
		all = append(all, "language", v.inTongue(lang))
	}
	return all
}

// inTongue says in which language: "en néerlandais".
func (v *visit) inTongue(lang string) string {
	if lang == "nl" {
		return v.W.Say("questions.in-nl")
	}
	return v.W.Say("questions.in-fr")
}
