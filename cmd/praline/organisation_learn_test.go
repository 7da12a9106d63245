package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/bot/report"
	"praline/channels"
	"praline/scheduler"
)

// learners are the ten: app, language, team, and which of the times that are
// offered they take.
var learners = []struct{ app, name, lang, team, times string }{
	{"telegram", "Lina", "fr", reception, "times.offer.0"},
	{"slack", "Marc", "fr", reception, "times.offer.1"},
	{"teams", "Noor", "nl", reception, "times.offer.2"},
	{"web", "Olga", "nl", reception, "times.offer.1"},
	{"telegram", "Piet", "nl", reception, "times.offer.2"},
	{"slack", "Quinten", "nl", reception, "times.offer.1"},
	{"teams", "Rita", "fr", reception, "times.offer.1"},
	{"web", "Sam", "fr", permits, "times.offer.2"},
	{"telegram", "Tess", "nl", permits, "times.offer.1"},
	{"slack", "Ugo", "fr", permits, "times.offer.1"},
}

// arrivals: the ten join by the code of their team's poster, and take their
// first lesson, which their manager's sentence comes with.
func (s *story) arrivals() {
	s.who = map[string]*colleague{}
	for _, l := range learners {
		c := s.comes(l.app, l.name, l.lang)
		c.times = l.times
		c.joins(s.code[l.team])
		s.who[l.name] = c
		s.attends() // the letter that the campaign begins
		s.passes(s.time.Now())
		c.begins()
		c.hearsAmong(6, map[string]string{"fr": sentenceFr, "nl": sentenceNl}[l.lang])
		c.learns()
		if l.name == "Lina" {
			s.thanks()
		}
	}
}

// learns goes on until the session ends: each screen, each question.
func (c *colleague) learns() {
	c.s.t.Helper()
	for range 80 {
		c.s.time.to(c.s.time.Now().Add(15 * time.Second))
		m := c.last()
		switch {
		case m.Form != nil && strings.HasPrefix(m.Form.Value, "answer."):
			c.fills(*m.Form)
		case c.answers(m):
		case c.goesOn(m):
		default:
			return
		}
	}
	c.s.t.Fatalf("%s on %s: a session that does not end: %+v", c.name, c.app, c.last())
}

// begins presses what begins a session, where it stands last.
func (c *colleague) begins() bool {
	c.s.t.Helper()
	c.waits()
	for _, way := range []string{"start.", "campaign.begin."} {
		if _, ok := choiceOf(c.last(), way); ok {
			c.presses(way)
			return true
		}
	}
	return false
}

func (c *colleague) goesOn(m channels.Message) bool {
	for _, way := range []string{"screen.next.", "on."} {
		if _, ok := choiceOf(m, way); ok {
			c.presses(way)
			return true
		}
	}
	return false
}

// answers a question with choices: the third of the one whose key is wrong,
// what is right of the others, but for each seventh.
func (c *colleague) answers(m channels.Message) bool {
	choice := slices.IndexFunc(m.Choices, func(choice channels.Choice) bool { return strings.HasPrefix(choice.Value, "answer.") })
	if choice < 0 {
		return false
	}
	c.given++
	pick := 0
	switch {
	case strings.Contains(c.asked(), "ranger-duree"):
		pick = 2
	case m.Quiz != nil && c.given%7 != 0:
		pick = m.Quiz.Right
	}
	value, _ := strings.CutSuffix(m.Choices[choice].Value, ".0")
	c.presses(value + "." + strconv.Itoa(pick))
	return true
}

// asked is the question that waits.
func (c *colleague) asked() string {
	c.s.t.Helper()
	if ask := c.learner().Place.Ask; ask != nil {
		return ask.Question
	}
	return ""
}

// learner is how they stand in the store.
func (c *colleague) learner() learner.Learner {
	c.s.t.Helper()
	records, err := c.s.store.Load(c.s.t.Context(), c.id)
	if err != nil {
		c.s.t.Fatal(err)
	}
	return records[0].Learner
}

// fills a form in: something everywhere, whether it is right or not.
func (c *colleague) fills(form channels.Form) {
	c.s.t.Helper()
	c.given++
	c.waits()
	values := map[string][]string{}
	for i, f := range form.Fields {
		switch f.Kind {
		case channels.ChoiceField, channels.ChoicesField:
			values[f.Name] = []string{f.Options[i%len(f.Options)].Value}
		default:
			c.human.Says("12")
			c.settles("12")
			return
		}
	}
	c.human.Fills(form, values)
	c.settles("a form")
}

// everybody are those who learn: the ten, and of the staff who have an app.
func (s *story) everybody() []*colleague {
	all := []*colleague{s.bert, s.els}
	for _, l := range learners {
		if c := s.who[l.name]; c != nil {
			all = append(all, c)
		}
	}
	return all
}

// lives lets a day pass: whoever is written to learns.
func (s *story) lives(day scheduler.Date) {
	s.t.Helper()
	all := s.everybody()
	for end := day.At(18*60, report.Zone()); ; {
		for _, c := range all {
			if c.begins() {
				c.learns()
			}
		}
		next := end
		for _, c := range all {
			if at := c.learner().Push.Next; !at.IsZero() && at.After(s.time.Now()) && at.Before(next) {
				next = at
			}
		}
		if !next.Before(end) {
			return
		}
		s.passes(next.Add(time.Second))
	}
}

// month: the weeks that the story is about. On Mondays managers are written to.
func (s *story) month() {
	first := s.today()
	for n := range s.weeks * 7 {
		day := first.AddDays(n)
		if weekday := day.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
			continue
		}
		if n > 0 {
			s.time.to(day.At(9*60, report.Zone()))
		}
		s.attends()
		if n > 0 && day.Weekday() == time.Monday {
			s.monday()
		}
		s.passes(s.time.Now())
		s.happens(day, n)
		s.lives(day)
		s.evening(day)
	}
	s.time.to(first.AddDays(7*s.weeks).At(9*60, report.Zone()))
	s.monday()
	s.passes(s.time.Now())
}

// attends has campaigns write to whom they have to, as the server does hourly.
func (s *story) attends() {
	s.t.Helper()
	if err := s.house.attend(s.t.Context(), s.time.Now(), 0); err != nil {
		s.t.Fatal(err)
	}
}

// monday folds what was answered, publishes the week that ended, and writes to managers.
func (s *story) monday() {
	s.t.Helper()
	if err := s.house.collectOnce(s.t.Context(), true); err != nil {
		s.t.Fatal(err)
	}
	if err := s.house.digests(s.t.Context(), s.time.Now()); err != nil {
		s.t.Fatal(err)
	}
}
