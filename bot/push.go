package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/channels/markup"
	"praline/scheduler"
	"praline/scheduler/queue"
)

// silences is after how many unanswered pushes the bot asks whether it is
// welcome, and then says nothing until the learner speaks.
const silences = 3

// presence is how long ago a learner may have done something and still counts
// as being in a session: a push would only disturb.
const presence = 10 * time.Minute

// Push looks at learners whose time may have come, says to each what is due,
// and returns when to look again. What could not be read, decided or stored is
// not in the answer: its hint comes due again by itself, and nobody else waits.
func (b *Bot) Push(ctx context.Context, now time.Time, hints []queue.Hint) ([]queue.Settled, error) {
	ids := make([]learner.ID, len(hints))
	for i, h := range hints {
		ids[i] = learner.ID(h.Learner)
	}
	records, err := b.Store.Load(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("push: load %d learners: %w", len(ids), err)
	}
	var settled []queue.Settled
	var turns []*turn
	var changes []learner.Change
	for i, record := range records {
		if record.Damaged != nil {
			b.passOver(ids[i], record.Damaged)
			continue
		}
		if record.Learner.Version == 0 {
			settled = append(settled, queue.Settled{Hint: hints[i]}) // never stored, or erased
			continue
		}
		if unfinished(record.Learner) {
			if _, err := b.settle(ctx, now, record.Learner, learner.Address{}); err != nil {
				b.passOver(ids[i], err)
			}
			continue // the hint comes due again, unless nobody is left behind it
		}
		if record.Learner.Owes() {
			if err := b.reportDone(ctx, now, record); err != nil {
				b.passOver(ids[i], err)
			}
			continue
		}
		t, err := b.begin(ctx, record, record.Learner.Reached(), now)
		if err != nil {
			b.passOver(ids[i], err)
			continue
		}
		changed := false
		if err := decided(func() { changed = t.push() }); err != nil {
			b.passOver(ids[i], err)
			continue
		}
		b.say(ids[i], t.unsaid()...) // what a crash left
		if !changed {
			if len(record.Outbox) == 0 {
				settled = append(settled, queue.Settled{Hint: hints[i], Next: t.nextLook()})
			}
			continue
		}
		turns, changes = append(turns, t), append(changes, t.change())
	}
	if len(changes) == 0 {
		return settled, nil
	}
	var failed []error
	for i, err := range b.Store.Commit(ctx, now, changes...) {
		switch {
		case errors.Is(err, learner.ErrConflict): // somebody was faster; the hint comes due again
		case err != nil:
			failed = append(failed, fmt.Errorf("learner %s: push: commit: %w", changes[i].Learner.ID, err))
		default:
			b.happened(turns[i])
			b.say(changes[i].Learner.ID, turns[i].said...)
		}
	}
	return settled, firstOf(failed)
}

// firstOf is the first of many errors that are most likely one and the same.
func firstOf(errs []error) error {
	if len(errs) == 0 {
		return nil
	}
	return errs[0]
}

// passOver leaves a learner whose state stops us for later.
func (b *Bot) passOver(id learner.ID, err error) {
	b.count(Happening{"push", "failed"})
	if b.Log != nil {
		b.Log.Error("push passed over, it is tried again", "learner", id, "error", err)
	}
}

// push decides what of a learner's slots and letters is due, a trainer's answer
// first; false when nothing changes.
func (t *turn) push() bool {
	changed := t.dropLate()
	changed = t.dropLetters() || changed
	changed = t.postParted() || changed
	changed = t.sayLetter(learner.LetterAnswer) || changed
	changed = t.pushSlots() || changed
	changed = t.enrol(t.announced()) || changed
	return t.sayLetter("") || changed
}

// announced is the series of the lesson that was offered just now.
func (t *turn) announced() string {
	if len(t.said) == 0 || t.learner.Push.Message == "" || t.said[len(t.said)-1].Message.ID != t.learner.Push.Message {
		return ""
	}
	if x := t.nextLesson(); x != nil {
		return x.series.ID
	}
	return ""
}

// pushSlots decides what of a learner's slots is due; false when nothing changes.
func (t *turn) pushSlots() (changed bool) {
	l := t.learner
	for !l.Push.Next.IsZero() && !l.Push.Next.After(t.now) {
		due := l.Push.Next
		l.Push.Last, l.Push.Snoozed = due, false
		l.Push.Next = scheduler.Next(l.Slots, due, t.zone)
		changed = true
		if why := t.keepsFrom(due, l.Push.Next); why != "" {
			if why == string(scheduler.OutsideHours) && t.gate().Open(due).Open { // we are late, and it is noon
				if t.delay(due) {
					break
				}
				why = learner.WhyLate
			}
			t.notSent(learner.Delivery{Due: due, Why: why})
			if why == learner.WhyLate {
				t.excuse(due)
			}
			continue
		}
		t.sayPush(due)
	}
	return changed
}

// delay moves a push that could not leave before a gap in the working day to
// the end of the gap, unless the next slot comes first.
func (t *turn) delay(due time.Time) bool {
	l := t.learner
	at := t.gate().NextOpen(t.now)
	if at.IsZero() || scheduler.DateOf(at, t.zone) != scheduler.DateOf(due, t.zone) || !l.Push.Next.IsZero() && !at.Before(l.Push.Next) {
		return false
	}
	l.Push.Next, l.Push.Snoozed = at, true
	t.happen("push", "delayed")
	return true
}

// outside says whether slots outside working time open the gate for themselves.
func (t *turn) outside() bool { return t.learner.Outside && !t.policy.ForbidOutside }

// keepsFrom says why an occurrence is not pushed, "" if it is.
func (t *turn) keepsFrom(due, next time.Time) string {
	l := t.learner
	switch {
	case t.to == learner.Address{}:
		return learner.WhyNowhere
	case l.Stopped || l.Agreed.IsZero():
		return learner.WhyStopped
	case l.Push.Quiet:
		return learner.WhyQuiet
	case l.Session != nil && t.now.Sub(l.Session.LastSeen) < presence:
		return learner.WhyInSession
	case t.gate().Late(due, t.now, next, t.outside()):
		if shut := t.gate().Open(due).Why; shut != "" && !(t.outside() && (shut == scheduler.OutsideHours || shut == scheduler.NotWorked)) {
			return string(shut) // it was not to be said at all
		}
		return learner.WhyLate
	}
	verdict := t.gate().Check(t.now, due, t.outside(), t.sentToday())
	if !verdict.Open {
		return string(verdict.Why)
	}
	return ""
}

// gate is the one that every unasked message passes.
func (t *turn) gate() scheduler.Gate {
	working := t.learner.Working
	return scheduler.Gate{Working: working, Calendar: t.policy.calendar(working.Employer), Zone: t.zone}
}

// workingDays says which days this learner works.
func (t *turn) workingDays() func(scheduler.Date) bool { return t.gate().WorkingDay }

func (t *turn) sentToday() int {
	if t.learner.Push.Day == t.today {
		return t.learner.Push.Today
	}
	return 0
}

// sayPush speaks first: a session offered, or, after silence, one question.
func (t *turn) sayPush(due time.Time) {
	l := t.learner
	t.moveTo(t.to)
	m, what := t.offerSession(due), "sent"
	if l.Push.Unanswered >= silences {
		m, what = t.askWelcome(), "asked-welcome"
		l.Push.Quiet = true
	}
	if t.waits() {
		t.takeBack()
	} else {
		l.Push.Unanswered++
	}
	l.Push.Message = t.sayUnasked(m, learner.Delivery{Due: due})
	t.happen("push", what)
}

// waits says whether nobody is notified where the learner is reached: then one
// push waits at most, and an unanswered one says nothing about being welcome.
func (t *turn) waits() bool {
	return t.policy.Waits != nil && t.policy.Waits(t.to.Channel)
}

// takeBack takes the buttons off a push that still waits.
func (t *turn) takeBack() {
	if t.learner.Push.Message != "" {
		t.retire(t.learner.Push.Message)
	}
}

// offerSession is the push: what waits, how long it takes, and five ways to go.
func (t *turn) offerSession(due time.Time) channels.Message {
	l := t.learner
	plan := t.plan(l.Budget())
	local := due.In(t.zone)
	arguments := []any{"time", t.words.Clock(local.Hour(), local.Minute()), "minutes", t.words.Count("minutes.n", l.DailyMinutes()), "title", ""}
	id := "push.nothing"
	if x := t.lesson(plan.lesson); x != nil {
		id, arguments[5] = "push.lesson", x.twin(l.Lang).Title
	}
	count := capital(t.words.InWords(len(plan.reviews)))
	text := t.w("push.hello", "name", markup.Escape(l.Name)) + " "
	switch {
	case l.Session != nil && l.Place.Topic != "":
		text += t.w("push.go-on", arguments...)
	case len(plan.reviews) > 0 && plan.lesson != "":
		text += t.words.Count("push.both", len(plan.reviews), append(arguments, "count", count)...)
	case len(plan.reviews) > 0:
		text += t.words.Count("push.reviews", len(plan.reviews), append(arguments, "count", count)...)
	default:
		text += t.w(id, arguments...)
	}
	return channels.Message{Text: text, Choices: t.pushChoices()}
}

func (t *turn) pushChoices() []channels.Choice {
	choices := []channels.Choice{
		primary(t.w("push.start"), "start.now"),
		secondary(t.w("push.hour"), "snooze.hour"),
	}
	tomorrow := t.today.AddDays(1)
	if t.gate().WorkingDay(tomorrow) {
		choices = append(choices, secondary(t.w("push.tomorrow"), "snooze.tomorrow"))
	}
	next := t.gate().NextWorkingDay(t.today)
	if next != tomorrow && !next.IsZero() {
		choices = append(choices, secondary(t.w("push.working-day", "date", t.sayDate(next)), "snooze.day"))
	}
	return append(choices, quiet(t.w("push.not-today"), "snooze.no"))
}

// askWelcome is the one kind question after three pushes without an answer.
func (t *turn) askWelcome() channels.Message {
	return channels.Message{Text: t.w("push.welcome"), Choices: []channels.Choice{
		primary(t.w("push.start"), "start.now"),
		secondary(t.w("push.less"), "times.less"),
		secondary(t.w("do.time"), "do.time"),
		secondary(t.w("do.pause"), "do.pause"),
		quiet(t.w("do.stop"), "do.stop"),
	}}
}
