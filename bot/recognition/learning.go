package recognition

import (
	"slices"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// Learning is how far somebody came with a series.
type Learning struct {
	Series           *lessons.Series
	Lang             string
	Lessons, Taught  int
	Questions, Known int // that are remembered; polls are not
	DaysSince        int // since the last review of what is known, on average
	Minutes          int
	From, To         scheduler.Date // of the first answer and the last
}

// known is from which chance of recall on a question counts as known, as in
// "my progress".
const known = 0.8

// LearningOf looks at what a learner did in a series, up to a day.
func LearningOf(l learner.Learner, log []learner.Answer, s *lessons.Series, zone *time.Location, today scheduler.Date) Learning {
	of := Learning{Series: s, Lang: l.Lang, Lessons: len(s.Lessons)}
	days := 0
	for _, lesson := range s.Lessons {
		if slices.Contains(l.Taught, s.ID+"/"+lesson.ID) {
			of.Taught++
		}
		for _, q := range lesson.In(l.Lang).Questions {
			if q.Kind == lessons.Poll {
				continue
			}
			of.Questions++
			i := l.Card(s.ID + "/" + q.ID)
			if i < 0 {
				continue
			}
			if m := l.Cards[i].Memory; !m.Missed && recall.Retrievability(m, today) >= known {
				of.Known++
				days += today.Since(m.Last)
			}
		}
	}
	if of.Known > 0 {
		of.DaysSince = (days + of.Known/2) / of.Known
	}
	seconds := 0
	for _, a := range log {
		if a.Card < 0 || a.Card >= len(l.Cards) || !strings.HasPrefix(l.Cards[a.Card].Key, s.ID+"/") {
			continue
		}
		day := scheduler.DateOf(a.At, zone)
		if of.From.IsZero() || day.Before(of.From) {
			of.From = day
		}
		if day.After(of.To) {
			of.To = day
		}
		seconds += a.Seconds
	}
	of.Minutes = (seconds + 59) / 60
	return of
}

// What a badge asks for: every lesson, four questions in five known, and a week
// since the first answer, so that it is memory and not an echo.
const (
	earnedShare = 0.8
	earnedDays  = 7
)

// Earned says whether this is a badge.
func (l Learning) Earned(today scheduler.Date) bool {
	return l.Lessons > 0 && l.Taught == l.Lessons && l.Questions > 0 &&
		float64(l.Known) >= earnedShare*float64(l.Questions) && !l.From.IsZero() && today.Since(l.From) >= earnedDays
}
