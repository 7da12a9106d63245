package console_test

import (
	"fmt"
	"strings"
	"testing"

	"praline/bot/console/consoletest"
	"praline/bot/inbox"
	"praline/pages/browsertest"
)

// TestInboxInABrowser looks at the pages of answers, surveys and needs with
// something on them.
func TestInboxInABrowser(t *testing.T) {
	browsers(t)
	browser := browsertest.Start(t)
	house, q := withQuestion(t)
	crowd(house)
	address := served(t, house)
	trainer := house.SignedIn("trainer")
	survey := trainer.Post("/console/surveys/new", filled()...).To
	if err := house.Options.Inbox.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		replies := []inbox.Reply{{Option: 3 + n%3}, {Option: 1 + n%2}, {Words: fmt.Sprint("Les pièces jointes, ", n)}}
		if n > 0 {
			replies[1] = inbox.Reply{}
		}
		for _, err := range []error{
			house.Options.Inbox.Reply(t.Context(), consoletest.Org, strings.TrimPrefix(survey, "/console/surveys/"), inbox.Once, who(n), replies),
			house.Options.Inbox.Missed(t.Context(), consoletest.Org, who(n), "fr", "la signature électronique"),
			house.Options.Inbox.Missed(t.Context(), consoletest.Org, who(0), "fr", "archiver un courriel"),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, screen := range []browsertest.Screen{browsertest.Phone, browsertest.Desktop, browsertest.DesktopDark} {
		p := browser.Open(t, screen)
		enter(t, p, house, address, "trainer")
		look(p, "inbox-home")
		for name, path := range map[string]string{
			"answers": "/console/answers", "answer": "/console/answers/" + q.ID, "surveys": "/console/surveys", "survey-new": "/console/surveys/new",
			"survey": survey, "needs": "/console/needs",
		} {
			p.Go(address + path)
			look(p, name)
		}
	}
}
