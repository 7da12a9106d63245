package report

import (
	"slices"
	"strings"

	"praline/scheduler"
)

// five is how many people figures are of at least.
const five = 5

// Counts are what is kept of one question with one right answer: numbers, and
// nobody's. What is shown follows them in steps of five people (show), so that
// looking before and after somebody answered shows nothing.
type Counts struct {
	Question string         `json:"q"` // series/question
	Print    string         `json:"p"` // fingerprint of the right answer
	Since    scheduler.Date `json:"from,omitzero"`
	Until    scheduler.Date `json:"to,omitzero"`
	All      Figures        `json:"all"`
	Shown    Figures        `json:"shown"`
}

// Figures are the sums over people.
type Figures struct {
	// First attempts by language: 1 + index in locales.Languages; 0: not kept.
	Firsts [languages]Firsts `json:"f"`
	// Later answers, by the days since the one before (laterDays).
	Later [bins]Later `json:"l"`
}

const (
	languages = 4
	bins      = 6
)

// laterDays are from how many days on a bin of Later counts.
var laterDays = [bins]int{1, 2, 4, 8, 15, 31}

func binOf(days int) int {
	for i := bins - 1; i > 0; i-- {
		if days >= laterDays[i] {
			return i
		}
	}
	return 0
}

// Firsts are the first attempts of people, one each.
type Firsts struct {
	People int   `json:"n"`
	Right  int   `json:"r"`           // wholly
	None   int   `json:"o,omitempty"` // "I do not know"
	Picked []int `json:"c,omitempty"` // by choice; several of one person where several may be picked

	// For discrimination, over those of whom enough else is known: the share
	// right of a person's other first attempts (y) beside this one (x, 0 or 1).
	Pairs int     `json:"pn,omitempty"`
	X     float64 `json:"px,omitempty"`
	Y     float64 `json:"py,omitempty"`
	YY    float64 `json:"pyy,omitempty"`
	XY    float64 `json:"pxy,omitempty"`
}

// Later are answers to a question that was answered before.
type Later struct {
	People  int `json:"u"` // different ones in this bin
	Answers int `json:"n"`
	Right   int `json:"r"`
}

func (f *Firsts) add(o Firsts) {
	f.People += o.People
	f.Right += o.Right
	f.None += o.None
	for len(f.Picked) < len(o.Picked) {
		f.Picked = append(f.Picked, 0)
	}
	for i, n := range o.Picked {
		f.Picked[i] += n
	}
	f.Pairs += o.Pairs
	f.X += o.X
	f.Y += o.Y
	f.YY += o.YY
	f.XY += o.XY
}

func (f Firsts) clone() Firsts {
	f.Picked = slices.Clone(f.Picked)
	return f
}

// add adds counts of the same question.
func (c *Counts) add(o *Counts) {
	if c.Since.IsZero() || !o.Since.IsZero() && o.Since.Before(c.Since) {
		c.Since = o.Since
	}
	if o.Until.After(c.Until) {
		c.Until = o.Until
	}
	for i := range c.All.Firsts {
		c.All.Firsts[i].add(o.All.Firsts[i])
	}
	for i := range c.All.Later {
		l := &c.All.Later[i]
		l.People, l.Answers, l.Right = l.People+o.All.Later[i].People, l.Answers+o.All.Later[i].Answers, l.Right+o.All.Later[i].Right
	}
}

// show lets what is shown follow, part by part, where five people or more are
// new in it. Discrimination of a first attempt may be known later than the
// attempt, so it follows with the next five.
func (c *Counts) show() {
	for i := range c.All.Firsts {
		if all, shown := c.All.Firsts[i], &c.Shown.Firsts[i]; all.People-shown.People >= five {
			*shown = all.clone()
		}
	}
	for i := range c.All.Later {
		if all, shown := c.All.Later[i], &c.Shown.Later[i]; all.People-shown.People >= five {
			*shown = all
		}
	}
}

// id is the name of the record.
func (c *Counts) id() string { return c.Question + "@" + c.Print }

// questionOf is the question in such a name.
func questionOf(id string) string {
	question, _, _ := strings.Cut(id, "@")
	return question
}

// seriesOf is the series of a question.
func seriesOf(key string) string {
	series, _, _ := strings.Cut(key, "/")
	return series
}
