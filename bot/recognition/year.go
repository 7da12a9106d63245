package recognition

import (
	"slices"
	"time"

	"praline/bot/learner"
	"praline/lessons"
	"praline/scheduler"
)

// Year is a learner's year, which they alone see.
type Year struct {
	Year      int
	Days      int // on which they learned
	Minutes   int
	Answers   int
	Right     int
	Months    [12]int // minutes of each
	Learnings []Learning
	Badges    []Badge
}

// right is from which score on an answer counts as right, as in the session's end.
const right = 0.995

// YearOf is what a learner did in a year.
func YearOf(l learner.Learner, log []learner.Answer, catalogue lessons.Catalogue, badges []Badge, zone *time.Location, year int, today scheduler.Date) Year {
	of := Year{Year: year}
	days := make(map[scheduler.Date]bool)
	var seconds [12]int
	for _, a := range log {
		day := scheduler.DateOf(a.At, zone)
		if day.Year != year {
			continue
		}
		days[day] = true
		seconds[day.Month-1] += a.Seconds
		if a.Card >= 0 {
			of.Answers++
			if a.Score >= right {
				of.Right++
			}
		}
	}
	of.Days = len(days)
	for i, s := range seconds {
		of.Months[i] = (s + 30) / 60
		of.Minutes += s
	}
	of.Minutes = (of.Minutes + 30) / 60
	for _, s := range catalogue.All() {
		if !slices.Contains(s.Languages, l.Lang) {
			continue
		}
		if learning := LearningOf(l, log, s, zone, today); !learning.From.IsZero() && learning.To.Year >= year && learning.From.Year <= year {
			of.Learnings = append(of.Learnings, learning)
		}
	}
	for _, b := range badges {
		if b.At.In(zone).Year() == year {
			of.Badges = append(of.Badges, b)
		}
	}
	return of
}
