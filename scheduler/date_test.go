package scheduler_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata"

	"praline/scheduler"
)

var brussels = mustLoad("Europe/Brussels")

func mustLoad(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// day reads 2006-01-02.
func day(text string) scheduler.Date {
	var d scheduler.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return d
}

// at reads 2006-01-02 15:04 in Brussels, or 2006-01-02 15:04 CET where a time comes twice.
func at(text string) time.Time {
	if t, err := time.ParseInLocation("2006-01-02 15:04 MST", text, brussels); err == nil {
		return t
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", text, brussels)
	if err != nil {
		panic(err)
	}
	return t
}

func show(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.In(brussels).Format("2006-01-02 15:04 MST")
}

func TestDate(t *testing.T) {
	for _, row := range []struct{ label, got, want string }{
		{"after 28 February", day("2027-02-28").AddDays(1).String(), "2027-03-01"},
		{"after 28 February of a leap year", day("2028-02-28").AddDays(1).String(), "2028-02-29"},
		{"after the year's end", day("2026-12-31").AddDays(1).String(), "2027-01-01"},
		{"before the year's start", day("2027-01-01").AddDays(-1).String(), "2026-12-31"},
		{"Monday of a week over the new year", day("2027-01-03").Monday().String(), "2026-12-28"},
		{"a Sunday is the end of its week", day("2026-11-29").Monday().String(), "2026-11-23"},
		{"late in the evening in Brussels is that day", scheduler.DateOf(at("2026-11-24 23:59"), brussels).String(), "2026-11-24"},
		{"day 0", scheduler.NumberedDate(0).String(), "1970-01-01"},
		{"there and back", scheduler.NumberedDate(day("2026-11-24").Number()).String(), "2026-11-24"},
		{"before 1970", scheduler.NumberedDate(day("1969-12-31").Number()).String(), "1969-12-31"},
		{"no day", scheduler.Date{}.String(), ""},
	} {
		if row.got != row.want {
			t.Errorf("%s: %s, want %s", row.label, row.got, row.want)
		}
	}
	if n := day("2027-03-01").Since(day("2026-03-01")); n != 365 {
		t.Errorf("a year has %d days", n)
	}
}

func TestDateText(t *testing.T) {
	b, err := json.Marshal(map[string]scheduler.Date{"d": day("2028-02-29"), "none": {}})
	if err != nil || string(b) != `{"d":"2028-02-29","none":""}` {
		t.Errorf("%s, %v", b, err)
	}
	for _, text := range []string{"2027-02-29", "2027-13-01", "24/11/2026", "2026-11-24T09:00"} {
		var d scheduler.Date
		if err := d.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%s is taken for %s", text, d)
		}
	}
}

func TestDateAt(t *testing.T) {
	for _, row := range []struct {
		label, date  string
		hour, minute int
		want         string
	}{
		{"an ordinary time", "2026-11-24", 9, 0, "2026-11-24 09:00 CET"},
		{"in the gap of spring: its end", "2027-03-28", 2, 30, "2027-03-28 03:00 CEST"},
		{"the gap's first minute", "2027-03-28", 2, 0, "2027-03-28 03:00 CEST"},
		{"just before the gap", "2027-03-28", 1, 59, "2027-03-28 01:59 CET"},
		{"just after the gap", "2027-03-28", 3, 0, "2027-03-28 03:00 CEST"},
		{"twice in autumn: the first", "2027-10-31", 2, 30, "2027-10-31 02:30 CEST"},
		{"just after what comes twice", "2027-10-31", 3, 0, "2027-10-31 03:00 CET"},
		{"midnight at the end", "2026-12-31", 24, 0, "2027-01-01 00:00 CET"},
	} {
		if got := show(day(row.date).At(row.hour*60+row.minute, brussels)); got != row.want {
			t.Errorf("%s: %s, want %s", row.label, got, row.want)
		}
	}
	// In Lord Howe the clock moves by half an hour, in Santiago at midnight.
	if got := day("2026-10-04").At(2*60+15, mustLoad("Australia/Lord_Howe")).Format("15:04"); got != "02:30" {
		t.Errorf("Lord Howe: %s", got)
	}
	if got := day("2026-09-06").At(30, mustLoad("America/Santiago")).Format("2006-01-02 15:04"); got != "2026-09-06 01:00" {
		t.Errorf("Santiago: %s", got)
	}
}
