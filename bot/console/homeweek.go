package console

import (
	"fmt"
	"sync"

	"praline/bot/audience"
	"praline/bot/people"
	"praline/scheduler/campaign"
)

// weekForecast is the minutes of a person on each working day of a week.
type weekForecast struct {
	of      string // which campaigns, as they were, and when: what it was made of
	People  int
	Promise int
	Most    campaign.Campaign // the one with most people
	Days    []campaign.Day
}

// weekForecasts keeps the last one of each organisation: home is drawn often,
// and a forecast reads everybody.
type weekForecasts struct {
	mu  sync.Mutex
	all map[string]weekForecast
}

// weekOf is the forecast of the running campaign with most people, with the
// lessons of all others for them; none below five people.
func (c *Console) weekOf(v *visit) (weekForecast, error) {
	running, err := c.options.Campaigns.All(v.ctx(), v.Org)
	if err != nil {
		return weekForecast{}, err
	}
	today := audience.Today(c.options.Now())
	of := today.String()
	runs := false
	for _, one := range running {
		of += fmt.Sprintf(" %s/%d", one.ID, one.Revision)
		runs = runs || one.Running(today)
	}
	c.weeks.mu.Lock()
	last := c.weeks.all[v.Org]
	c.weeks.mu.Unlock()
	if !runs {
		return weekForecast{}, nil
	}
	if last.of == of {
		return last, nil
	}
	s, _, err := v.situation()
	if err != nil {
		return weekForecast{}, err
	}
	week := weekForecast{of: of}
	for _, one := range s.Campaigns {
		if !one.Running(today) {
			continue
		}
		f := one.Forecast(s)
		if f.People < fewest || f.People <= week.People {
			continue
		}
		week.People, week.Promise, week.Most, week.Days = f.People, f.Promise, one, nil
		for i := range 5 {
			week.Days = append(week.Days, f.Day(today.Monday().AddDays(i)))
		}
	}
	c.weeks.mu.Lock()
	defer c.weeks.mu.Unlock()
	if c.weeks.all == nil {
		c.weeks.all = make(map[string]weekForecast)
	}
	c.weeks.all[v.Org] = week
	return week, nil
}

// weekSection draws what this week asks of a person, for whom schedules.
func (c *Console) weekSection(v *visit) ([]section, error) {
	if !v.May(people.ScheduleCampaigns) {
		return nil, nil
	}
	week, err := c.weekOf(v)
	if err != nil || week.People < fewest {
		return nil, err
	}
	catalogue, err := c.options.Catalogue(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	today := audience.Today(c.options.Now())
	chart := barChart{Title: v.W.Say("campaign.week-chart"), Limit: float64(week.Promise), LimitWords: v.W.Count("campaign.promise", week.Promise)}
	for i, day := range week.Days {
		date := today.Monday().AddDays(i)
		one := bar{Label: v.W.Weekday(date.Weekday())[:2], Value: day.Seconds() / 60, Now: date == today}
		if day.Holiday != "" {
			one.None = v.holiday(day.Holiday)
		}
		chart.Bars = append(chart.Bars, one)
	}
	body, err := v.part("home-week", map[string]any{
		"Words": v.W.Count("campaign.week-lead", week.People, "name", v.campaignName(week.Most, catalogue)), "Chart": v.bars(chart),
	})
	return []section{{Title: v.W.Say("campaign.this-week"), Body: body, Aside: true}}, err
}
