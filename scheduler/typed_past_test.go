package scheduler_test

import (
	"testing"
	"time"

	"praline/scheduler"
)

func TestParsePast(t *testing.T) {
	today := scheduler.Date{Year: 2026, Month: time.November, Day: 3} // a Tuesday
	for _, row := range []struct{ lang, text, want string }{
		{"fr", "lundi", "2026-11-02"},
		{"fr", "mardi", "2026-11-03"},
		{"fr", "mercredi dernier", "2026-10-28"},
		{"fr", "hier", "2026-11-02"},
		{"fr", "avant-hier", "2026-11-01"},
		{"fr", "aujourd'hui", "2026-11-03"},
		{"fr", "demain", ""},
		{"fr", "le 2 novembre", "2026-11-02"},
		{"fr", "lundi 26 octobre", "2026-10-26"},
		{"fr", "le 4 novembre", "2025-11-04"},
		{"fr", "le 2", "2026-11-02"},
		{"fr", "le 20", "2026-10-20"},
		{"fr", "20/10", "2026-10-20"},
		{"fr", "2026-10-05", "2026-10-05"},
		{"fr", "2027-10-05", ""},
		{"fr", "", ""},
		{"fr", "je ne sais plus", ""},
		{"nl", "maandag", "2026-11-02"},
		{"nl", "op 2 november", "2026-11-02"},
		{"nl", "kreeg ik vorige donderdag", "2026-10-29"},
		{"nl", "gisteren", "2026-11-02"},
		{"nl", "eergisteren", "2026-11-01"},
		{"nl", "vandaag", "2026-11-03"},
		{"nl", "de 31", "2026-10-31"},
	} {
		got, ok := scheduler.ParsePast(row.text, row.lang, today)
		if ok != (row.want != "") || ok && got.String() != row.want {
			t.Errorf("%s %q: %s %v, not %q", row.lang, row.text, got, ok, row.want)
		}
	}
	march := scheduler.Date{Year: 2027, Month: time.March, Day: 31}
	if got, ok := scheduler.ParsePast("le 3", "fr", march); !ok || got.String() != "2027-03-03" {
		t.Errorf("the third, on the 31st: %s %v", got, ok)
	}
}
