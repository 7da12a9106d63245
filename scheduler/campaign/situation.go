package campaign

import (
	"cmp"
	"slices"

	"praline/scheduler"
)

// Situation is all that a campaign is judged by.
type Situation struct {
	People    []Person
	Series    []Series // that can be taught
	Teams     []string // of the organisation
	Languages []string // that it speaks; nil: fr and nl
	Calendar  scheduler.Calendar
	Campaigns []Campaign // all of the organisation
	Today     scheduler.Date
}

// Person is what a forecast knows of somebody: what the roster says, and what
// they chose. What they have learned is not asked.
type Person struct {
	Facts
	Working scheduler.WorkingTime
	Slots   []scheduler.Slot // nil: not chosen yet
	Outside bool             // slots outside working time are meant
	Minutes int              // a day, that they chose; 0: UsualMinutes
}

// UsualMinutes is how long whoever said nothing learns a day.
const UsualMinutes = 3

// Series is what a forecast knows of a series.
type Series struct {
	ID        string
	Languages []string
	Lessons   []Lesson
}

// Lesson is how long a lesson takes with its questions, and how many of these
// come back.
type Lesson struct {
	Seconds, Questions int
}

func (s Situation) series(id string) (Series, bool) {
	i := slices.IndexFunc(s.Series, func(one Series) bool { return one.ID == id })
	if i < 0 {
		return Series{}, false
	}
	return s.Series[i], true
}

func (s Situation) languages() []string {
	if s.Languages == nil {
		return []string{"fr", "nl"}
	}
	return s.Languages
}

// Few is how many people it takes for figures about them to be shown.
const Few = 5

// cell is a group that an audience can single out.
type cell struct{ team, lang string }

// veiled returns the people as a forecast may count them. Every audience is
// made of whole groups of one team and language; in a group of under Few, and
// where an audience is chosen by the day on which people joined, everybody
// counts as somebody usual, so that no comparison of two forecasts tells what
// one person chose.
func (s Situation) veiled(a Audience) []Person {
	sizes := map[cell]int{}
	for _, p := range s.People {
		sizes[cell{p.Team, p.Lang}]++
	}
	veiled := slices.Clone(s.People)
	for i, p := range veiled {
		if !a.NewSince.IsZero() || sizes[cell{p.Team, p.Lang}] < Few {
			veiled[i] = Person{Facts: p.Facts}
		}
	}
	return veiled
}

// minutes a day of a person.
func (p Person) minutes() int { return cmp.Or(p.Minutes, UsualMinutes) }

// learnsOn says whether a person will be at a lesson on a day: one that they
// work and for which they chose a time, or have not chosen yet. Holidays are
// the calendar's.
func (p Person) learnsOn(day scheduler.Date) bool {
	if slices.Contains(p.Working.Off, day) {
		return false
	}
	if _, paused := p.Working.Paused(day); paused {
		return false
	}
	chosen := slices.ContainsFunc(p.Slots, func(slot scheduler.Slot) bool { return slot.On(day) })
	if len(p.Working.Openings(day)) == 0 {
		return chosen && p.Outside
	}
	return chosen || len(p.Slots) == 0
}
