package scheduler

import (
	"slices"
	"time"
)

// Gate is what everything unasked must pass: the learner's working time, the
// employer's calendar, and the zone in which both are meant.
type Gate struct {
	Working  WorkingTime
	Calendar Calendar
	Zone     *time.Location // nil is UTC
}

// Reason says why a gate is shut.
type Reason string

// The reasons, from the lightest to the one that outweighs the others.
const (
	OutsideHours Reason = "hours"   // before, between or after the hours of a day that is worked
	NotWorked    Reason = "weekday" // this weekday is not worked, or not this week
	OnHoliday    Reason = "holiday" // Verdict.Holiday says which
	DayOff       Reason = "off"
	Snoozed      Reason = "snooze"
	OnPause      Reason = "pause"
	EnoughToday  Reason = "enough" // two unasked messages have left today
)

// Verdict is a gate's answer.
type Verdict struct {
	Open    bool
	Why     Reason    // when shut
	Holiday string    // with OnHoliday: the key of its name
	Until   time.Time // when shut: when it opens next; zero for never
}

// Limits of what is said unasked (DESIGN, "Promises").
const (
	UnaskedPerDay = 2
	Grace         = 10 * time.Minute // for what was due inside and could not leave in time
)

// horizon bounds the search for an open day. A pattern repeats after two weeks
// and holidays never fill a year, so two years are plenty.
const horizon = 800

// Check says whether an unasked message that was due at one time may leave now,
// after sentToday others. A chosen slot (confirmed by the learner although it
// lies outside working hours) opens the gate for itself and ten minutes, but
// not on days off, holidays, in pauses and snoozes.
func (g Gate) Check(now, due time.Time, chosen bool, sentToday int) Verdict {
	if sentToday >= UnaskedPerDay {
		tomorrow := g.date(now).AddDays(1).At(0, g.zone())
		return Verdict{Why: EnoughToday, Until: g.NextOpen(tomorrow)}
	}
	verdict := g.Open(now)
	if verdict.Open || now.Before(due) || g.date(now) != g.date(due) {
		return verdict
	}
	switch verdict.Why {
	case OutsideHours, NotWorked:
	default:
		return verdict
	}
	if chosen && !now.After(due.Add(Grace)) {
		return Verdict{Open: true}
	}
	if end, ok := g.openUntil(due); ok && !now.After(end.Add(Grace)) {
		return Verdict{Open: true}
	}
	return verdict
}

// Late says that a push is so late that it would disturb and is to be dropped:
// the next slot has come (zero for none), or the working time of the day on
// which it was due has ended more than ten minutes ago.
func (g Gate) Late(due, now, next time.Time, chosen bool) bool {
	if !next.IsZero() && !now.Before(next) {
		return true
	}
	end := time.Time{}
	if date := g.date(due); g.shutAllDay(date).Why == "" {
		for _, o := range g.Working.Openings(date) {
			end = date.At(o.To, g.zone())
		}
	}
	if chosen && due.After(end) {
		end = due
	}
	return now.After(end.Add(Grace))
}

// Open says whether t lies inside working time.
func (g Gate) Open(t time.Time) Verdict {
	verdict := g.open(t)
	if !verdict.Open {
		verdict.Until = g.NextOpen(t)
	}
	return verdict
}

// open is Open without Until.
func (g Gate) open(t time.Time) Verdict {
	date := g.date(t)
	verdict := g.shutAllDay(date)
	if verdict.Why == OnPause {
		return verdict
	}
	if t.Before(g.Working.Snooze) {
		return Verdict{Why: Snoozed}
	}
	if verdict.Why != "" {
		return verdict
	}
	if _, ok := g.openUntil(t); ok {
		return Verdict{Open: true}
	}
	return Verdict{Why: OutsideHours}
}

// openUntil returns the end of the opening in which t lies, whatever day it is.
func (g Gate) openUntil(t time.Time) (time.Time, bool) {
	date := g.date(t)
	if g.shutAllDay(date).Why != "" {
		return time.Time{}, false
	}
	for _, o := range g.Working.Openings(date) {
		from, to := date.At(o.From, g.zone()), date.At(o.To, g.zone())
		if !t.Before(from) && t.Before(to) {
			return to, true
		}
	}
	return time.Time{}, false
}

// NextOpen returns t if the gate is open then, else when it opens next; the
// zero time where it never does (a pause without end, no working day at all).
func (g Gate) NextOpen(t time.Time) time.Time {
	if t.Before(g.Working.Snooze) {
		t = g.Working.Snooze
	}
	date := g.date(t)
	for range horizon + len(g.Working.Off) + len(g.Working.Pauses) {
		if until, paused := g.Working.Paused(date); paused {
			if until.IsZero() {
				return time.Time{}
			}
			date = until
			continue
		}
		if g.shutAllDay(date).Why == "" {
			for _, o := range g.Working.Openings(date) {
				from, to := date.At(o.From, g.zone()), date.At(o.To, g.zone())
				if !from.Before(to) || !t.Before(to) { // skipped by the clock, or over
					continue
				}
				if t.After(from) {
					return t
				}
				return from
			}
		}
		date = date.AddDays(1)
	}
	return time.Time{}
}

// WorkingDay says whether anything of a day is worked.
func (g Gate) WorkingDay(date Date) bool {
	return len(g.Working.Openings(date)) > 0 && g.shutAllDay(date).Why == ""
}

// NextWorkingDay returns the first working day after a day; the zero date where
// there is none.
func (g Gate) NextWorkingDay(date Date) Date {
	for range horizon + len(g.Working.Off) + len(g.Working.Pauses) {
		date = date.AddDays(1)
		if until, paused := g.Working.Paused(date); paused {
			if until.IsZero() {
				return Date{}
			}
			date = until
		}
		if g.WorkingDay(date) {
			return date
		}
	}
	return Date{}
}

// NearestWorkingDay returns the working day nearest to a day, the earlier of
// two, never before earliest. Where there is none within two years it returns
// the day itself, or earliest if that is later.
func (g Gate) NearestWorkingDay(date, earliest Date) Date {
	return NearestDay(date, earliest, g.WorkingDay)
}

// NearestDay is NearestWorkingDay for any idea of which days are good.
func NearestDay(date, earliest Date, good func(Date) bool) Date {
	if date.Before(earliest) {
		date = earliest
	}
	for n := range horizon {
		if before := date.AddDays(-n); !before.Before(earliest) && good(before) {
			return before
		}
		if after := date.AddDays(n); good(after) {
			return after
		}
	}
	return date
}

// shutAllDay returns why nothing is open on a day; its Why is "" if something
// is. A holiday on a Saturday is a holiday first: a chosen slot outside working
// hours does not open it.
func (g Gate) shutAllDay(date Date) Verdict {
	if _, paused := g.Working.Paused(date); paused {
		return Verdict{Why: OnPause}
	}
	if slices.Contains(g.Working.Off, date) {
		return Verdict{Why: DayOff}
	}
	if key, ok := g.Calendar.Holiday(date); ok {
		return Verdict{Why: OnHoliday, Holiday: key}
	}
	if len(g.Working.Openings(date)) == 0 {
		return Verdict{Why: NotWorked}
	}
	return Verdict{}
}

func (g Gate) date(t time.Time) Date { return DateOf(t, g.zone()) }

func (g Gate) zone() *time.Location {
	if g.Zone == nil {
		return time.UTC
	}
	return g.Zone
}
