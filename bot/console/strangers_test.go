package console_test

import (
	"slices"
	"strings"
	"testing"

	"praline/bot/console/consoletest"
	"praline/bot/people"
)

// theirs is in each text of the other organisation, and in no other.
const theirs = "Zwaluwnest"

// harmless are the rows where what the other organisation has is only looked for
// among one's own things, and answered as any word that means nothing.
var harmless = map[string]int{
	"GET /console/people $person":                 200, // a search that finds nobody
	"GET /console/review/{series} $file":          200, // the review as it is
	"GET /console/campaigns/new $series":          200, // nothing is chosen
	"POST /console/series/{series}/preview $file": 200, // what was typed, under any name
	"POST /console/sponsor $team":                 403, // as any team that one does not manage
	"POST /console/sponsor $series $team":         403,
	"POST /console/sponsor $running $team":        403,
}

// TestStrangers puts what another organisation has into each address and each
// form, one thing at a time and all together: there is none, nothing of theirs
// is said, and nothing of anybody is changed.
func TestStrangers(t *testing.T) {
	e := newEstates(t)
	ours := e.settle(consoletest.Org, "ours", plain)
	foreign := e.settle("ailleurs", "theirs", func(what string) string { return theirs + " " + what })
	foreign["third"], foreign["thirdseries"] = "ailleurs", foreign["series"]
	byLetter := map[string]visitor{}
	for _, v := range e.visitors() {
		byLetter[v.letter] = v
	}
	for _, role := range people.Roles { // not who lost their roles
		byLetter[strings.ToUpper(string(role)[:1])] = visitor{name: string(role), cookies: e.SignedIn(string(role)).Cookies()}
	}
	before, tried := e.memory.Held(), 0
	for _, row := range routes {
		names := row.names()
		attacks := [][]string{nil} // the page as it is must hold no word of theirs either
		for _, name := range names {
			attacks = append(attacks, []string{name})
		}
		if len(names) > 1 {
			attacks = append(attacks, names)
		}
		for _, attack := range attacks {
			e.memory.Hold(before)
			got := e.asks(byLetter[row.roles[:1]], row.request(t, func(name string) string {
				if slices.Contains(attack, "$"+name) {
					return foreign[name]
				}
				return ours[name]
			}))
			tried++
			label := row.pattern + " " + row.path + " " + row.form + " with their " + strings.Join(attack, ", ")
			if strings.Contains(got.Body+got.To, theirs) {
				t.Errorf("%s: says %.300s", label, got.Body[max(0, strings.Index(got.Body, theirs)-150):])
			}
			if attack == nil {
				continue
			}
			if want := harmless[row.pattern+" "+strings.Join(attack, " ")]; want != 0 {
				if got.Status != want {
					t.Errorf("%s: %d, not %d", label, got.Status, want)
				}
			} else if got.Status != 404 && got.Status != 422 {
				t.Errorf("%s: %d to %s: %.600s", label, got.Status, got.To, mainOf(got))
			}
			if touched := changed(before, e.memory.Held()); len(touched) > 0 {
				t.Errorf("%s: changed %q", label, touched)
			}
		}
	}
	t.Logf("%d attacks", tried)
}
