package report

import (
	"fmt"
	"hash/fnv"
	"math/bits"

	"praline/bot/learner"
	"praline/records"
	"praline/scheduler"
)

// shards is over how many records the cursors of an organisation are spread:
// ten thousand learners take about 15 KB in each.
const shards = 64

func shardOf(id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return fmt.Sprintf("%02d", h.Sum32()%shards)
}

func cursorKey(org, shard string) records.Key {
	return records.Key{Org: org, Kind: kindCursor, ID: shard}
}

// cursors are a shard of them.
type cursors map[learner.ID]cursor

// cursor is how far a learner's log is counted, and what the next figures of
// their group need. It goes when the learner is erased.
type cursor struct {
	Answers int    `json:"n"`           // of the log that are counted
	Carried int    `json:"j,omitempty"` // carried ones that were counted as another learner's
	Seconds int    `json:"s"`           // spent learning in all, as counted
	Cards   int    `json:"c,omitempty"` // questions met
	Known   int    `json:"k,omitempty"` // of them, known today
	Weeks   []week `json:"w,omitempty"` // the last few in which they learned, the newest last
}

// week is what one learner did in one.
type week struct {
	Monday  int    `json:"m"` // scheduler.Date.Number
	Answers int    `json:"n,omitempty"`
	Seconds int    `json:"s,omitempty"`
	Hours   uint32 `json:"h,omitempty"` // of the day in which they answered, a bit each
}

// keptWeeks are for how many weeks back figures can still be published.
const keptWeeks = 3

// in is the week of a day, "" for none.
func (c *cursor) in(monday scheduler.Date) *week {
	number := monday.Number()
	for i := range c.Weeks {
		if c.Weeks[i].Monday == number {
			return &c.Weeks[i]
		}
	}
	at := len(c.Weeks)
	for at > 0 && c.Weeks[at-1].Monday > number {
		at--
	}
	c.Weeks = append(c.Weeks[:at:at], append([]week{{Monday: number}}, c.Weeks[at:]...)...)
	if extra := len(c.Weeks) - keptWeeks; extra > 0 {
		if at -= extra; at < 0 {
			at = 0 // older than all that are kept: it is forgotten
			c.Weeks = c.Weeks[extra:]
			return &week{}
		}
		c.Weeks = c.Weeks[extra:]
	}
	return &c.Weeks[at]
}

// of is a week as it is, zero if they did not learn in it.
func (c cursor) of(monday scheduler.Date) week {
	for _, w := range c.Weeks {
		if w.Monday == monday.Number() {
			return w
		}
	}
	return week{}
}

// unite adds what was counted of somebody who was folded into this learner.
func (c *cursor) unite(o cursor) {
	c.Carried += o.Answers
	for _, w := range o.Weeks {
		mine := c.in(scheduler.NumberedDate(w.Monday))
		mine.Answers, mine.Seconds, mine.Hours = mine.Answers+w.Answers, mine.Seconds+w.Seconds, mine.Hours|w.Hours
	}
}

// hours calls each with the hours of the day of a mask.
func hours(mask uint32, each func(int)) {
	for ; mask != 0; mask &= mask - 1 {
		each(bits.TrailingZeros32(mask))
	}
}
