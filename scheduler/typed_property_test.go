package scheduler_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"praline/scheduler"
)

// What the bot would write of a slot, it reads as the same slot.
func TestWrittenTimesAreRead(t *testing.T) {
	names := map[string][]string{
		"fr": {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
		"nl": {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"},
	}
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]string{"fr", "nl"}).Draw(t, "lang")
		slot := scheduler.Slot{
			Days:   scheduler.Days(rapid.IntRange(1, 127).Draw(t, "days")),
			Hour:   rapid.IntRange(7, 23).Draw(t, "hour"),
			Minute: rapid.IntRange(0, 59).Draw(t, "minute"),
		}
		var days []string
		for _, w := range slot.Days.List() {
			days = append(days, names[lang][(int(w)+6)%7])
		}
		text := fmt.Sprintf("le %s à %dh%02d", strings.Join(days, " et le "), slot.Hour, slot.Minute)
		if lang == "nl" {
			text = fmt.Sprintf("op %s om %d.%02d uur", strings.Join(days, ", "), slot.Hour, slot.Minute)
		}
		if rapid.Bool().Draw(t, "every second week") {
			slot.Every = 2
			text += map[string]string{"fr": ", une semaine sur deux", "nl": ", om de twee weken"}[lang]
		}
		times, ok := scheduler.ParseTimes(text, lang)
		if !ok || len(times.Slots) != 1 || times.Slots[0] != slot {
			t.Fatalf("%q: %+v, want %+v", text, times, slot)
		}
	})
}

func TestAnchored(t *testing.T) {
	for _, row := range []struct{ label, typed, today, anchor string }{
		{"this week", "lundi une semaine sur deux à 9h", "2026-11-24", "2026-11-24"},
		{"an even week, in week 48", "lundi 9h, semaines paires", "2026-11-24", "2026-11-24"},
		{"an odd week, in week 48", "lundi 9h, semaines impaires", "2026-11-24", "2026-11-30"},
		{"an even week, in week 53", "lundi 9h, semaines paires", "2026-12-30", "2027-01-11"},
	} {
		times, _ := scheduler.ParseTimes(row.typed, "fr")
		if got := times.Anchored(day(row.today)).Slots[0].Anchor.String(); got != row.anchor {
			t.Errorf("%s: %s, want %s", row.label, got, row.anchor)
		}
		if !times.Slots[0].Anchor.IsZero() {
			t.Errorf("%s: the times themselves were changed", row.label)
		}
	}
	days, _ := scheduler.ParseTimes("lundi une semaine sur deux", "fr")
	if got := days.Anchored(day("2026-11-24")).Ambiguous[1].Slots[0].Anchor.String(); got != "2026-11-24" {
		t.Errorf("an offer is anchored at %q", got)
	}
}

func FuzzParseTimes(f *testing.F) {
	for _, row := range typedTimes {
		f.Add(row.typed, row.lang)
	}
	now := at("2026-11-24 09:00")
	f.Fuzz(func(t *testing.T, text, lang string) {
		times, ok := scheduler.ParseTimes(text, lang)
		if ok == (len(times.Slots) == 0 && len(times.Ambiguous) == 0) {
			t.Fatalf("%q: ok %v, %+v", text, ok, times)
		}
		if len(times.Slots) > 0 && len(times.Ambiguous) > 0 || len(times.Ambiguous) == 1 || len(times.Ambiguous) > 3 {
			t.Fatalf("%q: %+v", text, times)
		}
		for _, reading := range append(times.Ambiguous, times) {
			if len(reading.Slots) > 6 {
				t.Fatalf("%q: %d slots", text, len(reading.Slots))
			}
			for _, slot := range reading.Anchored(day("2026-11-24")).Slots {
				if scheduler.Next([]scheduler.Slot{slot}, now, brussels).IsZero() {
					t.Fatalf("%q: %+v never comes", text, slot)
				}
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"15 janvier", "15/1/27", "2027-01-15", "volgende vrijdag", "over 400 maanden", "fin février", "le 31", "29 février 9999"} {
		f.Add(text, "fr")
		f.Add(text, "nl")
	}
	today := day("2026-11-24")
	f.Fuzz(func(t *testing.T, text, lang string) {
		date, ok := scheduler.ParseDate(text, lang, today)
		if !ok {
			return
		}
		var back scheduler.Date
		if err := back.UnmarshalText([]byte(date.String())); err != nil || back != date || date.Before(today) {
			t.Fatalf("%q: %+v, %v", text, date, err)
		}
	})
}

func FuzzParseHours(f *testing.F) {
	for _, text := range []string{"pas le mercredi après-midi", "de 9h à 17h", "ik werk niet op vrijdag", "un mercredi sur deux", "niet voor 9 uur", "jamais après minuit"} {
		f.Add(text, "fr")
		f.Add(text, "nl")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		hours, ok := scheduler.ParseHours(text, lang)
		if !ok {
			return
		}
		w := hours.Apply(hours.Apply(scheduler.WorkingTime{}, day("2026-11-25")), day("2026-12-02"))
		for i := range 14 {
			last := 0
			for _, o := range w.Openings(day("2026-11-23").AddDays(i)) {
				if o.From < last || o.To <= o.From || o.To > 24*60 {
					t.Fatalf("%q: %+v opens %v", text, hours, o)
				}
				last = o.To
			}
		}
		g := scheduler.Gate{Working: w, Zone: brussels}
		if next := g.NextOpen(at("2026-11-24 09:00")); !next.IsZero() && next.Sub(at("2026-11-24 09:00")) > 30*24*time.Hour {
			t.Fatalf("%q: opens %s", text, show(next))
		}
	})
}
