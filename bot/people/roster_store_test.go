package people_test

import (
	"testing"
	"time"

	"praline/bot/people"
	"praline/bot/store"
	"praline/bot/store/storetest"
)

// TestALargeRosterOnEachStore brings as many people as a roster may have at once
// into the file and into Redis; make bench says how long it takes.
func TestALargeRosterOnEachStore(t *testing.T) {
	if testing.Short() {
		t.Skip("writes many people twice")
	}
	many := 10_000
	if raced {
		many = 1000
	}
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		ctx, now := t.Context(), time.Date(2027, time.March, 1, 9, 0, 0, 0, time.UTC)
		p := &people.People{Store: open(), Secret: []byte("secret"), Now: func() time.Time { return now }}
		if _, err := p.CreateOrganisation(ctx, people.Organisation{ID: "spf", Names: map[string]string{"fr": "SPF Exemple"}}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []people.Change{people.Create, people.Same} {
			plan, err := p.Import(ctx, people.Shell("spf"), people.Roster{File: large(many)})
			if err != nil || plan.Count(want) != many {
				t.Fatalf("%s %d: %v", want, plan.Count(want), err)
			}
		}
		if found, err := p.VerifyAudit(ctx, "spf"); err != nil || found.Err() != nil {
			t.Errorf("%+v %v", found, err)
		}
	})
}
