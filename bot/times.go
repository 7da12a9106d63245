package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/scheduler"
)

// offeredTimes are three good offers, inside the usual working time.
var offeredTimes = []scheduler.Slot{
	{Days: scheduler.WorkingWeek, Hour: 9, Minute: 0},
	{Days: scheduler.Tuesday | scheduler.Thursday, Hour: 11, Minute: 0},
	{Days: scheduler.Monday | scheduler.Wednesday | scheduler.Friday, Hour: 13, Minute: 30},
}

// timesChoices are the offers, those in the learner's own working time first.
func (t *turn) timesChoices() []channels.Choice {
	var choices, outside []channels.Choice
	for i, slot := range offeredTimes {
		slots := []scheduler.Slot{slot}
		choice := channels.Choice{Label: capital(t.sayTimes(slots)), Value: value("times.offer", i), Role: channels.Answer}
		if t.inside(slots) {
			choices = append(choices, choice)
		} else {
			outside = append(outside, choice)
		}
	}
	choices = append(choices, outside...)
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
	t.say(channels.Message{Title: t.w("times.ask"), Text: text, Choices: t.timesChoices(), Form: t.timesForm(), Note: t.w("times.example")})
}

// Fields of the form that picks a time.
const (
	fieldDays = "choices"
	fieldTime = "time"
)

// timesForm picks days and a time where an app has inputs for them, nil
// elsewhere. What is learned already is filled in.
func (t *turn) timesForm() *channels.Form {
	if t.policy.Inputs == nil || !t.policy.Inputs(t.to.Channel) {
		return nil
	}
	days := channels.Field{Name: fieldDays, Label: t.w("apps.pick-days"), Kind: channels.ChoicesField}
	for _, day := range scheduler.EveryDay.List() {
		days.Options = append(days.Options, channels.Option{Value: strconv.Itoa(len(days.Options)), Label: capital(t.words.Weekday(day))})
	}
	at := "09:00"
	if slots := t.learner.Slots; len(slots) > 0 {
		at = fmt.Sprintf("%02d:%02d", slots[0].Hour, slots[0].Minute)
	}
	clock := channels.Field{Name: fieldTime, Label: t.w("apps.pick-time"), Kind: channels.TimeField, Value: at}
	return &channels.Form{Value: "times.pick", Fields: []channels.Field{days, clock}, Submit: t.w("apps.pick")}
}

// pickTimes reads that form, and says it back as if it had been typed.
func (t *turn) pickTimes() {
	var slot scheduler.Slot
	for _, v := range t.event.Fields[fieldDays] {
		if i, err := strconv.Atoi(v); err == nil && i >= 0 && i < len(scheduler.EveryDay.List()) {
			slot.Days |= scheduler.Monday << i
		}
	}
	at, err := time.Time{}, errNoTime
	if typed := t.event.Fields[fieldTime]; len(typed) > 0 {
		at, err = time.Parse("15:04", typed[0])
	}
	if err != nil || slot.Days == 0 {
		t.text(t.w("apps.pick-both"), t.timesChoices()...)
		return
	}
	slot.Hour, slot.Minute = at.Hour(), at.Minute()
	t.sayBack([]scheduler.Slot{slot})
}

var errNoTime = errors.New("no time was picked")

// pressTimes follows the buttons about times.
func (t *turn) pressTimes(arguments []string) {
	l := t.learner
	if len(arguments) == 0 {
		t.old()
		return
	}
	switch arguments[0] {
	case "offer":
		if i, err := strconv.Atoi(strings.Join(arguments[1:], "")); err == nil && i >= 0 && i < len(offeredTimes) {
			t.takeTimes([]scheduler.Slot{offeredTimes[i]}, false)
			return
		}
	case "other":
		l.Place.Aside = &learner.Aside{Topic: topicTimes}
		t.text(t.w("times.other-how"))
		return
	case "yes", "outside":
		if t.isOpen(topicTimes, arguments[1:]) {
			t.confirmTimes()
			return
		}
	case "this": // one of several readings
		if len(arguments) == 3 && t.isOpen(topicTimes, arguments[2:]) {
			if i, err := strconv.Atoi(arguments[1]); err == nil && i >= 0 && i < len(l.Place.Aside.Readings) {
				t.sayBack(l.Place.Aside.Readings[i])
				return
			}
		}
	case "pick":
		t.pickTimes()
		return
	case "less":
		t.askLess()
		return
	case "days":
		if days := firstNumber(strings.Join(arguments[1:], " ")); days > 0 && days <= int(scheduler.EveryDay) && len(l.Slots) > 0 {
			slot := l.Slots[0]
			slot.Days = scheduler.Days(days)
			t.takeTimes([]scheduler.Slot{slot}, t.outside())
			return
		}
	}
	t.old()
}

// isOpen says whether the open matter is the one that a button names: another
// one has been understood since where it is not.
func (t *turn) isOpen(topic learner.Topic, named []string) bool {
	aside := t.learner.Place.Aside
	return aside != nil && aside.Topic == topic && len(named) == 1 && aside.Live == named[0]
}

// askLess offers fewer days at the same time.
func (t *turn) askLess() {
	if len(t.learner.Slots) == 0 {
		t.askTimes("")
		return
	}
	var choices []channels.Choice
	for _, days := range []scheduler.Days{scheduler.Tuesday | scheduler.Thursday, scheduler.Tuesday} {
		slot := t.learner.Slots[0]
		slot.Days = days
		choices = append(choices, channels.Choice{Label: capital(t.sayTimes([]scheduler.Slot{slot})), Value: value("times.days", uint8(days)), Role: channels.Answer})
	}
	choices = append(choices, channels.Choice{Label: t.w("times.other"), Value: "times.other", Role: channels.Answer})
	t.text(t.w("times.ask"), numbered(choices)...)
}

// typedTimesAside reads a text where a time is waited for.
func (t *turn) typedTimesAside(text string) {
	said := plain(text)
	aside := t.learner.Place.Aside
	asked := len(aside.Slots) > 0 || aside.Step == stepHours
	switch {
	case asked && isYes(said):
		t.confirmTimes()
	case asked && isNo(said):
		t.press("times.other")
	case !t.typedTimes(text):
		t.text(t.w("times.not-understood"), t.timesChoices()...)
	}
}

// confirmTimes keeps what was understood and said back.
func (t *turn) confirmTimes() {
	l := t.learner
	aside := l.Place.Aside
	if aside.Step == stepHours {
		t.keepHours(aside.About)
		return
	}
	outside := !t.inside(aside.Slots)
	if len(aside.Slots) == 0 || outside && t.policy.ForbidOutside {
		t.old()
		return
	}
	t.keepTimes(aside.Slots, outside)
}

// typedTimes understands a typed time, or a change of working hours, and says
// it back; false when it is neither.
func (t *turn) typedTimes(text string) bool {
	if hours, ok := scheduler.ParseHours(text, t.learner.Lang); ok {
		t.sayBackHours(hours, text)
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
	aside := &learner.Aside{Topic: topicTimes, Step: "which", Live: t.next()}
	var choices []channels.Choice
	for i, meaning := range times.Ambiguous {
		slots := meaning.Anchored(t.today).Slots
		aside.Readings = append(aside.Readings, slots)
		choices = append(choices, channels.Choice{Label: capital(t.sayTimes(slots)), Value: value("times.this", i, aside.Live), Role: channels.Answer})
	}
	t.learner.Place.Aside = aside
	t.say(channels.Message{ID: aside.Live, Text: t.w("times.which"), Choices: numbered(choices)})
}

// sayBack says what was understood, before it is kept. A time outside working
// time is confirmed as such, once.
func (t *turn) sayBack(slots []scheduler.Slot) {
	said := t.sayTimes(slots)
	outside := !t.inside(slots)
	if outside && t.policy.ForbidOutside {
		t.learner.Place.Aside = &learner.Aside{Topic: topicTimes}
		t.text(t.w("times.outside-forbidden", "times", said), t.timesChoices()...)
		return
	}
	id := t.next()
	t.learner.Place.Aside = &learner.Aside{Topic: topicTimes, Step: "confirm", Slots: slots, Live: id}
	correct := secondary(t.w("times.correct"), "times.other")
	if outside {
		text := t.w("times.outside", "times", said)
		if t.learner.Working.Week != nil {
			text = t.w("times.outside-own", "times", said)
		}
		t.say(channels.Message{ID: id, Text: text, Choices: []channels.Choice{primary(t.w("times.outside-yes"), value("times.outside", id)), correct}})
		return
	}
	text := t.w("times.understood", "times", said)
	if first := scheduler.Next(slots, t.now, t.zone); !first.IsZero() {
		text += " " + t.w("times.first", "date", t.sayDate(scheduler.DateOf(first, t.zone)))
	}
	t.say(channels.Message{ID: id, Text: join(text, t.w("times.promise")), Choices: []channels.Choice{primary(t.w("times.yes"), value("times.yes", id)), correct}})
}

// inside says whether every occurrence of the slots lies in working time, in
// two ordinary weeks. "Each working day" leaves out the days that are not worked.
func (t *turn) inside(slots []scheduler.Slot) bool {
	for _, s := range slots {
		if worked, shut := t.occurrences(s); shut > 0 || worked == 0 {
			return false
		}
	}
	return true
}

// silent says whether one of the slots never lies in working time: nothing
// would ever be said at it.
func (t *turn) silent(slots []scheduler.Slot) bool {
	return slices.ContainsFunc(slots, func(s scheduler.Slot) bool {
		worked, _ := t.occurrences(s)
		return worked == 0
	})
}

// occurrences counts, in two ordinary weeks, how often a slot lies in working
// time and how often it does not.
func (t *turn) occurrences(s scheduler.Slot) (worked, shut int) {
	at := t.today.At(0, t.zone).Add(-time.Second)
	for {
		at = scheduler.Next([]scheduler.Slot{s}, at, t.zone)
		date := scheduler.DateOf(at, t.zone)
		if at.IsZero() || date.Since(t.today) >= 14 {
			return worked, shut
		}
		openings := t.learner.Working.Openings(date)
		switch {
		case len(openings) == 0 && s.Days == scheduler.WorkingWeek:
		case slices.ContainsFunc(openings, func(o scheduler.Opening) bool { return o.From <= s.Minutes() && s.Minutes() < o.To }):
			worked++
		default:
			shut++
		}
	}
}

// takeTimes keeps what was chosen from offers. What lies outside working time,
// and was not confirmed before, is said back first.
func (t *turn) takeTimes(slots []scheduler.Slot, confirmed bool) {
	outside := !t.inside(slots)
	if outside && !confirmed {
		t.sayBack(slots)
		return
	}
	t.keepTimes(slots, outside)
}

// keepTimes keeps the slots, and plans the next push anew. outside says that
// some of them lie outside working time, and that this was confirmed.
func (t *turn) keepTimes(slots []scheduler.Slot, outside bool) {
	l := t.learner
	l.Slots, l.Place.Aside, l.Outside = slots, nil, outside
	l.Push.Next, l.Push.Snoozed = scheduler.Next(slots, t.now, t.zone), false
	l.Stopped = false
	t.happen("times", "kept")
	if l.Place.Topic == topicHello {
		t.helloComfort()
		return
	}
	t.text(join(t.w("times.kept", "times", t.sayTimes(slots)), t.sayNext()), t.wayOn()...)
}

// sayTimes says slots as one would: "le lundi et le jeudi à 13 h", "chaque jour
// ouvrable à 9 h et 11 h".
func (t *turn) sayTimes(slots []scheduler.Slot) string {
	var parts []string
	for len(slots) > 0 {
		s, clocks := slots[0], []string{}
		for len(slots) > 0 && slots[0].Days == s.Days && slots[0].Every == s.Every {
			clocks = append(clocks, t.words.Clock(slots[0].Hour, slots[0].Minute))
			slots = slots[1:]
		}
		text := t.w("times.slot", "days", t.sayDays(s.Days), "time", t.words.List(clocks))
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
