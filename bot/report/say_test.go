package report_test

import (
	"strings"
	"testing"

	"praline/bot/people"
	"praline/bot/report"
	"praline/locales"
	"praline/scheduler"
)

func TestADigestInWords(t *testing.T) {
	shown := report.Row{Teams: []people.Team{{ID: "a", Names: map[string]string{"fr": "Accueil", "nl": "Onthaal"}}}, People: 35, Known: 7, Minutes: 25, Promised: 30}
	few := report.Row{Teams: []people.Team{{ID: "b", Names: map[string]string{"nl": "Archief"}}, {ID: "c"}, {}}, Withheld: report.Few, Known: report.NotShown, Minutes: report.NotShown}
	d := report.Digest{
		Week:     scheduler.Date{Year: 2026, Month: 10, Day: 12},
		Together: report.View{Row: report.Row{People: 85, Known: 10, Minutes: 25, Promised: 30}, Hour: 8, HourShare: 6},
		Rows:     []report.Row{shown, few}, Todo: report.Todo{Code: report.TodoKeep, Teams: shown.Teams, Used: 15, Of: 30},
	}
	for lang, want := range map[string][]string{
		"fr": {"Du 12\u00a0octobre au 18\u00a0octobre", "**Environ 85 personnes participent. Plus de 90\u202f% des questions sont acquises.**", "- **Accueil**\u00a0: participants\u00a0: environ 35, acquis\u00a0: 7 sur 10, minutes\u00a0: 25 sur 30", "**Archief et c**\u00a0: Moins de cinq", "Environ 15 des 30 minutes", "vers 8\u202fh\u202f30"},
		"nl": {"**Ongeveer 85 personen doen mee.", "- **Onthaal**: doen mee: ongeveer 35, kennen nu: 7 van 10, minuten: 25 van 30", "**Archief en c**: Minder dan vijf", "rond 8.30\u202fuur"},
	} {
		text := d.Text(locales.For(lang))
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, text)
			}
		}
		if strings.Contains(text, "digest.") || strings.Contains(text, "no value") {
			t.Errorf("%s: a word is missing:\n%s", lang, text)
		}
	}
	d.Together.Row = report.Row{Withheld: report.Few}
	if got := d.Headline(locales.For("nl")); got != "Te weinig deelnemers voor cijfers." {
		t.Errorf("%q", got)
	}
	if d.Number() != 42 {
		t.Errorf("week %d", d.Number())
	}
}
