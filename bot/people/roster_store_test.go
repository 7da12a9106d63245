package people_test

import (
	"testing"
	"time"

	"praline/bot/people"
	"praline/bot/store"
	"praline/bot/store/storetest"
)

// TestTenThousandOnEachStore brings 10,000 people into the file and into Redis:
// under a minute is promised.
func TestTenThousandOnEachStore(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 10,000 people twice")
	}
	storetest.Both(t, func(t *testing.T, open func() *store.Store) {
		ctx, now := t.Context(), time.Date(2027, time.March, 1, 9, 0, 0, 0, time.UTC)
		p := &people.People{Store: open(), Secret: []byte("secret"), Now: func() time.Time { return now }}
		if _, err := p.CreateOrganisation(ctx, people.Organisation{ID: "spf", Names: map[string]string{"fr": "SPF Exemple"}}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []people.Change{people.Create, people.Same} {
			began := time.Now()
			plan, err := p.Import(ctx, people.Shell("spf"), people.Roster{File: large(10_000)})
			if err != nil || plan.Count(want) != 10_000 {
				t.Fatalf("%s %d: %v", want, plan.Count(want), err)
			}
			took := time.Since(began)
			t.Logf("%s: %v", want, took.Round(time.Millisecond))
			if took > time.Minute {
				t.Errorf("%s took %v", want, took)
			}
		}
		began := time.Now()
		if found, err := p.VerifyAudit(ctx, "spf"); err != nil || found.Err() != nil {
			t.Errorf("%+v %v", found, err)
		}
		t.Logf("verify: %v", time.Since(began).Round(time.Millisecond))
	})
}
