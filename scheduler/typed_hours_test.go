package scheduler_test

import (
	"fmt"
	"strings"
	"testing"

	"praline/scheduler"
)

// week writes a week from Monday 23 November 2026 as "ma 8-18 …".
func week(w scheduler.WorkingTime, monday string) string {
	var days []string
	for i := range 7 {
		var parts []string
		for _, o := range w.Openings(day(monday).AddDays(i)) {
			parts = append(parts, fmt.Sprintf("%g-%g", float64(o.From)/60, float64(o.To)/60))
		}
		if parts == nil {
			parts = []string{"."}
		}
		days = append(days, strings.Join(parts, "+"))
	}
	return strings.Join(days, " ")
}

func TestParseHours(t *testing.T) {
	for _, row := range []struct{ lang, typed, week, after string }{
		{"fr", "pas le mercredi après-midi", "8-18 8-18 8-12 8-18 8-18 . .", ""},
		{"fr", "Je ne travaille pas le mercredi après-midi.", "8-18 8-18 8-12 8-18 8-18 . .", ""},
		{"fr", "je ne travaille pas le vendredi", "8-18 8-18 8-18 8-18 . . .", ""},
		{"fr", "ni le lundi ni le vendredi", ". 8-18 8-18 8-18 . . .", ""},
		{"fr", "pas le lundi matin", "12-18 8-18 8-18 8-18 8-18 . .", ""},
		{"fr", "congé le mercredi", "8-18 8-18 . 8-18 8-18 . .", ""},
		{"fr", "un mercredi sur deux", "8-18 8-18 . 8-18 8-18 . .", "8-18 8-18 8-18 8-18 8-18 . ."},
		{"fr", "je ne travaille pas un mercredi sur deux", "8-18 8-18 . 8-18 8-18 . .", "8-18 8-18 8-18 8-18 8-18 . ."},
		{"fr", "je travaille de 9h à 17h", "9-17 9-17 9-17 9-17 9-17 . .", ""},
		{"fr", "7h30-16h", "7.5-16 7.5-16 7.5-16 7.5-16 7.5-16 . .", ""},
		{"fr", "de 8 à 4 heures", "8-16 8-16 8-16 8-16 8-16 . .", ""},
		{"fr", "je travaille le lundi, le mardi et le jeudi", "8-18 8-18 . 8-18 . . .", ""},
		{"fr", "je travaille du lundi au jeudi", "8-18 8-18 8-18 8-18 . . .", ""},
		{"fr", "je travaille le samedi de 9h à 12h", ". . . . . 9-12 .", ""},
		{"fr", "pas avant 9h", "9-18 9-18 9-18 9-18 9-18 . .", ""},
		{"fr", "jamais après 16h", "8-16 8-16 8-16 8-16 8-16 . .", ""},
		{"fr", "lundi", "no", ""},
		{"fr", "chaque jour ouvrable à 9 h, 11 h et 14 h", "no", ""},
		{"fr", "bonjour", "no", ""},
		{"fr", "je travaille", "no", ""},
		{"nl", "ik werk niet op woensdagnamiddag", "8-18 8-18 8-12 8-18 8-18 . .", ""},
		{"nl", "niet op vrijdag", "8-18 8-18 8-18 8-18 . . .", ""},
		{"nl", "woensdag vrij", "8-18 8-18 . 8-18 8-18 . .", ""},
		{"nl", "maandagvoormiddag vrij", "12-18 8-18 8-18 8-18 8-18 . .", ""},
		{"nl", "ik werk niet om de twee weken op woensdag", "8-18 8-18 . 8-18 8-18 . .", "8-18 8-18 8-18 8-18 8-18 . ."},
		{"nl", "ik werk van 8u tot 16u", "8-16 8-16 8-16 8-16 8-16 . .", ""},
		{"nl", "ik werk van 8.30 tot 17 uur", "8.5-17 8.5-17 8.5-17 8.5-17 8.5-17 . .", ""},
		{"nl", "ik werk maandag, dinsdag en donderdag", "8-18 8-18 . 8-18 . . .", ""},
		{"nl", "niet voor 9 uur", "9-18 9-18 9-18 9-18 9-18 . .", ""},
		{"nl", "nooit op dinsdagmorgen", "8-18 12-18 8-18 8-18 8-18 . .", ""},
	} {
		hours, ok := scheduler.ParseHours(row.typed, row.lang)
		changed := hours.Apply(scheduler.WorkingTime{}, day("2026-11-25"))
		got, after := week(changed, "2026-11-23"), week(changed, "2026-11-30")
		if !ok {
			got, after = "no", "no"
		}
		if row.after == "" {
			row.after = row.week
		}
		if got != row.week || after != row.after {
			t.Errorf("%s: %q: %s, then %s, want %s, then %s (%+v)", row.lang, row.typed, got, after, row.week, row.after, hours)
		}
	}
}

func TestHoursApplyTwice(t *testing.T) {
	everySecond, _ := scheduler.ParseHours("un mercredi sur deux", "fr")
	friday, _ := scheduler.ParseHours("niet op vrijdag", "nl")
	w := everySecond.Apply(scheduler.WorkingTime{Employer: "flemish"}, day("2026-11-25"))
	w = friday.Apply(w, day("2026-11-25"))
	if got := week(w, "2026-11-23"); got != "8-18 8-18 . 8-18 . . ." {
		t.Errorf("the week with the Wednesday off: %s", got)
	}
	if got := week(w, "2026-11-30"); got != "8-18 8-18 8-18 8-18 . . ." {
		t.Errorf("the other week: %s", got)
	}
	// The Mondays of the weeks that keep their Wednesday, told later.
	monday := scheduler.Hours{Off: true, Days: scheduler.Monday, Every: 2}
	w = monday.Apply(w, day("2026-12-02"))
	if got := week(w, "2026-11-23") + " | " + week(w, "2026-11-30"); got != "8-18 8-18 . 8-18 . . . | . 8-18 8-18 8-18 . . ." {
		t.Errorf("both weeks: %s", got)
	}
	if w.Employer != "flemish" {
		t.Errorf("the employer is lost: %+v", w)
	}
}
