package console_test

import (
	"regexp"
	"strings"
	"testing"

	"praline/bot/console/consoletest"
	"praline/bot/people"
)

var sessionIDs = regexp.MustCompile(`name="session" value="([^"]+)"`)

// shown are the sessions on a page, in its order.
func shown(page consoletest.Page) []string {
	var all []string
	for _, found := range sessionIDs.FindAllStringSubmatch(page.Body, -1) {
		all = append(all, found[1])
	}
	return all
}

func TestSessionsPage(t *testing.T) {
	house := consoletest.New(t)
	phone, desk := house.SignedIn("trainer"), house.SignedIn("trainer")
	house.SignedIn("reviewer")
	page := desk.Get("/console/sessions")
	if got := shown(page); len(got) != 2 || !strings.Contains(page.Body, "2 navigateurs sont connectés.") || strings.Count(page.Body, "celui-ci") != 1 {
		t.Fatalf("one's own, and nobody else's: %v %s", got, page.Body)
	}
	if page := desk.Post("/console/sessions"); page.Status != 303 || isIn(phone) {
		t.Errorf("the others are ended: %d", page.Status)
	}
	page = desk.Get("/console/sessions")
	if !strings.Contains(page.Body, "C’est déconnecté.") || strings.Contains(desk.Get("/console/sessions").Body, "C’est déconnecté.") {
		t.Error("said once what was done")
	}
	desk.Post("/console/sessions", "session", shown(page)[0])
	if isIn(desk) {
		t.Error("one ends one's own")
	}
}

func TestWhoEndsWhoseSessions(t *testing.T) {
	for _, row := range []struct {
		label, who, path string
		status           int
		ended            bool
	}{
		{"a colleague, as one's own", "reviewer", "/console/sessions", 404, false},
		{"a colleague, on the administrator's page", "reviewer", "/console/people/trainer/sessions", 403, false},
		{"the administrator", "administrator", "/console/people/trainer/sessions", 303, true},
		{"the administrator, under another's name", "administrator", "/console/people/reviewer/sessions", 404, false},
		{"the administrator, of nobody", "administrator", "/console/people/nobody/sessions", 404, false},
		{"the administrator of another organisation", "autre/administrator", "/console/people/trainer/sessions", 404, false},
	} {
		t.Run(row.label, func(t *testing.T) {
			house := consoletest.New(t)
			house.AddOrganisation("autre", "Autre", "Ander")
			trainer := house.SignedIn("trainer")
			id := shown(trainer.Get("/console/sessions"))[0]
			org, who, other := strings.Cut(row.who, "/")
			if !other {
				org, who = consoletest.Org, row.who
			}
			page := house.SignedInTo(org, who).Post(row.path, "session", id)
			if page.Status != row.status || isIn(trainer) == row.ended {
				t.Errorf("%d, not %d; in: %v", page.Status, row.status, isIn(trainer))
			}
			log, err := house.Options.People.AuditOf(t.Context(), consoletest.Org, "trainer")
			if err != nil || len(log) == 1 != row.ended || row.ended && log[0].What != "session-end" {
				t.Errorf("the audit log says %+v %v", log, err)
			}
		})
	}
}

func TestRolesTakeEffectAtTheNextRequest(t *testing.T) {
	house := consoletest.New(t)
	b := house.SignedIn("administrator")
	if page := b.Get("/console/people/trainer/sessions"); page.Status != 200 || !strings.Contains(page.Body, "Connexions de Amélie Exemple") {
		t.Fatalf("%d %s", page.Status, page.Body)
	}
	house.Person(consoletest.Org, people.Person{ID: "administrator", Name: "Rachida Exemple"})
	if page := b.Get("/console/people/trainer/sessions"); page.Status != 403 {
		t.Errorf("no administrator any more: %d", page.Status)
	}
	house.Person(consoletest.Org, people.Person{ID: "administrator", Left: house.Now()})
	if page := b.Get("/console"); page.Status != 303 {
		t.Errorf("has left: %d", page.Status)
	}
}
