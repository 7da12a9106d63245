package campaign_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"praline/scheduler"
	"praline/scheduler/campaign"
)

func TestForecast(t *testing.T) {
	s := office("2026-10-20")
	other := launched(func(c *campaign.Campaign) {
		c.ID, c.Start, c.Audience.Teams = "phishing", day("2026-11-03"), []string{"legal"}
	})
	s.Campaigns = []campaign.Campaign{other, launched(func(c *campaign.Campaign) { c.ID, c.Paused = "paused", true })}
	f := launched(nil).Forecast(s)
	if f.People != 24 || f.Promise != 3 || f.Left() != 0 || f.Unchosen != 24 {
		t.Errorf("%+v", f)
	}
	if first := f.Day(day("2026-10-26")); first.New != 110 || first.Reviews != 0 || first.People != 24 || fmt.Sprint(first.Opens) != "[1]" {
		t.Errorf("the first day: %+v", first)
	}
	if next := f.Day(day("2026-10-27")); next.New != 0 || next.Reviews != 45 {
		t.Errorf("the day after, its questions come back: %+v", next)
	}
	if holiday := f.Day(day("2026-11-02")); holiday.People != 0 || holiday.Holiday != "all-souls" {
		t.Errorf("All Souls: %+v", holiday)
	}
	if len(f.Holidays) != 1 || f.Holidays[0].Lesson != 3 || f.Holidays[0].Until != day("2026-11-03") {
		t.Errorf("All Souls puts the third lesson off: %+v", f.Holidays)
	}
	if clash := f.Collides; len(clash) != 1 || clash[0].Campaign != "phishing" || clash[0].People != 10 || len(clash[0].Days) == 0 {
		t.Errorf("collisions: %+v", clash)
	}
	if worst, ok := f.Worst(); !ok || worst.Date != day("2026-11-12") || worst.Over != 10 {
		t.Errorf("the worst day: %+v", worst)
	}
	if cut := launched(func(c *campaign.Campaign) { c.End = day("2026-11-04") }).Forecast(s); cut.Left() != 3 {
		t.Errorf("an end leaves out %d lessons", cut.Left())
	}
	if empty := launched(func(c *campaign.Campaign) { c.Series = "x" }).Forecast(s); empty.People != 0 || empty.Days != nil {
		t.Errorf("no series: %+v", empty)
	}
}

// TestFewAreUsual: nobody learns from a forecast what one person chose.
func TestFewAreUsual(t *testing.T) {
	for _, row := range []struct {
		label string
		size  int
		chose int // of those who read French: seven of 14 at the desk
		a     campaign.Audience
		hours int
	}{
		{"six in a group of seven", 24, 6, campaign.Audience{Lang: "fr"}, 5},
		{"four in a group of seven", 24, 4, campaign.Audience{Lang: "fr"}, 0},
		{"all in a group of four", 8, 4, campaign.Audience{}, 0},
		{"chosen by arrival", 24, 6, campaign.Audience{NewSince: day("2026-01-01")}, 0},
	} {
		few := office("2026-10-20")
		for i := range row.chose {
			few.People[2*i].Slots, few.People[2*i].Minutes = []scheduler.Slot{{Days: scheduler.Friday, Hour: 7}}, 1
		}
		few.People = few.People[:row.size]
		if f := launched(func(c *campaign.Campaign) { c.Audience = row.a }).Forecast(few); f.Hours[7] != row.hours {
			t.Errorf("%s: %v", row.label, f.Hours)
		}
	}
}

func TestPropose(t *testing.T) {
	for _, row := range []struct {
		label  string
		change func(*campaign.Campaign, *campaign.Situation)
		want   string
	}{
		{"nobody is over: nothing", func(c *campaign.Campaign, s *campaign.Situation) {
			for i := range s.People {
				s.People[i].Minutes = 10
			}
		}, ""},
		{"one lesson too many on a day", func(_ *campaign.Campaign, s *campaign.Situation) {
			s.Campaigns = []campaign.Campaign{launched(func(c *campaign.Campaign) {
				c.ID, c.PerWeek, c.Start, c.End = "other", 1, day("2026-11-05"), day("2026-11-05")
			})}
		}, "move 4 2026-11-05→2026-11-04"},
		{"two that start together", func(c *campaign.Campaign, s *campaign.Situation) {
			s.Campaigns = []campaign.Campaign{launched(func(c *campaign.Campaign) {
				c.ID, c.PerWeek, c.End = "other", 1, day("2026-10-26")
			})}
			c.PerWeek = 1
		}, "start 2026-10-26→2026-10-27"},
		{"a lesson a day for two minutes", func(c *campaign.Campaign, s *campaign.Situation) {
			c.PerWeek = 5
			s.Series[0].Lessons = slices.Repeat(s.Series[0].Lessons, 3)
			for i := range s.People {
				s.People[i].Minutes = 2
			}
		}, "rhythm 2"},
	} {
		c, s := launched(nil), office("2026-10-20")
		row.change(&c, &s)
		f, p, ok := c.Weigh(s)
		got := ""
		switch {
		case ok && p.Mend == campaign.MoveLesson:
			got = fmt.Sprintf("move %d %s→%s", p.Lesson, p.From, p.To)
		case ok && p.Mend == campaign.StartLater:
			got = fmt.Sprintf("start %s→%s", p.From, p.To)
		case ok:
			got = fmt.Sprint("rhythm ", p.PerWeek)
		}
		if got != row.want {
			worst, over := f.Worst()
			t.Errorf("%s: %q, not %q; worst %v %+v", row.label, got, row.want, over, worst)
		}
		if ok {
			if after := p.Campaign.Forecast(s).Day(p.Before.Date); after.Over != p.After.Over || p.Left >= p.Over {
				t.Errorf("%s: it promises %+v, %d days, and does %+v", row.label, p.After, p.Left, after)
			}
		}
	}
}

// TestForecastOfTenThousand: a forecast with its proposal, of people who all
// live differently.
func TestForecastOfTenThousand(t *testing.T) {
	s := office("2026-10-20")
	random := rand.New(rand.NewPCG(1, 2))
	s.People = nil
	for i := range 10_000 {
		p := campaign.Person{Facts: campaign.Facts{Team: []string{"desk", "legal"}[i%2], Lang: "fr"}, Minutes: 2 + random.IntN(5)}
		p.Slots = []scheduler.Slot{{Days: scheduler.Days(1 + random.IntN(31)), Hour: 7 + random.IntN(10)}}
		p.Working.Off = []scheduler.Date{day("2026-10-20").AddDays(random.IntN(150)), day("2026-10-20").AddDays(random.IntN(150))}
		s.People = append(s.People, p)
	}
	for i := range 3 {
		s.Campaigns = append(s.Campaigns, launched(func(c *campaign.Campaign) { c.ID, c.Start = fmt.Sprint(i), day("2026-10-05").AddDays(i*7) }))
	}
	c, began := launched(nil), time.Now()
	c.Weigh(s)
	took := time.Since(began)
	t.Logf("%v", took)
	if limit := 5 * time.Second; took > limit { // a second on a quiet machine; the clock of a busy one runs on
		t.Errorf("a forecast of 10,000 people took %v", took)
	}
}
