package audience_test

import (
	"strings"
	"testing"
	"time"

	"praline/bot/audience"
	"praline/bot/people"
	"praline/scheduler/campaign"
)

func TestWhoIsDone(t *testing.T) {
	at := time.Unix(9, 0)
	roster := []people.Person{
		{ID: "b", Name: "Bert Voorbeeld", Team: "desk"},
		{ID: "a", Name: "Amélie Exemple", Team: "desk"},
		{ID: "c", Name: "Chloé Exemple", Team: "legal"},
		{ID: "d", Name: "Dirk Voorbeeld", Team: "desk", Left: at},
	}
	done := []campaign.Completion{{Campaign: "x", Person: "b", At: at}}
	must := campaign.Campaign{ID: "x", Compulsory: true, Launched: at}
	voluntary, prepared, legal := must, must, must
	voluntary.Compulsory, prepared.Launched, legal.Audience.Teams = false, time.Time{}, []string{"legal"}
	as := func(roles []people.Role, teams ...string) people.Actor {
		return people.Actor{Roles: roles, Teams: teams}
	}
	for _, row := range []struct {
		label string
		one   campaign.Campaign
		actor people.Actor
		want  string
	}{
		{"the administrator sees all, by name", must, people.Shell("spf"), "a: b: done c:"},
		{"a manager their own team", must, as([]people.Role{people.Manager}, "desk"), "a: b: done"},
		{"a manager of nobody", must, as([]people.Role{people.Manager}), ""},
		{"another team's campaign", legal, as([]people.Role{people.Manager}, "desk"), ""},
		{"a trainer nobody, whatever they manage", must, as([]people.Role{people.Trainer}, "desk"), ""},
		{"a voluntary campaign has no list", voluntary, people.Shell("spf"), ""},
		{"nor has one that is not launched", prepared, people.Shell("spf"), ""},
	} {
		var got []string
		for _, d := range audience.WhoIsDone(row.one, roster, done, row.actor) {
			words := d.Person + ":"
			if !d.At.IsZero() {
				words += " done"
			}
			got = append(got, words)
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s: %v, not %s", row.label, got, row.want)
		}
	}
}
