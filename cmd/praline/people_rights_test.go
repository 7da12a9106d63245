package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot"
	"praline/bot/people"
	"praline/bot/store"
	"praline/bot/store/storetest"
)

// shellOnly are requests that act with nobody's rights: whoever runs the server
// alone can ask them.
var shellOnly = []string{"people organisation create", "people organisation list"}

// right is what one request needs.
type right struct {
	do      string
	action  people.Action
	body    string
	foreign string // "": it names nothing
}

// rights are what the requests about people and the audit log need, with a body
// that does something: {theirs} is an id of another organisation.
var rights = []right{
	{"people organisation set", people.ManageOrganisation, `{"calendar":"federal"}`, ""},
	{"people team list", people.SeeCatalogue, `{}`, ""},
	{"people team save", people.ManagePeople, `{"names":{"fr":"Équipe ROLE"}}`, `{"id":"theirs","names":{"fr":"X"}}`},
	{"people team remove", people.ManagePeople, `{"id":"spare-ROLE"}`, `{"id":"theirs"}`},
	{"people list", people.ManagePeople, `{}`, ""},
	{"people add", people.ManagePeople, `{"name":"X"}`, `{"name":"X","team":"theirs"}`},
	{"people change", people.ManagePeople, `{"person":"71","name":"X"}`, `{"person":"99","name":"X"}`},
	{"people leave", people.ManagePeople, `{"person":"71"}`, `{"person":"99"}`},
	{"people delete", people.ManagePeople, `{"person":"71"}`, `{"person":"99"}`},
	{"people import", people.ManagePeople, `{"file":"bnVtYmVyO25hbWUKMTtBCg==","apply":true}`, ""},
	{"people export", people.ManagePeople, `{"lang":"en"}`, ""},
	{"people invite", people.ManagePeople, `{"days":3,"limit":1}`, `{"days":3,"limit":1,"person":"99"}`},
	{"people invitations", people.ManagePeople, `{}`, ""},
	{"people uninvite", people.ManagePeople, "", `{"id":"INVITATION"}`},
	{"audit verify", people.SeeAudit, `{}`, ""},
	{"audit list", people.SeeAudit, `{}`, `{"person":"99"}`},
}

// governed is an organisation with one person of each role, by number, and
// another organisation.
func governed(t *testing.T) (administration, people.Invitation) {
	t.Helper()
	ctx, now := t.Context(), func() time.Time { return time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC) }
	s := storetest.Open(t, store.Options{Folder: t.TempDir(), Secret: []byte("0123456789abcdef0123456789abcdef"), Log: slog.New(slog.DiscardHandler)})
	p := &people.People{Store: s, Secret: []byte("secret"), Now: now}
	h := &house{people: p, ways: func(context.Context, string) []people.Way { return nil }}
	var failed []error
	must := func(_ any, err error) { failed = append(failed, err) }
	for _, org := range []string{"spf", "ville"} {
		must(p.CreateOrganisation(ctx, people.Organisation{ID: org, Names: map[string]string{"fr": org}}))
	}
	for _, role := range people.Roles {
		must(p.AddPerson(ctx, people.Shell("spf"), people.Person{Number: string(role), Name: string(role), Roles: []people.Role{role}}))
		must(p.SaveTeam(ctx, people.Shell("spf"), people.Team{Names: map[string]string{"fr": "spare " + string(role)}}))
	}
	must(p.AddPerson(ctx, people.Shell("spf"), people.Person{Number: "71", Name: "Ada Exemple"}))
	must(p.SaveTeam(ctx, people.Shell("ville"), people.Team{Names: map[string]string{"fr": "theirs"}}))
	must(p.AddPerson(ctx, people.Shell("ville"), people.Person{Number: "99", Name: "Carla Exemple", Team: "theirs"}))
	invitation, err := p.Invite(ctx, people.Shell("ville"), people.Invitation{})
	must(nil, err)
	for _, err := range failed {
		if err != nil {
			t.Fatal(err)
		}
	}
	return administration{bot: &bot.Bot{}, store: s, now: now, house: h}, invitation
}

// asks does a request with the rights of a person.
func (a administration) asks(t *testing.T, do, body, as string) error {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(body), &all); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	all["organisation"], all["as"] = "spf", as
	whole, _ := json.Marshal(all)
	return a.do(t.Context(), adminRequest{Do: do, Body: whole}, &bytes.Buffer{})
}

// TestRightsOfCommands tries each request with each role.
func TestRightsOfCommands(t *testing.T) {
	for do := range requests {
		named := slices.ContainsFunc(rights, func(r right) bool {
			return r.do == do
		})
		if about := strings.HasPrefix(do, "people ") || strings.HasPrefix(do, "audit "); about && !named && !slices.Contains(shellOnly, do) {
			t.Errorf("%q: nobody says here who may ask it", do)
		}
	}
	a, _ := governed(t)
	for _, role := range people.Roles {
		for _, row := range rights {
			if row.body == "" {
				continue
			}
			err := a.asks(t, row.do, strings.ReplaceAll(row.body, "ROLE", string(role)), string(role))
			refused := err != nil && strings.Contains(err.Error(), people.ErrNotAllowed.Error())
			switch may := people.May(role, row.action); {
			case may && err != nil:
				t.Errorf("%s, %s: %v", role, row.do, err)
			case !may && !refused:
				t.Errorf("%s may ask %q: %v", role, row.do, err)
			}
		}
	}
}

// TestCommandsOfAnotherOrganisation puts ids of another organisation into each
// request: there is none.
func TestCommandsOfAnotherOrganisation(t *testing.T) {
	a, invitation := governed(t)
	for _, row := range rights {
		if row.foreign == "" {
			continue
		}
		err := a.asks(t, row.do, strings.ReplaceAll(row.foreign, "INVITATION", invitation.ID), "administrator")
		if code(err, &bytes.Buffer{}) != exitFound {
			t.Errorf("%s: %v", row.do, err)
		}
	}
	if who, err := a.house.people.Find(t.Context(), "ville", "99"); err != nil || who.Name != "Carla Exemple" || !who.Left.IsZero() {
		t.Errorf("theirs: %+v %v", who, err)
	}
	if i, err := a.house.people.Invitation(t.Context(), "ville", invitation.ID); err != nil || !i.Ended.IsZero() {
		t.Errorf("their invitation: %+v %v", i, err)
	}
	if err := a.asks(t, "people list", `{}`, "99"); code(err, &bytes.Buffer{}) != exitFound {
		t.Errorf("as one of theirs: %v", err)
	}
}
