package scheduler

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// WorkingTime is what is known of when one learner works. Its zero value means
// Monday to Friday, 8.00–18.00, legal holidays off.
type WorkingTime struct {
	Week     Week      `json:"w,omitempty"`
	Second   Week      `json:"w2,omitempty"` // if set: instead of Week in every second week
	Anchor   Date      `json:"a,omitzero"`   // a day in a week that follows Second
	Off      []Date    `json:"off,omitempty"`
	Pauses   []Pause   `json:"p,omitempty"`
	Employer string    `json:"cal,omitempty"` // a name that Named knows
	Snooze   time.Time `json:"z,omitzero"`    // silent until then
}

// Week is the openings of seven days, Monday first. A nil week is the usual
// one: Monday to Friday, 8.00–18.00. Days that it lacks are not worked.
type Week [][]Opening

// Opening is a part of a day: minutes from midnight, From included, To not. In
// JSON it is [480,1080].
type Opening struct {
	From, To int
}

// Pause is a time without messages, from its first day to the day on which the
// bot speaks again. A zero Until lasts until the learner speaks.
type Pause struct {
	From  Date `json:"f,omitzero"`
	Until Date `json:"u,omitzero"`
}

// usual is the working day of whoever said nothing.
var usual = []Opening{{8 * 60, 18 * 60}}

// UsualWeek returns Monday to Friday, 8.00–18.00, for changing.
func UsualWeek() Week {
	week := make(Week, 7)
	for i := range 5 {
		week[i] = slices.Clone(usual)
	}
	return week
}

// Openings returns the parts of a day that are worked, earliest first, before
// days off, pauses and holidays are asked.
func (w WorkingTime) Openings(date Date) []Opening {
	week := w.Week
	if w.Second != nil && !w.Anchor.IsZero() && sameWeek(date, w.Anchor) {
		week = w.Second
	}
	day := weekdayIndex(date.Weekday())
	if week == nil {
		if day < 5 {
			return usual
		}
		return nil
	}
	if day >= len(week) {
		return nil
	}
	return tidy(week[day])
}

// Paused says whether a day lies in a pause, and until when; a zero date is
// without end.
func (w WorkingTime) Paused(date Date) (until Date, paused bool) {
	for _, p := range w.Pauses {
		if date.Before(p.From) || (!p.Until.IsZero() && !date.Before(p.Until)) {
			continue
		}
		if p.Until.IsZero() {
			return Date{}, true
		}
		if !paused || p.Until.After(until) {
			until, paused = p.Until, true
		}
	}
	return until, paused
}

// tidy returns the openings in order, inside the day, without empty ones; it
// copies only where it must change something.
func tidy(openings []Opening) []Opening {
	last := 0
	for _, o := range openings {
		if o.From < last || o.To <= o.From || o.To > 24*60 {
			return tidied(openings)
		}
		last = o.To
	}
	return openings
}

func tidied(openings []Opening) []Opening {
	sorted := slices.Clone(openings)
	slices.SortFunc(sorted, func(a, b Opening) int { return a.From - b.From })
	var tidy []Opening
	for _, o := range sorted {
		o.From, o.To = max(o.From, 0), min(o.To, 24*60)
		if n := len(tidy); n > 0 && o.From <= tidy[n-1].To {
			tidy[n-1].To = max(tidy[n-1].To, o.To)
			continue
		}
		if o.From < o.To {
			tidy = append(tidy, o)
		}
	}
	return tidy
}

// MarshalJSON writes [from,to].
func (o Opening) MarshalJSON() ([]byte, error) { return json.Marshal([2]int{o.From, o.To}) }

// UnmarshalJSON reads what MarshalJSON writes.
func (o *Opening) UnmarshalJSON(b []byte) error {
	var pair [2]int
	if err := json.Unmarshal(b, &pair); err != nil {
		return fmt.Errorf("opening: write it as [480,1080], minutes from midnight: %w", err)
	}
	o.From, o.To = pair[0], pair[1]
	return nil
}
