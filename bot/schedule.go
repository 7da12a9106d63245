package bot

import (
	"time"

	"praline/scheduler"
)

// schedule sets the next time to speak first where there is none; a change of
// slots clears it before.
func (t *turn) schedule() {
	l := t.learner
	if l.Stopped || l.Agreed.IsZero() || len(l.Slots) == 0 {
		l.Push.Next, l.Push.Snoozed = time.Time{}, false
		return
	}
	if l.Push.Next.IsZero() {
		l.Push.Next = scheduler.Next(l.Slots, t.now, t.zone)
	}
}

// nextPush is when the learner will truly hear from us, zero if never.
func (t *turn) nextPush() time.Time {
	l := t.learner
	if l.Stopped || l.Push.Quiet || len(l.Slots) == 0 {
		return time.Time{}
	}
	next := l.Push.Next
	if next.IsZero() || !next.After(t.now) {
		next = scheduler.Next(l.Slots, t.now, t.zone)
	}
	for range 400 {
		sent := 0
		if scheduler.DateOf(next, t.zone) == t.today {
			sent = t.sentToday()
		}
		if next.IsZero() || t.gate().Check(next, next, t.outside(), sent).Open {
			return next
		}
		next = scheduler.Next(l.Slots, next, t.zone)
	}
	return time.Time{}
}

// sayNext says when the bot will speak next, "" if it will not.
func (t *turn) sayNext() string {
	next := t.nextPush()
	if next.IsZero() {
		return ""
	}
	local := next.In(t.zone)
	return t.w("push.next", "date", t.sayDate(scheduler.DateOf(next, t.zone)), "time", t.words.Clock(local.Hour(), local.Minute()))
}
