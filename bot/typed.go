package bot

import (
	"strings"

	"praline/scheduler"
)

// typed finds out what a typed text is: a command with a slash, the right
// answer, a word that is always a command, a choice typed instead of pressed,
// what an open matter or a question waits for, a plain word, a time — in this
// order.
func (t *turn) typed(text string) {
	l := t.learner
	if text == "" {
		t.notRead()
		return
	}
	if t.redeems(text) || t.invited(text) {
		return
	}
	if l.Agreed.IsZero() {
		t.typedHello(text)
		return
	}
	command, rest, sure := findCommand(text)
	slash := strings.HasPrefix(text, "/")
	asked := l.Place.Ask != nil && l.Place.Aside == nil
	switch {
	case slash && command == "":
		t.notUnderstood()
	case asked && !slash && t.isAnswer(text):
		t.typedAnswer(text, "", "")
	case languageNamed(plain(text)) != "":
		t.press("lang." + languageNamed(plain(text)))
	case slash, sure:
		l.Place.Aside = nil
		commands[command](t, rest)
	case l.Place.Aside == nil && t.asksAbout(text):
	case t.offered(text):
	case l.Place.Aside != nil:
		t.typedAside(text)
	case asked:
		t.typedAnswer(text, command, rest)
	case l.Place.Topic == topicHello && t.typedStep(text):
	case t.means(command, rest):
		commands[command](t, rest)
	case t.typedTimes(text):
	case l.Place.Topic == topicHello:
		t.hello()
	case t.strayed(text):
	default:
		t.notUnderstood()
	}
}

// means says whether a command makes sense with what was typed after it.
func (t *turn) means(command, rest string) bool {
	switch {
	case command == "" || rest == "":
		return command != ""
	case command == "pause":
		_, ok := scheduler.ParseDate(rest, t.learner.Lang, t.today)
		return ok
	case command == "time":
		_, ok := scheduler.ParseTimes(rest, t.learner.Lang)
		return ok
	}
	return command == "search" || firstNumber(rest) > 0 // minutes
}

// typedAside takes a text to the matter that is open.
func (t *turn) typedAside(text string) {
	switch t.learner.Place.Aside.Topic {
	case topicTimes:
		t.typedTimesAside(text)
	case topicPause:
		t.typedPause(text)
	case topicReport:
		t.typedReport(text)
	case topicForget:
		t.typedForget(text)
	case topicMinutes:
		t.typedMinutes(text)
	case topicApps:
		t.typedApps(text)
	case topicMember:
		t.typedMember(text)
	case topicAsk:
		t.typedAsk(text)
	case topicInbox:
		t.typedInbox(text)
	case topicSurvey:
		t.typedSurvey(text)
	default: // of a version that we do not know
		t.learner.Place.Aside = nil
		t.typed(text)
	}
}

// asksAbout answers questions that people put in many wordings.
func (t *turn) asksAbout(text string) bool {
	if rest, asks := asksSilence(text); asks {
		t.saySilence(rest)
		return true
	}
	if asksManager(text) {
		t.showManager()
		return true
	}
	return false
}

// offered follows a number or a label of the last message, typed.
func (t *turn) offered(text string) bool {
	key := plain(text)
	for _, o := range t.learner.Offers {
		if (o.Number > 0 && key == itoa(o.Number)) || (key != "" && key == plain(o.Label)) {
			t.press(o.Value)
			return true
		}
	}
	return false
}
