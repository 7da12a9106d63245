package campaign

import (
	"cmp"
	"maps"
	"slices"

	"praline/scheduler"
)

// Mend is the kind of change that a proposal makes.
type Mend string

// The mends.
const (
	MoveLesson  Mend = "move"   // one lesson to another day
	StartLater  Mend = "start"  // the whole campaign
	FewerAWeek  Mend = "rhythm" // new lessons
	nearestDays      = 4        // how far a lesson or a start is moved
)

// Proposal is the one change that mends the worst day best.
type Proposal struct {
	Mend     Mend
	Campaign Campaign // as it would be
	Lesson   int      // moved, from 1
	From, To scheduler.Date
	PerWeek  int // as it would be
	Over     int // overloaded days before
	Before   Day // the worst of them
	After    Day // the same day
	Target   Day // with MoveLesson: the day to which it goes
	Left     int // overloaded days afterwards
	People   int // on the worst of them
}

// Weigh returns the forecast of a campaign, and what mends its worst day; false
// where no day is overloaded or nothing small helps: one lesson on a
// neighbouring day, another first day, or fewer lessons a week, in this order
// where they help as much. Lessons that have opened stay.
func (c Campaign) Weigh(s Situation) (Forecast, Proposal, bool) {
	w := c.world(s)
	f := c.forecastIn(w, s)
	p, found := c.propose(f, w, s)
	return f, p, found
}

func (c Campaign) propose(f Forecast, w world, s Situation) (Proposal, bool) {
	worst, over := f.Worst()
	if !over {
		return Proposal{}, false
	}
	best, found := Proposal{}, false
	score := pain(f)
	for _, p := range c.mends(f, worst, s) {
		after := p.Campaign.forecastIn(w, s)
		day := after.Day(worst.Date)
		helps := day.Over < worst.Over || p.Mend != MoveLesson && 4*pain(after)[0] <= 3*pain(f)[0]
		if len(after.Plan) < len(f.Plan) || !helps || !less(pain(after), score) {
			continue
		}
		score, found, best = pain(after), true, p
		best.Over, best.Before, best.After, best.Target, best.Left = len(f.Overloaded()), worst, day, after.Day(p.To), len(after.Overloaded())
		left, _ := after.Worst()
		best.People = left.Over
	}
	return best, found
}

// pain is what overloaded days cost: people on them, then the fullest day.
func pain(f Forecast) [2]int {
	people, most := 0, 0
	for _, d := range f.Days {
		if people += d.Over; d.Over > 0 {
			most = max(most, d.Most)
		}
	}
	return [2]int{people, most}
}

func less(a, b [2]int) bool { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) < 0 }

// mends are the changes to try.
func (c Campaign) mends(f Forecast, worst Day, s Situation) []Proposal {
	var all []Proposal
	for _, lesson := range worst.Opens {
		if worst.Date.Before(s.Today) || lesson == 1 { // to move the first lesson is to start on another day
			continue
		}
		for _, to := range c.roomFor(lesson, f.Plan, s) {
			moved := maps.Clone(c.Moved)
			if moved == nil {
				moved = map[int]scheduler.Date{}
			}
			moved[lesson] = to
			changed := c
			changed.Moved = moved
			all = append(all, Proposal{Mend: MoveLesson, Campaign: changed, Lesson: lesson, From: worst.Date, To: to})
		}
	}
	if len(c.Opened) == 0 && !c.Start.Before(s.Today) && len(c.Moved) == 0 {
		start := c.Start
		for range nearestDays {
			start = start.AddDays(1)
			for !works(start, s.Calendar) {
				start = start.AddDays(1)
			}
			changed := c
			changed.Start = start
			all = append(all, Proposal{Mend: StartLater, Campaign: changed, From: c.Start, To: start})
		}
	}
	for rhythm := cmp.Or(c.PerWeek, MostPerWeek) - 1; rhythm > 0 && len(c.Moved) == 0; rhythm-- {
		changed := c.rebased(s.Today, s)
		changed.PerWeek = rhythm
		all = append(all, Proposal{Mend: FewerAWeek, Campaign: changed, PerWeek: rhythm})
	}
	return all
}

// roomFor are the working days near a lesson's own, between the lessons before
// and after it, from tomorrow on.
func (c Campaign) roomFor(lesson int, plan []scheduler.Date, s Situation) []scheduler.Date {
	own := plan[lesson-1]
	var room []scheduler.Date
	for n := 1; n <= nearestDays+2; n++ {
		for _, day := range []scheduler.Date{own.AddDays(-n), own.AddDays(n)} {
			free := lesson == 1 || day.After(plan[lesson-2])
			free = free && (lesson == len(plan) || day.Before(plan[lesson]))
			if free && day.After(s.Today) && !day.Before(c.Start) && works(day, s.Calendar) && c.roomIn(day, lesson, plan) {
				room = append(room, day)
			}
		}
	}
	return slices.Clip(room)
}

// roomIn says whether the week of a day can take one more lesson.
func (c Campaign) roomIn(day scheduler.Date, lesson int, plan []scheduler.Date) bool {
	n := 1
	for i, other := range plan {
		if i != lesson-1 && other.Monday() == day.Monday() {
			n++
		}
	}
	return n <= cmp.Or(c.PerWeek, MostPerWeek)
}
