package console_test

import (
	"testing"

	"praline/bot/console/consoletest"
	"praline/bot/report"
	"praline/pages/browsertest"
)

// testReports looks at figures, of many and of few.
func testReports(t *testing.T, browser *browsertest.Browser) {
	house, reports := studied(t, 214)
	if err := reports.Report(t.Context(), consoletest.Org, "learner-003", report.Mistake{Question: "phishing/q0", Lang: "nl", Text: "Bij antwoord 3 controleer ik toch ook?", Day: "2026-10-19"}); err != nil {
		t.Fatal(err)
	}
	few, _ := studied(t, 3)
	who := ""
	address, small := served(t, house), served(t, few)
	for _, screen := range []browsertest.Screen{browsertest.Phone, browsertest.DesktopDark, narrow} {
		p := browser.Open(t, screen)
		for _, row := range []struct {
			who, name, path string
		}{
			{"trainer", "questions", "/console/questions"},
			{"trainer", "question-statistics", "/console/questions/phishing/q0"},
			{"manager", "digest", "/console/digest"},
			{"manager", "digest-how", "/console/digest/how"},
			{"learner", "my-manager", "/console/my-manager"},
		} {
			if who != row.who {
				who = row.who
				enter(t, p, house, address, who)
			}
			p.Go(address + row.path)
			look(p, row.name)
		}
	}
	p := browser.Open(t, browsertest.Phone)
	enter(t, p, few, small, "trainer")
	p.Go(small + "/console/questions/phishing/q0")
	look(p, "question-few")
	p = browser.Open(t, browsertest.Desktop)
	enter(t, p, few, small, "manager")
	p.Go(small + "/console/digest")
	look(p, "digest-few")
}
