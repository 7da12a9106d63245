package bot

import (
	"slices"
	"strings"

	"praline/bot/learner"
	"praline/channels"
)

// The topics of conversation.
const (
	topicHello    learner.Topic = "hello"
	topicLesson   learner.Topic = "lesson"
	topicQuestion learner.Topic = "question"
	topicFeedback learner.Topic = "feedback"
	topicTimes    learner.Topic = "times"
	topicPause    learner.Topic = "pause"
	topicReport   learner.Topic = "report"
	topicForget   learner.Topic = "forget"
	topicMinutes  learner.Topic = "minutes"
	topicApps     learner.Topic = "apps"
	topicMember   learner.Topic = "member"
	topicCampaign learner.Topic = "campaign"
	topicAsk      learner.Topic = "ask"
	topicInbox    learner.Topic = "inbox"
	topicSurvey   learner.Topic = "survey"
)

// decide leads an event to its topic.
func (t *turn) decide() {
	switch t.event.Kind {
	case channels.Came:
		t.came()
	case channels.Left, channels.Blocked:
		t.left()
	case channels.Edited:
		t.edited()
	case channels.Sent:
		t.notRead()
	case channels.Pressed:
		t.press(t.pressed())
	case channels.Formed:
		t.press(t.event.Value)
	case channels.Said:
		t.typed(strings.TrimSpace(t.event.Text))
	}
}

// came is somebody who opens the bot: hello, or where we were. A link may have
// named a series, or brought a code.
func (t *turn) came() {
	if t.redeems(t.event.Payload) || t.invited(t.event.Payload) || t.linked(t.event.Payload) {
		return
	}
	if t.learner.Agreed.IsZero() {
		t.startHello()
		return
	}
	t.here(t.w("other.back"))
}

// here says a word and the one way on; before the learner has agreed that is
// the step of hello. Who comes from another app sees again what waits: its
// buttons stand there no more.
func (t *turn) here(text string) {
	if t.learner.Agreed.IsZero() {
		t.text(text)
		t.hello()
		return
	}
	if topic := t.learner.Place.Topic; t.moved && (topic == topicQuestion || topic == topicLesson || topic == topicHello || topic == topicCampaign) {
		t.text(text)
		t.showPlace()
		return
	}
	t.text(text, t.wayOn()...)
}

// left is somebody who removed or blocked the bot: nothing is sent there.
func (t *turn) left() {
	l := t.learner
	l.Left(t.to)
	for _, s := range t.waiting {
		switch {
		case !s.To.Same(t.to) || slices.Contains(t.drop, s.Message.ID):
		case s.Letter != nil:
			t.takeBackLetter(s, learner.WhyBlocked)
		default:
			t.drop = append(t.drop, s.Message.ID)
			if s.Unasked {
				t.failed(s, learner.WhyBlocked)
			}
		}
	}
	t.happen("left", t.to.Channel)
}

// edited is a text that was said before and is changed now: the first answer counts.
func (t *turn) edited() {
	t.here(t.w("other.edited"))
}

// old is a press that has had its effect, or never had one: it says kindly
// where we are.
func (t *turn) old() {
	t.here(t.w("other.old"))
}

// notRead is a sticker, a picture, a voice message.
func (t *turn) notRead() { t.here(t.w("other.media")) }

// notUnderstood offers what one may have meant.
func (t *turn) notUnderstood() {
	t.text(t.w("other.not-understood"), append(t.wayOn(),
		secondary(t.w("do.progress"), "do.progress"),
		secondary(t.w("do.time"), "do.time"),
		quiet(t.w("do.help"), "do.help"))...)
}

// wayOn is the one choice that leads back to where the learner is.
func (t *turn) wayOn() []channels.Choice {
	switch {
	case t.learner.Agreed.IsZero():
		return nil
	case t.learner.Place.Topic != "":
		return []channels.Choice{primary(t.w("do.here"), "here")}
	}
	return []channels.Choice{primary(t.w("do.lesson"), "do.lesson")}
}

// pressHere shows again where the learner is.
func (t *turn) pressHere([]string) { t.showPlace() }

// showPlace says what the learner's place waits for, anew.
func (t *turn) showPlace() {
	l := t.learner
	switch {
	case l.Agreed.IsZero() || l.Place.Topic == topicHello:
		t.hello()
	case l.Place.Topic == topicQuestion && l.Place.Ask != nil:
		t.touch()
		t.askAgain()
	case l.Place.Topic == topicLesson:
		t.touch()
		t.retire(l.Place.Live)
		t.showScreen("")
	case l.Place.Topic == topicCampaign:
		t.touch()
		t.retire(l.Place.Live)
		t.declareAgain()
	case l.Place.Topic == topicFeedback:
		t.touch()
		t.retire(l.Place.Live)
		t.advance()
	default: // nowhere, or a topic of a version that we do not know
		l.Place.Topic, l.Place.Ask = "", nil
		t.startSession()
	}
}

// help lists what one can say.
func (t *turn) help() {
	id := "help.text"
	if t.learner.Guided {
		id = "help.guided"
	}
	t.text(t.w(id), append(append(t.wayOn(), t.memberChoices()...),
		secondary(t.w("do.time"), "do.time"),
		secondary(t.w("do.minutes"), "do.minutes"),
		secondary(t.w("do.language"), "do.language"),
		secondary(t.w("do.pause"), "do.pause"),
		secondary(t.w("do.progress"), "do.progress"),
		secondary(t.w("do.catalogue"), "do.catalogue"),
		quiet(t.w("do.apps"), "do.apps"),
		quiet(t.w("do.data"), "do.data"))...)
}
