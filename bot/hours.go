package bot

import (
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/scheduler"
)

// stepHours is a change of working hours that waits for a yes.
const stepHours = "hours"

// sayBackHours says what was understood of somebody's working week, before it is kept.
func (t *turn) sayBackHours(hours scheduler.Hours, text string) {
	id := t.next()
	t.learner.Place.Aside = &learner.Aside{Topic: topicTimes, Step: stepHours, About: text, Live: id}
	t.say(channels.Message{
		ID: id, Text: t.w("times.understood", "times", t.sayHours(hours)),
		Choices: []channels.Choice{primary(t.w("times.yes"), value("times.yes", id)), secondary(t.w("times.correct"), "times.other")},
	})
}

// keepHours reads the text once more and keeps what it says.
func (t *turn) keepHours(text string) {
	l := t.learner
	l.Place.Aside = nil
	hours, ok := scheduler.ParseHours(text, l.Lang)
	if !ok {
		t.old()
		return
	}
	l.Working = hours.Apply(l.Working, t.today)
	t.happen("hours", "kept")
	said := join(t.w("times.hours-kept"), t.sayNext())
	shut := !t.outside() && t.silent(l.Slots)
	if l.Place.Topic == topicHello {
		if shut {
			l.Place.Step = stepTimes
		}
		t.text(said)
		t.hello()
		return
	}
	if shut {
		t.text(said)
		t.askTimesAnew()
		return
	}
	t.text(said, t.wayOn()...)
}

// askTimesAnew says that nothing would be said any more at the kept times, and
// asks for others.
func (t *turn) askTimesAnew() {
	t.learner.Place.Aside = &learner.Aside{Topic: topicTimes}
	t.say(channels.Message{
		Title: t.w("times.ask"), Text: t.w("times.shut", "times", t.sayTimes(t.learner.Slots)),
		Choices: t.timesChoices(), Note: t.w("times.example"),
	})
}

// sayHours says a change of working hours as one would: "vous ne travaillez pas
// le mercredi de 12 h à 18 h, une semaine sur deux".
func (t *turn) sayHours(h scheduler.Hours) string {
	when := ""
	if h.Days != 0 {
		when = " " + t.sayDays(h.Days)
	}
	switch {
	case h.From == 0 && h.To == 0:
	case h.From == 0:
		when += " " + t.w("hours.until", "to", t.sayMinutes(h.To))
	case h.To >= 24*60:
		when += " " + t.w("hours.since", "from", t.sayMinutes(h.From))
	default:
		when += " " + t.w("hours.between", "from", t.sayMinutes(h.From), "to", t.sayMinutes(h.To))
	}
	id := "hours.worked"
	if h.Off {
		id = "hours.off"
	}
	said := t.w(id, "when", when)
	if h.Every == 2 {
		said = t.w("times.every-second-week", "times", said)
	}
	return said
}

func (t *turn) sayMinutes(n int) string {
	return t.words.Clock(n/int(time.Hour/time.Minute), n%60)
}
