package people_test

import (
	"errors"
	"testing"

	"praline/bot/people"
	"praline/records"
)

// TestOrganisationsAreApart hands every id of one organisation to every
// function of an administrator of another: there is none.
func TestOrganisationsAreApart(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	h.organisation("ville")
	theirs := h.person("spf", people.Person{Number: "7", Name: "Ada Exemple", Team: h.team("spf", "Finances")})
	invitation, code := h.invite("spf", people.Invitation{Limit: 5})
	if _, err := h.join(code, "ada"); err != nil {
		t.Fatal(err)
	}
	boss := h.person("ville", people.Person{Name: "Bert Voorbeeld", Roles: []people.Role{people.Administrator}})
	actor := h.actor("ville", boss.ID)
	nothing := func(*people.Person) error { t.Error("handed over"); return nil }
	isFault := func(err error) bool { return errors.As(err, new(people.Fault)) }
	isNone := func(err error) bool { return errors.Is(err, records.ErrNone) }
	is := func(_ any, err error) error { return err }

	before := len(h.all("spf"))
	for _, row := range []struct {
		label string
		err   error
		as    func(error) bool
	}{
		{"Person", is(h.Person(ctx, "ville", theirs.ID)), isNone},
		{"Find by id", is(h.Find(ctx, "ville", theirs.ID)), isNone},
		{"Find by number", is(h.Find(ctx, "ville", "7")), isNone},
		{"Actor", is(h.Actor(ctx, "ville", theirs.ID)), isNone},
		{"Member", is(h.Member(ctx, "ville", "ada")), isNone},
		{"ChangePerson", is(h.ChangePerson(ctx, actor, theirs.ID, nothing)), isNone},
		{"ChangePerson to their team", is(h.ChangePerson(ctx, actor, boss.ID, func(who *people.Person) error { who.Team = theirs.Team; return nil })), isFault},
		{"ChangePerson to manage it", is(h.ChangePerson(ctx, actor, boss.ID, func(who *people.Person) error { who.Manages = []string{theirs.Team}; return nil })), isFault},
		{"AddPerson to their team", is(h.AddPerson(ctx, actor, people.Person{Name: "Carl", Team: theirs.Team})), isFault},
		{"Leave", h.Leave(ctx, actor, theirs.ID), isNone},
		{"Delete", h.Delete(ctx, actor, theirs.ID), isNone},
		{"Team", is(h.Team(ctx, "ville", theirs.Team)), isNone},
		{"SaveTeam", is(h.SaveTeam(ctx, actor, people.Team{ID: theirs.Team, Names: map[string]string{"fr": "À nous"}})), isNone},
		{"RemoveTeam", h.RemoveTeam(ctx, actor, theirs.Team), isNone},
		{"Invitation", is(h.Invitation(ctx, "ville", invitation.ID)), isNone},
		{"Invite their person", is(h.Invite(ctx, actor, people.Invitation{Person: theirs.ID})), isNone},
		{"Invite to their team", is(h.Invite(ctx, actor, people.Invitation{Team: theirs.Team})), isFault},
		{"EndInvitation", h.EndInvitation(ctx, actor, invitation.ID), isNone},
		{"Unlink", h.Unlink(ctx, "ville", "ada"), func(err error) bool { return err == nil }},
	} {
		if !row.as(row.err) {
			t.Errorf("%s: %v", row.label, row.err)
		}
	}
	if seen, err := h.AuditOf(ctx, "ville", theirs.ID); err != nil || len(seen) != 0 {
		t.Errorf("AuditOf: %v %v", seen, err)
	}
	if after := len(h.all("spf")); after != before {
		t.Errorf("%d people of the other, there were %d", after, before)
	}
	if _, err := h.Member(ctx, "spf", "ada"); err != nil {
		t.Errorf("no member any more: %v", err)
	}
}

func (h *house) all(org string) []people.Person {
	h.t.Helper()
	all, err := h.Persons(h.t.Context(), org)
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

// TestNobodyElseAdministers tries every change with every role but the one.
func TestNobodyElseAdministers(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	ada := h.person("spf", people.Person{Name: "Ada Exemple"})
	team := h.team("spf", "Finances")
	invitation, _ := h.invite("spf", people.Invitation{})
	is := func(_ any, err error) error { return err }
	for _, role := range []people.Role{people.Learner, people.Trainer, people.Reviewer, people.Manager} {
		a := people.Actor{Org: "spf", Person: ada.ID, Roles: []people.Role{role}}
		_, _, audit := h.AuditPage(ctx, a, 0, 1)
		for label, err := range map[string]error{
			"ChangeOrganisation": is(h.ChangeOrganisation(ctx, a, func(*people.Organisation) error { return nil })),
			"SaveTeam":           is(h.SaveTeam(ctx, a, people.Team{Names: map[string]string{"fr": "X"}})),
			"RemoveTeam":         h.RemoveTeam(ctx, a, team),
			"AddPerson":          is(h.AddPerson(ctx, a, people.Person{Name: "X"})),
			"ChangePerson":       is(h.ChangePerson(ctx, a, ada.ID, func(*people.Person) error { return nil })),
			"Leave":              h.Leave(ctx, a, ada.ID),
			"Delete":             h.Delete(ctx, a, ada.ID),
			"Invite":             is(h.Invite(ctx, a, people.Invitation{})),
			"EndInvitation":      h.EndInvitation(ctx, a, invitation.ID),
			"AuditPage":          audit,
			"Called":             is(h.Called(ctx, a)),
		} {
			if !errors.Is(err, people.ErrNotAllowed) {
				t.Errorf("%s, %s: %v", role, label, err)
			}
		}
	}
}
