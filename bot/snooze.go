package bot

import (
	"time"

	"praline/scheduler"
)

// pressSnooze follows the other buttons of a push.
func (t *turn) pressSnooze(arguments []string) {
	l := t.learner
	if len(arguments) != 1 || l.Push.Message == "" {
		t.old()
		return
	}
	if arguments[0] == "no" {
		t.endPush()
		t.skipToday()
		t.text(join(t.w("push.no"), t.sayNext()))
		return
	}
	at := t.snoozeTime(arguments[0])
	if at.IsZero() {
		t.old()
		return
	}
	t.endPush()
	l.Push.Next, l.Push.Snoozed = at, true
	t.happen("push", "snoozed")
	local := at.In(t.zone)
	t.text(t.w("push.snoozed", "date", t.sayDate(scheduler.DateOf(at, t.zone)), "time", t.words.Clock(local.Hour(), local.Minute())))
}

// endPush takes the buttons off the push that stands.
func (t *turn) endPush() {
	t.retire(t.learner.Push.Message)
	t.learner.Push.Message = ""
}

// snoozeTime is when a snoozed push comes: inside the gate, and not as a third
// on one day; zero where there is no such time.
func (t *turn) snoozeTime(which string) time.Time {
	gate := t.gate()
	tomorrow := gate.NextOpen(t.sameTime(t.today.AddDays(1)))
	switch which {
	case "hour":
		at := gate.NextOpen(t.now.Add(time.Hour))
		if scheduler.DateOf(at, t.zone) == t.today && t.sentToday() >= scheduler.UnaskedPerDay {
			return tomorrow
		}
		return at
	case "tomorrow":
		return tomorrow
	case "day":
		if day := gate.NextWorkingDay(t.today); !day.IsZero() {
			return gate.NextOpen(t.sameTime(day))
		}
	}
	return time.Time{}
}

// sameTime is the time of the last push on another day.
func (t *turn) sameTime(day scheduler.Date) time.Time {
	last := t.learner.Push.Last
	if last.IsZero() {
		last = t.now
	}
	local := last.In(t.zone)
	return day.At(local.Hour()*60+local.Minute(), t.zone)
}

// skipToday lets today's further slots pass.
func (t *turn) skipToday() {
	endOfDay := t.today.AddDays(1).At(0, t.zone).Add(-time.Second)
	t.learner.Push.Next, t.learner.Push.Snoozed = scheduler.Next(t.learner.Slots, endOfDay, t.zone), false
}
