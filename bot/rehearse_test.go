package bot_test

import (
	"strings"
	"testing"
	"time"

	"praline/bot"
	"praline/lessons"
)

// A rehearsal is the conversation itself: every screen, every question and the
// feedback on its right answer, in its place.
func TestRehearse(t *testing.T) {
	catalogue := lessons.NewCatalogue(atelier(t))
	now := time.Date(2026, 10, 14, 10, 0, 0, 0, brussels)
	for _, row := range []struct {
		lesson, lang string
		said         []string
	}{
		{"atelier/bruxelles", "fr", []string{"Une capitale", "Deux langues", "Un parc", "Quelle ville", "Quelle ville", "Aimez-vous", "Aimez-vous", "Quel bâtiment", "Quel bâtiment"}},
		{"atelier/ordre", "nl", []string{"De volgorde", "Zet van oud naar nieuw.", "Dat klopt.", "Verbind", "Dat klopt."}},
		{"atelier/nowhere", "fr", nil},
	} {
		said := bot.Rehearse(catalogue, row.lesson, row.lang, now)
		if len(said) != len(row.said) {
			t.Errorf("%s: %d messages, not %d", row.lesson, len(said), len(row.said))
			continue
		}
		for i, m := range said {
			if !strings.Contains(read(m), row.said[i]) {
				t.Errorf("%s: message %d has no %q:\n%s", row.lesson, i, row.said[i], read(m))
			}
		}
	}
}
