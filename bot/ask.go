package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/channels/markup"
)

// stepNamed is an asking to which the learner added their name.
const stepNamed = "named"

// startAsk takes a question for the trainers of the learner's organisation. Who
// belongs to none is told so, and offered what there is.
func (t *turn) startAsk() {
	l := t.learner
	about := ""
	switch {
	case l.Place.Ask != nil:
		about = l.Place.Ask.Question
	case l.Place.Topic == topicFeedback && len(l.Asked) > 0:
		about = l.Asked[len(l.Asked)-1].Question
	case l.Place.Topic == topicLesson:
		about = l.Place.Lesson
	}
	t.openAsk(about)
}

func (t *turn) openAsk(about string) {
	if !t.hasTrainers() {
		t.nobodyAnswers("ask.nobody")
		return
	}
	t.learner.Place.Aside = &learner.Aside{Topic: topicAsk, About: about}
	t.text(t.w("ask.ask"), quiet(t.w("ask.cancel"), "ask.cancel"))
}

// nobodyAnswers says why a question would reach nobody, and what there is instead.
func (t *turn) nobodyAnswers(id string) {
	t.learner.Place.Aside = nil
	choices := t.wayOn()
	if t.learner.Place.Ask != nil || len(t.learner.Asked) > 0 {
		choices = append(choices, quiet(t.w("ask.report"), "do.report"))
	}
	t.text(t.w(id), choices...)
}

// hasTrainers says whether a question of this learner would reach anybody.
func (t *turn) hasTrainers() bool { return t.inbox != nil && t.learner.Member.Org != "" }

// pressAsk follows "a question?" under feedback, and what stands under one's
// own words when they are shown back.
func (t *turn) pressAsk(arguments []string) {
	aside := t.learner.Place.Aside
	open := aside != nil && aside.Topic == topicAsk
	switch {
	case len(arguments) != 1:
		t.old()
	case arguments[0] == "cancel":
		t.learner.Place.Aside = nil
		t.text(t.w("ask.cancelled"), t.wayOn()...)
	case arguments[0] == "instead" && aside != nil && aside.Topic == topicReport:
		t.openAsk(aside.About)
	case arguments[0] == "send" && open && aside.Text != "":
		t.sendAsk()
	case arguments[0] == "name" && open && aside.Text != "":
		aside.Step = stepNamed
		t.showAsked()
	case arguments[0] == "noname" && open && aside.Text != "":
		aside.Step = ""
		t.showAsked()
	default:
		if i := slices.IndexFunc(t.learner.Asked, func(a learner.Ask) bool { return a.ID == arguments[0] }); i >= 0 {
			t.openAsk(t.learner.Asked[i].Question)
			return
		}
		t.old()
	}
}

// typedAsk shows the learner's words back before they go anywhere; typed
// again, the newer words stand.
func (t *turn) typedAsk(text string) {
	if utf8.RuneCountInString(text) > inbox.LongestQuestion {
		t.text(t.w("ask.long", "n", inbox.LongestQuestion), quiet(t.w("ask.cancel"), "ask.cancel"))
		return
	}
	t.learner.Place.Aside.Text = text
	t.showAsked()
}

// showAsked shows what would be sent, and with which name.
func (t *turn) showAsked() {
	aside, name := t.learner.Place.Aside, t.learner.Name
	text := t.w("ask.shown", "text", markup.Escape(aside.Text))
	choices := []channels.Choice{primary(t.w("ask.send"), "ask.send")}
	switch {
	case aside.Step == stepNamed:
		text = join(text, t.w("ask.with-name", "name", markup.Escape(name)))
		choices = append(choices, secondary(t.w("ask.noname"), "ask.noname"))
	default:
		text = join(text, t.w("ask.without-name"))
		if name != "" {
			choices = append(choices, secondary(t.w("ask.name"), "ask.name"))
		}
	}
	t.text(text, append(choices, quiet(t.w("ask.cancel"), "ask.cancel"))...)
}

// sendAsk hands the question over; its name is the press, so that the same
// press twice is one question.
func (t *turn) sendAsk() {
	l, aside := t.learner, t.learner.Place.Aside
	asking := inbox.Asking{
		Org: l.Member.Org, Learner: l.ID, Event: cmp.Or(t.event.ID, itoa(int(l.Sequence))),
		Lang: l.Lang, Text: aside.Text, About: t.about(aside.About),
	}
	if aside.Step == stepNamed {
		asking.Name = l.Name
	}
	in := t.inbox
	came, granted := t.wish("ask", func(ctx context.Context) (any, error) { return mendable(in.Ask(ctx, asking)) })
	switch {
	case !granted:
	case came == inbox.ErrNobody:
		t.nobodyAnswers("ask.no-trainer")
	case came != nil:
		t.text(t.w("ask.too-many"), append(t.wayOn(), quiet(t.w("ask.cancel"), "ask.cancel"))...)
	default:
		l.Place.Aside = nil
		t.happen("ask", "sent")
		t.text(t.w("ask.sent"), t.wayOn()...)
	}
}

// about finds what a key is of: "series/question" or "series/lesson".
func (t *turn) about(key string) inbox.About {
	id, name, ok := strings.Cut(key, "/")
	series := t.catalogue.Series(id)
	if !ok || series == nil {
		return inbox.About{}
	}
	if t.lesson(key) != nil {
		return inbox.About{Series: id, Lesson: name}
	}
	if lesson, _, found := series.Question(name); found {
		return inbox.About{Series: id, Lesson: lesson.ID, Question: name}
	}
	return inbox.About{}
}

// mendable makes of an error that a person can mend what became of a wish: nil
// of none. Any other stays an error, and the event comes again.
func mendable(err error) (any, error) {
	for _, known := range []error{
		inbox.ErrTooMany, inbox.ErrNobody, inbox.ErrAnswered, inbox.ErrEmpty, inbox.ErrLong, inbox.ErrMarkup, inbox.ErrClosed, inbox.ErrReplied, inbox.ErrGone,
		people.ErrNotAllowed,
	} {
		if errors.Is(err, known) {
			return known, nil
		}
	}
	return nil, err
}
