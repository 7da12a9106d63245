package people_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/records"
)

func (h *house) invite(org string, i people.Invitation) (people.Invitation, string) {
	h.t.Helper()
	made, err := h.Invite(h.t.Context(), people.Shell(org), i)
	if err != nil {
		h.t.Fatal(err)
	}
	return made, h.Code(org, made)
}

func (h *house) join(code string, who learner.ID) (learner.Membership, error) {
	return h.Join(h.t.Context(), code, people.Newcomer{Learner: who, Lang: "nl"})
}

func TestFirstAdministrator(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	_, code := h.invite("spf", people.Invitation{Name: "Ada Exemple", Roles: []people.Role{people.Administrator}})
	member, err := h.join(strings.ToLower(strings.ReplaceAll(code, "-", " ")), "ada")
	if err != nil {
		t.Fatal(err)
	}
	who, err := h.Person(ctx, "spf", member.Person)
	if err != nil || who.Learner != "ada" || who.Name != "Ada Exemple" || who.Lang != "nl" || !member.Since.Equal(h.now) {
		t.Errorf("%+v %+v %v", who, member, err)
	}
	if !h.actor("spf", who.ID).May(people.ManagePeople) {
		t.Error("is no administrator")
	}
	before := h.lines()
	if again, err := h.join(code, "ada"); err != nil || again != member || h.lines() != before {
		t.Errorf("again: %+v %v, %d lines after %d", again, err, h.lines(), before)
	}
	if _, err := h.join(code, "bert"); !errors.Is(err, people.ErrInvitationUsed) {
		t.Errorf("somebody else: %v", err)
	}
}

func (h *house) lines() int {
	_, n, err := h.AuditPage(h.t.Context(), people.Shell("spf"), 0, 1)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func TestCodesThatLeadNowhere(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	poster, code := h.invite("spf", people.Invitation{Limit: 2, Expires: h.now.Add(time.Hour)})
	for _, row := range []struct {
		label, code string
		want        error
	}{
		{"no code", "bonjour", people.ErrInvitationWrong},
		{"of nobody", "INV-2222-3333-4444", people.ErrInvitationWrong},
	} {
		if _, err := h.join(row.code, "ada"); !errors.Is(err, row.want) {
			t.Errorf("%s: %v", row.label, err)
		}
	}
	if _, err := h.Join(ctx, code, people.Newcomer{Learner: "ada", Member: learner.Membership{Org: "other", Person: "x"}}); !errors.Is(err, people.ErrElsewhere) {
		t.Errorf("a member of another: %v", err)
	}
	for _, who := range []learner.ID{"ada", "bert", "ada"} {
		if _, err := h.join(code, who); err != nil {
			t.Errorf("%s: %v", who, err)
		}
	}
	if _, err := h.join(code, "carl"); !errors.Is(err, people.ErrInvitationUsed) {
		t.Errorf("one too many: %v", err)
	}
	h.now = h.now.Add(time.Hour)
	if _, err := h.join(code, "carl"); !errors.Is(err, people.ErrInvitationExpired) {
		t.Errorf("too late: %v", err)
	}
	if err := h.EndInvitation(ctx, people.Shell("spf"), poster.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.join(code, "carl"); !errors.Is(err, people.ErrInvitationWrong) {
		t.Errorf("ended: %v", err)
	}
}

func TestJoinAsALineOfTheRoster(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	var departed []learner.ID
	h.Departed = func(_ context.Context, who learner.ID) error { departed = append(departed, who); return nil }
	ada := h.person("spf", people.Person{Number: "7", Name: "Ada Exemple", Lang: "fr", Roles: []people.Role{people.Trainer}})
	_, poster := h.invite("spf", people.Invitation{Limit: 9})
	first, err := h.join(poster, "ada") // by a poster, before anybody knows who it is
	if err != nil {
		t.Fatal(err)
	}
	_, code := h.invite("spf", people.Invitation{Person: ada.ID})
	member, err := h.join(code, "ada")
	if err != nil || member.Person != ada.ID {
		t.Fatalf("%+v %v", member, err)
	}
	if _, err := h.Person(ctx, "spf", first.Person); !errors.Is(err, records.ErrNone) {
		t.Errorf("the line of the poster is still there: %v", err)
	}
	_, code = h.invite("spf", people.Invitation{Person: ada.ID}) // another phone, an erased learner
	if _, err := h.join(code, "ada2"); err != nil || !slices.Equal(departed, []learner.ID{"ada"}) {
		t.Errorf("%v, departed %v", err, departed)
	}
	if err := h.Leave(ctx, people.Shell("spf"), ada.ID); err != nil || !slices.Equal(departed, []learner.ID{"ada", "ada2"}) {
		t.Errorf("%v, departed %v", err, departed)
	}
	if who, _ := h.Person(ctx, "spf", ada.ID); who.Left.IsZero() || who.Learner != "" || who.Roles != nil {
		t.Errorf("who left: %+v", who)
	}
	if _, err := h.Member(ctx, "spf", "ada2"); !errors.Is(err, records.ErrNone) {
		t.Errorf("still a member: %v", err)
	}
}

func TestUnlinkAndRelink(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	_, poster := h.invite("spf", people.Invitation{Limit: 9})
	_, code := h.invite("spf", people.Invitation{Name: "Bert Voorbeeld"})
	ada, _ := h.join(poster, "ada")
	bert, _ := h.join(code, "bert")
	if err := h.Relink(ctx, "spf", "bert", "bert2"); err != nil {
		t.Fatal(err)
	}
	if who, err := h.Member(ctx, "spf", "bert2"); err != nil || who.ID != bert.Person {
		t.Errorf("goes on as another: %+v %v", who, err)
	}
	for _, who := range []learner.ID{"ada", "bert2", "nobody"} {
		if err := h.Unlink(ctx, "spf", who); err != nil {
			t.Errorf("%s: %v", who, err)
		}
	}
	if _, err := h.Person(ctx, "spf", ada.Person); !errors.Is(err, records.ErrNone) {
		t.Errorf("a line that says nothing is kept: %v", err)
	}
	if who, err := h.Person(ctx, "spf", bert.Person); err != nil || who.Learner != "" {
		t.Errorf("%+v %v", who, err)
	}
}

func TestInvitationsThatCannotBe(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	for _, row := range []struct {
		label string
		i     people.Invitation
		code  string
	}{
		{"a role for many", people.Invitation{Roles: []people.Role{people.Trainer}, Limit: 2}, "limit-one"},
		{"for nobody", people.Invitation{Limit: -1}, "limit"},
		{"over already", people.Invitation{Expires: h.now}, "expires-past"},
		{"a role for a year", people.Invitation{Roles: []people.Role{people.Trainer}, Expires: h.now.AddDate(1, 0, 0)}, "expires-late"},
		{"a team that is not there", people.Invitation{Team: "elders"}, "team"},
	} {
		_, err := h.Invite(ctx, people.Shell("spf"), row.i)
		if fault := (people.Fault{}); !errors.As(err, &fault) || fault.Code != row.code {
			t.Errorf("%s: %v", row.label, err)
		}
	}
}

func TestReadInvitation(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"INV-7KQ2-M3XA-9TBD", "INV-7KQ2-M3XA-9TBD"},
		{" inv 7kq2 m3xa 9tbd. ", "INV-7KQ2-M3XA-9TBD"},
		{"/start INV-7KQ2-M3XA-9TBD", "INV-7KQ2-M3XA-9TBD"},
		{"1nv7kq2mlxaotbi", "INV-7KQ2-M1XA-0TB1"},
		{"investissements", ""}, // fifteen letters, no digit
		{"7KQ2 M3XA", ""},       // joins two apps
		{"INV-7KQ2-M3XA", ""},
		{"INV-7KQ2-M3XA-9TBU", ""},
		{"", ""},
	} {
		if got, ok := people.ReadInvitation(row.text); got != row.want || ok != (row.want != "") {
			t.Errorf("%q: %q %v", row.text, got, ok)
		}
	}
}
