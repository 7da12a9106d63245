package report

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// What protects a person in a figure; docs/figures.md says from whom.
const (
	// margin is how many more than five could take part in a group: of five of
	// whom five take part, each would be known to.
	margin  = 2
	fewest  = five + margin
	step    = 5  // figures of people and minutes are multiples of it
	tenths  = 10 // shares are shown in tenths
	fewCard = 20 // questions met, below which a share would say who knows what
	// overFive is how far above five the number may lie from which a group is
	// shown: so a group that disappears says nothing about who stopped.
	overFive = 5
	// blur is how far a number of people is moved at most before it is rounded:
	// so far hardly ever, but nobody can tell when it was.
	blur = 5
	// mostMinutes of one person count in a week where none are promised.
	mostMinutes = 60
)

// cell is the people behind one figure.
type cell struct {
	size    int      // of the group as it was fixed, who is still there and could take part
	who     []string // who took part
	cards   int      // questions that they met
	known   int      // of them, known
	largest int      // the most cards of one person
	seconds int
	hours   [24]int // people who answered in that hour
}

func (c *cell) add(o *cell) {
	c.size += o.size
	c.who = append(c.who, o.who...)
	c.cards, c.known, c.seconds = c.cards+o.cards, c.known+o.known, c.seconds+o.seconds
	c.largest = max(c.largest, o.largest)
	for i, n := range o.hours {
		c.hours[i] += n
	}
}

// union is several groups as one.
func union(cells []*cell, which []int) *cell {
	all := &cell{}
	for _, i := range which {
		all.add(cells[i])
	}
	return all
}

// veil moves figures before they are rounded. What it does to a figure follows
// from the people behind it and our secret: the same people give the same
// figure, so asking again gives nothing more, and one person more or less moves
// it in a way that nobody can foresee.
type veil struct{ secret []byte }

// draw is a number in [0, 1) for one figure of a cell.
func (v veil) draw(figure string, c *cell) float64 {
	who := slices.Sorted(slices.Values(c.who))
	mac := hmac.New(sha256.New, v.secret)
	_, _ = mac.Write([]byte("veil\x00" + figure + "\x00" + strings.Join(who, "\x00")))
	return float64(binary.BigEndian.Uint64(mac.Sum(nil))>>11) / (1 << 53)
}

// enough says whether a cell may be shown: the group has some more than five
// people, and five of them or more took part. From how many exactly is drawn.
func (v veil) enough(c *cell) bool {
	return c.size >= fewest && len(c.who) >= five+pick(v.draw("threshold", c), thresholds[:])
}

// How likely a threshold and a blur are, in hundredths: from five up, and from
// -blur to blur.
var (
	thresholds = [overFive + 1]int{70, 16, 7, 4, 2, 1}
	blurs      = [2*blur + 1]int{1, 2, 5, 10, 18, 28, 18, 10, 5, 2, 1}
)

func pick(draw float64, weights []int) int {
	for i, w := range weights {
		if draw -= float64(w) / 100; draw < 0 {
			return i
		}
	}
	return 0
}

// people is about how many took part: a multiple of five, never more than the
// roster rounds to, never none.
func (v veil) people(c *cell) int {
	n := len(c.who) + pick(v.draw("people", c), blurs[:]) - blur
	return max(step, min(nearest(float64(n), step), nearest(float64(c.size), step)))
}

// share is part of all in tenths: 0 is under a tenth, 10 over nine. It lies at
// most one tenth beside the truth, and the ends are always true.
func (v veil) share(figure string, c *cell, part, all int) int {
	exact := float64(tenths) * float64(part) / float64(all)
	return max(0, min(tenths, int(math.Round(exact+v.draw(figure, c)-0.5))))
}

// known is the share of questions met that is known; false where so few answers,
// or so many of one person, are behind it that it would say what somebody knows.
func (v veil) known(c *cell) (int, bool) {
	if c.cards < fewCard || c.largest*3 > c.cards {
		return 0, false
	}
	return v.share("known", c, c.known, c.cards), true
}

// minutes is about how many minutes each of those who took part used.
func (v veil) minutes(c *cell) int {
	exact := float64(c.seconds) / 60 / float64(len(c.who))
	return max(0, nearest(exact+step*(v.draw("minutes", c)-0.5), step))
}

func nearest(x float64, step int) int { return step * int(math.Round(x/float64(step))) }
