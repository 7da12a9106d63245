package bot

import (
	"strconv"
	"strings"

	"praline/bot/learner"
	"praline/channels"
	"praline/scheduler"
)

// offeredTimes are three good offers, inside everybody's working time.
var offeredTimes = []scheduler.Slot{
	{Days: scheduler.WorkingWeek, Hour: 9, Minute: 0},
	{Days: scheduler.Tuesday | scheduler.Thursday, Hour: 11, Minute: 0},
	{Days: scheduler.Monday | scheduler.Wednesday | scheduler.Friday, Hour: 13, Minute: 30},
}

func (t *turn) timesChoices() []channels.Choice {
	var choices []channels.Choice
	for i, slot := range offeredTimes {
		choices = append(choices, channels.Choice{Label: capital(t.sayTimes([]scheduler.Slot{slot})), Value: value("times.offer", i), Role: channels.Answer})
	}
	choices = append(choices, channels.Choice{Label: t.w("times.other"), Value: "times.other", Role: channels.Answer})
	return numbered(choices)
}

// askTimes asks when, unless the time came with the word.
func (t *turn) askTimes(rest string) {
	if rest != "" && t.typedTimes(rest) {
		return
	}
	t.learner.Place.Aside = &learner.Aside{Topic: topicTimes}
	text := ""
	if len(t.learner.Slots) > 0 {
		text = t.w("times.now", "times", t.sayTimes(t.learner.Slots))
	}
	t.say(channels.Message{Title: t.w("times.ask"), Text: text, Choices: t.timesChoices(), Note: t.w("times.example")})
}

// pressTimes follows the buttons about times.
func (t *turn) pressTimes(arguments []string) {
	l := t.learner
	if len(arguments) == 0 {
		t.old()
		return
	}
	aside := l.Place.Aside
	switch arguments[0] {
	case "offer":
		if i, err := strconv.Atoi(strings.Join(arguments[1:], "")); err == nil && i >= 0 && i < len(offeredTimes) {
			t.keepTimes([]scheduler.Slot{offeredTimes[i]})
			return
		}
	case "other":
		l.Place.Aside = &learner.Aside{Topic: topicTimes}
		t.text(t.w("times.other-how"))
		return
	case "yes", "outside":
		if aside != nil && aside.Topic == topicTimes && len(aside.Slots) > 0 {
			l.Outside = arguments[0] == "outside"
			t.keepTimes(aside.Slots)
			return
		}
	case "this": // one of several readings
		if aside != nil && len(arguments) == 2 {
			if i, err := strconv.Atoi(arguments[1]); err == nil && i >= 0 && i < len(aside.Readings) {
				t.sayBack(aside.Readings[i])
				return
			}
		}
	}
	t.old()
}

// typedTimesAside reads a text where a time is waited for.
func (t *turn) typedTimesAside(text string) {
	said := plain(text)
	aside := t.learner.Place.Aside
	switch {
	case len(aside.Slots) > 0 && isYes(said):
		t.press("times.yes")
	case len(aside.Slots) > 0 && isNo(said):
		t.press("times.other")
	case !t.typedTimes(text):
		t.text(t.w("times.not-understood"), t.timesChoices()...)
	}
}

// typedTimes understands a typed time, or a change of working hours, and says
// it back; false when it is neither.
func (t *turn) typedTimes(text string) bool {
	if hours, ok := scheduler.ParseHours(text, t.learner.Lang); ok {
		t.learner.Working = hours.Apply(t.learner.Working, t.today)
		t.learner.Place.Aside = nil
		t.text(join(t.w("times.hours-kept"), t.sayNext()), t.wayOn()...)
		return true
	}
	times, ok := scheduler.ParseTimes(text, t.learner.Lang)
	times = times.Anchored(t.today)
	switch {
	case !ok:
		return false
	case len(times.Ambiguous) > 0:
		t.whichTime(times)
	default:
		t.sayBack(times.Slots)
	}
	return true
}

// whichTime asks which of several meanings was meant.
func (t *turn) whichTime(times scheduler.Times) {
	aside := &learner.Aside{Topic: topicTimes, Step: "which"}
	var choices []channels.Choice
	for i, meaning := range times.Ambiguous {
		aside.Readings = append(aside.Readings, meaning.Slots)
		choices = append(choices, channels.Choice{Label: capital(t.sayTimes(meaning.Slots)), Value: value("times.this", i), Role: channels.Answer})
	}
	t.learner.Place.Aside = aside
	t.text(t.w("times.which"), numbered(choices)...)
}

// sayBack says what was understood, before it is kept. A time outside working
// time is confirmed as such, once.
func (t *turn) sayBack(slots []scheduler.Slot) {
	t.learner.Place.Aside = &learner.Aside{Topic: topicTimes, Step: "confirm", Slots: slots}
	said := t.sayTimes(slots)
	if !t.inside(slots) {
		if t.policy.ForbidOutside {
			t.learner.Place.Aside = &learner.Aside{Topic: topicTimes}
			t.text(t.w("times.outside-forbidden", "times", said), t.timesChoices()...)
			return
		}
		t.text(t.w("times.outside", "times", said), primary(t.w("times.outside-yes"), "times.outside"), secondary(t.w("times.correct"), "times.other"))
		return
	}
	text := t.w("times.understood", "times", said)
	if first := scheduler.Next(slots, t.now, t.zone); !first.IsZero() {
		text += " " + t.w("times.first", "date", t.sayDate(scheduler.DateOf(first, t.zone)))
	}
	t.text(join(text, t.w("times.promise")), primary(t.w("times.yes"), "times.yes"), secondary(t.w("times.correct"), "times.other"))
}

// inside says whether every occurrence of the slots lies in working time, in
// an ordinary week.
func (t *turn) inside(slots []scheduler.Slot) bool {
	for _, s := range slots {
		for day := range 14 {
			date := t.today.AddDays(day)
			if !s.Days.Has(date.Weekday()) {
				continue
			}
			within := false
			for _, o := range t.learner.Working.Openings(date) {
				within = within || (o.From <= s.Minutes() && s.Minutes() < o.To)
			}
			if !within && len(t.learner.Working.Openings(date)) > 0 {
				return false
			}
			if !within && day < 7 && len(t.learner.Working.Openings(date)) == 0 {
				return false
			}
		}
	}
	return true
}

// keepTimes keeps the slots, and plans the next push anew.
func (t *turn) keepTimes(slots []scheduler.Slot) {
	l := t.learner
	l.Slots, l.Place.Aside = slots, nil
	l.Push.Next, l.Push.Snoozed = scheduler.Next(slots, t.now, t.zone), false
	l.Stopped = false
	t.happen("times", "kept")
	if l.Place.Topic == topicHello {
		t.helloComfort()
		return
	}
	t.text(join(t.w("times.kept", "times", t.sayTimes(slots)), t.sayNext()), t.wayOn()...)
}

// sayTimes says slots as one would: "le lundi et le jeudi à 13 h".
func (t *turn) sayTimes(slots []scheduler.Slot) string {
	var parts []string
	for _, s := range slots {
		text := t.w("times.slot", "days", t.sayDays(s.Days), "time", t.words.Clock(s.Hour, s.Minute))
		if s.Every == 2 {
			text = t.w("times.every-second-week", "times", text)
		}
		parts = append(parts, text)
	}
	return t.words.List(parts)
}

func (t *turn) sayDays(days scheduler.Days) string {
	switch days {
	case scheduler.WorkingWeek:
		return t.w("times.weekdays")
	case scheduler.EveryDay:
		return t.w("times.every-day")
	}
	var names []string
	for _, day := range days.List() {
		names = append(names, t.w("times.day", "day", t.words.Weekday(day)))
	}
	return t.w("times.days", "days", t.words.List(names))
}

// capital begins a text with a capital letter.
func capital(text string) string {
	for i, r := range text {
		return strings.ToUpper(string(r)) + text[i+len(string(r)):]
	}
	return text
}
