package bot

import (
	"context"
	"encoding/json"
	"strings"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/channels"
	"praline/channels/markup"
)

// survey is one as this learner meets it, or why they do not.
type survey struct {
	inbox.Survey
	refused error
}

// pressSurvey follows a survey's letter and its questions. What is replied
// stays in the learner's own slot until the last question, and then goes out
// whole, without them.
func (t *turn) pressSurvey(arguments []string) {
	verb := ""
	if len(arguments) > 0 {
		verb = arguments[0]
	}
	aside := t.learner.Place.Aside
	open := aside != nil && aside.Topic == topicSurvey
	switch {
	case !t.hasTrainers() || len(arguments) < 3:
		t.old()
	case verb == "start":
		t.startSurvey(arguments[1] + "." + arguments[2])
	case verb == "no":
		t.declineSurvey(arguments[1], inbox.WaveID(arguments[2]))
	case verb == "take" && open && arguments[1] == aside.Step: // the item in hand, not one of before
		t.takeReply(inbox.Reply{Option: firstNumber(arguments[2])})
	case verb == "skip" && open && arguments[1] == aside.Step:
		t.takeReply(inbox.Reply{})
	default:
		t.old()
	}
}

func (t *turn) startSurvey(about string) {
	s := t.survey(about)
	switch {
	case s == nil:
	case s.refused != nil:
		t.surveyRefused(s.refused)
	default:
		t.learner.Place.Aside = &learner.Aside{Topic: topicSurvey, About: about, Step: "0"}
		t.showItem(s)
	}
}

// survey looks one up: nil where that was not granted yet.
func (t *turn) survey(about string) *survey {
	id, wave, _ := strings.Cut(about, ".")
	in, l := t.inbox, t.learner
	granted, ok := t.wish("survey", func(ctx context.Context) (any, error) {
		s, err := in.Asked(ctx, l.Member.Org, id, inbox.WaveID(wave), l.ID)
		refused, err := mendable(err)
		found := &survey{Survey: s}
		found.refused, _ = refused.(error)
		return found, err
	})
	if !ok {
		return nil
	}
	return granted.(*survey)
}

func (t *turn) surveyRefused(err error) {
	t.learner.Place.Aside = nil
	if err == inbox.ErrReplied {
		t.text(t.w("survey.replied"), t.wayOn()...)
		return
	}
	t.text(t.w("survey.over"), t.wayOn()...)
}

// showItem asks one question of a survey, in the place of the one before.
func (t *turn) showItem(s *survey) {
	aside := t.learner.Place.Aside
	n := firstNumber(aside.Step)
	item := s.Items[n]
	lang := t.learner.Lang
	m := channels.Message{Replaces: aside.Live, Steps: t.steps("survey.step", n, len(s.Items)), Text: markup.Escape(item.Text.In(lang))}
	switch item.Kind {
	case inbox.OnScale:
		for o := 1; o <= inbox.Scale; o++ {
			label := itoa(o)
			switch o {
			case 1:
				label = t.w("survey.least")
			case inbox.Scale:
				label = t.w("survey.most")
			}
			m.Choices = append(m.Choices, secondary(label, value("survey.take", n, o)))
		}
	case inbox.Choices:
		for o := range item.Choices {
			m.Choices = append(m.Choices, channels.Choice{Label: markup.Line(item.Option(o+1, lang)), Value: value("survey.take", n, o+1), Role: channels.Answer})
		}
		m.Choices = numbered(m.Choices)
	case inbox.InWords:
		m.Note = t.w("survey.type")
	}
	m.Choices = append(m.Choices, quiet(t.w("survey.skip"), value("survey.skip", n, 0)))
	aside.Live = t.say(m)
}

// typedSurvey reads a typed reply: open words, or the number of an option.
func (t *turn) typedSurvey(text string) {
	s := t.survey(t.learner.Place.Aside.About)
	if s == nil {
		return
	}
	if s.refused != nil {
		t.surveyRefused(s.refused)
		return
	}
	item := s.Items[firstNumber(t.learner.Place.Aside.Step)]
	n := firstNumber(text)
	switch {
	case item.Kind == inbox.InWords:
		t.takeReply(inbox.Reply{Words: text})
	case n >= 1 && n <= item.Options() && plain(text) == itoa(n):
		t.takeReply(inbox.Reply{Option: n})
	default:
		t.text(t.w("survey.choose"))
		t.showItem(s)
	}
}

// takeReply keeps one reply and asks on; after the last all go out.
func (t *turn) takeReply(r inbox.Reply) {
	aside := t.learner.Place.Aside
	s := t.survey(aside.About)
	switch {
	case s == nil:
		return
	case s.refused != nil:
		t.surveyRefused(s.refused)
		return
	}
	var replies []inbox.Reply
	if aside.Text != "" {
		_ = json.Unmarshal([]byte(aside.Text), &replies) // ours; of another version: begins anew
	}
	n := firstNumber(aside.Step)
	if len(replies) != n || n >= len(s.Items) {
		t.startSurvey(aside.About)
		return
	}
	replies = append(replies, r)
	if n+1 == len(s.Items) {
		t.sendReplies(s, replies)
		return
	}
	kept, err := json.Marshal(replies)
	if err != nil {
		t.old() // texts and numbers: it cannot be
		return
	}
	aside.Text, aside.Step = string(kept), itoa(n+1)
	t.showItem(s)
}

func (t *turn) sendReplies(s *survey, replies []inbox.Reply) {
	in, l, aside := t.inbox, t.learner, t.learner.Place.Aside
	_, wave, _ := strings.Cut(aside.About, ".")
	came, granted := t.wish("reply", func(ctx context.Context) (any, error) {
		return mendable(in.Reply(ctx, l.Member.Org, s.ID, inbox.WaveID(wave), l.ID, replies))
	})
	if !granted {
		return
	}
	if err, is := came.(error); is {
		t.surveyRefused(err)
		return
	}
	t.retire(aside.Live)
	l.Place.Aside = nil
	t.happen("survey", "replied")
	t.text(t.w("survey.thanks"), t.wayOn()...)
}

func (t *turn) declineSurvey(id string, wave inbox.WaveID) {
	in, l := t.inbox, t.learner
	if _, granted := t.wish("decline", func(ctx context.Context) (any, error) {
		return mendable(in.Decline(ctx, l.Member.Org, id, wave, l.ID))
	}); !granted {
		return
	}
	if l.Place.Aside != nil && l.Place.Aside.Topic == topicSurvey {
		l.Place.Aside = nil
	}
	t.happen("survey", "declined")
	t.text(t.w("survey.declined"), t.wayOn()...)
}
