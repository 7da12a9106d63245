package scheduler

import (
	"fmt"
	"time"
)

// Date is a day of the calendar, without a zone. Its zero value is no day; its
// text is 2006-01-02, or empty for no day.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day on which t falls in loc.
func DateOf(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return Date{y, m, d}
}

// NumberedDate returns the day that is n days after 1 January 1970.
func NumberedDate(n int) Date {
	return DateOf(time.Unix(int64(n)*secondsPerDay, 0), time.UTC)
}

const secondsPerDay = 24 * 60 * 60

// Number counts the days since 1 January 1970; it is below 0 before.
func (d Date) Number() int { return int(d.utc().Unix() / secondsPerDay) }

// IsZero says that d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// AddDays returns the day n days later, or earlier where n is below 0.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC), time.UTC)
}

// Before says that d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After says that d is a later day than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Compare returns -1, 0 or 1 as d is earlier than, equal to or later than other.
func (d Date) Compare(other Date) int { return d.utc().Compare(other.utc()) }

// Since counts the days from other to d.
func (d Date) Since(other Date) int { return d.Number() - other.Number() }

// Monday returns the first day of d's week.
func (d Date) Monday() Date { return d.AddDays(-weekdayIndex(d.Weekday())) }

// At returns the instant at which clocks in loc show that many minutes after
// midnight of d (1440 is the next midnight). A time that the spring change
// skips becomes the end of the gap; of a time that comes twice, the first.
func (d Date) At(minutes int, loc *time.Location) time.Time {
	wall := time.Date(d.Year, d.Month, d.Day, 0, minutes, 0, 0, time.UTC)
	y, m, day := wall.Date()
	t := time.Date(y, m, day, wall.Hour(), wall.Minute(), 0, 0, loc)
	start, end := t.ZoneBounds()
	switch shown := wallClock(t); {
	case shown.After(wall): // read with the offset before the gap
		return start.In(loc)
	case shown.Before(wall): // read with the offset after the gap
		return end.In(loc)
	}
	if start.IsZero() {
		return t
	}
	_, now := t.Zone()
	_, before := start.Add(-time.Second).In(loc).Zone()
	if earlier := t.Add(time.Duration(now-before) * time.Second); earlier.Before(start) {
		return earlier
	}
	return t
}

// wallClock returns what a clock shows at t, as if that were UTC.
func wallClock(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// String returns 2006-01-02, or "" for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText writes the text of d.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes; a day that no calendar has is
// an error.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("date %q: write it as 2026-01-31: %w", text, err)
	}
	*d = DateOf(t, time.UTC)
	return nil
}

// exists says that a calendar has this day.
func (d Date) exists() bool { return d == DateOf(d.utc(), time.UTC) }

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
