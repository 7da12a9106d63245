package scheduler_test

import (
	"slices"
	"testing"

	"praline/scheduler"
)

func TestCalendars(t *testing.T) {
	for _, row := range []struct{ employer, date, want string }{
		{"be", "2026-01-01", "new-year"},
		{"be", "2026-04-06", "easter-monday"},
		{"be", "2026-05-01", "labour-day"},
		{"be", "2026-05-14", "ascension"},
		{"be", "2026-05-25", "whit-monday"},
		{"be", "2026-07-21", "national-day"},
		{"be", "2026-08-15", "assumption"},
		{"be", "2026-11-01", "all-saints"},
		{"be", "2026-11-11", "armistice"},
		{"be", "2026-12-25", "christmas"},
		{"be", "2027-03-29", "easter-monday"},
		{"be", "2027-05-06", "ascension"},
		{"be", "2027-05-17", "whit-monday"},
		{"be", "2008-05-01", "labour-day"}, // also Ascension
		{"be", "2026-11-02", ""},
		{"", "2026-11-11", "armistice"},
		{"local", "2026-11-11", "armistice"},
		{"local", "2026-11-15", ""},
		{"federal", "2026-11-02", "all-souls"},
		{"federal", "2026-11-15", "kings-day"},
		{"federal", "2026-12-26", "day-after-christmas"},
		{"federal", "2026-05-15", "bridge"},
		{"federal", "2026-07-20", "bridge"},
		{"federal", "2026-12-28", "compensation"},
		{"federal", "2026-12-31", "compensation"},
		{"federal", "2027-12-27", "compensation"},
		{"federal", "2027-05-07", ""}, // the bridges of 2027 are not known
		{"federal", "2026-07-11", ""},
		{"federal", "2026-09-27", ""},
		{"federal", "2026-05-08", ""},
		{"flemish", "2026-07-11", "flemish-community"},
		{"flemish", "2026-12-26", "day-after-christmas"},
		{"flemish", "2026-12-30", "year-end"},
		{"flemish", "2026-09-27", ""},
		{"walloon", "2027-09-27", "french-community"},
		{"walloon", "2026-11-02", "all-souls"},
		{"walloon", "2026-12-28", ""},
		{"fwb", "2027-09-27", "french-community"},
		{"fwb", "2026-11-02", ""},
		{"brussels", "2026-05-08", "brussels-region"},
		{"brussels", "2026-12-28", "compensation"},
		{"german-speaking", "2027-11-15", "german-community"},
		{"german-speaking", "2027-11-02", ""},
		{"none", "2026-12-25", ""},
		{"never heard of", "2026-12-25", "christmas"},
	} {
		calendar, _ := scheduler.Named(row.employer)
		got, ok := calendar.Holiday(day(row.date))
		if got != row.want || ok != (row.want != "") {
			t.Errorf("%s on %s: %q, want %q", row.employer, row.date, got, row.want)
		}
	}
}

func TestNamed(t *testing.T) {
	for _, name := range scheduler.Employers() {
		calendar, ok := scheduler.Named(name)
		if !ok || calendar.Name != name {
			t.Errorf("%s is not found", name)
		}
		if len(calendar.Sources) == 0 && name != "none" {
			t.Errorf("%s has no source", name)
		}
	}
	if _, ok := scheduler.Named("never heard of"); ok {
		t.Error("an unknown employer is known")
	}
	keys := scheduler.HolidayKeys()
	if !slices.Contains(keys, "armistice") || !slices.Contains(keys, "year-end") || !slices.IsSorted(keys) {
		t.Errorf("keys: %v", keys)
	}
}

func TestCalendarWith(t *testing.T) {
	federal, _ := scheduler.Named("federal")
	own := federal.With(day("2027-05-07"), "bridge")
	if key, _ := own.Holiday(day("2027-05-07")); key != "bridge" {
		t.Errorf("the added day is %q", key)
	}
	if key, _ := own.Holiday(day("2026-05-15")); key != "bridge" {
		t.Errorf("the days before are lost: %q", key)
	}
	if again, _ := scheduler.Named("federal"); func() bool { _, ok := again.Holiday(day("2027-05-07")); return ok }() {
		t.Error("the added day is everybody's")
	}
	if key, _ := (scheduler.Calendar{}).With(day("2027-05-07"), "bridge").Holiday(day("2027-05-07")); key != "bridge" {
		t.Errorf("a calendar of one's own: %q", key)
	}
}
