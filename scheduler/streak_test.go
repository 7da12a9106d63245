package scheduler_test

import (
	"testing"

	"praline/scheduler"
)

func TestStreak(t *testing.T) {
	days := func(texts ...string) []scheduler.Date {
		var dates []scheduler.Date
		for _, text := range texts {
			dates = append(dates, day(text))
		}
		return dates
	}
	away := scheduler.WorkingTime{
		Off:    days("2026-11-18"),
		Pauses: []scheduler.Pause{{From: day("2026-11-19"), Until: day("2026-11-23")}},
	}
	for _, row := range []struct {
		label   string
		working scheduler.WorkingTime
		learned []scheduler.Date
		today   string
		excused []scheduler.Date
		want    int
	}{
		{label: "nothing learned", today: "2026-11-24", want: 0},
		{label: "today alone", learned: days("2026-11-24"), today: "2026-11-24", want: 1},
		{label: "today is not over", learned: days("2026-11-23"), today: "2026-11-24", want: 1},
		{label: "a working day missed", learned: days("2026-11-20", "2026-11-24"), today: "2026-11-24", want: 1},
		{label: "broken since", learned: days("2026-11-20"), today: "2026-11-24", want: 0},
		{label: "over a weekend, in disorder, a day twice", learned: days("2026-11-24", "2026-11-20", "2026-11-23", "2026-11-20"), today: "2026-11-24", want: 3},
		{label: "over a holiday", learned: days("2026-11-10", "2026-11-12"), today: "2026-11-12", want: 2},
		{label: "over Christmas and New Year", learned: days("2026-12-23", "2026-12-24", "2027-01-04"), today: "2027-01-05", want: 3},
		{label: "over a day off and a pause", working: away, learned: days("2026-11-17", "2026-11-23"), today: "2026-11-23", want: 2},
		{label: "our own failure", learned: days("2026-11-20", "2026-11-24"), excused: days("2026-11-23"), today: "2026-11-24", want: 2},
		{label: "learned on a day of our failure", learned: days("2026-11-23", "2026-11-24"), excused: days("2026-11-23"), today: "2026-11-24", want: 2},
		{label: "a Sunday is no working day", learned: days("2026-11-22", "2026-11-23"), today: "2026-11-23", want: 1},
		{label: "learned on a later day than today", learned: days("2026-11-25"), today: "2026-11-24", want: 0},
	} {
		got := scheduler.Streak(row.learned, day(row.today), federal(row.working).WorkingDay, row.excused...)
		if got != row.want {
			t.Errorf("%s: %d, want %d", row.label, got, row.want)
		}
	}
}
