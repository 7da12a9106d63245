package audience_test

import (
	"context"
	"testing"
	"time"

	"praline/bot/audience"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/lessons"
	"praline/records"
	"praline/records/recordstest"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// chose is a store of learners.
type chose map[learner.ID]learner.Learner

func (c chose) Load(_ context.Context, ids ...learner.ID) ([]learner.Record, error) {
	all := make([]learner.Record, len(ids))
	for i, id := range ids {
		all[i] = learner.Record{Learner: c[id]}
	}
	return all, nil
}

func TestSituation(t *testing.T) {
	ctx, store := t.Context(), &recordstest.Memory{}
	put := func(org, kind, id string, value any) {
		t.Helper()
		if err := records.Put(ctx, store, records.Key{Org: org, Kind: kind, ID: id}, value); err != nil {
			t.Fatal(err)
		}
	}
	put("", "organisation", "spf", people.Organisation{ID: "spf", Calendar: "federal", Days: []string{"2026-12-07"}})
	put("spf", "team", "desk", people.Team{ID: "desk"})
	joined := time.Date(2026, 9, 1, 22, 30, 0, 0, time.UTC)
	put("spf", "person", "a", people.Person{ID: "a", Team: "desk", Lang: "fr", Joined: joined, Learner: "la"})
	put("spf", "person", "b", people.Person{ID: "b", Team: "desk", Lang: "nl", Pattern: "niet op woensdag"})
	put("spf", "person", "c", people.Person{ID: "c", Left: joined})
	put("spf", "person", "d", people.Person{ID: "d", Learner: "gone"})
	lesson := &lessons.Lesson{ID: "x", Twins: map[string]*lessons.Twin{"fr": {Questions: []*lessons.Question{{Kind: lessons.Single}, {Kind: lessons.Poll}}}}}
	reader := audience.Reader{
		People: &people.People{Store: store}, Campaigns: &campaign.Campaigns{Store: store},
		Catalogue: func(context.Context, string) (lessons.Catalogue, error) {
			return lessons.NewCatalogue(&lessons.Series{ID: "ai", Languages: []string{"fr"}, Lessons: []*lessons.Lesson{lesson}}), nil
		},
		Learners: chose{"la": {Version: 1, Lang: "nl", Minutes: 5, Slots: []scheduler.Slot{{Days: scheduler.Monday, Hour: 9}}}},
		Now:      func() time.Time { return time.Date(2026, 10, 20, 23, 0, 0, 0, time.UTC) },
	}
	s, err := reader.Situation(ctx, "spf")
	if err != nil {
		t.Fatal(err)
	}
	day := func(d scheduler.Date) string { return d.String() }
	if day(s.Today) != "2026-10-21" || len(s.Teams) != 1 || len(s.People) != 3 {
		t.Fatalf("%+v", s)
	}
	a, b := s.People[0], s.People[1]
	if a.Lang != "nl" || a.Minutes != 5 || len(a.Slots) != 1 || day(a.Joined) != "2026-09-02" {
		t.Errorf("who learns is as they chose: %+v", a)
	}
	wednesday := scheduler.Date{Year: 2026, Month: 10, Day: 21}
	if len(b.Working.Openings(wednesday)) != 0 || len(b.Working.Openings(wednesday.AddDays(1))) == 0 {
		t.Errorf("who has not come works as the roster says: %+v", b)
	}
	if got := s.Series[0].Lessons[0]; got.Questions != 1 || got.Seconds != 2*lessons.SecondsAQuestion {
		t.Errorf("a poll does not come back: %+v", got)
	}
	if key, ok := s.Calendar.Holiday(scheduler.Date{Year: 2026, Month: 12, Day: 7}); !ok || key != "bridge" {
		t.Errorf("a day off of the organisation's own: %q", key)
	}
}
