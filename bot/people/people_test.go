package people_test

import (
	"errors"
	"testing"
	"time"

	"praline/bot/people"
	"praline/records"
	"praline/records/recordstest"
)

// house is an organisation to try things in, on a Monday morning.
type house struct {
	*people.People
	store *recordstest.Memory
	now   time.Time
	t     *testing.T
}

func newHouse(t *testing.T) *house {
	h := &house{store: &recordstest.Memory{}, now: time.Date(2027, time.March, 1, 9, 0, 0, 0, time.UTC), t: t}
	h.People = &people.People{Store: h.store, Secret: []byte("secret"), Now: func() time.Time { return h.now }}
	h.organisation("spf")
	return h
}

func (h *house) organisation(id string) people.Actor {
	h.t.Helper()
	_, err := h.CreateOrganisation(h.t.Context(), people.Organisation{ID: id, Names: map[string]string{"fr": "SPF Exemple"}})
	if err != nil {
		h.t.Fatal(err)
	}
	return people.Shell(id)
}

func (h *house) person(org string, who people.Person) people.Person {
	h.t.Helper()
	added, err := h.AddPerson(h.t.Context(), people.Shell(org), who)
	if err != nil {
		h.t.Fatal(err)
	}
	return added
}

func (h *house) team(org, name string) string {
	h.t.Helper()
	team, err := h.SaveTeam(h.t.Context(), people.Shell(org), people.Team{Names: map[string]string{"fr": name}})
	if err != nil {
		h.t.Fatal(err)
	}
	return team.ID
}

func (h *house) actor(org, id string) people.Actor {
	h.t.Helper()
	actor, err := h.Actor(h.t.Context(), org, id)
	if err != nil {
		h.t.Fatal(err)
	}
	return actor
}

func TestPersons(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	team := h.team("spf", "Finances")
	ada := h.person("spf", people.Person{Number: "7", Name: "  Ada   Exemple ", Team: team, Manages: []string{team}})
	if ada.Name != "Ada Exemple" || len(ada.Roles) != 1 || ada.Roles[0] != people.Manager {
		t.Errorf("as it is kept: %+v", ada)
	}
	if who, err := h.Find(ctx, "spf", "7"); err != nil || who.ID != ada.ID {
		t.Errorf("by number: %+v %v", who, err)
	}
	for _, row := range []struct {
		label string
		who   people.Person
		code  string
	}{
		{"a number twice", people.Person{Number: "7", Name: "Bert Voorbeeld"}, "number-twice"},
		{"no name", people.Person{Number: "8"}, "no-name"},
		{"a team that is not there", people.Person{Name: "Bert Voorbeeld", Team: "elders"}, "team"},
		{"a role that is none", people.Person{Name: "Bert Voorbeeld", Roles: []people.Role{"king"}}, "role"},
		{"a language that is none", people.Person{Name: "Bert Voorbeeld", Lang: "tlh"}, "language"},
		{"a line break", people.Person{Name: "Bert\x00Voorbeeld"}, "characters"},
	} {
		_, err := h.AddPerson(ctx, people.Shell("spf"), row.who)
		if fault := (people.Fault{}); !errors.As(err, &fault) || fault.Code != row.code {
			t.Errorf("%s: %v", row.label, err)
		}
	}
	if err := h.RemoveTeam(ctx, people.Shell("spf"), team); err == nil {
		t.Error("a team with people was removed")
	}
	if _, err := h.ChangePerson(ctx, people.Shell("spf"), ada.ID, func(who *people.Person) error { who.Number = "9"; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Find(ctx, "spf", "7"); !errors.Is(err, records.ErrNone) {
		t.Errorf("by the former number: %v", err)
	}
}

func TestLastAdministratorStays(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	ada := h.person("spf", people.Person{Name: "Ada Exemple", Roles: []people.Role{people.Administrator}})
	self := h.actor("spf", ada.ID)
	demote := func(who *people.Person) error { who.Roles = nil; return nil }
	if _, err := h.ChangePerson(ctx, self, ada.ID, demote); !errors.Is(err, people.ErrLastAdministrator) {
		t.Errorf("the role given up: %v", err)
	}
	for label, err := range map[string]error{"leaves": h.Leave(ctx, self, ada.ID), "is deleted": h.Delete(ctx, self, ada.ID)} {
		if !errors.Is(err, people.ErrLastAdministrator) {
			t.Errorf("%s: %v", label, err)
		}
	}
	h.person("spf", people.Person{Name: "Bert Voorbeeld", Roles: []people.Role{people.Administrator}})
	if err := h.Leave(ctx, self, ada.ID); err != nil {
		t.Errorf("with another: %v", err)
	}
	if _, err := h.Actor(ctx, "spf", ada.ID); !errors.Is(err, people.ErrNotAllowed) {
		t.Errorf("who left may act: %v", err)
	}
}
