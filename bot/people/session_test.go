package people_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/records"
	"praline/records/recordstest"
)

// door is a roster of two organisations, each with an "anne", and a clock.
type door struct {
	*people.People
	t     *testing.T
	store *recordstest.Memory
	now   time.Time
}

func newDoor(t *testing.T) *door {
	d := &door{t: t, store: &recordstest.Memory{}, now: time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC)}
	d.People = &people.People{Store: d.store, Secret: []byte("secret"), Now: func() time.Time { return d.now }}
	for _, org := range []string{"spf", "ville"} {
		if err := records.Put(t.Context(), d.store, records.Key{Org: org, Kind: "person", ID: "anne"}, people.Person{ID: "anne", Name: "Anne Exemple", Lang: "fr"}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// opened is the name of a session of Anne.
func (d *door) opened(org string) string {
	d.t.Helper()
	path, _, err := d.NewSignIn(d.t.Context(), learner.Membership{Org: org, Person: "anne"})
	if err != nil {
		d.t.Fatal(err)
	}
	u, err := url.Parse(path)
	if err != nil {
		d.t.Fatal(err)
	}
	name, err := d.SignInByLink(d.t.Context(), u.Query().Get("t"), "Firefox/Linux")
	if err != nil {
		d.t.Fatal(err)
	}
	return name
}

func TestSessionIsOfOneOrganisation(t *testing.T) {
	d := newDoor(t)
	name := d.opened("spf")
	actor, session, err := d.Signed(t.Context(), name)
	if err != nil || actor.Org != "spf" || actor.Person != "anne" || session.Browser != "Firefox/Linux" {
		t.Fatalf("%+v %+v %v", actor, session, err)
	}
	for _, row := range []struct{ label, name string }{
		{"under another organisation", strings.Replace(name, "spf~", "ville~", 1)},
		{"without one", strings.TrimPrefix(name, "spf~")},
		{"by what is stored", "spf~" + session.ID},
		{"by nothing", ""},
	} {
		if _, _, err := d.Signed(t.Context(), row.name); !errors.Is(err, people.ErrNoSession) {
			t.Errorf("%s: %v", row.label, err)
		}
	}
	if err := d.EndSession(t.Context(), "ville", "anne", session.ID); !errors.Is(err, records.ErrNone) {
		t.Errorf("ended from another organisation: %v", err)
	}
	d.store.Away = errors.New("away")
	if _, _, err := d.Signed(t.Context(), name); err == nil || errors.Is(err, people.ErrNoSession) {
		t.Errorf("a store that is away ends no session: %v", err)
	}
}

func TestWhoLeavesIsSignedOutForGood(t *testing.T) {
	d := newDoor(t)
	first, second, other := d.opened("spf"), d.opened("spf"), d.opened("ville")
	_, code, err := d.NewSignIn(t.Context(), learner.Membership{Org: "spf", Person: "anne"})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.EndSessions(t.Context(), "spf", "anne"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{first, second} {
		if _, _, err := d.Signed(t.Context(), name); !errors.Is(err, people.ErrNoSession) {
			t.Errorf("still in: %v", err)
		}
	}
	if _, err := d.SignInByCode(t.Context(), code, ""); !errors.Is(err, people.ErrNoSignIn) {
		t.Errorf("the code still leads in: %v", err)
	}
	if _, _, err := d.Signed(t.Context(), other); err != nil {
		t.Errorf("the other organisation's Anne is out too: %v", err)
	}
	if left, err := d.store.List(t.Context(), "spf", "session"); err != nil || len(left) != 0 {
		t.Errorf("left: %v %v", left, err)
	}
}

func TestLanguageAndVisitsOfASession(t *testing.T) {
	d := newDoor(t)
	name := d.opened("spf")
	_, session, _ := d.Signed(t.Context(), name)
	if err := d.SpeakIn(t.Context(), "spf", session.ID, "de"); err == nil {
		t.Error("the console does not speak German")
	}
	if err := d.SpeakIn(t.Context(), "spf", session.ID, "nl"); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Hour)
	if actor, session, err := d.Signed(t.Context(), name); err != nil || actor.Lang != "nl" || !session.Seen.Equal(d.now) {
		t.Errorf("%+v %+v %v", actor, session, err)
	}
	if err := d.EndSession(t.Context(), "spf", "anne", session.ID); err != nil {
		t.Fatal(err)
	}
	if err := d.SpeakIn(t.Context(), "spf", session.ID, "nl"); !errors.Is(err, people.ErrNoSession) {
		t.Errorf("a session that was ended comes back: %v", err)
	}
}
