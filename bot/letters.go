package bot

import (
	"context"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/locales"
	"praline/scheduler"
)

// apart is how long a letter waits after the last thing that was said unasked,
// and before a push that comes soon.
const apart = 30 * time.Minute

// patience is how long ago a learner may have done something while a question
// waits for its answer: a letter would stand in between.
const patience = time.Hour

// Write hands a letter to a learner: it is said when their gate is open, at
// most two unasked messages a day, a trainer's answer first. The same letter
// (by its ID) twice is one. To somebody who is not there any more it is no
// error; who joined apps is written to as the one they are now.
func (b *Bot) Write(ctx context.Context, now time.Time, to learner.ID, letter learner.Letter) error {
	if letter.At.IsZero() {
		letter.At = now.UTC().Truncate(time.Second)
	}
	return b.look(ctx, now, to, func(t *turn) bool {
		posted := t.post(letter)
		return t.postParted() || posted
	})
}

// post puts a letter among those that wait; false where it was there already.
func (t *turn) post(letter learner.Letter) bool {
	dropped, posted := t.learner.Post(letter)
	if posted {
		t.happen("letter", "written")
	}
	t.notSaid(learner.WhyTooMany, dropped...)
	return posted
}

// notSaid notes letters that are not said, and why.
func (t *turn) notSaid(why string, letters ...learner.Letter) {
	for _, letter := range letters {
		t.notSent(learner.Delivery{Due: letter.At, Kind: letter.Kind, Why: why})
	}
}

// expired says that a letter has waited beyond its time.
func (t *turn) expired(letter learner.Letter) bool {
	return !letter.Until.IsZero() && t.now.After(letter.Until)
}

// dropLetters drops those; false where there are none.
func (t *turn) dropLetters() bool {
	gone := t.learner.Expired(t.now)
	t.notSaid(learner.WhyExpired, gone...)
	return len(gone) > 0
}

// takeBackLetter lets a letter wait again that was on its way.
func (t *turn) takeBackLetter(s learner.Said, why string) {
	t.drop = append(t.drop, s.Message.ID)
	t.failed(s, why)
	t.notSaid(learner.WhyTooMany, t.learner.PutBack(*s.Letter)...)
}

// letterTime is when the letter that goes first may be said, if nothing happens
// before: zero where there is none, or where the learner has to speak first.
func (t *turn) letterTime() time.Time {
	l := t.learner
	if len(l.Letters) == 0 || l.Stopped || l.Agreed.IsZero() || l.Push.Quiet || l.Place.Topic == topicHello || l.Reached() == (learner.Address{}) {
		return time.Time{}
	}
	at := t.now
	if last := l.Log.LastSent(); !last.IsZero() {
		at = latest(at, last.Add(apart))
	}
	if s := l.Session; s != nil && l.Place.Ask != nil {
		at = latest(at, s.LastSeen.Add(patience))
	} else if s != nil {
		at = latest(at, s.LastSeen.Add(presence))
	}
	first := l.Letters[0].Kind == learner.LetterAnswer
	if push := l.Push.Next; !first && !push.Before(at) && push.Sub(at) < apart {
		at = push.Add(apart)
	}
	at = t.gate().NextOpen(at)
	if scheduler.DateOf(at, t.zone) == t.today && t.sentToday() >= t.lettersToday(first) {
		at = t.gate().NextOpen(t.today.AddDays(1).At(0, t.zone))
	}
	return at
}

// lettersToday is how many unasked messages there may have been before another
// letter today: one place is kept for the time that the learner chose, but from
// a trainer's answer.
func (t *turn) lettersToday(first bool) int {
	if !first && scheduler.DateOf(t.learner.Push.Next, t.zone) == t.today {
		return scheduler.UnaskedPerDay - 1
	}
	return scheduler.UnaskedPerDay
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// nextLook is when to look at the learner again, if nothing happens.
func (t *turn) nextLook() time.Time {
	next := t.learner.Push.Next
	if at := t.letterTime(); !at.IsZero() && (next.IsZero() || at.Before(next)) {
		return at
	}
	return next
}

// sayLetter says the letter that goes first, if it may be said now and is of a
// kind ("": any); false where nothing changes.
func (t *turn) sayLetter(kind learner.LetterKind) bool {
	l := t.learner
	at := t.letterTime()
	if at.IsZero() || at.After(t.now) || kind != "" && l.Letters[0].Kind != kind || t.unaskedWaits() {
		return false
	}
	letter := l.Letters[0]
	l.Letters = l.Letters[1:]
	t.moveTo(t.to)
	t.sayUnasked(t.letterMessage(letter), learner.Delivery{Due: letter.At, Kind: letter.Kind})
	t.said[len(t.said)-1].Letter = &letter
	t.happen("letter", "sent")
	return true
}

// unaskedWaits says that something unasked is on its way still: no more is said
// where an app does not take it.
func (t *turn) unaskedWaits() bool {
	return slices.ContainsFunc(t.waiting, func(s learner.Said) bool { return s.Unasked && !slices.Contains(t.drop, s.Message.ID) })
}

// letterMessage is a letter in the learner's language.
func (t *turn) letterMessage(letter learner.Letter) channels.Message {
	m := channels.Message{Title: inLanguage(letter.Title, t.learner.Lang), Text: inLanguage(letter.Text, t.learner.Lang)}
	for _, b := range letter.Buttons {
		c := secondary(inLanguage(b.Label, t.learner.Lang), b.Value)
		if b.URL != "" {
			c.Value, c.URL = "", b.URL
		}
		m.Choices = append(m.Choices, c)
	}
	return m
}

// sayUnasked says something that nobody asked for, counts it, and notes it.
func (t *turn) sayUnasked(m channels.Message, d learner.Delivery) string {
	l := t.learner
	l.Push.Today, l.Push.Day = t.sentToday()+1, t.today
	id := t.say(m)
	t.said[len(t.said)-1].Unasked = true
	d.Sent, d.App, d.Message = t.now, t.to.Channel, id
	l.Log.Add(d)
	return id
}

// notSent notes something that was to be said first and is not.
func (t *turn) notSent(d learner.Delivery) {
	t.learner.Log.Add(d)
	t.happen(pushOrLetter(d.Kind), d.Why)
}

// failed notes that something unasked was not said that was on its way.
func (t *turn) failed(s learner.Said, why string) {
	kind := learner.LetterKind("")
	if s.Letter != nil {
		kind = s.Letter.Kind
	}
	t.learner.Log.Failed(s.Message.ID, why)
	t.happen(pushOrLetter(kind), why)
}

func pushOrLetter(kind learner.LetterKind) string {
	if kind == "" {
		return "push"
	}
	return "letter"
}

// inEach is one of the bot's messages in every language that it speaks in full.
func inEach(id string, arguments ...any) map[string]string {
	all := make(map[string]string, len(locales.Languages))
	for _, lang := range locales.Languages {
		all[lang] = locales.For(lang).Say(id, arguments...)
	}
	return all
}
