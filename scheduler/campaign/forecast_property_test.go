package campaign_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"praline/scheduler"
	"praline/scheduler/campaign"
)

// TestForecastLivesDayByDay: a forecast is what comes out when each person
// lives each day, is let in by Fits and Allowance as the conversation asks
// them, and answers what comes back.
func TestForecastLivesDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := situations(t)
		c := campaigns(t, "own", s.Today)
		for i := range rapid.IntRange(0, 2).Draw(t, "others") {
			s.Campaigns = append(s.Campaigns, campaigns(t, fmt.Sprint("other", i), s.Today.AddDays(rapid.IntRange(-60, 20).Draw(t, "shift"))))
		}
		f := c.Forecast(s)
		want := map[scheduler.Date]*campaign.Day{}
		for _, p := range s.People {
			if c.Audience.Has(p.Facts) {
				live(c, s, p, f.Days[len(f.Days)-1].Date, want)
			}
		}
		for _, got := range f.Days {
			day := want[got.Date]
			if day == nil {
				day = &campaign.Day{}
			}
			n := max(float64(day.People), 1)
			if got.People != day.People || got.Most != day.Most || got.Over != day.Over || differ(got.New, day.New/n) || differ(got.Other, day.Other/n) || differ(got.Reviews, day.Reviews/n) {
				t.Fatalf("%s: forecast %+v, lived %+v", got.Date, got, *day)
			}
		}
	})
}

func differ(a, b float64) bool { return math.Abs(a-b) > 1e-6 }

// live lets one person live until a day, and adds up what they did.
func live(own campaign.Campaign, s campaign.Situation, p campaign.Person, until scheduler.Date, days map[scheduler.Date]*campaign.Day) {
	type due struct {
		on       scheduler.Date
		seconds  int
		returned int
	}
	var reviews []due
	all := append([]campaign.Campaign{own}, s.Campaigns...)
	taught, weeks := make([]int, len(all)), make([]map[scheduler.Date]int, len(all))
	gaps := []int{1, 7, 15, 32, 35}
	for day := own.Start.AddDays(-100); !day.After(until); day = day.AddDays(1) {
		if _, holiday := s.Calendar.Holiday(day); holiday || !learns(p, day) {
			continue
		}
		lesson, other, review := 0, 0, 0
		for i := range reviews {
			if r := &reviews[i]; r.returned < len(gaps) && !r.on.After(day) {
				review += r.seconds
				if r.returned++; r.returned < len(gaps) {
					r.on = day.AddDays(gaps[r.returned])
				}
			}
		}
		for i, c := range all {
			series := s.Series[0].Lessons
			if weeks[i] == nil {
				weeks[i] = map[scheduler.Date]int{}
			}
			if day.Before(p.Joined) || !c.Fits(p.Facts, day) || taught[i] == len(series) || c.Allowance(day, taught[i], weeks[i][day.Monday()], s.Calendar) == 0 {
				continue
			}
			l := series[taught[i]]
			taught[i]++
			weeks[i][day.Monday()]++
			reviews = append(reviews, due{day.AddDays(gaps[0]), l.Questions * 15, 0})
			if i == 0 {
				lesson += l.Seconds
			} else {
				other += l.Seconds
			}
		}
		if day.Before(p.Joined) {
			continue
		}
		d := days[day]
		if d == nil {
			d = &campaign.Day{}
			days[day] = d
		}
		d.People++
		d.New, d.Other, d.Reviews = d.New+float64(lesson), d.Other+float64(other), d.Reviews+float64(review)
		d.Most = max(d.Most, lesson+other+review)
		if lesson+other+review > max(p.Minutes, 3*flag(p.Minutes == 0))*60+30 {
			d.Over++
		}
	}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

func learns(p campaign.Person, day scheduler.Date) bool {
	gate := scheduler.Gate{Working: p.Working, Zone: time.UTC}
	if len(p.Slots) == 0 {
		return gate.WorkingDay(day)
	}
	next := scheduler.Next(p.Slots, day.At(0, time.UTC).Add(-time.Second), time.UTC)
	return gate.WorkingDay(day) && scheduler.DateOf(next, time.UTC) == day
}

func situations(t *rapid.T) campaign.Situation {
	calendar, _ := scheduler.Named(rapid.SampledFrom([]string{"", "federal", "flemish"}).Draw(t, "calendar"))
	s := campaign.Situation{
		Calendar: calendar, Today: day("2026-01-01").AddDays(rapid.IntRange(0, 600).Draw(t, "today")),
		Series: []campaign.Series{{ID: "series", Languages: []string{"fr", "nl"}}},
	}
	for range rapid.IntRange(1, 9).Draw(t, "lessons") {
		s.Series[0].Lessons = append(s.Series[0].Lessons, campaign.Lesson{Seconds: rapid.IntRange(30, 200).Draw(t, "seconds"), Questions: rapid.IntRange(1, 5).Draw(t, "questions")})
	}
	for i := range rapid.IntRange(2*campaign.Few, 15).Draw(t, "people") {
		p := campaign.Person{
			Facts:   campaign.Facts{Team: []string{"desk", "legal"}[i%2], Lang: "fr"},
			Minutes: rapid.SampledFrom([]int{0, 2, 3, 5, 10}).Draw(t, "minutes"),
		}
		if rapid.Bool().Draw(t, "part time") {
			p.Working.Week = make(scheduler.Week, 7)
			for day := range rapid.IntRange(0, 6).Draw(t, "days") {
				p.Working.Week[(day+i)%7] = []scheduler.Opening{{From: 480, To: 720}}
			}
		}
		if rapid.Bool().Draw(t, "chosen") {
			p.Slots = []scheduler.Slot{{Days: scheduler.Days(rapid.IntRange(1, 127).Draw(t, "slots")), Hour: 9, Every: rapid.IntRange(0, 2).Draw(t, "every"), Anchor: s.Today}}
		}
		if rapid.Bool().Draw(t, "away") {
			from := s.Today.AddDays(rapid.IntRange(-20, 40).Draw(t, "from"))
			p.Working.Off = []scheduler.Date{from.AddDays(-3)}
			p.Working.Pauses = []scheduler.Pause{{From: from, Until: from.AddDays(12)}}
		}
		if rapid.Bool().Draw(t, "new") {
			p.Joined = s.Today.AddDays(rapid.IntRange(-50, 50).Draw(t, "joined"))
		}
		s.People = append(s.People, p)
	}
	return s
}

func campaigns(t *rapid.T, id string, start scheduler.Date) campaign.Campaign {
	c := campaign.Campaign{ID: id, Series: "series", Start: start, Launched: time.Unix(1, 0), PerWeek: rapid.IntRange(0, campaign.MostPerWeek).Draw(t, "rhythm")}
	if rapid.Bool().Draw(t, "one team") {
		c.Audience.Teams = []string{"desk"}
	}
	if rapid.Bool().Draw(t, "ends") {
		c.End = start.AddDays(rapid.IntRange(0, 60).Draw(t, "length"))
	}
	if rapid.Bool().Draw(t, "moved") {
		c.Moved = map[int]scheduler.Date{rapid.IntRange(1, 4).Draw(t, "lesson"): start.AddDays(rapid.IntRange(0, 20).Draw(t, "to"))}
	}
	return c
}
