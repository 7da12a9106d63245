package bot

import (
	"slices"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// Seconds that things take before anything is known of a learner's pace.
const (
	secondsAQuestion = 15
	longestAction    = 90 // seconds; longer is counted as an interruption
	graceSeconds     = 30 // a lesson is not cut for less
)

// maxMinutes a day that can be chosen.
const maxMinutes = 30

// pressStart follows "start": from a push, or at the end of hello.
func (t *turn) pressStart([]string) {
	t.retire(t.learner.Push.Message)
	t.learner.Push.Message = ""
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
		Reviews: plan.reviews, Whys: plan.whys, Lesson: plan.lesson, Total: len(plan.reviews),
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
	whys    []learner.Why
	lesson  string
}

// plan asks recall what is worth the seconds.
func (t *turn) plan(budget int) plan {
	l := t.learner
	in := recall.Input{Budget: budget, Today: t.today}
	for _, c := range l.Cards {
		if t.question(c.Key) != nil {
			in.Cards = append(in.Cards, recall.Card{Key: c.Key, Memory: c.Memory, Seconds: secondsAQuestion})
		}
	}
	if next := t.nextLesson(); next != nil {
		in.Lessons = append(in.Lessons, recall.Lesson{Key: next.key, Seconds: next.seconds(l.Lang, l.ScreenOf(next.key))})
	}
	var p plan
	for _, item := range recall.Choose(in) {
		if item.Lesson {
			p.lesson = item.Key
			continue
		}
		p.reviews = append(p.reviews, item.Key)
		p.whys = append(p.whys, learner.Why{DaysAgo: item.Why.DaysAgo, Recall: item.Why.Recall, Missed: item.Why.Missed})
	}
	return p
}

// touch counts the time since the last thing that the learner did in a session.
func (t *turn) touch() (seconds int) {
	s := t.learner.Session
	if s == nil {
		return 0
	}
	seconds = min(max(int(t.now.Sub(s.LastSeen)/time.Second), 1), longestAction)
	s.LastSeen = t.now.UTC().Truncate(time.Second)
	s.Spent += seconds
	t.learner.Seconds += seconds
	t.learner.Streak.Learn(t.today)
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
	for len(s.Reviews) > 0 {
		key, why := s.Reviews[0], s.Whys[0]
		s.Reviews, s.Whys = s.Reviews[1:], s.Whys[1:]
		if t.question(key) != nil {
			t.ask(key, why)
			return
		}
	}
	if s.Lesson != "" {
		if lesson := t.lesson(s.Lesson); lesson != nil {
			t.beginLesson(lesson)
			return
		}
		s.Lesson = ""
	}
	for len(s.Fresh) > 0 {
		key := s.Fresh[0]
		s.Fresh = s.Fresh[1:]
		if t.question(key) != nil {
			t.ask(key, learner.Why{New: true})
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
	if s.Asked > 0 {
		text += " " + t.words.Count("session.right", s.Asked, "right", s.Right)
	}
	if next := t.sayNext(); next != "" {
		text += "\n\n" + next
	}
	choices := []channels.Choice{}
	if t.nextLesson() != nil || len(t.plan(l.Budget()).reviews) > 0 {
		choices = append(choices, secondary(t.w("session.more"), "more"))
	}
	choices = append(choices, secondary(t.w("do.progress"), "do.progress"))
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
	var first scheduler.Date
	for _, c := range t.learner.Cards {
		if first.IsZero() || c.Memory.Due.Before(first) {
			first = c.Memory.Due
		}
	}
	if first.IsZero() {
		return ""
	}
	return t.sayDate(first)
}

// pressOn follows "continue" under feedback.
func (t *turn) pressOn(arguments []string) {
	l := t.learner
	if l.Place.Topic != topicFeedback || len(arguments) != 1 || l.Place.Step != arguments[0] {
		t.old()
		return
	}
	t.touch()
	t.retire(l.Place.Live)
	t.advance()
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
	for _, series := range t.chosenSeries() {
		for _, lesson := range series.Lessons {
			if key := series.ID + "/" + lesson.ID; !slices.Contains(l.Taught, key) {
				return t.lesson(key)
			}
		}
	}
	return nil
}
