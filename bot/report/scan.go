package report

import (
	"sync"
	"time"

	"praline/bot/learner"
	"praline/scheduler"
)

// restLeast is of how many other first attempts a person's share must be known
// before it says anything about them.
const restLeast = 5

// additions are what a piece of one learner's log adds, by the question's card.
type additions map[string]*Counts

func (a additions) of(card learner.Card) *Counts {
	c := &Counts{Question: card.Key, Print: card.Fingerprint}
	if known, ok := a[c.id()]; ok {
		return known
	}
	a[c.id()] = c
	return c
}

// piece is what of a log is to be counted: answers numbered from on, given
// since then, but for the first so many carried ones, which were counted as
// another learner's.
type piece struct {
	from    int
	since   time.Time
	carried int
}

// scan reads a learner's log and adds to the counts what follows from a piece of it. What it adds for them is the same however
// the log is cut into pieces, as long as no right answer changes between: the
// log says only which card was answered, so first attempts at an earlier right
// answer that nobody counted in time are left out.
func scan(cards learner.Cards, log []learner.Answer, p piece, add additions) {
	firsts := firstAttempts(len(cards), log)
	var rest []learner.Answer // first attempts before, of any card
	last := make(map[int]time.Time)
	type answered struct{ card, bin int }
	seen := make(map[answered]bool)
	carried := 0
	for i, a := range log {
		fresh := i >= p.from
		if a.Carried {
			fresh = fresh && carried >= p.carried
			carried++
		}
		if a.Card < 0 || a.Card >= len(cards) {
			continue
		}
		counts := fresh && !a.At.Before(p.since)
		switch first := firsts[a.Card]; {
		case i == first:
			rest = append(rest, a)
			if counts {
				add.of(cards[a.Card]).first(a)
			}
			if fresh {
				discriminate(cards, rest, add, p.since)
			}
		case i > first:
			days := dayOf(a.At).Since(dayOf(last[a.Card]))
			at := answered{a.Card, binOf(days)}
			if counts {
				add.of(cards[a.Card]).later(at.bin, a.Score >= 1, !seen[at])
			}
			seen[at] = seen[at] || !a.At.Before(p.since)
		}
		last[a.Card] = a.At
	}
}

// firstAttempts is, for each card, the number of the answer that was the first
// to what is right today: the last that says so; of an older log, which does
// not say, the first of all. A carried one counts only where none other does.
func firstAttempts(cards int, log []learner.Answer) []int {
	firsts := make([]int, cards)
	own := make([]bool, cards)
	for c := range firsts {
		firsts[c] = -1
	}
	for i, a := range log {
		switch {
		case a.Card < 0 || a.Card >= cards:
		case a.First && (!a.Carried || !own[a.Card]):
			firsts[a.Card], own[a.Card] = i, !a.Carried
		case firsts[a.Card] < 0 && !a.First && a.Lang == 0:
			firsts[a.Card] = i
		}
	}
	return firsts
}

// first adds a first attempt.
func (c *Counts) first(a learner.Answer) {
	f := &c.All.Firsts[a.Lang%languages]
	f.People++
	if a.Score >= 1 {
		f.Right++
	}
	picked := a.Picked
	if picked == 0 && a.Lang == 0 && a.Choice >= 0 {
		picked = learner.Picks([]int{a.Choice}) // an older log
	}
	if picked == 0 && a.Score == 0 {
		f.None++
	}
	for i := 0; picked != 0; i, picked = i+1, picked>>1 {
		if len(f.Picked) <= i {
			f.Picked = append(f.Picked, 0)
		}
		f.Picked[i] += int(picked & 1)
	}
	day := dayOf(a.At)
	if c.Since.IsZero() || day.Before(c.Since) {
		c.Since = day
	}
	if day.After(c.Until) {
		c.Until = day
	}
}

func (c *Counts) later(bin int, right, newHere bool) {
	l := &c.All.Later[bin]
	l.Answers++
	if right {
		l.Right++
	}
	if newHere {
		l.People++
	}
}

// discriminate adds how the last of a person's first attempts goes with the
// others before it; when there are just enough of them, each goes with the rest.
func discriminate(cards learner.Cards, rest []learner.Answer, add additions, since time.Time) {
	n := len(rest)
	if n <= restLeast {
		return
	}
	right := 0.0
	for _, a := range rest {
		right += rightness(a)
	}
	from := n - 1
	if n == restLeast+1 {
		from = 0
	}
	for _, a := range rest[from:] {
		if a.At.Before(since) {
			continue
		}
		x := rightness(a)
		y := (right - x) / float64(n-1)
		f := &add.of(cards[a.Card]).All.Firsts[a.Lang%languages]
		f.Pairs++
		f.X += x
		f.Y += y
		f.YY += y * y
		f.XY += x * y
	}
}

func rightness(a learner.Answer) float64 {
	if a.Score >= 1 {
		return 1
	}
	return 0
}

var brussels = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		return time.UTC // a build without time/tzdata
	}
	return zone
})

// Zone is where days and weeks of figures begin: in Brussels.
func Zone() *time.Location { return brussels() }

func dayOf(t time.Time) scheduler.Date { return scheduler.DateOf(t, brussels()) }
