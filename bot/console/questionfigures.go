package console

import (
	"errors"
	"html/template"
	"math"
	"strings"

	"praline/bot/report"
	"praline/channels/markup"
	"praline/lessons"
	"praline/records"
	"praline/scheduler"
)

// tongue is a language's name.
func (v *visit) tongue(lang string) string {
	if lang == "nl" {
		return v.W.Say("questions.lang-nl")
	}
	return v.W.Say("questions.lang-fr")
}

// figureRow is a share with its interval, in one language or all.
type figureRow struct {
	Label, Lang    string
	Right, Between string
	report.Estimate
}

// choiceRow is a choice with who picked it.
type choiceRow struct {
	Number int
	Text   string
	Right  bool
	By     []figureRow
}

// advisedView is an advice on a page.
type advisedView struct{ What, Why, Path, Button string }

// twinView is the question's text in one language.
type twinView struct {
	Lang, Label string
	Text        template.HTML
	Choices     []string
}

// laterRow is what is left of it after some days.
type laterRow struct {
	Days            string
	Of              int
	Right, Expected string
}

type questionFiguresView struct {
	Title, About   string
	Series         string
	Few            bool
	Advice         []advisedView
	Well           bool // no advice
	WellWhy        string
	Figures        []figureRow
	Difference     string
	Choices        []choiceRow
	None           string
	Chart          template.HTML
	Later          []laterRow
	Discrimination string
	Twins          []twinView
	Mistakes       []mistakeView
}

// questionFigures is one question: what to do, then the proof.
func (c *Console) questionFigures(v *visit) error {
	t, err := v.taught()
	if err != nil {
		return err
	}
	key := v.r.PathValue("series") + "/" + v.r.PathValue("question")
	q, err := c.options.Reports.Question(v.ctx(), v.Org, key, t.find)
	if err != nil {
		return err
	}
	mistakes, err := c.options.Reports.Mistakes(v.ctx(), v.Org, key)
	if err != nil && !errors.Is(err, records.ErrNone) {
		return err
	}
	text, series, lesson := t.in(key, v.W.Lang)
	data := questionFiguresView{
		Title: markup.PlainLine(text.Text), Series: series.Title.In(v.W.Lang) + ", " + lesson.In(v.W.Lang).Title,
		Few: q.Withheld, About: v.W.Say("questions.about-few", "id", text.ID), Mistakes: v.mistakes(mistakes),
	}
	for _, lang := range series.Languages {
		twin, _, _ := t.in(key, lang)
		data.Twins = append(data.Twins, v.twin(lang, twin))
	}
	if !q.Withheld {
		v.figures(&data, q, text)
	}
	return v.draw("question-figures", "questions.statistics", data)
}

func (v *visit) twin(lang string, q *lessons.Question) twinView {
	twin := twinView{Lang: lang, Label: v.tongue(lang), Text: markup.HTML(q.Text)}
	for _, choice := range q.Choices {
		twin.Choices = append(twin.Choices, markup.PlainLine(choice.Text))
	}
	return twin
}

// figures fill in what five people and more say.
func (v *visit) figures(data *questionFiguresView, q report.Question, text *lessons.Question) {
	about := "questions.about"
	if q.Since == q.Until {
		about = "questions.about-day"
	}
	data.About = v.W.Say(about, "id", text.ID, "n", q.Facility.Of, "from", v.dated(q.Since), "to", v.dated(q.Until))
	for _, a := range q.Advice {
		x := advisedView{What: v.advised(a), Why: v.advisedWhy(a)}
		switch a.Code {
		case report.HarderIn:
			x.Path, x.Button = "/console/questions/"+q.Key+"#twins", v.W.Say("questions.compare")
		case report.Reported:
			x.Path, x.Button = "/console/questions/"+q.Key+"#mistakes", v.W.Say("questions.see-mistakes")
		}
		data.Advice = append(data.Advice, x)
	}
	data.Well = len(q.Advice) == 0
	data.WellWhy = v.W.Say("questions.well-why", "share", int(math.Round(100*q.Facility.Value)))
	data.Figures = []figureRow{v.figureRow(v.W.Say("questions.together"), "", q.Facility)}
	for _, twin := range q.Languages {
		data.Figures = append(data.Figures, v.figureRow(v.tongue(twin.Lang), twin.Lang, twin.Facility))
	}
	if d := q.Difference; d != nil {
		points := func(x float64) string { return v.W.Number(math.Round(100 * x)) }
		data.Difference = v.W.Say("questions.difference", "d", points(d.Value), "low", points(d.Low), "high", points(d.High))
	}
	for _, picked := range q.Choices {
		row := choiceRow{Number: picked.Choice, Text: markup.PlainLine(text.Choices[picked.Choice-1].Text), Right: picked.Right}
		for i, e := range picked.By {
			row.By = append(row.By, v.figureRow(strings.ToUpper(q.Languages[i].Lang), q.Languages[i].Lang, e))
		}
		if len(row.By) == 0 {
			row.By = append(row.By, v.figureRow(v.W.Say("questions.together"), "", report.Estimate{Value: picked.Share, Of: q.Facility.Of}))
		}
		data.Choices = append(data.Choices, row)
	}
	if q.None > 0 {
		data.None = v.W.Count("questions.do-not-know", q.None)
	}
	v.later(data, q)
	data.Discrimination = v.knows(q.Discrimination)
}

func (v *visit) dated(d scheduler.Date) string { return v.W.Day(d.Month, d.Day) }

func (v *visit) figureRow(label, lang string, e report.Estimate) figureRow {
	return figureRow{label, lang, v.percent(e.Value), v.between(e), e}
}

// People is how many of them there are.
func (f figureRow) People() int { return int(math.Round(f.Value * float64(f.Of))) }

// later draws how much is left after some days.
func (v *visit) later(data *questionFiguresView, q report.Question) {
	if len(q.Later) == 0 {
		return
	}
	measured, others := line{Words: v.W.Say("questions.measured")}, line{Words: v.W.Say("questions.others"), Expected: true}
	var ticks []string
	known := false
	for _, f := range q.Later {
		row := laterRow{Days: f.Days, Of: f.Right.Of, Right: v.percent(f.Right.Value)}
		expected := math.NaN()
		if f.Expected > 0 {
			known, expected, row.Expected = true, 100*f.Expected, v.percent(f.Expected)
		}
		data.Later = append(data.Later, row)
		ticks = append(ticks, f.Days)
		measured.Values = append(measured.Values, 100*f.Right.Value)
		measured.Low, measured.High = append(measured.Low, 100*f.Right.Low), append(measured.High, 100*f.Right.High)
		others.Values = append(others.Values, expected)
	}
	chart := lineChart{Title: v.W.Say("questions.lasting"), Ticks: ticks, Lines: []line{measured}, Most: 100}
	if known {
		chart.Lines = append(chart.Lines, others)
	}
	if len(ticks) > 1 { // a single point is no line
		data.Chart = v.lines(chart)
	}
}

// enoughDiscrimination is from which correlation a question tells who knows.
const enoughDiscrimination = 0.2

func (v *visit) knows(d *report.Estimate) string {
	switch {
	case d == nil:
		return v.W.Say("questions.knows-few")
	case d.Value >= enoughDiscrimination:
		return v.W.Say("questions.knows-yes", "r", v.hundredths(d.Value))
	case d.High < 0:
		return v.W.Say("questions.knows-no", "r", v.hundredths(d.Value))
	}
	return v.W.Say("questions.knows-little", "r", v.hundredths(d.Value))
}

func (v *visit) hundredths(x float64) string { return v.W.Number(math.Round(100*x) / 100) }
