package locales_test

import (
	"testing"
	"time"

	"praline/locales"
)

func TestWords(t *testing.T) {
	for _, row := range []struct{ label, got, want string }{
		{"French plural", locales.For("fr").Count("minutes.n", 3), "3 minutes"},
		{"Dutch singular", locales.For("nl-BE").Count("minutes.n", 1), "1 minuut"},
		{"a language that lacks a message says it in French", locales.For("en").Say("feedback.on"), "Continuer"},
		{"an unknown language is French", locales.For("sv").Say("feedback.on"), "Continuer"},
		{"an unknown message is its id", locales.For("fr").Say("no.such"), "no.such"},
		{"a list", locales.For("nl").List([]string{"a", "b", "c"}), "a, b en c"},
	} {
		if row.got != row.want {
			t.Errorf("%s: %q, not %q", row.label, row.got, row.want)
		}
	}
}

// TestDayStaysWithItsMonth: no line breaks between a day's number and its month.
func TestDayStaysWithItsMonth(t *testing.T) {
	for _, row := range []struct{ lang, date, day string }{
		{"fr", "mardi 2\u00a0mars", "2\u00a0mars"},
		{"nl", "dinsdag 2\u00a0maart", "2\u00a0maart"},
	} {
		w := locales.For(row.lang)
		if date, day := w.Date(2027, time.March, 2), w.Day(time.March, 2); date != row.date || day != row.day {
			t.Errorf("%s: %q and %q", row.lang, date, day)
		}
	}
	if first := locales.For("fr").Day(time.May, 1); first != "1er\u00a0mai" {
		t.Errorf("the first: %q", first)
	}
}
