package locales_test

import (
	"testing"

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
