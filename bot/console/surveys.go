package console

import (
	"bytes"
	"net/http"
	"slices"
	"time"

	"praline/bot/inbox"
	"praline/bot/people"
	"praline/pages"
	"praline/scheduler"
)

func (c *Console) surveyPages() []page {
	return []page{
		{"GET /console/surveys", people.RunSurveys, c.surveys},
		{"GET /console/surveys/new", people.RunSurveys, c.surveyNew},
		{"POST /console/surveys/new", people.RunSurveys, c.surveyKeep},
		{"GET /console/surveys/{survey}", people.RunSurveys, c.survey},
		{"GET /console/surveys/{survey}/results.csv", people.RunSurveys, c.surveyCSV},
		{"POST /console/surveys/{survey}/withdraw", people.RunSurveys, c.surveyWithdraw},
	}
}

type surveyLine struct {
	Path, Title, Made string
	Waves             []waveLine
}

type waveLine struct{ Name, Look, Words string }

func (c *Console) surveys(v *visit) error {
	all, err := c.options.Inbox.Surveys(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	lines := make([]surveyLine, len(all))
	for i, s := range all {
		lines[i] = surveyLine{Path: "/console/surveys/" + s.ID, Title: s.Title.In(v.W.Lang), Made: v.moment(s.Created), Waves: v.waves(s)}
	}
	lead := v.W.Say("surveys.lead-none")
	if len(all) > 0 {
		lead = v.W.Count("surveys.lead", len(all))
	}
	return v.draw("surveys", "surveys.nav", map[string]any{"Lines": lines, "Lead": lead})
}

// waves say how far a survey is.
func (v *visit) waves(s inbox.Survey) []waveLine {
	lines := make([]waveLine, len(s.Waves))
	for i, w := range s.Waves {
		line := waveLine{Name: inbox.WaveName(v.W, w.ID), Look: "plain", Words: v.W.Say("surveys.planned", "day", v.onDay(w.On))}
		until := w.Sent.Add(inbox.OpenFor)
		switch {
		case w.Few:
			line.Look, line.Words = "advice", v.W.Say("surveys.too-few")
		case !w.Sent.IsZero() && s.Withdrawn.IsZero() && v.console.options.Now().Before(until):
			line.Look, line.Words = "info", v.W.Say("surveys.open-until", "day", v.onDay(scheduler.DateOf(until, brussels)))
		case !w.Sent.IsZero():
			line.Words = v.W.Say("surveys.over")
		case !s.Withdrawn.IsZero():
			line.Words = v.W.Say("surveys.withdrawn")
		case !w.On.After(scheduler.DateOf(v.console.options.Now(), time.UTC)):
			line.Words = v.W.Say("surveys.leaving")
		}
		lines[i] = line
	}
	return lines
}

func (v *visit) onDay(d scheduler.Date) string { return v.W.Day(d.Month, d.Day) }

type resultRow struct {
	Words string
	Cells []resultCell
}

type resultCell struct {
	Share   float64
	Percent int
	N       int
	Shown   bool
}

type resultPart struct {
	Number int
	Text   string
	Rows   []resultRow
	Counts []string // replies a wave; "": too few
	Words  []wordsOf
	IsText bool
	Any    bool
}

type wordsOf struct {
	Wave  string
	Words []string
}

type surveyView struct {
	Path    string
	Survey  inbox.Survey
	Title   string
	Lead    string
	Waves   []waveLine
	Parts   []resultPart
	Running bool
}

func (c *Console) survey(v *visit) error {
	s, results, err := c.options.Inbox.Results(v.ctx(), v.Org, v.r.PathValue("survey"))
	if err != nil {
		return err
	}
	data := surveyView{Path: "/console/surveys/" + s.ID, Survey: s, Title: s.Title.In(v.W.Lang), Waves: v.waves(s), Running: s.Withdrawn.IsZero()}
	shown := 0
	for n, r := range results {
		part := v.resultPart(n+1, s, r)
		if part.Any {
			shown++
		}
		data.Parts = append(data.Parts, part)
	}
	data.Lead = v.W.Say("surveys.nothing-yet")
	if shown > 0 {
		data.Lead = v.W.Count("surveys.shown", shown, "all", len(results))
	}
	return v.draw("survey", "surveys.results", data)
}

// resultPart draws what was replied to one question, wave beside wave.
func (v *visit) resultPart(number int, s inbox.Survey, r inbox.Result) resultPart {
	part := resultPart{Number: number, Text: r.Item.Text.In(v.W.Lang), IsText: r.Item.Kind == inbox.InWords}
	for o := range r.Item.Options() {
		row := resultRow{Words: v.option(r.Item, o+1)}
		for _, t := range r.Waves {
			cell := resultCell{Shown: t.N > 0}
			if cell.Shown && o < len(t.Options) {
				cell.N, cell.Share = t.Options[o], float64(t.Options[o])/float64(t.N)
				cell.Percent = int(cell.Share*100 + 0.5)
			}
			row.Cells = append(row.Cells, cell)
		}
		part.Rows = append(part.Rows, row)
	}
	for w, t := range r.Waves {
		count := ""
		if t.N > 0 {
			count, part.Any = v.W.Count("surveys.replies", t.N), true
		}
		part.Counts = append(part.Counts, count)
		if part.IsText && t.N > 0 {
			part.Words = append(part.Words, wordsOf{inbox.WaveName(v.W, s.Waves[w].ID), t.Words})
		}
	}
	return part
}

// option is what an option says, from 1; the ends of a scale say what they mean.
func (v *visit) option(item inbox.Item, n int) string {
	switch {
	case item.Kind == inbox.OnScale && n == 1:
		return v.W.Say("survey.least")
	case item.Kind == inbox.OnScale && n == inbox.Scale:
		return v.W.Say("survey.most")
	}
	return item.Option(n, v.W.Lang)
}

func (c *Console) surveyCSV(v *visit) error {
	s, results, err := c.options.Inbox.Results(v.ctx(), v.Org, v.r.PathValue("survey"))
	if err != nil {
		return err
	}
	out := bytes.NewBufferString("\ufeff") // so that a spreadsheet reads it as UTF-8
	if err := inbox.WriteCSV(out, v.W, s, results); err != nil {
		return err
	}
	v.w.Header().Set("Content-Disposition", `attachment; filename="survey-`+s.ID+`.csv"`)
	pages.Write(v.w, v.r, http.StatusOK, "text/csv; charset=utf-8", out.Bytes())
	return nil
}

func (c *Console) surveyWithdraw(v *visit) error {
	id := v.r.PathValue("survey")
	if err := c.options.Inbox.Withdraw(v.ctx(), *v.Actor, id); err != nil {
		return err
	}
	return v.done("/console/surveys/"+id, "surveys.is-withdrawn")
}

// surveyTodo is what home says of a survey whose replies are in.
func (c *Console) surveyTodo(v *visit) ([]todo, error) {
	if c.options.Inbox == nil || !v.May(people.RunSurveys) {
		return nil, nil
	}
	all, err := c.options.Inbox.Surveys(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	var todos []todo
	for _, s := range all {
		if s.Author != v.Person || !slices.ContainsFunc(s.Waves, func(w inbox.Wave) bool { return w.Few && s.Withdrawn.IsZero() }) {
			continue
		}
		todos = append(todos, todo{
			Topic: v.W.Say("surveys.nav"), Title: s.Title.In(v.W.Lang), Words: v.W.Say("surveys.too-few"),
			Path: "/console/surveys/" + s.ID, Button: v.W.Say("surveys.see"), Rank: 60,
		})
	}
	return todos, nil
}
