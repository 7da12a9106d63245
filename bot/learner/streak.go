package learner

import (
	"slices"

	"praline/scheduler"
)

// keptDays is how many days of learning a streak names; earlier ones are not
// looked at any more.
const keptDays = 60

// Learn notes that something was learned on a day.
func (s *Streak) Learn(day scheduler.Date) {
	if slices.Contains(s.Days, day) {
		return
	}
	s.Days = append(s.Days, day)
	s.Days = s.Days[max(0, len(s.Days)-keptDays):]
}

// Excuse notes that on a day it was Praline that failed.
func (s *Streak) Excuse(day scheduler.Date) {
	if slices.Contains(s.Excused, day) {
		return
	}
	s.Excused = append(s.Excused, day)
	s.Excused = s.Excused[max(0, len(s.Excused)-keptDays):]
}
