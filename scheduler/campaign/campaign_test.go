package campaign_test

import (
	"slices"
	"testing"
	"time"

	"praline/scheduler"
	"praline/scheduler/campaign"
)

// day reads 2006-01-02; "" is no day.
func day(text string) scheduler.Date {
	var d scheduler.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return d
}

func days(texts ...string) []scheduler.Date {
	all := make([]scheduler.Date, len(texts))
	for i, text := range texts {
		all[i] = day(text)
	}
	return all
}

func federal() scheduler.Calendar {
	calendar, _ := scheduler.Named("federal")
	return calendar
}

// launched is a campaign that starts on Monday 26 October 2026.
func launched(change func(*campaign.Campaign)) campaign.Campaign {
	c := campaign.Campaign{ID: "ai", Series: "ai", Start: day("2026-10-26"), PerWeek: 2, Launched: time.Unix(1, 0)}
	if change != nil {
		change(&c)
	}
	return c
}

func TestState(t *testing.T) {
	for _, row := range []struct {
		label  string
		change func(*campaign.Campaign)
		on     string
		want   campaign.State
	}{
		{"the day before", nil, "2026-10-25", campaign.Planned},
		{"its first day", nil, "2026-10-26", campaign.Running},
		{"without an end", nil, "2036-10-26", campaign.Running},
		{"not launched", func(c *campaign.Campaign) { c.Launched = time.Time{} }, "2026-10-26", campaign.Prepared},
		{"its last day", func(c *campaign.Campaign) { c.End = day("2026-11-30") }, "2026-11-30", campaign.Running},
		{"the day after", func(c *campaign.Campaign) { c.End = day("2026-11-30") }, "2026-12-01", campaign.Ended},
		{"new lessons end before what is kept known", func(c *campaign.Campaign) { c.End, c.KnownUntil = day("2026-11-30"), day("2027-06-30") }, "2026-12-01", campaign.Ended},
		{"only known until", func(c *campaign.Campaign) { c.KnownUntil = day("2027-06-30") }, "2027-06-30", campaign.Running},
		{"paused", func(c *campaign.Campaign) { c.Paused = true }, "2026-11-30", campaign.Paused},
		{"paused, and over", func(c *campaign.Campaign) { c.Paused, c.End = true, day("2026-11-30") }, "2026-12-01", campaign.Ended},
		{"stopped", func(c *campaign.Campaign) { c.Stopped = time.Unix(2, 0) }, "2026-10-26", campaign.Stopped},
	} {
		if got := launched(row.change).State(day(row.on)); got != row.want {
			t.Errorf("%s: %s, not %s", row.label, got, row.want)
		}
	}
}

func TestAudience(t *testing.T) {
	who := campaign.Facts{Team: "desk", Lang: "nl", Joined: day("2026-09-01")}
	for _, row := range []struct {
		label string
		a     campaign.Audience
		who   campaign.Facts
		want  bool
	}{
		{"everybody", campaign.Audience{}, campaign.Facts{}, true},
		{"their team", campaign.Audience{Teams: []string{"legal", "desk"}}, who, true},
		{"other teams", campaign.Audience{Teams: []string{"legal"}}, who, false},
		{"no team", campaign.Audience{Teams: []string{"legal"}}, campaign.Facts{}, false},
		{"their language", campaign.Audience{Lang: "nl"}, who, true},
		{"another language", campaign.Audience{Lang: "fr"}, who, false},
		{"starters: nothing is known of them", campaign.Audience{Level: campaign.Starter}, who, true},
		{"starters, and they are confident", campaign.Audience{Level: campaign.Starter}, campaign.Facts{Level: campaign.Confident}, false},
		{"confident, and nothing is known", campaign.Audience{Level: campaign.Confident}, who, false},
		{"joined that day", campaign.Audience{NewSince: day("2026-09-01")}, who, true},
		{"joined before", campaign.Audience{NewSince: day("2026-09-02")}, who, false},
		{"not known since when", campaign.Audience{NewSince: day("2026-09-02")}, campaign.Facts{}, false},
		{"all must fit", campaign.Audience{Teams: []string{"desk"}, Lang: "fr"}, who, false},
	} {
		if got := row.a.Has(row.who); got != row.want {
			t.Errorf("%s: %v", row.label, got)
		}
	}
}

func TestFor(t *testing.T) {
	late := launched(func(c *campaign.Campaign) { c.ID, c.End = "late", day("2026-12-20") })
	soon := launched(func(c *campaign.Campaign) { c.ID, c.End = "soon", day("2026-11-20") })
	ever := launched(func(c *campaign.Campaign) { c.ID = "ever" })
	must := launched(func(c *campaign.Campaign) { c.ID, c.Compulsory = "must", true })
	paused := launched(func(c *campaign.Campaign) { c.ID, c.Paused = "paused", true })
	var got []string
	for _, c := range campaign.For([]campaign.Campaign{ever, late, paused, soon, must}, campaign.Facts{}, day("2026-11-03")) {
		got = append(got, c.ID)
	}
	if want := []string{"must", "soon", "late", "ever"}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}

func TestPlan(t *testing.T) {
	for _, row := range []struct {
		label   string
		change  func(*campaign.Campaign)
		lessons int
		want    []scheduler.Date
	}{
		{"two a week, over All Souls and Armistice", nil, 6, days("2026-10-26", "2026-10-29", "2026-11-03", "2026-11-05", "2026-11-09", "2026-11-12")},
		{"from a Tuesday", func(c *campaign.Campaign) { c.Start = day("2026-10-27") }, 3, days("2026-10-27", "2026-10-30", "2026-11-03")},
		{"from a Saturday: the Monday after, which is a holiday", func(c *campaign.Campaign) { c.Start = day("2026-10-31") }, 2, days("2026-11-03", "2026-11-05")},
		{"one a week", func(c *campaign.Campaign) { c.PerWeek = 1 }, 3, days("2026-10-26", "2026-11-03", "2026-11-09")},
		{"as many as there are days", func(c *campaign.Campaign) { c.PerWeek = 0 }, 6, days("2026-10-26", "2026-10-27", "2026-10-28", "2026-10-29", "2026-10-30", "2026-11-03")},
		{"the clock changes on 25 October", func(c *campaign.Campaign) { c.Start, c.PerWeek = day("2026-10-23"), 5 }, 3, days("2026-10-23", "2026-10-26", "2026-10-27")},
		{"an end cuts the rest", func(c *campaign.Campaign) { c.End = day("2026-11-03") }, 6, days("2026-10-26", "2026-10-29", "2026-11-03")},
		{"one lesson on a day of its own", func(c *campaign.Campaign) { c.Moved = map[int]scheduler.Date{3: day("2026-10-30")} }, 4, days("2026-10-26", "2026-10-29", "2026-10-30", "2026-11-05")},
		{"a week of holidays is passed over", func(c *campaign.Campaign) { c.Start = day("2026-12-28") }, 1, days("2027-01-04")},
	} {
		if got := launched(row.change).Plan(row.lessons, federal()); !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, not %v", row.label, got, row.want)
		}
	}
}

func TestAllowance(t *testing.T) {
	for _, row := range []struct {
		label            string
		change           func(*campaign.Campaign)
		on               string
		taught, thisWeek int
		want             int
	}{
		{"the first, on the first day", nil, "2026-10-26", 0, 0, 1},
		{"the second waits until Thursday", nil, "2026-10-27", 1, 1, 0},
		{"and opens then", nil, "2026-10-29", 1, 1, 1},
		{"who missed the first may have both", nil, "2026-10-29", 0, 0, 2},
		{"who comes late has no more a week than others", nil, "2026-11-27", 0, 0, 2},
		{"and then none", nil, "2026-11-27", 2, 2, 0},
		{"before the start", nil, "2026-10-25", 0, 0, 0},
		{"paused", func(c *campaign.Campaign) { c.Paused = true }, "2026-10-26", 0, 0, 0},
		{"one each working day", func(c *campaign.Campaign) { c.PerWeek = 0 }, "2026-10-28", 1, 1, 2},
	} {
		if got := launched(row.change).Allowance(day(row.on), row.taught, row.thisWeek, federal()); got != row.want {
			t.Errorf("%s: %d, not %d", row.label, got, row.want)
		}
	}
}

func TestReminderDue(t *testing.T) {
	twice := func(c *campaign.Campaign) { c.Reminders = 2 }
	for _, row := range []struct {
		label  string
		change func(*campaign.Campaign)
		r      campaign.Reached
		on     string
		want   bool
	}{
		{"a week after the start", twice, campaign.Reached{}, "2026-11-02", true},
		{"not sooner", twice, campaign.Reached{}, "2026-11-01", false},
		{"who has begun", twice, campaign.Reached{Begun: true}, "2026-11-20", false},
		{"who joined later", twice, campaign.Reached{Since: day("2026-11-10")}, "2026-11-16", false},
		{"a week after they joined", twice, campaign.Reached{Since: day("2026-11-10")}, "2026-11-17", true},
		{"the second, two weeks after the first", twice, campaign.Reached{Reminded: 1, Last: day("2026-11-02")}, "2026-11-16", true},
		{"not sooner than that", twice, campaign.Reached{Reminded: 1, Last: day("2026-11-02")}, "2026-11-15", false},
		{"then quiet", twice, campaign.Reached{Reminded: 2, Last: day("2026-11-16")}, "2026-12-16", false},
		{"never three", func(c *campaign.Campaign) { c.Reminders = 9 }, campaign.Reached{Reminded: 2}, "2027-11-20", false},
		{"no reminders", nil, campaign.Reached{}, "2026-11-20", false},
		{"paused", func(c *campaign.Campaign) { c.Reminders, c.Paused = 2, true }, campaign.Reached{}, "2026-11-20", false},
	} {
		if got := launched(row.change).ReminderDue(row.r, day(row.on)); got != row.want {
			t.Errorf("%s: %v", row.label, got)
		}
	}
}
