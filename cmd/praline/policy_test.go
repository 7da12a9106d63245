package main

import (
	"strings"
	"testing"

	"praline/scheduler"
)

func TestPolicy(t *testing.T) {
	for _, row := range []struct{ label, calendar, days, want string }{
		{"nothing said", "", "", ""},
		{"an employer", "federal", "", ""},
		{"two days", "federal", "2027-05-07, 2027-12-27", ""},
		{"a comma too many", "", "2027-05-07,", ""},
		{"no such employer", "brussel", "", `no calendar is called "brussel": use one of be, federal`},
		{"a day that no calendar has", "", "2027-05-07,2027-02-30", `"2027-02-30" is no date: write year-month-day`},
		{"a date as one writes it here", "", "7/5/2027", `"7/5/2027" is no date`},
	} {
		_, err := (&settings{Calendar: row.calendar, Days: row.days}).policy()
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, not %q", row.label, err, row.want)
		}
	}
	for _, employer := range scheduler.Employers() {
		if _, err := (&settings{Calendar: employer}).policy(); err != nil {
			t.Errorf("%s: %v", employer, err)
		}
	}
	if p, err := (&settings{Outside: "on"}).policy(); err != nil || !p.ForbidOutside {
		t.Errorf("--forbid-outside on: %+v, %v", p, err)
	}
}
