package campaign

import (
	"maps"
	"time"

	"praline/scheduler"
)

// A change makes a campaign of a campaign; nothing is kept by it. What it will
// do, Effects says; Campaigns.Apply keeps it.

// Edit is the parts of a campaign that can be changed at any time.
type Edit struct {
	Names                  map[string]string
	Audience               Audience
	Start, End, KnownUntil scheduler.Date
	PerWeek, Reminders     int
	Told                   map[string]string
}

// Edit returns what can be changed of a campaign, as it stands.
func (c Campaign) Edit() Edit {
	return Edit{c.Names, c.Audience, c.Start, c.End, c.KnownUntil, c.PerWeek, c.Reminders, c.Told}
}

// Changed returns the campaign after an edit. Lessons that have opened stay
// open; a new rhythm counts from tomorrow. The start of a campaign that has
// begun stays where it was.
func (c Campaign) Changed(e Edit, s Situation) Campaign {
	begun := !c.Launched.IsZero() && !s.Today.Before(c.Start)
	after := c
	if begun {
		e.Start = c.Start
		if e.PerWeek != c.PerWeek {
			after = after.rebased(s.Today, s)
		}
	}
	if e.PerWeek != c.PerWeek || e.Start != c.Start {
		after.Moved = movedBefore(c.Moved, len(after.Opened))
	}
	after.Names, after.Audience, after.Start, after.End, after.KnownUntil = e.Names, e.Audience, e.Start, e.End, e.KnownUntil
	after.PerWeek, after.Reminders, after.Told = e.PerWeek, e.Reminders, e.Told
	return after
}

// rebased returns the campaign with the lessons that have opened by a day
// written down, and its rhythm counted from the day after; as it is, before its
// start and in a pause.
func (c Campaign) rebased(by scheduler.Date, s Situation) Campaign {
	if by.Before(c.Start) || c.Paused {
		return c
	}
	lessons := longest // of a series that is away for the moment
	if series, ok := s.series(c.Series); ok {
		lessons = len(series.Lessons)
	}
	var opened []scheduler.Date
	for _, day := range c.Plan(lessons, s.Calendar) {
		if day.After(by) {
			break
		}
		opened = append(opened, day)
	}
	c.Opened, c.From = opened, by.AddDays(1)
	return c
}

// movedBefore are the lessons on a day of their own, of the first so many.
func movedBefore(moved map[int]scheduler.Date, lessons int) map[int]scheduler.Date {
	kept := maps.Clone(moved)
	maps.DeleteFunc(kept, func(lesson int, _ scheduler.Date) bool { return lesson > lessons })
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// AfterPause returns the campaign paused from now on: it opens no lesson and
// sends no reminder; what was learned keeps coming back.
func (c Campaign) AfterPause(s Situation) Campaign {
	c = c.rebased(s.Today, s)
	c.Moved = movedBefore(c.Moved, len(c.Opened))
	c.Paused = true
	return c
}

// AfterResume returns the campaign going on from today where it was paused: its
// lessons come later by as long as it was silent.
func (c Campaign) AfterResume(s Situation) Campaign {
	c.Paused = false
	if s.Today.After(c.Start) {
		c.From = s.Today
	}
	return c
}

// Extended returns the campaign with another last day of new lessons; what it
// keeps known it keeps until that day at least. One that is over goes on from today.
func (c Campaign) Extended(until scheduler.Date, s Situation) Campaign {
	if last := c.LastNew(); !last.IsZero() && s.Today.After(last) {
		c = c.rebased(last, s)
		c.From = s.Today
	}
	if c.End.IsZero() && !c.KnownUntil.IsZero() {
		c.KnownUntil = until
		return c
	}
	c.End = until
	if !c.KnownUntil.IsZero() && c.KnownUntil.Before(until) {
		c.KnownUntil = until
	}
	return c
}

// AfterStop returns the campaign stopped for good.
func (c Campaign) AfterStop(now time.Time) Campaign {
	c.Stopped = now
	return c
}

// AfterLaunch returns the campaign launched.
func (c Campaign) AfterLaunch(now time.Time) Campaign {
	c.Launched = now
	return c
}
