package scheduler_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"praline/scheduler"
)

var start = day("2026-11-23")

// anyDate draws a day in the two years after start.
func anyDate(t *rapid.T, label string) scheduler.Date {
	return start.AddDays(rapid.IntRange(0, 730).Draw(t, label))
}

func anyWeek(t *rapid.T) scheduler.Week {
	week := make(scheduler.Week, 7)
	for i := range week {
		for range rapid.IntRange(0, 2).Draw(t, "openings") {
			from := rapid.IntRange(0, 24*60-1).Draw(t, "from")
			week[i] = append(week[i], scheduler.Opening{From: from, To: rapid.IntRange(from+1, 24*60).Draw(t, "to")})
		}
	}
	return week
}

// anyGate draws a learner's calendar: hours, alternating weeks, days off,
// pauses, an employer.
func anyGate(t *rapid.T) scheduler.Gate {
	var w scheduler.WorkingTime
	if rapid.Bool().Draw(t, "own week") {
		w.Week = anyWeek(t)
	}
	if rapid.Bool().Draw(t, "alternating") {
		w.Second, w.Anchor = anyWeek(t), anyDate(t, "anchor")
	}
	for range rapid.IntRange(0, 10).Draw(t, "days off") {
		w.Off = append(w.Off, anyDate(t, "day off"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "pauses") {
		from := anyDate(t, "pause")
		w.Pauses = append(w.Pauses, scheduler.Pause{From: from, Until: from.AddDays(rapid.IntRange(-3, 60).Draw(t, "length"))})
	}
	calendar, _ := scheduler.Named(rapid.SampledFrom(scheduler.Employers()).Draw(t, "employer"))
	for range rapid.IntRange(0, 3).Draw(t, "bridges") {
		calendar = calendar.With(anyDate(t, "bridge"), "bridge")
	}
	return scheduler.Gate{Working: w, Calendar: calendar, Zone: brussels}
}

// inside says by the plainest reading whether a minute is working time.
func inside(g scheduler.Gate, t time.Time) bool {
	date := scheduler.DateOf(t, g.Zone)
	return onWorkableDay(g, date) && slices.ContainsFunc(g.Working.Openings(date), func(o scheduler.Opening) bool {
		return !t.Before(date.At(o.From, g.Zone)) && t.Before(date.At(o.To, g.Zone))
	})
}

// onWorkableDay says that a day is no holiday, no day off and not in a pause.
func onWorkableDay(g scheduler.Gate, date scheduler.Date) bool {
	for _, p := range g.Working.Pauses {
		if !date.Before(p.From) && date.Before(p.Until) {
			return false
		}
	}
	_, holiday := g.Calendar.Holiday(date)
	return !holiday && !slices.Contains(g.Working.Off, date)
}

// Nothing leaves outside working time, but for ten minutes after what was due
// inside, and for a slot that was chosen and confirmed: neither on a holiday, a
// day off or in a pause.
func TestNothingPassesOutside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGate(t)
		due := anyDate(t, "due").At(rapid.IntRange(0, 24*60-1).Draw(t, "minute"), brussels)
		now := due.Add(time.Duration(rapid.IntRange(-60, 600).Draw(t, "delay")) * time.Minute)
		chosen, sent := rapid.Bool().Draw(t, "chosen"), rapid.IntRange(0, 4).Draw(t, "sent")
		v := g.Check(now, due, chosen, sent)
		if !v.Open {
			if !v.Until.IsZero() && (!v.Until.After(now) || !inside(g, v.Until)) {
				t.Fatalf("shut at %s until %s", show(now), show(v.Until))
			}
			return
		}
		switch {
		case sent >= 2:
			t.Fatalf("a third one left")
		case inside(g, now):
		case !onWorkableDay(g, scheduler.DateOf(now, brussels)):
			t.Fatalf("left on a day off at %s", show(now))
		case chosen && !now.Before(due) && now.Sub(due) <= 10*time.Minute:
		case inside(g, due) && endedWithin(g, now, 10*time.Minute):
		default:
			t.Fatalf("left at %s, due %s", show(now), show(due))
		}
	})
}

// endedWithin says that working time ended no longer than d before t.
func endedWithin(g scheduler.Gate, t time.Time, d time.Duration) bool {
	for m := time.Duration(0); m <= d; m += time.Minute {
		if inside(g, t.Add(-m-time.Second)) {
			return true
		}
	}
	return false
}

// NextOpen is open, and nothing before it is.
func TestNextOpenIsTheFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGate(t)
		from := anyDate(t, "from").At(rapid.IntRange(0, 24*60-1).Draw(t, "minute"), brussels)
		next := g.NextOpen(from)
		if !next.IsZero() && !g.Open(next).Open {
			t.Fatalf("%s is shut", show(next))
		}
		for probe := from; probe.Before(from.AddDate(0, 0, 5)); probe = probe.Add(17 * time.Minute) {
			if inside(g, probe) && (next.IsZero() || probe.Before(next)) {
				t.Fatalf("%s was open, before %s", show(probe), show(next))
			}
		}
	})
}

// Nobody who is open for one minute a week is forgotten: the gate is found to
// open within ten weeks of the last pause, and a push that waits for it leaves.
func TestOneMinuteAWeek(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGate(t)
		// By day, because a minute of a Sunday night may be skipped in spring.
		minute := rapid.IntRange(4*60, 24*60-2).Draw(t, "open minute")
		week := make(scheduler.Week, 7)
		week[rapid.IntRange(0, 6).Draw(t, "open day")] = []scheduler.Opening{{From: minute, To: minute + 1}}
		g.Working.Week = week
		if rapid.Bool().Draw(t, "only every second week") {
			g.Working.Second, g.Working.Anchor = make(scheduler.Week, 7), anyDate(t, "other weeks")
		} else {
			g.Working.Second = nil
		}
		from := anyDate(t, "from")
		free := from
		for range g.Working.Pauses {
			for _, p := range g.Working.Pauses {
				if p.Until.After(free) {
					free = p.Until
				}
			}
		}
		now := from.At(rapid.IntRange(0, 24*60-1).Draw(t, "minute"), brussels)
		next := g.NextOpen(now)
		// Thirteen days off or bridges may each cost two weeks, and holidays two more.
		if bound := free.AddDays(14*17).At(0, brussels); next.IsZero() || next.After(bound) {
			t.Fatalf("opens %s, not before %s", show(next), show(bound))
		}
		if v := g.Check(next, next, false, 0); !v.Open {
			t.Fatalf("and then it is shut: %+v", v)
		}
	})
}

// A learner with slots inside their working time gets their pushes: of all
// slots that fall on working time every one passes on the minute and is not late.
func TestPushesHappen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGate(t)
		slots := []scheduler.Slot{{
			Days:   scheduler.Days(rapid.IntRange(1, 127).Draw(t, "days")),
			Hour:   rapid.IntRange(0, 23).Draw(t, "hour"),
			Minute: rapid.IntRange(0, 59).Draw(t, "minute"),
		}}
		due := anyDate(t, "from").At(0, brussels)
		for range 30 {
			due = scheduler.Next(slots, due, brussels)
			if inside(g, due) != g.Check(due, due, false, 0).Open {
				t.Fatalf("%s: inside %v", show(due), inside(g, due))
			}
			if inside(g, due) && g.Late(due, due.Add(time.Minute), scheduler.Next(slots, due, brussels), false) {
				t.Fatalf("%s is late after a minute", show(due))
			}
		}
	})
}
