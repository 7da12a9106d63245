package console_test

import (
	"strings"
	"testing"
	"time"

	"praline/bot/console/consoletest"
)

func TestSignedInVisitorsSeeTheFrameInTheirLanguage(t *testing.T) {
	house := consoletest.New(t)
	for _, row := range []struct {
		person string
		want   []string
	}{
		{"trainer", []string{`<html lang="fr">`, "SPF Exemple", "Amélie Exemple", `aria-current="page"`, "Se déconnecter"}},
		{"manager", []string{`<html lang="nl">`, "FOD Voorbeeld", "Els Voorbeeld", "Afmelden"}},
	} {
		page := house.SignedIn(row.person).Get("/console")
		for _, want := range row.want {
			if page.Status != 200 || !strings.Contains(page.Body, want) {
				t.Errorf("%s: %d, no %q in %s", row.person, page.Status, want, page.Body)
			}
		}
	}
}

// BenchmarkHome is what the frame costs: a session, a person and an
// organisation looked up in memory, and the page drawn.
func BenchmarkHome(b *testing.B) {
	house := consoletest.New(b)
	browser := house.SignedIn("trainer")
	for b.Loop() {
		if page := browser.Get("/console"); page.Status != 200 {
			b.Fatal(page.Status)
		}
		house.Pass(100 * time.Millisecond) // or it is too many
	}
}
