package bot

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"praline/bot/learner"
	"praline/locales"
	"praline/scheduler"
)

// This topic answers "why did I get nothing on Monday?" from what was noted of
// each push and letter (learner.Deliveries): when it was due, when it was said
// and by which app, or why not.

// wordsOf are the plain words of a message, in every language that Praline speaks.
func wordsOf(id string) []string {
	if all, ok := wordsByID.Load(id); ok {
		return all.([]string)
	}
	var all []string
	for _, lang := range locales.Spoken {
		for word := range strings.SplitSeq(locales.For(lang).Say(id), "|") {
			all = append(all, plain(word))
		}
	}
	wordsByID.Store(id, all)
	return all
}

var wordsByID sync.Map

// asksSilence says whether a text asks why nothing came: "pourquoi" and
// "rien", "waarom" and "niets", in any order and wording. It returns the rest,
// in which a day may stand.
func asksSilence(text string) (rest string, asks bool) {
	said := " " + plain(text) + " "
	if !containsOne(said, "word.why") || !containsOne(said, "word.nothing") {
		return "", false
	}
	for _, id := range []string{"word.why", "word.nothing"} {
		for _, w := range wordsOf(id) {
			said = strings.ReplaceAll(said, " "+w+" ", " ")
		}
	}
	return strings.TrimSpace(said), true
}

// saySilence answers for the day that is named, today where none is.
func (t *turn) saySilence(text string) {
	l := t.learner
	l.Place.Aside = nil
	day, named := scheduler.ParsePast(text, l.Lang, t.today)
	if !named {
		day = t.today
	}
	var noted []learner.Delivery
	for _, d := range l.Log.All() {
		if t.dayOf(d) == day {
			noted = append(noted, d)
		}
	}
	refused := map[string]string{}
	if slices.ContainsFunc(noted, func(d learner.Delivery) bool { return d.Message != "" }) {
		id := l.ID
		got, granted := t.wish("undelivered", func(ctx context.Context) (any, error) { return t.bot.Store.Undelivered(ctx, id) })
		if !granted {
			return
		}
		for _, u := range got.([]learner.Undelivered) {
			refused[u.Message] = u.Why
		}
	}
	var said []string
	for _, d := range noted {
		said = append(said, t.sayDelivery(d, refused))
	}
	if len(said) == 0 {
		said = []string{t.sayNothingNoted(day)}
	}
	t.happen("silence", "asked")
	t.text(capital(t.sayDay(day))+t.w("silence.colon")+strings.Join(said, " "), append(t.wayOn(), secondary(t.w("do.time"), "do.time"))...)
}

// dayOf is the day on which something would have been heard: a letter is noted
// when it is said, and its time is when it was written.
func (t *turn) dayOf(d learner.Delivery) scheduler.Date {
	if !d.Sent.IsZero() {
		return scheduler.DateOf(d.Sent, t.zone)
	}
	return scheduler.DateOf(d.Due, t.zone)
}

// sayDay says a day that is over by its name, and today as such.
func (t *turn) sayDay(day scheduler.Date) string {
	if day == t.today {
		return t.w("date.today")
	}
	return t.words.Date(day.Year, day.Month, day.Day)
}

func (t *turn) sayClock(at time.Time) string {
	local := at.In(t.zone)
	return t.words.Clock(local.Hour(), local.Minute())
}

// sayDelivery is one true sentence about one push or letter.
func (t *turn) sayDelivery(d learner.Delivery, refused map[string]string) string {
	what := t.w("silence.push", "time", t.sayClock(d.Due))
	if d.Kind != "" {
		what = t.w("silence.letter")
	}
	app := t.appName(learner.Address{Channel: d.App})
	waits := slices.ContainsFunc(t.waiting, func(s learner.Said) bool { return s.Message.ID == d.Message && d.Message != "" })
	switch {
	case d.Why != "":
		return t.w("silence.not", "what", what, "why", t.sayReason(d))
	case refused[d.Message] != "":
		return t.w("silence.not", "what", what, "why", t.w("silence.refused", "app", app))
	case waits:
		return t.w("silence.not", "what", what, "why", t.w("silence.waits", "app", app))
	}
	return t.w("silence.sent", "what", what, "time", t.sayClock(d.Sent), "app", app)
}

// sayReason says why something was not sent.
func (t *turn) sayReason(d learner.Delivery) string {
	day := scheduler.DateOf(d.Due, t.zone)
	if d.Why == string(scheduler.OnHoliday) {
		if key, ok := t.policy.calendar(t.learner.Working.Employer).Holiday(day); ok {
			if name := t.w("holiday." + key); name != "holiday."+key {
				return t.w("silence.holiday-named", "name", name)
			}
		}
	}
	id := "silence." + d.Why
	if said := t.w(id); said != id {
		return said
	}
	return t.w("silence.other")
}

// sayNothingNoted says why nothing is noted of a day.
func (t *turn) sayNothingNoted(day scheduler.Date) string {
	l := t.learner
	all := l.Log.All()
	coming := scheduler.Next(l.Slots, latest(t.now, day.At(0, t.zone)), t.zone)
	switch {
	case day == t.today && !l.Stopped && !coming.IsZero() && scheduler.DateOf(coming, t.zone) == day:
		return t.w("silence.coming", "time", t.sayClock(coming))
	case day.Before(scheduler.DateOf(l.Created, t.zone)):
		return t.w("silence.before-you-came")
	case l.Stopped:
		return t.w("silence.you-stopped")
	case len(l.Slots) == 0:
		return t.w("silence.no-times")
	case !t.hasSlot(day):
		return t.w("silence.no-slot", "times", t.sayTimes(l.Slots))
	case len(all) > 0 && day.Before(t.dayOf(all[0])):
		return t.w("silence.too-long-ago", "date", t.sayDay(t.dayOf(all[0])))
	}
	return t.w("silence.not-noted")
}

// hasSlot says whether one of the chosen times falls on a day.
func (t *turn) hasSlot(day scheduler.Date) bool {
	next := scheduler.Next(t.learner.Slots, day.At(0, t.zone).Add(-time.Second), t.zone)
	return !next.IsZero() && scheduler.DateOf(next, t.zone) == day
}
