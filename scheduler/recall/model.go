package recall

import (
	"math"

	"github.com/open-spaced-repetition/go-fsrs/v4"

	"praline/scheduler"
)

// Grade is how a question was answered.
type Grade int

// The grades; the numbers are those of FSRS. Its 4, "easy", is a judgement that
// a learner would have to give: it is not asked for.
const (
	Wrong Grade = Grade(fsrs.Again)
	Hard  Grade = Grade(fsrs.Hard) // right, but with a hint or slowly
	Right Grade = Grade(fsrs.Good)
)

// Graded returns the grade of an answer.
func Graded(right, hinted, slow bool) Grade {
	switch {
	case !right:
		return Wrong
	case hinted || slow:
		return Hard
	}
	return Right
}

// Slow says that an answer that took so many seconds was laboured, for a
// question that usually takes expected seconds: three times as long. From ten
// minutes on it says nothing: the learner was elsewhere.
func Slow(seconds, expected int) bool {
	return seconds > 3*max(expected, 10) && seconds < 600
}

// Model is FSRS-6 with one set of weights.
type Model struct {
	fsrs      *fsrs.FSRS
	retention float64
}

// Usual is the model in use: default weights, recall wanted with 0.9.
var Usual = NewModel(fsrs.DefaultWeights(), 0.9, true)

// NewModel returns a model with 21 weights, a wanted probability of recall
// between 0 and 1, and whether a second review on one day is a matter of its
// own (FSRS calls it the short term).
func NewModel(weights [21]float64, retention float64, shortTerm bool) Model {
	p := fsrs.DefaultParam()
	p.W, p.RequestRetention, p.EnableShortTerm = weights, retention, shortTerm
	return Model{fsrs: fsrs.NewFSRS(p), retention: retention}
}

// longest is the longest interval, in days.
const longest = 36500

// step returns the memory after an answer so many days after the last, and the
// days until recall falls to the wanted probability.
func (m Model) step(stability, difficulty float64, elapsed int, grade Grade) (newStability, newDifficulty, interval float64) {
	state := &fsrs.MemoryState{Stability: stability, Difficulty: difficulty}
	next := m.fsrs.NextState(state, m.retention, uint64(max(elapsed, 0)), fsrs.Rating(grade))
	return next.Memory.Stability, next.Memory.Difficulty, min(max(next.Interval, 0), longest)
}

// Review returns the memory after an answer on a day. The first return is on
// the next working day, later ones on the working day nearest to where recall
// falls to 0.9, never on the same day. An answer on the day of the last one, or
// on an earlier day, changes nothing: the first answer counts.
//
// workingDay says on which days the learner can be asked; where there is none
// within two years the due date stays where the model put it.
func (m Model) Review(memory Memory, grade Grade, today scheduler.Date, workingDay func(scheduler.Date) bool) Memory {
	if memory.Asked() && !today.After(memory.Last) {
		return memory
	}
	next := memory
	elapsed, wait := 0, 1
	if memory.Asked() {
		elapsed = today.Since(memory.Last)
	} else {
		next.Stability, next.Difficulty = 0, 0
	}
	var interval float64
	next.Stability, next.Difficulty, interval = m.step(next.Stability, next.Difficulty, elapsed, grade)
	tomorrow := today.AddDays(1)
	if memory.Asked() {
		wait = int(max(math.Round(interval), 1))
		if grade == Wrong {
			next.Lapses++
		}
	}
	next.Due = scheduler.NearestDay(today.AddDays(wait), tomorrow, workingDay)
	next.Last, next.Missed = today, grade == Wrong
	next.Reps++
	return next
}

// Retrievability returns the probability, 0 to 1, that a question is known on a
// day; 0 for one never asked.
func (m Model) Retrievability(memory Memory, on scheduler.Date) float64 {
	if !memory.Asked() || memory.Stability <= 0 {
		return 0
	}
	return m.fsrs.ForgettingCurve(float64(max(on.Since(memory.Last), 0)), memory.Stability)
}

// Review is Usual.Review.
func Review(memory Memory, grade Grade, today scheduler.Date, workingDay func(scheduler.Date) bool) Memory {
	return Usual.Review(memory, grade, today, workingDay)
}

// Retrievability is Usual.Retrievability.
func Retrievability(memory Memory, on scheduler.Date) float64 {
	return Usual.Retrievability(memory, on)
}
