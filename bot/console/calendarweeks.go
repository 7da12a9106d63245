package console

import (
	"net/url"

	"praline/scheduler"
	"praline/scheduler/campaign"
)

// shownWeeks is how many weeks a calendar and its chart show at once.
const shownWeeks = 5

// weekView is a row of the calendar: the five days on which offices are open,
// and the others where something is on them.
type weekView struct{ Days []dayView }

type dayView struct {
	Date, Weekday string
	Holiday       string
	Lessons       []string // of this campaign
	Others        []string
	Over          string // "6,2 min"; "" where nobody is over
	Empty         bool
}

// weekRow is a row of the table beside the chart.
type weekRow struct {
	Monday          string
	Days, Overs     int
	Average, Most   string
	New, Other, Rev string
}

// window is the Monday from which the calendar shows: the one of the address,
// else the week of the worst day, of today, or of the start.
func (v *visit) window(f campaign.Forecast, s campaign.Situation, one campaign.Campaign) scheduler.Date {
	if len(f.Days) == 0 {
		return one.Start.Monday()
	}
	first, last := f.Days[0].Date, f.Days[len(f.Days)-1].Date
	var asked scheduler.Date
	_ = asked.UnmarshalText([]byte(v.query("from"))) // anything else: none
	switch worst, over := f.Worst(); {
	case !asked.IsZero():
	case s.Today.After(one.Start):
		asked = s.Today
	case over && worst.Date.Since(first) >= shownWeeks*7:
		asked = worst.Date.AddDays(-7)
	}
	latest := last.Monday().AddDays(-7 * (shownWeeks - 1))
	if asked.After(latest) {
		asked = latest
	}
	if asked.Before(first) {
		return first
	}
	return asked.Monday()
}

// calendar is the weeks from a Monday, and where the others are.
func (v *visit) calendar(f campaign.Forecast, from scheduler.Date, names map[string]string) (weeks []weekView, earlier, later string) {
	for w := range shownWeeks {
		monday := from.AddDays(7 * w)
		if f.Day(monday).Date.IsZero() {
			break
		}
		var week weekView
		for i := range 5 {
			week.Days = append(week.Days, v.dayView(f.Day(monday.AddDays(i)), i == 0 && w == 0, names))
		}
		weeks = append(weeks, week)
	}
	if len(f.Days) == 0 {
		return weeks, "", ""
	}
	if from.After(f.Days[0].Date) {
		earlier = v.from(from.AddDays(-7 * shownWeeks))
	}
	if next := from.AddDays(7 * shownWeeks); !f.Day(next).Date.IsZero() {
		later = v.from(next)
	}
	return weeks, earlier, later
}

func (v *visit) from(day scheduler.Date) string {
	return (&url.URL{Path: v.path, RawQuery: "from=" + day.String()}).String()
}

func (v *visit) dayView(d campaign.Day, named bool, names map[string]string) dayView {
	view := dayView{Date: v.W.Number(float64(d.Date.Day)), Weekday: v.W.Weekday(d.Date.Weekday())}
	if named || d.Date.Day <= 5 && d.Date.Weekday() == 1 || d.Date.Day == 1 {
		view.Date = v.day(d.Date)
	}
	if d.Holiday != "" {
		view.Holiday = v.holiday(d.Holiday)
	}
	for _, n := range d.Opens {
		view.Lessons = append(view.Lessons, v.W.Say("campaign.lesson", "n", n))
	}
	for _, o := range d.Others {
		view.Others = append(view.Others, v.W.Say("campaign.lesson-of", "n", o.Lesson, "name", names[o.Campaign]))
	}
	if d.Over > 0 {
		view.Over = v.W.Say("campaign.minutes-short", "n", v.minutes(float64(d.Most)))
	}
	view.Empty = view.Holiday == "" && len(view.Lessons)+len(view.Others) == 0 && view.Over == ""
	return view
}

// weekTable is the forecast by week: the figures of the chart.
func (v *visit) weekTable(f campaign.Forecast) []weekRow {
	var all []weekRow
	for i := 0; i+7 <= len(f.Days); i += 7 {
		row := weekRow{Monday: v.day(f.Days[i].Date)}
		sum, most := 0.0, 0
		for _, d := range f.Days[i : i+7] {
			if d.People == 0 {
				continue
			}
			row.Days++
			sum += d.Seconds()
			most = max(most, d.Most)
			if d.Over > 0 {
				row.Overs++
			}
		}
		row.Average, row.Most = v.minutes(sum/float64(max(row.Days, 1))), v.minutes(float64(most))
		all = append(all, row)
	}
	return all
}
