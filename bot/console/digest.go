package console

import (
	"errors"
	"html/template"
	"strconv"

	"praline/bot/people"
	"praline/bot/report"
	"praline/records"
	"praline/scheduler"
)

func (c *Console) digestPages() []page {
	return []page{
		{"GET /console/digest", people.SeeTeams, c.digest},
		{"GET /console/digest/how", people.Learn, c.digestHow},
		{"GET /console/my-manager", people.Learn, c.myManager},
	}
}

// digestRow is a group of the page.
type digestRow struct {
	Team, Withheld      string
	People, Known, Used string
	Full, None          int // pieces of five minutes
	Together            bool
}

// digestPast is a week of minutes.
type digestPast struct {
	Week, Promised int
	Used           string
}

// digestView is the page that a manager sees, and their people.
type digestView struct {
	Title, Dates, Headline, Todo, Helped string
	TooFew                               bool
	Rows                                 []digestRow
	Chart                                template.HTML
	Past                                 []digestPast
	Earlier, Later                       string // addresses
	Inside                               bool   // within the page of a learner
}

// digest is the manager's week.
func (c *Console) digest(v *visit) error {
	week, err := v.week()
	if err != nil {
		return err
	}
	if len(v.Teams) == 0 { // no team is not every team
		return v.draw("digest", "digest.title-plain", digestView{})
	}
	d, err := c.options.Reports.Digest(v.ctx(), v.Org, week, v.Teams)
	if errors.Is(err, records.ErrNone) && week.IsZero() {
		return v.draw("digest", "digest.title-plain", digestView{})
	}
	if err != nil {
		return err
	}
	view := v.digestView(d)
	if len(d.Before) > 1 {
		view.Earlier = "/console/digest?week=" + d.Before[len(d.Before)-2].Week.String()
	}
	latest, err := c.options.Reports.Latest(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	if d.Week.Before(latest) {
		view.Later = "/console/digest?week=" + d.Week.AddDays(7).String()
	}
	return v.draw("digest", "digest.title-plain", view)
}

// week is that of the address, zero for the latest.
func (v *visit) week() (scheduler.Date, error) {
	var week scheduler.Date
	text := v.query("week")
	if text == "" {
		return week, nil
	}
	if week.UnmarshalText([]byte(text)) != nil {
		return week, records.ErrNone
	}
	return week.Monday(), nil
}

// digestHow says how small groups are protected.
func (c *Console) digestHow(v *visit) error { return v.draw("digest-how", "digest.how-title", nil) }

// myManagerView is the same page in the hands of whom it is about.
type myManagerView struct {
	Page   digestView
	Lead   string
	None   bool
	Nevers []neverView
}

type neverView struct{ What, Why string }

// myManager is exactly what a learner's manager sees.
func (c *Console) myManager(v *visit) error {
	who, err := c.options.People.Person(v.ctx(), v.Org, v.Person)
	if err != nil {
		return err
	}
	data := myManagerView{Lead: v.W.Say("digest.my-lead"), Nevers: v.nevers()}
	d, err := c.options.Reports.Seen(v.ctx(), v.Org, who.Team, scheduler.Date{})
	switch {
	case errors.Is(err, records.ErrNone):
		data.None, data.Lead = true, v.W.Say("digest.my-none")
	case err != nil:
		return err
	default:
		if d.Nobody {
			data.Lead = v.W.Say("digest.my-nobody")
		}
		data.Page = v.digestView(d)
		data.Page.Inside = true
	}
	return v.draw("my-manager", "digest.my-title", data)
}

func (v *visit) nevers() []neverView {
	say := v.W.Say
	return []neverView{
		{say("digest.never-answers"), say("digest.never-answers.why")},
		{say("digest.never-part"), say("digest.never-part.why")},
		{say("digest.never-hours"), say("digest.never-hours.why")},
		{say("digest.never-words"), say("digest.never-words.why")},
		{say("digest.never-pace"), say("digest.never-pace.why")},
	}
}

// digestView says what was published in the visitor's language.
func (v *visit) digestView(d report.Digest) digestView {
	view := digestView{
		Title: d.Title(v.W), Dates: d.Dates(v.W), Headline: d.Headline(v.W), Todo: d.Todo.Say(v.W), Helped: d.Helped(v.W),
		TooFew: d.Together.Withheld == report.Few,
	}
	for _, r := range d.Rows {
		view.Rows = append(view.Rows, v.digestRow(r.Name(v.W), r))
	}
	if !view.TooFew {
		together := v.digestRow(v.W.Say("digest.together"), d.Together.Row)
		together.Together = true
		if d.Together.Withheld != "" {
			together.Withheld = d.Together.Reason(v.W)
		}
		view.Rows = append(view.Rows, together)
	}
	v.past(&view, d)
	return view
}

func (v *visit) digestRow(name string, r report.Row) digestRow {
	row := digestRow{Team: name, Withheld: r.Reason(v.W)}
	if row.Withheld == "" {
		row.People, row.Known, row.Used = r.Around(v.W), r.Share(v.W), r.Used(v.W)
		row.Full = r.Minutes / 5
		row.None = max(0, r.Promised/5-row.Full)
	}
	return row
}

// past draws the minutes of the last weeks.
func (v *visit) past(view *digestView, d report.Digest) {
	chart := barChart{Title: v.W.Say("digest.used")}
	shown := false
	for _, p := range d.Before {
		used := digestPast{Week: p.Number(), Promised: p.Promised, Used: strconv.Itoa(p.Used)}
		b := bar{Label: strconv.Itoa(p.Number()), Value: float64(p.Used), Now: p.Week == d.Week}
		if p.Used == report.NotShown {
			used.Used, b.Value, b.None = "", 0, v.W.Say("digest.not-shown")
		} else {
			shown = true
		}
		view.Past = append(view.Past, used)
		chart.Bars = append(chart.Bars, b)
		if p.Promised > 0 {
			chart.Limit, chart.LimitWords = float64(p.Promised), v.W.Say("digest.promised-n", "n", p.Promised)
		}
	}
	if !shown {
		view.Past = nil
		return
	}
	view.Chart = v.bars(chart)
}
