package recall

import (
	"cmp"
	"slices"

	"praline/scheduler"
)

// Card is one question that the learner has met.
type Card struct {
	Key     string
	Memory  Memory
	Seconds int // that answering it takes; 0 is 20
}

// Lesson is one lesson that the learner has not had.
type Lesson struct {
	Key     string
	Seconds int // with its questions; 0 is 180
}

// Input is all that the choice depends on.
type Input struct {
	Cards   []Card
	Lessons []Lesson // still to be taught, in their order
	Budget  int      // seconds of this session
	Today   scheduler.Date
}

// Item is something to do in a session.
type Item struct {
	Key     string
	Lesson  bool // else a question to recall
	Seconds int
	Why     Reason
}

// Reason says in numbers why an item was chosen; the words are for others.
type Reason struct {
	New     bool    // a lesson not had yet
	DaysAgo int     // since the question was answered last
	Recall  float64 // probability that it is known today
	Missed  bool    // the last answer was wrong
}

// Because says in numbers why a question is asked on a day.
func Because(m Memory, today scheduler.Date) Reason {
	if !m.Asked() {
		return Reason{New: true}
	}
	return Reason{DaysAgo: today.Since(m.Last), Recall: Retrievability(m, today), Missed: m.Missed}
}

// Choose decides what a session is made of: due questions first, the likeliest
// forgotten before others, as many as the budget holds and none twice on one
// day; then the next lesson, if at least half of it fits or nothing else was
// chosen. A budget of nothing chooses nothing; a question alone may exceed it.
func Choose(in Input) []Item {
	if in.Budget <= 0 {
		return nil
	}
	items, left := []Item(nil), in.Budget
	for _, item := range due(in) {
		if item.Seconds > left && len(items) > 0 {
			continue
		}
		items = append(items, item)
		left -= item.Seconds
	}
	if len(in.Lessons) == 0 {
		return items
	}
	lesson := in.Lessons[0]
	seconds := orElse(lesson.Seconds, 180)
	if left*2 >= seconds || len(items) == 0 {
		items = append(items, Item{Key: lesson.Key, Lesson: true, Seconds: seconds, Why: Reason{New: true}})
	}
	return items
}

// due returns the questions that may be asked today, the likeliest forgotten first.
func due(in Input) []Item {
	var items []Item
	for _, card := range in.Cards {
		m := card.Memory
		if !m.Asked() || m.Due.After(in.Today) || !m.Last.Before(in.Today) {
			continue
		}
		items = append(items, Item{Key: card.Key, Seconds: orElse(card.Seconds, 20), Why: Because(m, in.Today)})
	}
	slices.SortStableFunc(items, func(a, b Item) int {
		return cmp.Or(
			cmp.Compare(a.Why.Recall, b.Why.Recall),
			cmp.Compare(b.Why.DaysAgo, a.Why.DaysAgo),
			cmp.Compare(a.Key, b.Key),
		)
	})
	return items
}

// NextDue returns the earliest day from today on when a question may be asked;
// the zero date when there are no questions. One that is overdue is due today,
// or tomorrow if it was asked today.
func NextDue(cards []Card, today scheduler.Date) scheduler.Date {
	var next scheduler.Date
	for _, card := range cards {
		if !card.Memory.Asked() {
			continue
		}
		due, earliest := card.Memory.Due, today
		if !card.Memory.Last.Before(today) {
			earliest = today.AddDays(1)
		}
		if due.Before(earliest) {
			due = earliest
		}
		if next.IsZero() || due.Before(next) {
			next = due
		}
	}
	return next
}

func orElse(n, usual int) int {
	if n > 0 {
		return n
	}
	return usual
}
