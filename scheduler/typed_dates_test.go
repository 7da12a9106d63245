package scheduler_test

import (
	"testing"

	"praline/scheduler"
)

func TestParseDate(t *testing.T) {
	const tuesday = "2026-11-24"
	for _, row := range []struct{ lang, today, typed, want string }{
		{"fr", tuesday, "15 janvier", "2027-01-15"},
		{"fr", tuesday, "jusqu'au 15 janvier", "2027-01-15"},
		{"fr", tuesday, "le 1er décembre", "2026-12-01"},
		{"fr", tuesday, "lundi 4 janvier", "2027-01-04"},
		{"fr", tuesday, "15 janvier 2028", "2028-01-15"},
		{"fr", tuesday, "quinze janvier", "2027-01-15"},
		{"fr", tuesday, "15 janvie", "2027-01-15"},
		{"fr", tuesday, "15/1", "2027-01-15"},
		{"fr", tuesday, "15/01/2027", "2027-01-15"},
		{"fr", tuesday, "15-1-27", "2027-01-15"},
		{"fr", tuesday, "15.01.2027", "2027-01-15"},
		{"fr", tuesday, "2027-01-15", "2027-01-15"},
		{"fr", tuesday, "24/11", "2026-11-24"},
		{"fr", tuesday, "23/11", "2027-11-23"},
		{"fr", tuesday, "lundi", "2026-11-30"},
		{"fr", tuesday, "mardi", "2026-12-01"},
		{"fr", tuesday, "vendredi", "2026-11-27"},
		{"fr", tuesday, "lundi prochain", "2026-11-30"},
		{"fr", tuesday, "vendredi de la semaine prochaine", "2026-12-04"},
		{"fr", tuesday, "la semaine prochaine", "2026-11-30"},
		{"fr", tuesday, "le mois prochain", "2026-12-01"},
		{"fr", tuesday, "demain", "2026-11-25"},
		{"fr", tuesday, "après-demain", "2026-11-26"},
		{"fr", tuesday, "dans deux semaines", "2026-12-08"},
		{"fr", tuesday, "dans 10 jours", "2026-12-04"},
		{"fr", tuesday, "pause d'une semaine", "2026-12-01"},
		{"fr", tuesday, "quinze jours", "2026-12-09"},
		{"fr", tuesday, "dans un mois", "2026-12-24"},
		{"fr", "2027-01-31", "dans un mois", "2027-02-28"},
		{"fr", tuesday, "fin janvier", "2027-01-31"},
		{"fr", tuesday, "fin novembre", "2026-11-30"},
		{"fr", tuesday, "fin du mois", "2026-11-30"},
		{"fr", tuesday, "en septembre", "2027-09-01"},
		{"fr", tuesday, "le 15", "2026-12-15"},
		{"fr", tuesday, "le 31", "2026-12-31"},
		{"fr", tuesday, "29 février", "2028-02-29"},
		{"fr", "2026-12-31", "demain", "2027-01-01"},
		{"fr", tuesday, "31/2", "no"},
		{"fr", tuesday, "15 janvier 2026", "no"},
		{"fr", tuesday, "45 janvier", "no"},
		{"fr", tuesday, "8.30", "no"},
		{"fr", tuesday, "9h", "no"},
		{"fr", tuesday, "bientôt", "no"},
		{"fr", tuesday, "", "no"},
		{"nl", tuesday, "15 januari 2027", "2027-01-15"},
		{"nl", tuesday, "tot 15 januari", "2027-01-15"},
		{"nl", tuesday, "vrijdag", "2026-11-27"},
		{"nl", tuesday, "volgende maandag", "2026-11-30"},
		{"nl", tuesday, "volgende vrijdag", "2026-12-04"},
		{"nl", tuesday, "komende vrijdag", "2026-11-27"},
		{"nl", tuesday, "vrijdag volgende week", "2026-12-04"},
		{"nl", tuesday, "morgen", "2026-11-25"},
		{"nl", tuesday, "overmorgen", "2026-11-26"},
		{"nl", tuesday, "over 2 weken", "2026-12-08"},
		{"nl", tuesday, "over twee weken", "2026-12-08"},
		{"nl", tuesday, "over een maand", "2026-12-24"},
		{"nl", tuesday, "volgende week", "2026-11-30"},
		{"nl", tuesday, "eind januari", "2027-01-31"},
		{"nl", tuesday, "einde van de maand", "2026-11-30"},
		{"nl", tuesday, "15 jan.", "2027-01-15"},
		{"nl", tuesday, "lundi", "2026-11-30"},
		{"de", tuesday, "15. Januar", "2027-01-15"},
		{"de", tuesday, "in zwei Wochen", "2026-12-08"},
		{"en", tuesday, "January 15", "2027-01-15"},
		{"en", tuesday, "in 3 days", "2026-11-27"},
	} {
		date, ok := scheduler.ParseDate(row.typed, row.lang, day(row.today))
		got := date.String()
		if !ok {
			got = "no"
		}
		if got != row.want {
			t.Errorf("%s: %q on %s: %s, want %s", row.lang, row.typed, row.today, got, row.want)
		}
	}
}
