package campaign

import "praline/scheduler"

// weekly says on which days of a week, Monday first, new lessons open: spread,
// because spaced learning stays.
var weekly = [6][]int{
	{0, 1, 2, 3, 4}, // one each working day
	{0},
	{0, 3},
	{0, 2, 4},
	{0, 1, 3, 4},
	{0, 1, 2, 3, 4},
}

// MostPerWeek is how many new lessons a week there can be.
const MostPerWeek = len(weekly) - 1

// longest bounds how far a plan looks, in days: no campaign is longer than
// three years, and none waits longer for a working day.
const longest = 3 * 366

// Plan returns the day on which each of so many lessons opens, in their order,
// for somebody who works from Monday to Friday: none on a weekend or a holiday,
// none before Start, at most PerWeek in a week, spread over it. A day that is
// off hands its lesson to the next working day. Lessons that would open after
// the last day of the campaign are left out.
//
// In the first week the spread counts from its first day: two lessons a week
// that start on a Tuesday open on Tuesday and Friday.
func (c Campaign) Plan(lessons int, calendar scheduler.Calendar) []scheduler.Date {
	from := c.Start
	if c.From.After(from) {
		from = c.From
	}
	plan := append(make([]scheduler.Date, 0, lessons), c.Opened[:min(lessons, len(c.Opened))]...)
	spread := weekly[min(max(c.PerWeek, 0), MostPerWeek)]
	rest := spread[min(c.openedIn(from.Monday()), len(spread)):]
	shift := min(from.Since(from.Monday()), 4)
	for week := from.Monday(); len(plan) < lessons && week.Since(from) < longest; week = week.AddDays(7) {
		day := week
		for i := range rest {
			if target := week.AddDays(spread[i] + shift); target.After(day) {
				day = target
			}
			for day.Since(week) < 7 && (day.Before(from) || !works(day, calendar)) {
				day = day.AddDays(1)
			}
			if day.Since(week) >= 7 || len(plan) == lessons {
				break // the week is too short: what is left waits for the next one
			}
			plan = append(plan, day)
			day = day.AddDays(1)
		}
		shift, rest = 0, spread
	}
	return c.moved(plan)
}

// openedIn counts the lessons that opened in a week before the last change.
func (c Campaign) openedIn(monday scheduler.Date) int {
	n := 0
	for _, day := range c.Opened {
		if day.Monday() == monday {
			n++
		}
	}
	return n
}

// moved gives lessons their own day, and leaves out what opens too late. No
// lesson opens before the one it follows.
func (c Campaign) moved(plan []scheduler.Date) []scheduler.Date {
	last := c.LastNew()
	for i := len(c.Opened); i < len(plan); i++ {
		if day, ok := c.Moved[i+1]; ok {
			plan[i] = day
		}
		if i > 0 && !plan[i].After(plan[i-1]) {
			plan[i] = plan[i-1].AddDays(1)
		}
		if !last.IsZero() && plan[i].After(last) {
			return plan[:i]
		}
	}
	return plan
}

// works says whether an office is open: Monday to Friday, no holiday.
func works(day scheduler.Date, calendar scheduler.Calendar) bool {
	if !scheduler.WorkingWeek.Has(day.Weekday()) {
		return false
	}
	_, holiday := calendar.Holiday(day)
	return !holiday
}

// Allowance returns how many new lessons of the campaign a learner may still
// begin today: those that have opened and that they have not had, at most
// PerWeek in a week from Monday to Sunday. taught counts what they had of the
// series, thisWeek those of this week; the calendar is the organisation's.
func (c Campaign) Allowance(today scheduler.Date, taught, thisWeek int, calendar scheduler.Calendar) int {
	if !c.Running(today) {
		return 0
	}
	left := MostPerWeek
	if c.PerWeek > 0 {
		left = c.PerWeek - thisWeek
	}
	if left <= 0 {
		return 0
	}
	open := 0
	for _, day := range c.Plan(taught+left, calendar) {
		if !day.After(today) {
			open++
		}
	}
	return min(max(open-taught, 0), left)
}
