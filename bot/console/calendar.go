package console

import (
	"html/template"
	"slices"

	"praline/bot/people"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// campaignView is a campaign with its forecast: before launch, and while it runs.
type campaignView struct {
	Name, Look, State, Lead string
	Path, Change            string // Change: "" where the visitor may not
	Launch, Discard         string // words of the buttons; "" for none
	Deeds                   []linkWords
	Worst, Mend, MendButton string
	Notes                   []string
	Progress                *campaign.Progress
	NoProgress              string
	Weeks                   []weekView
	Earlier, Later          string // addresses
	Others                  bool
	Settings                [][2]string
	Sponsors                []sponsorView
	Chart, Hours            template.HTML
	NoHours                 string
	Table                   []weekRow
	Compulsory              string // where it can be declared, or taken back
	CompulsoryWords         string
	Completions             string
}

type linkWords struct{ Path, Words string }

// campaign is the page of one: its forecast, and what can be done.
func (c *Console) campaign(v *visit) error {
	one, err := v.found()
	if err != nil {
		return err
	}
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	data, err := c.campaignView(v, one, s, catalogue)
	if err != nil {
		return err
	}
	return v.draw("campaign", data.Name, data)
}

func (c *Console) campaignView(v *visit, one campaign.Campaign, s campaign.Situation, catalogue lessons.Catalogue) (campaignView, error) {
	f, p, mends := one.Weigh(s)
	state := one.State(s.Today)
	data := campaignView{
		Name: v.campaignName(one, catalogue), Look: stateLooks[state], State: v.W.Say("campaign.state." + string(state)), Path: v.base() + "/" + one.ID,
		Notes: v.forecastNotes(one, f, s, catalogue), Settings: v.settings(one, f, s), Sponsors: v.sponsorViews(one),
		Table: v.weekTable(f), Hours: v.hours(f),
	}
	if f.Unchosen == f.People || data.Hours == "" {
		data.NoHours, data.Hours = v.W.Say("campaign.no-hours"), ""
	}
	data.Lead = v.forecastLead(f)
	if worst, over := f.Worst(); over {
		data.Worst = v.worstWords(worst, f)
		if mends && state != campaign.Ended && state != campaign.Stopped {
			data.Mend, data.MendButton = v.mendWords(p)
		}
	}
	data.buttons(v, one, state)
	from := v.window(f, s, one)
	data.Weeks, data.Earlier, data.Later = v.calendar(f, from, v.campaignNames(s, catalogue))
	data.Others = slices.ContainsFunc(f.Days, func(d campaign.Day) bool { return len(d.Others) > 0 })
	data.Chart = v.loadChart(f, from)
	if state == campaign.Prepared || state == campaign.Planned {
		return data, nil
	}
	var err error
	if data.Progress, err = v.progress(one); data.Progress == nil && v.May(people.ScheduleCampaigns) {
		data.NoProgress = v.W.Say("campaign.no-progress")
	}
	return data, err
}

// buttons are what can be done to the campaign in its state.
func (d *campaignView) buttons(v *visit, one campaign.Campaign, state campaign.State) {
	for _, deed := range deeds {
		if !slices.Contains(deed.states, state) {
			continue
		}
		switch words := v.W.Say("campaign.do." + deed.name); {
		case deed.asks:
			d.Deeds = append(d.Deeds, linkWords{d.Path + "/" + deed.name, words})
		case deed.name == "launch":
			d.Launch = v.W.Say("campaign.launch-on", "day", v.day(one.Start))
		case deed.name == "discard":
			d.Discard = words
		}
	}
	if v.base() == scheduled && state != campaign.Ended && state != campaign.Stopped {
		d.Change = d.Path + "/change"
	}
	v.compulsoryLinks(d, one, state)
}

// forecastLead is the conclusion, in a sentence.
func (v *visit) forecastLead(f campaign.Forecast) string {
	if f.People == 0 {
		return v.W.Say("campaign.lead-nobody")
	}
	fullest := campaign.Day{}
	for _, d := range f.Days {
		if d.Seconds() > fullest.Seconds() {
			fullest = d
		}
	}
	if days := len(f.Overloaded()); days > 0 {
		return v.W.Count("campaign.lead-over", days, "people", v.W.Count("campaign.people", f.People))
	}
	return v.W.Say("campaign.lead-fine", "people", v.W.Count("campaign.people", f.People), "minutes", v.minutes(fullest.Seconds()), "day", v.weekday(fullest.Date))
}

// worstWords says what is too much, on which day and for how many.
func (v *visit) worstWords(d campaign.Day, f campaign.Forecast) string {
	why := "reviews"
	switch {
	case len(d.Others) > 0 && len(d.Opens) > 0:
		why = "both"
	case d.Other > 0:
		why = "others"
	case len(d.Opens) > 0 || d.New > 0:
		why = "lesson"
	}
	return v.W.Say("campaign.worst", "day", v.weekday(d.Date), "minutes", v.minutes(float64(d.Most)), "people", v.people(d.Over),
		"why", v.W.Say("campaign.worst."+why))
}

// people says how many, and nothing exact of a few.
func (v *visit) people(n int) string {
	if n < campaign.Few {
		return v.W.Say("campaign.people-few")
	}
	return v.W.Count("campaign.people", n)
}

// mendWords says what a proposal changes and what comes of it, and names its button.
func (v *visit) mendWords(p campaign.Proposal) (words, button string) {
	effect := v.W.Count("campaign.mend-left", p.Left, "before", p.Over)
	if p.Left == 0 {
		effect = v.W.Say("campaign.mend-none-left")
	}
	to := ""
	if !p.To.IsZero() {
		to = v.weekday(p.To)
	}
	if p.Mend == campaign.MoveLesson {
		effect = capital(v.W.Say("campaign.mend-moved", "day", v.weekday(p.Before.Date), "after", v.minutes(float64(p.After.Most)), "to", to, "there", v.minutes(float64(p.Target.Most))))
	}
	what, pressed := "campaign.mend."+string(p.Mend), "campaign.press."+string(p.Mend)
	if p.Mend == campaign.FewerAWeek {
		return v.W.Count(what, p.PerWeek) + " " + effect, v.W.Count(pressed, p.PerWeek)
	}
	return v.W.Say(what, "lesson", p.Lesson, "to", to) + " " + effect, v.W.Say(pressed, "lesson", p.Lesson, "to", to)
}

// forecastNotes are what else is worth knowing before launch.
func (v *visit) forecastNotes(one campaign.Campaign, f campaign.Forecast, s campaign.Situation, catalogue lessons.Catalogue) []string {
	var notes []string
	if len(f.Plan) > 0 && f.Plan[0] != one.Start && len(one.Opened) == 0 {
		notes = append(notes, v.W.Say("campaign.note-start", "day", v.weekday(one.Start), "first", v.weekday(f.Plan[0])))
	}
	if left := f.Left(); left > 0 && !one.LastNew().IsZero() {
		notes = append(notes, v.W.Count("campaign.note-left", left, "day", v.day(one.LastNew())))
	}
	for i := 0; i < len(f.Holidays); i++ {
		h, last := f.Holidays[i], f.Holidays[i]
		for i+1 < len(f.Holidays) && f.Holidays[i+1].Lesson == h.Lesson { // days that put off the same are one note
			i++
			last = f.Holidays[i]
		}
		if last.Date == h.Date {
			notes = append(notes, v.W.Say("campaign.note-holiday", "day", v.weekday(h.Date), "holiday", v.holiday(h.Key), "lesson", h.Lesson, "until", v.weekday(last.Until)))
		} else {
			notes = append(notes, v.W.Say("campaign.note-holidays", "from", v.weekday(h.Date), "to", v.weekday(last.Date), "lesson", h.Lesson, "until", v.weekday(last.Until)))
		}
	}
	names := v.campaignNames(s, catalogue)
	for _, clash := range f.Collides {
		notes = append(notes, v.W.Count("campaign.note-collision", len(clash.Days), "name", names[clash.Campaign], "people", v.W.Count("campaign.people", clash.People)))
	}
	if f.LevelOpen {
		notes = append(notes, v.W.Say("campaign.note-level"))
	}
	for i := range notes {
		notes[i] = capital(notes[i])
	}
	return notes
}

// settings are what was chosen, in words.
func (v *visit) settings(one campaign.Campaign, f campaign.Forecast, s campaign.Situation) [][2]string {
	rhythm := v.W.Say("campaign.rhythm-daily")
	if one.PerWeek > 0 {
		rhythm = v.W.Count("campaign.rhythm", one.PerWeek)
	}
	status := "voluntary"
	if one.Compulsory {
		status = "compulsory"
	}
	rows := [][2]string{
		{"audience", v.audience(one.Audience, s)},
		{"languages", v.languagesOf(one.Audience, s)},
		{"start", v.weekday(one.Start)},
		{"rhythm", v.W.Count("campaign.n-lessons", f.Lessons) + ", " + rhythm},
	}
	for _, day := range []struct {
		words string
		day   scheduler.Date
	}{{"end", one.End}, {"known", one.KnownUntil}, {"since", one.Audience.NewSince}} {
		if !day.day.IsZero() {
			rows = append(rows, [2]string{day.words, v.weekday(day.day)})
		}
	}
	rows = append(rows, [2]string{"reminders", v.W.Say("campaign.reminders." + reminderWords[min(one.Reminders, campaign.MostReminders)])},
		[2]string{"status", v.W.Say("campaign.is." + status)})
	for i := range rows {
		rows[i][0] = v.W.Say("campaign.set." + rows[i][0])
	}
	return rows
}

// languagesOf says in which languages the audience reads: "français 74, néerlandais 52".
func (v *visit) languagesOf(a campaign.Audience, s campaign.Situation) string {
	counts := map[string]int{}
	a.Level = ""
	for _, p := range s.People {
		if a.Has(p.Facts) {
			counts[p.Lang]++
		}
	}
	var parts []string
	for _, lang := range orBoth(s.Languages) {
		parts = append(parts, v.W.Say("campaign.lang."+lang)+" "+v.W.Number(float64(counts[lang])))
	}
	return v.W.List(parts)
}

// holiday is what a day off is called.
func (v *visit) holiday(key string) string { return v.W.Say("campaign.holiday." + key) }
