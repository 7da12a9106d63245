package bot

import (
	"context"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/channels"
	"praline/channels/markup"
)

// waiting is a question of somebody's, for a trainer: nil where none waits.
type waiting struct {
	question *inbox.Question
	more     int   // that wait too
	refused  error // why it is not shown
}

// pressInbox is a trainer who reads and answers learners' questions in their own
// chat. What it shows is looked up on the press: what was erased meanwhile is
// not there.
func (t *turn) pressInbox(arguments []string) {
	aside := t.learner.Place.Aside
	open := aside != nil && aside.Topic == topicInbox
	switch {
	case !t.hasTrainers() || len(arguments) == 0:
		t.old()
	case arguments[0] == "show":
		t.showWaiting("")
	case arguments[0] == "next" && len(arguments) == 2:
		t.showWaiting(arguments[1])
	case arguments[0] == "answer" && len(arguments) == 2:
		t.learner.Place.Aside = &learner.Aside{Topic: topicInbox, About: arguments[1]}
		t.text(t.w("inbox.write"), quiet(t.w("ask.cancel"), "inbox.cancel"))
	case arguments[0] == "cancel":
		t.learner.Place.Aside = nil
		t.text(t.w("ask.cancelled"), t.wayOn()...)
	case arguments[0] == "send" && open && aside.Text != "":
		t.sendAnswer()
	default:
		t.old()
	}
}

// showWaiting shows the question that waits longest after another one.
func (t *turn) showWaiting(after string) {
	in, member := t.inbox, t.learner.Member
	granted, ok := t.wish("inbox", func(ctx context.Context) (any, error) {
		q, more, err := in.Next(ctx, member.Org, member.Person, after)
		refused, err := mendable(err)
		w := waiting{question: q, more: more}
		w.refused, _ = refused.(error)
		return w, err
	})
	if !ok {
		return
	}
	switch w := granted.(waiting); {
	case w.refused != nil:
		t.old()
	case w.question == nil:
		t.text(t.w("inbox.none"), t.wayOn()...)
	default:
		t.text(t.waitingText(w.question), t.waitingChoices(w)...)
	}
}

func (t *turn) waitingText(q *inbox.Question) string {
	text := t.w("inbox.question", "text", markup.Escape(q.Text))
	if q.Name != "" {
		text = join(text, t.w("inbox.from", "name", markup.Escape(q.Name)))
	}
	if s := t.catalogue.Series(q.About.Series); s != nil {
		title := s.Title.In(t.learner.Lang)
		if x := t.lesson(s.ID + "/" + q.About.Lesson); x != nil {
			title += ", " + x.twin(t.learner.Lang).Title
		}
		text = join(text, t.w("inbox.about", "title", markup.Escape(title)))
	}
	return text
}

func (t *turn) waitingChoices(w waiting) []channels.Choice {
	choices := []channels.Choice{primary(t.w("inbox.answer"), value("inbox.answer", w.question.ID))}
	if w.more > 0 {
		choices = append(choices, secondary(t.words.Count("inbox.next", w.more), value("inbox.next", w.question.ID)))
	}
	return choices
}

// typedInbox shows a trainer's answer back before it goes.
func (t *turn) typedInbox(text string) {
	if _, err := inbox.CheckAnswer(text); err != nil {
		t.text(t.answerFault(err), quiet(t.w("ask.cancel"), "inbox.cancel"))
		return
	}
	t.learner.Place.Aside.Text = text
	t.text(t.w("inbox.shown", "text", text), primary(t.w("ask.send"), "inbox.send"), quiet(t.w("ask.cancel"), "inbox.cancel"))
}

// sendAnswer hands the answer over.
func (t *turn) sendAnswer() {
	in, member, aside := t.inbox, t.learner.Member, t.learner.Place.Aside
	came, granted := t.wish("answer", func(ctx context.Context) (any, error) {
		return mendable(in.AnswerAs(ctx, member.Org, member.Person, aside.About, aside.Text))
	})
	if !granted {
		return
	}
	t.learner.Place.Aside = nil
	if err, is := came.(error); is {
		t.text(t.answerFault(err), t.wayOn()...)
		return
	}
	t.happen("ask", "answered")
	t.text(t.w("inbox.sent"), secondary(t.w("inbox.waiting-show"), "inbox.show"))
}

// answerFault says why an answer does not go out.
func (t *turn) answerFault(err error) string {
	switch err {
	case inbox.ErrAnswered:
		return t.w("inbox.answered")
	case inbox.ErrGone:
		return t.w("inbox.gone")
	case inbox.ErrLong:
		return t.w("inbox.long", "n", inbox.LongestAnswer)
	case inbox.ErrEmpty, inbox.ErrMarkup:
		return t.w("inbox.markup")
	}
	return t.w("other.old")
}
