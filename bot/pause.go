package bot

import (
	"slices"

	"praline/bot/learner"
	"praline/channels"
	"praline/scheduler"
)

// askPause asks until when, unless the date came with the word.
func (t *turn) askPause(rest string) {
	if rest != "" {
		if until, ok := scheduler.ParseDate(rest, t.learner.Lang, t.today); ok {
			t.pauseUntil(until)
			return
		}
	}
	t.learner.Place.Aside = &learner.Aside{Topic: topicPause}
	t.text(t.w("pause.ask"), t.pauseChoices()...)
}

func (t *turn) pauseChoices() []channels.Choice {
	return numbered([]channels.Choice{
		{Label: t.w("pause.week"), Value: "pause.7", Role: channels.Answer},
		{Label: t.w("pause.two-weeks"), Value: "pause.14", Role: channels.Answer},
		{Label: t.w("pause.month"), Value: "pause.28", Role: channels.Answer},
		{Label: t.w("pause.open"), Value: "pause.0", Role: channels.Answer},
		quiet(t.w("pause.no"), "pause.no"),
	})
}

// typedPause reads a date where one is waited for.
func (t *turn) typedPause(text string) {
	if until, ok := scheduler.ParseDate(text, t.learner.Lang, t.today); ok {
		t.pauseUntil(until)
		return
	}
	t.text(t.w("pause.not-understood"), t.pauseChoices()...)
}

// pressPause follows the offers.
func (t *turn) pressPause(arguments []string) {
	if len(arguments) == 1 {
		switch arguments[0] {
		case "7":
			t.pauseUntil(t.today.AddDays(7))
			return
		case "14":
			t.pauseUntil(t.today.AddDays(14))
			return
		case "28":
			t.pauseUntil(t.today.AddDays(28))
			return
		case "0":
			t.pauseUntil(scheduler.Date{})
			return
		case "no":
			t.learner.Place.Aside = nil
			t.text(t.w("pause.none"), t.wayOn()...)
			return
		case "resume":
			t.resumePushes()
			return
		}
	}
	t.old()
}

// pauseUntil is silent from now to the day on which the bot speaks again; a
// zero date lasts until the learner says so.
func (t *turn) pauseUntil(until scheduler.Date) {
	l := t.learner
	l.Place.Aside = nil
	if !until.IsZero() && !until.After(t.today) {
		t.text(t.w("pause.past"), t.wayOn()...)
		return
	}
	t.endPauses()
	l.Working.Pauses = append(l.Working.Pauses, scheduler.Pause{From: t.today, Until: until})
	l.Working.Pauses = l.Working.Pauses[max(0, len(l.Working.Pauses)-keptPauses):]
	t.happen("pause", "set")
	if until.IsZero() {
		t.text(t.w("pause.kept-open"), secondary(t.w("do.resume"), "pause.resume"))
		return
	}
	t.text(t.w("pause.kept", "date", t.sayDate(until)), secondary(t.w("do.resume"), "pause.resume"))
}

// endPauses ends every pause today; the days that were paused stay so, for the
// streak.
func (t *turn) endPauses() {
	w := &t.learner.Working
	w.Pauses = slices.Clone(w.Pauses)
	for i, p := range w.Pauses {
		if p.Until.IsZero() || p.Until.After(t.today) {
			w.Pauses[i].Until = t.today
		}
	}
	w.Pauses = slices.DeleteFunc(w.Pauses, func(p scheduler.Pause) bool { return !p.From.Before(p.Until) })
}

// keptPauses is how many pauses are remembered, so that the streak knows them.
const keptPauses = 12

// resumePushes ends a pause, a stop and a silence.
func (t *turn) resumePushes() {
	l := t.learner
	l.Place.Aside = nil
	t.endPauses()
	l.Stopped = false
	l.Push.Next = scheduler.Next(l.Slots, t.now, t.zone)
	t.text(join(t.w("pause.over"), t.sayNext()), t.wayOn()...)
}

// stop is silent until the learner speaks; what was learned stays.
func (t *turn) stop() {
	l := t.learner
	l.Stopped = true
	l.Place.Aside = nil
	t.happen("stop", "said")
	t.text(t.w("stop.kept"), secondary(t.w("do.resume"), "pause.resume"), quiet(t.w("do.forget"), "do.forget"))
}
