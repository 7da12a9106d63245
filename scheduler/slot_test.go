package scheduler_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"praline/scheduler"
)

func TestSlotSpec(t *testing.T) {
	for _, row := range []struct {
		slot       scheduler.Slot
		spec, json string
	}{
		{scheduler.Slot{Days: scheduler.WorkingWeek, Hour: 8, Minute: 30}, "30 8 * * 1-5", `{"d":31,"h":8,"m":30}`},
		{scheduler.Slot{Days: scheduler.Monday | scheduler.Thursday, Hour: 13}, "0 13 * * 1,4", `{"d":9,"h":13}`},
		{scheduler.Slot{Days: scheduler.Sunday, Hour: 9}, "0 9 * * 0", `{"d":64,"h":9}`},
		{scheduler.Slot{Days: scheduler.Weekend, Hour: 9}, "0 9 * * 0,6", `{"d":96,"h":9}`},
		{scheduler.Slot{Days: scheduler.EveryDay}, "0 0 * * *", `{"d":127}`},
		{scheduler.Slot{Days: 0b1110111, Hour: 7, Minute: 5}, "5 7 * * 0,1-3,5,6", `{"d":119,"h":7,"m":5}`},
		{
			scheduler.Slot{Days: scheduler.Wednesday, Hour: 9, Every: 2, Anchor: day("2026-11-25")},
			"0 9 * * 3", `{"d":4,"h":9,"e":2,"a":"2026-11-25"}`,
		},
	} {
		if got := row.slot.Spec(); got != row.spec {
			t.Errorf("%+v: %q, want %q", row.slot, got, row.spec)
		}
		b, err := json.Marshal(row.slot)
		if err != nil || string(b) != row.json {
			t.Errorf("%+v: %s, %v, want %s", row.slot, b, err, row.json)
		}
		var back scheduler.Slot
		if err := json.Unmarshal(b, &back); err != nil || back != row.slot {
			t.Errorf("%s comes back as %+v, %v", b, back, err)
		}
	}
}

func TestNext(t *testing.T) {
	weekdays := scheduler.Slot{Days: scheduler.WorkingWeek, Hour: 9}
	night := scheduler.Slot{Days: scheduler.EveryDay, Hour: 2, Minute: 30}
	every2 := func(anchor string) scheduler.Slot {
		return scheduler.Slot{Days: scheduler.Wednesday, Hour: 9, Every: 2, Anchor: day(anchor)}
	}
	for _, row := range []struct {
		label string
		slots []scheduler.Slot
		after string
		want  string
	}{
		{"later today", []scheduler.Slot{weekdays}, "2026-11-24 08:59", "2026-11-24 09:00 CET"},
		{"the very minute is over", []scheduler.Slot{weekdays}, "2026-11-24 09:00", "2026-11-25 09:00 CET"},
		{"Friday to Monday", []scheduler.Slot{weekdays}, "2026-11-27 10:00", "2026-11-30 09:00 CET"},
		{"the earliest of two", []scheduler.Slot{weekdays, {Days: scheduler.Tuesday, Hour: 13}}, "2026-11-24 09:30", "2026-11-24 13:00 CET"},
		{"over the year's end", []scheduler.Slot{weekdays}, "2026-12-31 12:00", "2027-01-01 09:00 CET"},
		{"on 29 February", []scheduler.Slot{{Days: scheduler.Tuesday, Hour: 9}}, "2028-02-28 12:00", "2028-02-29 09:00 CET"},
		{"9.00 on the day of the spring change", []scheduler.Slot{{Days: scheduler.Sunday, Hour: 9}}, "2027-03-27 12:00", "2027-03-28 09:00 CEST"},
		{"in the gap: at its end", []scheduler.Slot{night}, "2027-03-27 03:00", "2027-03-28 03:00 CEST"},
		{"in the gap: once", []scheduler.Slot{night}, "2027-03-28 03:00", "2027-03-29 02:30 CEST"},
		{"in the gap: 2.00 too", []scheduler.Slot{{Days: scheduler.Sunday, Hour: 2}}, "2027-03-27 03:00", "2027-03-28 03:00 CEST"},
		{"twice: the first", []scheduler.Slot{night}, "2027-10-30 03:00", "2027-10-31 02:30 CEST"},
		{"twice: not again", []scheduler.Slot{night}, "2027-10-31 02:30 CEST", "2027-11-01 02:30 CET"},
		{"twice: not between", []scheduler.Slot{night}, "2027-10-31 02:10 CET", "2027-11-01 02:30 CET"},
		{"every second week: this one", []scheduler.Slot{every2("2026-11-23")}, "2026-11-24 09:00", "2026-11-25 09:00 CET"},
		{"every second week: two weeks on", []scheduler.Slot{every2("2026-11-23")}, "2026-11-25 09:00", "2026-12-09 09:00 CET"},
		{"every second week: the other one", []scheduler.Slot{every2("2026-12-04")}, "2026-11-24 09:00", "2026-12-02 09:00 CET"},
		{"every second week: over a year of 53 weeks", []scheduler.Slot{every2("2026-12-21")}, "2026-12-24 09:00", "2027-01-06 09:00 CET"},
		{"every second week: before its anchor", []scheduler.Slot{every2("2027-06-02")}, "2026-11-30 09:00", "2026-12-02 09:00 CET"},
		{"no slots", nil, "2026-11-24 09:00", "never"},
		{"no days", []scheduler.Slot{{Hour: 9}}, "2026-11-24 09:00", "never"},
		{"an hour that no clock shows", []scheduler.Slot{{Days: 31, Hour: 25}}, "2026-11-24 09:00", "never"},
	} {
		if got := show(scheduler.Next(row.slots, at(row.after), brussels)); got != row.want {
			t.Errorf("%s: %s, want %s", row.label, got, row.want)
		}
	}
}

// A slot fires exactly once on each of its days, whatever the clocks do.
func TestNextOnceADay(t *testing.T) {
	zones := []string{"Europe/Brussels", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		loc := mustLoad(rapid.SampledFrom(zones).Draw(t, "zone"))
		slot := scheduler.Slot{
			Days:   scheduler.Days(rapid.IntRange(1, 127).Draw(t, "days")),
			Hour:   rapid.IntRange(0, 23).Draw(t, "hour"),
			Minute: rapid.IntRange(0, 59).Draw(t, "minute"),
			Every:  rapid.SampledFrom([]int{0, 2}).Draw(t, "every"),
			Anchor: day("2026-11-24"),
		}
		start := time.Unix(rapid.Int64Range(1790000000, 1850000000).Draw(t, "start"), 0)
		previous, before := start, scheduler.Date{}
		for range 20 {
			next := scheduler.Next([]scheduler.Slot{slot}, previous, loc)
			if !next.After(previous) {
				t.Fatalf("%v is not after %v", next, previous)
			}
			date := scheduler.DateOf(next, loc)
			if date == before {
				t.Fatalf("twice on %v", date)
			}
			if !slot.Days.Has(date.Weekday()) {
				t.Fatalf("%v is a %v", date, date.Weekday())
			}
			if !before.IsZero() {
				for d := before.AddDays(1); d.Before(date); d = d.AddDays(1) {
					counts := slot.Every == 0 || d.Monday().Since(slot.Anchor.Monday())%14 == 0
					if slot.Days.Has(d.Weekday()) && counts {
						t.Fatalf("%v is left out", d)
					}
				}
			}
			previous, before = next, date
		}
	})
}
