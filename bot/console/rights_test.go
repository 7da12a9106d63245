package console_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"praline/bot/console/consoletest"
	"praline/bot/people"
	"praline/records"
)

// visitors are one of each role, who lost their roles while they were signed
// in, who left meanwhile, and nobody.
func (e *estates) visitors() []visitor {
	e.t.Helper()
	var everybody []visitor
	for _, role := range people.Roles {
		e.SignedIn(string(role)) // in another browser
		everybody = append(everybody, visitor{string(role), strings.ToUpper(string(role)[:1]), e.SignedIn(string(role)).Cookies()})
	}
	for _, was := range []struct{ name, letter string }{{"demoted", "L"}, {"left", ""}} {
		who := people.Person{ID: was.name, Name: "Exemple", Lang: "fr", Roles: people.Roles, Manages: []string{"ours-team"}}
		e.Person(consoletest.Org, who)
		e.SignedIn(was.name)
		everybody = append(everybody, visitor{was.name, was.letter, e.SignedIn(was.name).Cookies()})
		if who.Roles, who.Manages = nil, nil; was.letter == "" {
			who.Left = e.Now()
		}
		e.Person(consoletest.Org, who)
	}
	return append(everybody, visitor{name: "nobody"})
}

// changed are the records that differ, by key.
func changed(before, after map[records.Key]records.Record) (keys []string) {
	for key, is := range after {
		if was, ok := before[key]; !ok || was.Version != is.Version || !bytes.Equal(was.Body, is.Body) {
			keys = append(keys, key.String())
		}
	}
	for key := range before {
		if _, ok := after[key]; !ok {
			keys = append(keys, key.String())
		}
	}
	slices.Sort(keys)
	return keys
}

// TestRights tries each address with each role, on things that are there.
func TestRights(t *testing.T) {
	e := newEstates(t)
	has := e.settle(consoletest.Org, "ours", plain)
	everybody := e.visitors()
	before, cells := e.memory.Held(), 0
	for _, row := range routes {
		for _, v := range everybody {
			e.memory.Hold(before)
			got := e.asks(v, row.request(t, func(name string) string { return has[name] }))
			cells++
			label := v.name + ": " + row.pattern + " " + row.path
			reads := strings.HasPrefix(row.pattern, "GET ")
			after := e.memory.Held()
			touched := changed(before, after)
			if v.letter == "" { // a session that is over goes
				touched = slices.DeleteFunc(touched, func(key string) bool { return strings.HasPrefix(key, consoletest.Org+"/session/") })
			}
			if row.pattern == "GET /console/roster.csv" { // who took all names along is noted
				touched = slices.DeleteFunc(touched, func(key string) bool { return strings.HasPrefix(key, consoletest.Org+"/audit") })
			}
			may := v.letter != "" && strings.Contains(row.roles, v.letter)
			switch {
			case may && got.Status != row.status:
				t.Errorf("%s: %d, not %d, to %s: %s", label, got.Status, row.status, got.To, mainOf(got))
			case may && !reads && row.status == 303 && len(touched) == 0:
				t.Errorf("%s: nothing was done", label)
			case v.letter != "" && !may && got.Status != 403:
				t.Errorf("%s: %d, not 403", label, got.Status)
			case v.letter == "" && row.roles != all && got.Status != map[bool]int{true: 303, false: 401}[reads]:
				t.Errorf("%s: %d %s", label, got.Status, got.To)
			}
			if (!may || reads || row.status == 404) && len(touched) > 0 {
				t.Errorf("%s: changed %q", label, touched)
			}
		}
	}
	t.Logf("%d rows, %d cells", len(routes), cells)
}

// mainOf is what a page says.
func mainOf(page consoletest.Page) string {
	_, main, _ := strings.Cut(page.Body, "<main")
	return main
}
