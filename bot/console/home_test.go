package console_test

import (
	"strings"
	"testing"

	"praline/bot/console/consoletest"
)

// On the first day home says to each what will be there, and offers what starts it.
func TestHomeOfEachRole(t *testing.T) {
	house := consoletest.New(t)
	for _, row := range []struct {
		person string
		want   []string
		not    []string
	}{
		{"learner", []string{"Voor u", "/console/my-manager"}, []string{"/console/series", "/console/people"}},
		{"trainer", []string{"Vos séries", "/console/series/new", "/console/campaigns/new"}, []string{"/console/people", "/console/digest\""}},
		{"manager", []string{"Uw teams", "elke maandag"}, []string{"/console/series/new", "/console/people"}},
		{"administrator", []string{"/console/people", "/console/campaigns/new"}, []string{"/console/series/new"}},
	} {
		page := house.SignedIn(row.person).Get("/console")
		for _, want := range row.want {
			if !strings.Contains(page.Body, want) {
				t.Errorf("%s: no %q in %s", row.person, want, page.Body)
			}
		}
		for _, not := range row.not {
			if strings.Contains(page.Body, not) {
				t.Errorf("%s: %q is not for them", row.person, not)
			}
		}
		if n := strings.Count(page.Body, "button primary"); n > 1 {
			t.Errorf("%s: %d primary buttons", row.person, n)
		}
	}
}
