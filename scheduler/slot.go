package scheduler

import (
	"fmt"
	"time"

	"github.com/robfig/cron/v3"
)

// Slot is a time of the week that a learner chose, in the learner's zone.
type Slot struct {
	Days   Days `json:"d"`
	Hour   int  `json:"h,omitempty"`
	Minute int  `json:"m,omitempty"`
	Every  int  `json:"e,omitempty"` // 0 or 1: weekly; 2: every second week
	Anchor Date `json:"a,omitzero"`  // with Every 2: a day in a week that counts
}

// Spec returns the slot as a cron entry: "30 8 * * 1-5".
func (s Slot) Spec() string {
	return fmt.Sprintf("%d %d * * %s", s.Minute, s.Hour, s.Days.spec())
}

// Minutes counts from midnight.
func (s Slot) Minutes() int { return s.Hour*60 + s.Minute }

// Next returns the first occurrence of any slot after a time, in loc; the zero
// time when there is none. A time that the spring change skips fires at the end
// of the gap; a time that the autumn change shows twice fires the first time.
//
// cron/v3 loses the one and doubles the other (its issue 541 is open). So it
// only counts here on a clock that never changes: what the learner's clock
// shows, taken as UTC; Date.At turns that into an instant.
func Next(slots []Slot, after time.Time, loc *time.Location) time.Time {
	var next time.Time
	for _, slot := range slots {
		if t := slot.next(after, loc); !t.IsZero() && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	return next
}

func (s Slot) next(after time.Time, loc *time.Location) time.Time {
	if s.Days&EveryDay == 0 {
		return time.Time{}
	}
	schedule, err := cron.ParseStandard(s.Spec())
	if err != nil { // an hour or a minute that no clock shows
		return time.Time{}
	}
	wall := wallClock(after.In(loc))
	// A week without a slot is left in one step, so three steps are enough, and
	// two more when the clock changes.
	for range 6 {
		if wall = schedule.Next(wall); wall.IsZero() {
			return time.Time{}
		}
		date := DateOf(wall, time.UTC)
		if !s.counts(date) {
			wall = date.Monday().AddDays(7).utc().Add(-time.Second)
			continue
		}
		if t := date.At(s.Minutes(), loc); t.After(after) {
			return t
		}
	}
	return time.Time{}
}

// On says whether the slot occurs on a day.
func (s Slot) On(date Date) bool { return s.Days.Has(date.Weekday()) && s.counts(date) }

// counts says whether the week of date is one of the slot's weeks.
func (s Slot) counts(date Date) bool {
	return s.Every != 2 || s.Anchor.IsZero() || sameWeek(date, s.Anchor)
}

// sameWeek says whether date's week is an even number of weeks from anchor's:
// counted, because the numbers of weeks start anew at 1 after 52 or 53.
func sameWeek(date, anchor Date) bool {
	return date.Monday().Since(anchor.Monday())%14 == 0
}
