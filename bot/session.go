package bot

import (
	"slices"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/lessons"
	"praline/scheduler/recall"
)

// Seconds that things take before anything is known of a learner's pace.
const (
	secondsAQuestion = lessons.SecondsAQuestion
	longestAction    = 90 // seconds; longer is counted as an interruption
	graceSeconds     = 30 // a lesson is not cut for less
)

// maxMinutes a day that can be chosen.
const maxMinutes = 30

// pressStart follows "start": from a push, or at the end of hello.
func (t *turn) pressStart([]string) {
	t.endPush()
	if t.learner.Place.Topic == "" {
		t.retire(t.learner.Place.Live) // the end of hello
		t.learner.Place.Live = ""
	}
	t.startSession()
}

// startSession begins, or goes on where the learner stopped.
func (t *turn) startSession() {
	l := t.learner
	if l.Session != nil && l.Place.Topic != "" {
		l.Session.Spent, l.Session.LastSeen = 0, t.now
		l.Session.Budget = l.Budget()
		t.resumePlace()
		return
	}
	t.open(l.Budget())
}

// resumePlace shows the place of an open session.
func (t *turn) resumePlace() {
	if t.learner.Place.Topic == topicFeedback {
		t.advance()
		return
	}
	t.showPlace()
}

// open plans a session of at most budget seconds and shows its first thing.
func (t *turn) open(budget int) {
	l := t.learner
	plan := t.plan(budget)
	if len(plan.reviews) == 0 && plan.lesson == "" {
		t.nothingToDo()
		return
	}
	l.Session = &learner.Session{
		Began: t.now.UTC().Truncate(time.Second), LastSeen: t.now.UTC().Truncate(time.Second), Budget: budget,
		Reviews: plan.reviews, Lesson: plan.lesson, Total: len(plan.reviews),
	}
	if lesson := t.lesson(plan.lesson); lesson != nil {
		l.Session.Total += len(lesson.twin(l.Lang).Questions)
	}
	t.happen("session", "opened")
	t.advance()
}

// plan is what a session will hold.
type plan struct {
	reviews []string
	lesson  string
}

// plan asks recall what is worth the seconds.
func (t *turn) plan(budget int) plan {
	l := t.learner
	in := recall.Input{Cards: t.cards(), Budget: budget, Today: t.today}
	if next := t.nextLesson(); next != nil {
		in.Lessons = append(in.Lessons, recall.Lesson{Key: next.key, Seconds: next.twin(l.Lang).Seconds(l.ScreenOf(next.key))})
	}
	var p plan
	for _, item := range recall.Choose(in) {
		if item.Lesson {
			p.lesson = item.Key
			continue
		}
		p.reviews = append(p.reviews, item.Key)
	}
	return p
}

// cards are the memories of the questions that can still be asked.
func (t *turn) cards() []recall.Card {
	var cards []recall.Card
	for _, c := range t.learner.Cards {
		if t.question(c.Key) != nil {
			cards = append(cards, recall.Card{Key: c.Key, Memory: c.Memory, Seconds: secondsAQuestion})
		}
	}
	return cards
}

// touch counts the time since the last thing that the learner did in a
// session, and returns all of it; only what is not an interruption is spent.
func (t *turn) touch() (seconds int) {
	s := t.learner.Session
	if s == nil {
		return 0
	}
	seconds = max(int(t.now.Sub(s.LastSeen)/time.Second), 1)
	s.LastSeen = t.now.UTC().Truncate(time.Second)
	spent := min(seconds, longestAction)
	s.Spent += spent
	t.learner.Seconds += spent
	t.learner.Streak.Learn(t.today, t.streakDay())
	return seconds
}

// advance shows the next thing of the session: a question due, the lesson's
// next screen, its questions, or the end.
func (t *turn) advance() {
	l := t.learner
	s := l.Session
	if s == nil {
		t.open(l.Budget())
		return
	}
	over := s.Spent >= s.Budget && s.Asked > 0 // what is left stays due
	for len(s.Reviews) > 0 && !over {
		key := s.Reviews[0]
		s.Reviews = s.Reviews[1:]
		if t.question(key) != nil {
			t.ask(key)
			return
		}
	}
	if s.Lesson != "" && !over {
		lesson := t.lesson(s.Lesson)
		if lesson == nil { // not in the catalogue any more
			lesson = t.nextLesson()
		}
		if s.Lesson = ""; lesson != nil {
			s.Lesson = lesson.key
			t.beginLesson(lesson)
			return
		}
	}
	for len(s.Fresh) > 0 {
		key := s.Fresh[0]
		s.Fresh = s.Fresh[1:]
		if t.question(key) != nil {
			t.ask(key)
			return
		}
	}
	t.endSession()
}

// endSession says how it went and when it goes on; "one more" is offered,
// never taken by itself.
func (t *turn) endSession() {
	l := t.learner
	s := l.Session
	l.Session = nil
	l.Place.Topic, l.Place.Ask, l.Place.Live = "", nil, ""
	t.happen("session", "ended")
	text := t.w("session.end")
	switch {
	case s.Right > 0:
		text += " " + t.words.Count("session.right", s.Asked, "right", s.Right)
	case s.Asked > 0:
		text += " " + t.words.Count("session.none-right", s.Asked)
	}
	earned := t.giveBadges()
	if words := t.sayEarned(earned); words != "" {
		text += "\n\n" + words
	}
	if next := t.sayNext(); next != "" {
		text += "\n\n" + next
	}
	choices := []channels.Choice{}
	if len(earned) > 0 {
		choices = append(choices, secondary(t.w("do.badges"), "do.badges"))
	}
	if t.nextLesson() != nil || len(t.plan(l.Budget()).reviews) > 0 {
		choices = append(choices, secondary(t.w("session.more"), "more"))
	}
	choices = append(choices, secondary(t.w("do.progress"), "do.progress"))
	switch {
	case l.Stopped:
		choices = append(choices, quiet(t.w("do.resume"), "do.resume"))
	case len(l.Slots) == 0:
		choices = append(choices, quiet(t.w("do.time"), "do.time"))
	}
	if s.Taught {
		choices = append(choices, t.offerThanks()...)
	}
	t.text(text, choices...)
}

// pressMore opens another short session because the learner asked for it.
func (t *turn) pressMore([]string) {
	if t.learner.Session != nil {
		t.showPlace()
		return
	}
	t.open(t.learner.Budget())
}

// nothingToDo says so, and when there will be something.
func (t *turn) nothingToDo() {
	text := t.w("session.nothing")
	if due := t.nextDue(); due != "" {
		text += " " + t.w("session.next-due", "date", due)
	}
	t.text(text, secondary(t.w("do.catalogue"), "do.catalogue"), secondary(t.w("do.progress"), "do.progress"))
}

// nextDue is the day on which the next question returns, "" if none does.
func (t *turn) nextDue() string {
	first := recall.NextDue(t.cards(), t.today)
	if first.IsZero() {
		return ""
	}
	return t.sayDate(first)
}

// stopAtScreen ends a session inside a lesson that is longer than the
// learner's minutes; it goes on at the same screen.
func (t *turn) stopAtScreen() {
	l := t.learner
	l.Session = nil
	l.Place.Topic = ""
	t.retire(l.Place.Live)
	l.Place.Live = ""
	text := t.w("session.stop-at-screen")
	if next := t.sayNext(); next != "" {
		text += "\n\n" + next
	}
	t.text(text, primary(t.w("session.go-on"), "more"))
}

// nextLesson is the lesson that is taught next: the one being read, else the
// first that was not taught yet, series by series.
func (t *turn) nextLesson() *taught {
	l := t.learner
	if l.Place.Lesson != "" {
		if reading := t.lesson(l.Place.Lesson); reading != nil {
			return reading
		}
	}
	if x := t.campaignLesson(); x != nil {
		return x
	}
	for _, series := range t.chosenSeries() {
		if !t.teaches(series) || t.campaignOf(series.ID) != nil { // a campaign has its own pace
			continue
		}
		for _, lesson := range series.Lessons {
			if key := series.ID + "/" + lesson.ID; !slices.Contains(l.Taught, key) {
				return t.lesson(key)
			}
		}
	}
	return nil
}

// teaches says whether a series is taught without having been asked for: one
// for trainers is to trainers only.
func (t *turn) teaches(s *lessons.Series) bool {
	return s.For != lessons.ForTrainers || slices.Contains(t.learner.Series, s.ID) ||
		t.org != nil && slices.Contains(t.org.Person.Roles, people.Trainer)
}

// newSession is a session that is not planned: around a press that found none.
func newSession(now time.Time, budget int) *learner.Session {
	at := now.UTC().Truncate(time.Second)
	return &learner.Session{Began: at, LastSeen: at, Budget: budget}
}
