package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"praline/bot/learner"
	"praline/channels"
)

// A choice's value is a verb and its arguments, joined by dots: at most 48
// bytes, made here and read here.

// presses is what each verb of a choice's value leads to. The arguments are
// what follows the verb, parted by dots.
var presses = map[string]func(*turn, []string){
	"hello":     (*turn).pressHello,
	"lang":      (*turn).pressLanguage,
	"minutes":   (*turn).pressMinutes,
	"times":     (*turn).pressTimes,
	"comfort":   (*turn).pressComfort,
	"start":     (*turn).pressStart,
	"snooze":    (*turn).pressSnooze,
	"screen":    (*turn).pressScreen,
	"answer":    (*turn).pressAnswer,
	"on":        (*turn).pressOn,
	"here":      (*turn).pressHere,
	"more":      (*turn).pressMore,
	"catalogue": (*turn).pressCatalogue,
	"pause":     (*turn).pressPause,
	"streak":    (*turn).pressStreak,
	"report":    (*turn).pressReport,
	"badge":     (*turn).pressBadge,
	"thanks":    (*turn).pressThanks,
	"share":     (*turn).pressShare,
	"forget":    (*turn).pressForget,
	"apps":      (*turn).pressApps,
	"ask":       (*turn).pressAsk,
	"inbox":     (*turn).pressInbox,
	"survey":    (*turn).pressSurvey,
	"member":    (*turn).pressMember,
	"campaign":  (*turn).pressCampaign,
	"do":        (*turn).pressCommand,
}

// pressed is the value of what was pressed. Of a quiz of the app's own it is
// looked up: the app says only which message, and the place of the answer.
func (t *turn) pressed() string {
	n, placed := channels.Placed(t.event.Value)
	if !placed {
		return t.event.Value
	}
	ask := t.learner.Place.Ask
	if ask != nil && t.asksThis(ask.Said) {
		return value("answer", ask.ID, n)
	}
	for _, a := range t.learner.Asked {
		if channels.Names(t.event.Message, t.receipts[a.Said]) {
			return value("answer", a.ID, n) // the first answer counts
		}
	}
	return t.event.Value // an old one
}

// asksThis says whether a message of ours is the one that was pressed. One whose
// receipt is still on its way, with nothing else that the press could be of, is.
func (t *turn) asksThis(message string) bool {
	receipt, known := t.receipts[message]
	if known {
		return channels.Names(t.event.Message, receipt)
	}
	for _, other := range t.receipts {
		if channels.Names(t.event.Message, other) {
			return false
		}
	}
	return slices.ContainsFunc(t.waiting, func(s learner.Said) bool { return s.Message.ID == message })
}

// press follows a choice's value. One that leads nowhere (an old one, a forged
// one) says kindly where we are.
func (t *turn) press(value string) {
	verb, rest, _ := strings.Cut(value, ".")
	follow, known := presses[verb]
	if !known {
		t.old()
		return
	}
	if t.learner.Agreed.IsZero() && verb != "hello" && verb != "lang" {
		t.hello()
		return
	}
	var arguments []string
	if rest != "" {
		arguments = strings.Split(rest, ".")
	}
	follow(t, arguments)
}

// pressCommand is a choice that stands for a plain word: "do.progress".
func (t *turn) pressCommand(arguments []string) {
	if len(arguments) == 1 {
		if command, known := commands[arguments[0]]; known {
			t.learner.Place.Aside = nil
			command(t, "")
			return
		}
	}
	t.old()
}

// value joins a verb and its arguments.
func value(verb string, arguments ...any) string {
	for _, a := range arguments {
		verb += "." + fmt.Sprint(a)
	}
	return verb
}

// tag is a short name of something that only its learner is told: four
// letters, so that a value made for somebody else or for another lesson does
// not fit by chance.
func tag(parts ...string) string {
	const letters = 36 * 36 * 36 * 36
	text := strconv.FormatUint(seed(strings.Join(parts, "\x00"))%letters, 36)
	return strings.Repeat("0", 4-len(text)) + text
}

// longestValue is how long an id may be that stands in a choice's value as it is.
const longestValue = 32

// short names a series in a choice's value, which has little room.
func short(id string) string {
	if len(id) <= longestValue {
		return id
	}
	return id[:longestValue-4] + tag(id)
}
