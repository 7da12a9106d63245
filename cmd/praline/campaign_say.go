package main

import (
	"fmt"
	"io"
	"strings"

	"praline/scheduler"
	"praline/scheduler/campaign"
)

// forecastAnswer is a forecast in JSON: minutes of a person.
type forecastAnswer struct {
	Campaign campaign.Campaign `json:"campaign"`
	State    campaign.State    `json:"state"`
	People   int               `json:"people"`
	Promise  int               `json:"minutes_chosen"` // a day, by most
	Lessons  []scheduler.Date  `json:"lessons"`
	Left     int               `json:"lessons_left_out,omitempty"`
	Days     []dayAnswer       `json:"days"`
	Proposal *proposalAnswer   `json:"proposal,omitempty"`
}

type dayAnswer struct {
	Date    scheduler.Date `json:"date"`
	Holiday string         `json:"holiday,omitempty"`
	Opens   []int          `json:"opens,omitempty"`
	Average float64        `json:"average"`
	Most    float64        `json:"most"`
	Over    int            `json:"people_over"`
}

type proposalAnswer struct {
	Mend    campaign.Mend  `json:"mend"`
	Lesson  int            `json:"lesson,omitempty"`
	To      scheduler.Date `json:"to,omitzero"`
	PerWeek int            `json:"per_week,omitempty"`
	Before  int            `json:"overloaded_days_before"`
	After   int            `json:"overloaded_days_after"`
}

// effectAnswer is what a change does, in JSON.
type effectAnswer struct {
	Applied      bool              `json:"applied"`
	Campaign     campaign.Campaign `json:"campaign"`
	State        campaign.State    `json:"state"`
	Joins        int               `json:"joins"`
	Leaves       int               `json:"leaves"`
	Lessons      []shiftAnswer     `json:"lessons_moved"`
	WeeklyBefore float64           `json:"minutes_a_week_before"`
	WeeklyAfter  float64           `json:"minutes_a_week_after"`
	OverBefore   int               `json:"overloaded_days_before"`
	OverAfter    int               `json:"overloaded_days_after"`
}

type shiftAnswer struct {
	Lesson int            `json:"lesson"`
	From   scheduler.Date `json:"from,omitzero"`
	To     scheduler.Date `json:"to,omitzero"`
}

func inMinutes(seconds float64) float64 { return float64(int(seconds/6+0.5)) / 10 }

// sayForecast says what a campaign will ask.
func (c campaigner) sayForecast(out io.Writer, one campaign.Campaign) error {
	f, p, mends := one.Weigh(c.situation)
	if c.JSON {
		answer := forecastAnswer{Campaign: one, State: one.State(c.situation.Today), People: f.People, Promise: f.Promise, Lessons: f.Plan, Left: f.Left(), Days: []dayAnswer{}}
		for _, d := range f.Days {
			answer.Days = append(answer.Days, dayAnswer{d.Date, d.Holiday, d.Opens, inMinutes(d.Seconds()), inMinutes(float64(d.Most)), d.Over})
		}
		if mends {
			answer.Proposal = &proposalAnswer{p.Mend, p.Lesson, p.To, p.PerWeek, p.Over, p.Left}
		}
		return say(out, answer)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\t%s\t%d people, %d lessons from %s\n", one.ID, one.State(c.situation.Today), f.People, len(f.Plan), one.Start)
	if left := f.Left(); left > 0 {
		fmt.Fprintf(&b, "%d lessons do not open before its last day %s: choose a later one, or more lessons a week\n", left, one.LastNew())
	}
	for _, d := range f.Days {
		if len(d.Opens) == 0 && d.Over == 0 && d.Holiday == "" {
			continue
		}
		fmt.Fprintf(&b, "%s\t%.1f minutes on average, %.1f at most", d.Date, inMinutes(d.Seconds()), inMinutes(float64(d.Most)))
		for _, n := range d.Opens {
			fmt.Fprintf(&b, "\tlesson %d", n)
		}
		if d.Holiday != "" {
			fmt.Fprintf(&b, "\tholiday: %s", d.Holiday)
		}
		if d.Over > 0 {
			fmt.Fprintf(&b, "\tmore than they chose for %s", some(d.Over))
		}
		b.WriteByte('\n')
	}
	if mends {
		fmt.Fprintf(&b, "%s: %d overloaded days instead of %d; \"praline campaign mend %s --apply\" does it\n", proposed(p), p.Left, p.Over, one.ID)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// some says how many people, and nothing exact of a few.
func some(people int) string {
	if people < campaign.Few {
		return "a few"
	}
	return fmt.Sprint(people)
}

func proposed(p campaign.Proposal) string {
	switch p.Mend {
	case campaign.MoveLesson:
		return fmt.Sprintf("opening lesson %d on %s helps most", p.Lesson, p.To)
	case campaign.StartLater:
		return fmt.Sprintf("starting on %s helps most", p.To)
	}
	return fmt.Sprintf("%d new lessons a week help most", p.PerWeek)
}

// sayEffect says what a change does, or did.
func (c campaigner) sayEffect(out io.Writer, after campaign.Campaign, e campaign.Effect) error {
	state := after.State(c.situation.Today)
	if c.JSON {
		answer := effectAnswer{
			Applied: c.Apply, Campaign: after, State: state, Joins: e.Joins, Leaves: e.Leaves, Lessons: []shiftAnswer{},
			WeeklyBefore: inMinutes(e.WeeklyBefore * 60), WeeklyAfter: inMinutes(e.WeeklyAfter * 60), OverBefore: e.OverBefore, OverAfter: e.OverAfter,
		}
		for _, s := range e.Shifts {
			answer.Lessons = append(answer.Lessons, shiftAnswer(s))
		}
		return say(out, answer)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\t%s\t%d people join, %d leave\n", after.ID, state, e.Joins, e.Leaves)
	for _, s := range e.Shifts {
		switch {
		case s.Never():
			fmt.Fprintf(&b, "lesson %d will not open (was %s)\n", s.Lesson, s.From)
		case s.From.IsZero():
			fmt.Fprintf(&b, "lesson %d opens on %s\n", s.Lesson, s.To)
		default:
			fmt.Fprintf(&b, "lesson %d opens on %s instead of %s\n", s.Lesson, s.To, s.From)
		}
	}
	fmt.Fprintf(&b, "minutes a person a week: %.1f before, %.1f after; overloaded days: %d before, %d after\n", e.WeeklyBefore, e.WeeklyAfter, e.OverBefore, e.OverAfter)
	if !c.Apply {
		b.WriteString("nothing was changed: add --apply to do it\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}
