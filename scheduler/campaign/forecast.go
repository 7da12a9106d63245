package campaign

import (
	"praline/scheduler"
)

// Forecast is what a campaign will ask of its audience, together with the other
// campaigns that are launched, if everybody takes what falls due.
type Forecast struct {
	People    int              // in the audience
	Lessons   int              // in the series
	Plan      []scheduler.Date // on which day each lesson opens
	Days      []Day            // from the Monday of the first week to the Sunday of the last
	Promise   int              // minutes a day that most of the audience chose
	Holidays  []Holiday        // that put a lesson off
	Collides  []Collision      // other campaigns with lessons on the same days
	Hours     [24]int          // people with a time in that hour, in steps of Few, on the weekday that has most
	HoursOn   int              // that weekday, from Monday, which is 0
	Unchosen  int              // people whose time is not known, or not told: groups under Few
	LevelOpen bool             // the audience names a level: all levels are counted, because none is known beforehand
}

// Day is one day of a forecast. Seconds are of one person: on average of those
// who learn that day, all reviews together.
type Day struct {
	Date    scheduler.Date
	Holiday string // its key; "" for none
	People  int    // who learn that day
	Opens   []int  // lessons of this campaign that open, from 1
	Others  []Opening
	New     float64
	Other   float64 // new lessons of other campaigns
	Reviews float64
	Most    int // seconds of who has most
	Over    int // people over the minutes that they chose
}

// Seconds is what a person has on average.
func (d Day) Seconds() float64 { return d.New + d.Other + d.Reviews }

// Opening is a lesson of another campaign for the same people.
type Opening struct {
	Campaign, Series string
	Lesson           int
}

// Holiday is one that puts lessons off.
type Holiday struct {
	Date   scheduler.Date
	Key    string
	Lesson int            // the first that waits
	Until  scheduler.Date // when it opens
}

// Collision is another campaign that opens lessons on the same days.
type Collision struct {
	Campaign, Series string
	People           int // in both audiences
	Days             []scheduler.Date
}

// Left is how many lessons the end of the campaign leaves out.
func (f Forecast) Left() int { return f.Lessons - len(f.Plan) }

// Overloaded are the days on which somebody has more than the minutes that they chose.
func (f Forecast) Overloaded() []Day {
	var over []Day
	for _, d := range f.Days {
		if d.Over > 0 {
			over = append(over, d)
		}
	}
	return over
}

// Worst is the day on which most people are over their minutes, and of these
// the fullest; false where nobody ever is.
func (f Forecast) Worst() (Day, bool) {
	var worst Day
	for _, d := range f.Days {
		if d.Over > worst.Over || d.Over == worst.Over && d.Over > 0 && d.Most > worst.Most {
			worst = d
		}
	}
	return worst, worst.Over > 0
}

// Day returns one day of the forecast; the zero value for another.
func (f Forecast) Day(date scheduler.Date) Day {
	if len(f.Days) == 0 {
		return Day{}
	}
	if i := date.Since(f.Days[0].Date); i >= 0 && i < len(f.Days) {
		return f.Days[i]
	}
	return Day{}
}

// Weekly is how many minutes a person learns a week on average, from a day on.
func (f Forecast) Weekly(from scheduler.Date) float64 {
	seconds, weeks := 0.0, 0
	for _, d := range f.Days {
		if d.Date.Before(from) {
			continue
		}
		if weeks++; f.People > 0 {
			seconds += d.Seconds() * float64(d.People) / float64(f.People)
		}
	}
	if weeks == 0 {
		return 0
	}
	return seconds / 60 * 7 / float64(weeks)
}

// Forecast says what the campaign will ask, launched as it stands. It is empty
// where the series is not in the situation.
func (c Campaign) Forecast(s Situation) Forecast {
	return c.forecastIn(c.world(s), s)
}

func (c Campaign) forecastIn(w world, s Situation) Forecast {
	series, ok := s.series(c.Series)
	if !ok || c.Start.IsZero() {
		return Forecast{}
	}
	f := Forecast{
		People: w.people, Lessons: len(series.Lessons), Plan: c.opens(len(series.Lessons), s), Promise: w.promise,
		Hours: w.hours, HoursOn: w.hoursOn, Unchosen: w.unchosen, LevelOpen: c.Audience.Level != "",
	}
	f.Days = w.simulate(course{c, f.Plan, series.Lessons})
	f.Holidays = c.putOff(f.Plan, s.Calendar)
	for i, day := range f.Plan {
		if d := w.place(f.Days, day); d != nil {
			d.Opens = append(d.Opens, i+1)
		}
	}
	f.collide(w)
	return f
}

// opens is the plan as it will be: a campaign that is paused or stopped opens
// nothing from tomorrow on.
func (c Campaign) opens(lessons int, s Situation) []scheduler.Date {
	plan := c.Plan(lessons, s.Calendar)
	if c.Stopped.IsZero() && !c.Paused {
		return plan
	}
	for i, day := range plan {
		if day.After(s.Today) {
			return plan[:i]
		}
	}
	return plan
}

// putOff are the holidays without which a lesson would have opened.
func (c Campaign) putOff(plan []scheduler.Date, calendar scheduler.Calendar) []Holiday {
	free := c.Plan(len(plan), scheduler.Calendar{})
	var all []Holiday
	last := scheduler.Date{}
	for i, day := range plan {
		if i >= len(free) || !last.Before(free[i]) {
			continue
		}
		for date := free[i]; date.Before(day); date = date.AddDays(1) {
			if key, ok := calendar.Holiday(date); ok && date.After(last) && scheduler.WorkingWeek.Has(date.Weekday()) {
				all = append(all, Holiday{date, key, i + 1, day})
				last = date
			}
		}
	}
	return all
}

// collide notes what other campaigns open for the same people.
func (f *Forecast) collide(w world) {
	for i, o := range w.others {
		if w.shared[i] == 0 {
			continue
		}
		clash := Collision{Campaign: o.ID, Series: o.Series, People: w.shared[i]}
		for n, day := range o.plan {
			d := w.place(f.Days, day)
			if d == nil {
				continue
			}
			d.Others = append(d.Others, Opening{o.ID, o.Series, n + 1})
			if len(d.Opens) > 0 {
				clash.Days = append(clash.Days, day)
			}
		}
		if clash.Days != nil {
			f.Collides = append(f.Collides, clash)
		}
	}
}
