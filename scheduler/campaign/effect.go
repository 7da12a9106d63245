package campaign

import "praline/scheduler"

// Effect is what a change will do.
type Effect struct {
	Joins  int     // people who come into the audience
	Leaves int     // people who leave it: what they learned stays theirs
	People int     // in it afterwards
	Shifts []Shift // lessons that open on another day
	// Minutes a week of one person on average, from today on.
	WeeklyBefore, WeeklyAfter float64
	// Overloaded days from today on.
	OverBefore, OverAfter int
	Worst                 Day // afterwards; People 0 where no day is overloaded
	After                 Forecast
}

// Shift is a lesson that opens on another day; a zero day says that it does not
// open.
type Shift struct {
	Lesson   int
	From, To scheduler.Date
}

// Sooner says that the lesson comes earlier than before, or at all.
func (s Shift) Sooner() bool { return s.From.IsZero() || !s.To.IsZero() && s.To.Before(s.From) }

// Never says that the lesson will not open any more.
func (s Shift) Never() bool { return s.To.IsZero() }

// Effects says what it will do that a campaign becomes another.
func Effects(before, after Campaign, s Situation) Effect {
	old, now := before.Forecast(s), after.Forecast(s)
	e := Effect{
		People: now.People, After: now,
		WeeklyBefore: old.Weekly(s.Today), WeeklyAfter: now.Weekly(s.Today),
		OverBefore: overFrom(old, s.Today), OverAfter: overFrom(now, s.Today),
	}
	was, is := before.Audience.beforehand(), after.Audience.beforehand()
	for _, p := range s.People {
		switch in, out := is.Has(p.Facts), was.Has(p.Facts); {
		case in && !out:
			e.Joins++
		case out && !in:
			e.Leaves++
		}
	}
	for i := range max(len(old.Plan), len(now.Plan)) {
		shift := Shift{i + 1, at(old.Plan, i), at(now.Plan, i)}
		if shift.From != shift.To {
			e.Shifts = append(e.Shifts, shift)
		}
	}
	for _, d := range now.Days {
		if !d.Date.Before(s.Today) && d.Over > e.Worst.Over {
			e.Worst = d
		}
	}
	return e
}

func overFrom(f Forecast, today scheduler.Date) int {
	n := 0
	for _, d := range f.Overloaded() {
		if !d.Date.Before(today) {
			n++
		}
	}
	return n
}

func at(plan []scheduler.Date, i int) scheduler.Date {
	if i < len(plan) {
		return plan[i]
	}
	return scheduler.Date{}
}
