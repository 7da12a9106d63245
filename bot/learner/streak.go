package learner

import (
	"slices"

	"praline/scheduler"
)

// Streak is which working days were days of learning: the last ones by name,
// those before them as a number.
type Streak struct {
	Hidden  bool             `json:"off,omitempty"`
	Days    []scheduler.Date `json:"days,omitempty"`
	Before  int              `json:"before,omitempty"` // working days in a row up to the first of Days, without it
	Excused []scheduler.Date `json:"ours,omitempty"`   // days on which we failed
}

// keptDays is how many days of learning are kept by name, and how many excused ones.
const keptDays = 60

// Learn notes that something was learned on a day. worked says which days are
// working days: it is asked what becomes of the row when a day is kept by name
// no more.
func (s *Streak) Learn(day scheduler.Date, worked func(scheduler.Date) bool) {
	if slices.Contains(s.Days, day) {
		return
	}
	s.Days = append(s.Days, day)
	for len(s.Days) > keptDays {
		switch {
		case !s.unbroken(s.Days[1], worked):
			s.Before = 0
		case worked(s.Days[0]):
			s.Before++
		}
		s.Days = s.Days[1:]
	}
}

// Row counts the working days of learning in a row, up to today.
func (s *Streak) Row(today scheduler.Date, worked func(scheduler.Date) bool) int {
	row := scheduler.Streak(s.Days, today, worked, s.Excused...)
	if s.Before > 0 && s.unbroken(today, worked) {
		row += s.Before
	}
	return row
}

// unbroken says whether nothing between the first of Days and another day
// breaks the row.
func (s *Streak) unbroken(until scheduler.Date, worked func(scheduler.Date) bool) bool {
	for day := until.AddDays(-1); day.After(s.Days[0]); day = day.AddDays(-1) {
		if !slices.Contains(s.Days, day) && !slices.Contains(s.Excused, day) && worked(day) {
			return false
		}
	}
	return true
}

// Excuse notes that on a day it was Praline that failed.
func (s *Streak) Excuse(day scheduler.Date) {
	if slices.Contains(s.Excused, day) {
		return
	}
	s.Excused = append(s.Excused, day)
	s.Excused = s.Excused[max(0, len(s.Excused)-keptDays):]
}
