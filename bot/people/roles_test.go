package people_test

import (
	"os"
	"strings"
	"testing"

	"praline/bot/people"
)

// TestRoles tries every cell of the table that docs/roles.md shows.
func TestRoles(t *testing.T) {
	page, err := os.ReadFile("../../docs/roles.md")
	if err != nil {
		t.Fatal(err)
	}
	cells, columns := map[people.Action][]string{}, []string(nil)
	for line := range strings.Lines(string(page)) {
		row := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		switch {
		case !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| ---"):
		case row[0] == "action":
			columns = row[2:]
		default:
			cells[people.Action(row[0])] = row[2:]
		}
	}
	if len(columns) != len(people.Roles) || len(cells) != len(people.Actions) {
		t.Fatalf("the page has %d roles and %d actions, the code %d and %d", len(columns), len(cells), len(people.Roles), len(people.Actions))
	}
	for _, action := range people.Actions {
		for i, role := range people.Roles {
			if columns[i] != string(role) {
				t.Fatalf("column %d is %q, not %q", i, columns[i], role)
			}
			if cells[action] == nil {
				t.Fatalf("the page has no line %q", action)
			}
			actor := people.Actor{Org: "spf", Person: "p", Roles: []people.Role{role}}
			if said, is := cells[action][i] == "yes", actor.May(action); said != is {
				t.Errorf("%s, %s: the page says %v, the code %v", role, action, said, is)
			}
		}
	}
}

func TestManagesTeam(t *testing.T) {
	for _, row := range []struct {
		label string
		actor people.Actor
		want  bool
	}{
		{"a manager of the team", people.Actor{Person: "p", Roles: []people.Role{people.Manager}, Teams: []string{"a"}}, true},
		{"a manager of another", people.Actor{Person: "p", Roles: []people.Role{people.Manager}, Teams: []string{"b"}}, false},
		{"an administrator", people.Actor{Person: "p", Roles: []people.Role{people.Administrator}}, false},
		{"whoever runs the server", people.Shell("spf"), true},
	} {
		if got := row.actor.ManagesTeam("a"); got != row.want {
			t.Errorf("%s: %v", row.label, got)
		}
	}
}
