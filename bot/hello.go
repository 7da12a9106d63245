package bot

import (
	"slices"
	"strings"
	"time"

	"praline/channels"
	"praline/lessons"
	"praline/locales"
)

// Hello is six presses from "who are you?" to the first screen of a lesson:
// language, privacy, minutes, when, comfort, first lesson. Each has a default
// that one press takes.
const helloSteps = 5

// The steps of hello, as they stand in Place.Step.
const (
	stepLanguage = "language"
	stepPrivacy  = "privacy"
	stepMinutes  = "minutes"
	stepTimes    = "times"
	stepComfort  = "comfort"
)

// startHello guesses the language from the app and says who is speaking.
func (t *turn) startHello() {
	l := t.learner
	if l.Lang == "" {
		l.Lang = locales.Best(t.event.Languages, locales.Languages)
		if l.Lang == "" {
			l.Lang = locales.Languages[0]
		}
		t.speak(l.Lang)
	}
	if l.Zone == "" && t.event.Zone != "" && zone(t.event.Zone).String() == t.event.Zone {
		l.Zone = t.event.Zone
		t.zone = zone(l.Zone)
	}
	l.Place.Topic = topicHello
	if l.Place.Step == "" {
		l.Place.Step = stepLanguage
	}
	t.hello()
}

// seriesLink begins the payload of a link that leads to a series: what follows is its id.
const seriesLink = "s-"

// linked follows a link that names a series. Somebody new is taught it first,
// after hello; somebody known chooses it. Any other payload leads nowhere.
func (t *turn) linked(payload string) bool {
	id, is := strings.CutPrefix(payload, seriesLink)
	if !is {
		return false
	}
	all := t.catalogue.All()
	i := slices.IndexFunc(all, func(s *lessons.Series) bool { return s.ID == id })
	switch {
	case i < 0:
		return false
	case t.learner.Agreed.IsZero() || t.learner.Place.Topic == topicHello:
		t.putFirst(id)
		return false // and hello goes on
	case !slices.Contains(all[i].Languages, t.learner.Lang):
		return false
	}
	t.chooseSeries(all[i])
	return true
}

// hello shows the step where the learner is.
func (t *turn) hello() {
	if t.learner.Place.Topic != topicHello {
		t.startHello()
		return
	}
	switch t.learner.Place.Step {
	case stepPrivacy:
		t.helloPrivacy()
	case stepMinutes:
		t.helloMinutes()
	case stepTimes:
		t.helloTimes()
	case stepComfort:
		t.helloComfort()
	case stepJoin:
		t.askJoin()
	default:
		t.helloLanguage()
	}
}

// helloSay says one step of hello, in the place of the one before.
func (t *turn) helloSay(step string, m channels.Message) {
	l := t.learner
	l.Place.Step = step
	m.Replaces = l.Place.Live
	l.Place.Live = t.say(m)
}

func (t *turn) helloLanguage() {
	here, other := t.learner.Lang, "nl"
	if here == "nl" {
		other = "fr"
	}
	choices := []channels.Choice{
		primary(t.w("hello.go-on"), "hello.lang."+here),
		secondary(locales.For(other).Say("hello.go-on"), "hello.lang."+other),
	}
	text := t.w("hello.who") + "\n\n*" + locales.For(other).Say("hello.short") + "*"
	if hint := locales.Best(t.event.Languages, []string{"de", "en"}); hint != "" {
		text += "\n\n*" + locales.For(hint).Say("hello.short") + "*"
	}
	t.helloSay(stepLanguage, channels.Message{Text: text, Choices: choices, Note: t.w("apps.hello")})
}

func (t *turn) helloPrivacy() {
	t.helloSay(stepPrivacy, channels.Message{
		Steps: t.steps("hello.step", 1, helloSteps),
		Title: t.w("hello.privacy-title"),
		Text:  t.w("hello.privacy"),
		Choices: []channels.Choice{
			primary(t.w("hello.yes"), "hello.yes"),
			secondary(t.w("hello.no"), "hello.no"),
			quiet(t.w("hello.privacy-more"), "hello.more"),
		},
		Note: t.w("hello.privacy-next"),
	})
}

func (t *turn) helloMinutes() {
	t.helloSay(stepMinutes, channels.Message{
		Steps:   t.steps("hello.step", 2, helloSteps),
		Title:   t.w("hello.minutes"),
		Choices: t.minutesChoices("hello.minutes"),
	})
}

func (t *turn) helloTimes() {
	t.helloSay(stepTimes, channels.Message{
		Steps:   t.steps("hello.step", 3, helloSteps),
		Title:   t.w("times.ask"),
		Choices: t.timesChoices(),
		Note:    t.w("times.example"),
	})
}

func (t *turn) helloComfort() {
	t.helloSay(stepComfort, channels.Message{
		Steps:   t.steps("hello.step", 4, helloSteps),
		Title:   t.w("comfort.ask"),
		Choices: t.comfortChoices(),
	})
}

// pressHello follows the buttons of hello. One of an earlier step shows where
// we are.
func (t *turn) pressHello(arguments []string) {
	l := t.learner
	switch {
	case l.Place.Topic != topicHello && l.Agreed.IsZero():
		t.startHello() // a button older than what we know of them
		return
	case l.Place.Topic != topicHello || len(arguments) == 0:
		t.old()
		return
	}
	step := l.Place.Step
	switch arguments[0] {
	case "lang":
		if len(arguments) == 2 {
			t.chooseLanguage(arguments[1])
		}
		if step == stepLanguage {
			t.helloPrivacy()
			return
		}
	case "more":
		if step == stepPrivacy {
			t.helloPrivacyMore()
			return
		}
	case "yes":
		if step == stepPrivacy {
			l.Agreed = t.now.UTC().Truncate(time.Second)
			t.happen("hello", "agreed")
			t.helloMinutes()
			return
		}
	case "no":
		if l.Agreed.IsZero() {
			t.decline()
			return
		}
	case "minutes":
		if step == stepMinutes && len(arguments) == 2 {
			t.helloChoseMinutes(firstNumber(arguments[1]))
			return
		}
	}
	t.hello()
}

func (t *turn) helloPrivacyMore() {
	t.helloSay(stepPrivacy, channels.Message{
		Title: t.w("hello.privacy-title"), Text: t.w("hello.privacy-long"),
		Choices: []channels.Choice{primary(t.w("hello.yes"), "hello.yes"), secondary(t.w("hello.no"), "hello.no")},
	})
}

func (t *turn) helloChoseMinutes(n int) {
	if n < 1 || n > maxMinutes {
		t.text(t.w("minutes.range", "most", maxMinutes))
		t.helloMinutes()
		return
	}
	t.learner.Minutes = n
	t.helloTimes()
}

// typedStep reads what was typed where a step of hello waits, after the
// learner has agreed.
func (t *turn) typedStep(text string) bool {
	switch t.learner.Place.Step {
	case stepMinutes:
		t.helloChoseMinutes(firstNumber(text))
	case stepTimes:
		if !t.typedTimes(text) {
			t.text(t.w("times.not-understood"), t.timesChoices()...)
		}
	default:
		return false
	}
	return true
}

// decline says goodbye; nothing is kept of somebody who says no.
func (t *turn) decline() {
	t.say(channels.Message{Replaces: t.learner.Place.Live, Text: t.w("hello.declined")})
	t.erase = true
	t.happen("hello", "declined")
}

// typedHello reads a text before the learner has agreed: a language, yes, no,
// a number; anything else shows the step again.
func (t *turn) typedHello(text string) {
	if t.learner.Place.Topic != topicHello {
		t.startHello()
		return
	}
	said := plain(text)
	if lang := languageNamed(said); lang != "" {
		t.press("hello.lang." + lang)
		return
	}
	if t.offered(text) {
		return
	}
	if t.learner.Place.Step == stepPrivacy {
		switch {
		case isYes(said):
			t.press("hello.yes")
			return
		case isNo(said):
			t.press("hello.no")
			return
		}
	}
	t.hello()
}

// endHello is the last step: what was chosen, and the first lesson.
func (t *turn) endHello() {
	l := t.learner
	if l.Invited != "" {
		t.askJoin()
		return
	}
	l.Place.Topic, l.Place.Step = "", ""
	first := t.nextLesson()
	if first == nil {
		t.helloSayLast(t.w("hello.done-empty"))
		return
	}
	title := first.twin(l.Lang).Title
	t.helloSayLast(t.w("hello.done", "times", t.sayTimes(l.Slots), "title", title, "minutes", t.words.Count("minutes.n", l.DailyMinutes()), "inside", !l.Outside),
		primary(t.w("hello.first"), "start.now"),
		quiet(t.w("do.catalogue"), "do.catalogue"))
	t.happen("hello", "done")
}

func (t *turn) helloSayLast(text string, choices ...channels.Choice) {
	t.learner.Place.Live = t.say(channels.Message{Replaces: t.learner.Place.Live, Text: text, Choices: choices})
}
