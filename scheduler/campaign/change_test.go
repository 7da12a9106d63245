package campaign_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/records"
	"praline/records/recordstest"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// office is an organisation of 14 at the desk and 10 in the legal service on a day.
func office(today string) campaign.Situation {
	s := campaign.Situation{
		Teams: []string{"desk", "legal"}, Calendar: federal(), Today: day(today),
		Series: []campaign.Series{
			{ID: "ai", Languages: []string{"fr", "nl"}, Lessons: slices.Repeat([]campaign.Lesson{{Seconds: 110, Questions: 3}}, 6)},
			{ID: "half", Languages: []string{"fr"}, Lessons: []campaign.Lesson{{Seconds: 110, Questions: 3}}},
		},
	}
	for i := range 24 {
		team := "desk"
		if i >= 14 {
			team = "legal"
		}
		s.People = append(s.People, campaign.Person{Facts: campaign.Facts{Team: team, Lang: []string{"fr", "nl"}[i%2], Joined: day("2026-01-01")}})
	}
	return s
}

func plan(t *testing.T, days []scheduler.Date) string {
	t.Helper()
	var texts []string
	for _, d := range days {
		texts = append(texts, d.String()[5:])
	}
	return strings.Join(texts, " ")
}

func TestChange(t *testing.T) {
	s := office("2026-11-05") // three lessons have opened, the fourth opens today
	faster := launched(nil).Edit()
	faster.PerWeek = 4
	sooner := launched(nil).Edit()
	sooner.Start = day("2026-10-01")
	s2 := office("2026-11-18")
	for _, row := range []struct {
		label string
		got   campaign.Campaign
		want  string
	}{
		{"as it was", launched(nil), "10-26 10-29 11-03 11-05 11-09 11-12"},
		{"a faster rhythm counts from tomorrow", launched(nil).Changed(faster, s), "10-26 10-29 11-03 11-05 11-06 11-09"},
		{"what has begun keeps its start", launched(nil).Changed(sooner, s), "10-26 10-29 11-03 11-05 11-09 11-12"},
		{"resumed two weeks after a pause, the rest comes later", launched(nil).AfterPause(s).AfterResume(s2), "10-26 10-29 11-03 11-05 11-18 11-23"},
		{"a pause of no time moves nothing", launched(nil).AfterPause(s).AfterResume(s), "10-26 10-29 11-03 11-05 11-09 11-12"},
		{"extended while it runs", launched(func(c *campaign.Campaign) { c.End = day("2026-11-05") }).Extended(day("2026-11-10"), s), "10-26 10-29 11-03 11-05 11-09"},
		{"extended when it is over, it goes on from today", launched(func(c *campaign.Campaign) { c.End = day("2026-11-05") }).Extended(day("2026-12-01"), s2), "10-26 10-29 11-03 11-05 11-18 11-23"},
	} {
		if got := plan(t, row.got.Plan(6, federal())); got != row.want {
			t.Errorf("%s: %s, not %s", row.label, got, row.want)
		}
	}
}

func TestEffects(t *testing.T) {
	s := office("2026-11-05")
	desk := func(c *campaign.Campaign) { c.Audience.Teams = []string{"desk"} }
	legal := launched(desk).Edit()
	legal.Audience.Teams = []string{"legal"}
	slower := launched(nil).Edit()
	slower.PerWeek = 1
	for _, row := range []struct {
		label         string
		before, after campaign.Campaign
		joins, leaves int
		shifts        string
	}{
		{"nothing changes", launched(nil), launched(nil), 0, 0, ""},
		{"another team", launched(desk), launched(desk).Changed(legal, s), 10, 14, ""},
		{"slower", launched(nil), launched(nil).Changed(slower, s), 0, 0, "6 2026-11-12→2026-11-16 later "},
		{"paused", launched(nil), launched(nil).AfterPause(s), 0, 0, "5 2026-11-09→ never 6 2026-11-12→ never "},
		{"stopped", launched(nil), launched(nil).AfterStop(time.Unix(9, 0)), 0, 0, "5 2026-11-09→ never 6 2026-11-12→ never "},
		{"extended", launched(func(c *campaign.Campaign) { c.End = day("2026-11-10") }), launched(func(c *campaign.Campaign) { c.End = day("2026-11-12") }), 0, 0, "6 →2026-11-12 sooner "},
	} {
		e := campaign.Effects(row.before, row.after, s)
		shifts := ""
		for _, shift := range e.Shifts {
			word := "later"
			switch {
			case shift.Never():
				word = "never"
			case shift.Sooner():
				word = "sooner"
			}
			shifts += fmt.Sprintf("%d %s→%s %s ", shift.Lesson, shift.From, shift.To, word)
		}
		if e.Joins != row.joins || e.Leaves != row.leaves || shifts != row.shifts {
			t.Errorf("%s: %d join, %d leave, %q, not %q", row.label, e.Joins, e.Leaves, shifts, row.shifts)
		}
	}
	if e := campaign.Effects(launched(nil), launched(nil).AfterStop(time.Unix(9, 0)), s); e.WeeklyAfter >= e.WeeklyBefore {
		t.Errorf("a campaign that stops asks as much: %v, %v", e.WeeklyBefore, e.WeeklyAfter)
	}
}

func TestCheck(t *testing.T) {
	s := office("2026-10-20")
	s.Series = append(s.Series, campaign.Series{ID: "empty"})
	prepared := func(change func(*campaign.Campaign)) campaign.Campaign {
		return launched(func(c *campaign.Campaign) { c.Launched = time.Time{}; change(c) })
	}
	both := map[string]string{"fr": "Bon travail", "nl": "Veel succes"}
	for _, row := range []struct {
		label  string
		change func(*campaign.Campaign)
		want   string
	}{
		{"nothing", func(*campaign.Campaign) {}, ""},
		{"a Sunday is no fault", func(c *campaign.Campaign) { c.Start = day("2026-10-25") }, ""},
		{"no such series", func(c *campaign.Campaign) { c.Series = "x" }, "series series"},
		{"a language that the series lacks", func(c *campaign.Campaign) { c.Series = "half" }, "series language"},
		{"which does not matter to who reads the other", func(c *campaign.Campaign) { c.Series, c.Audience.Lang = "half", "fr" }, ""},
		{"no such team", func(c *campaign.Campaign) { c.Audience.Teams = []string{"desk", "x"} }, "teams team"},
		{"no such language", func(c *campaign.Campaign) { c.Audience.Lang = "de" }, "lang lang"},
		{"no such level", func(c *campaign.Campaign) { c.Audience.Level = "expert" }, "level level"},
		{"no start", func(c *campaign.Campaign) { c.Start = scheduler.Date{} }, "start start-missing"},
		{"yesterday", func(c *campaign.Campaign) { c.Start = day("2026-10-19") }, "start start-past"},
		{"ends before it starts", func(c *campaign.Campaign) { c.End = day("2026-10-25") }, "end end-early"},
		{"known until before the end", func(c *campaign.Campaign) { c.End, c.KnownUntil = day("2026-12-01"), day("2026-11-30") }, "known known-early"},
		{"for ever", func(c *campaign.Campaign) { c.End = day("2036-12-01") }, "end long"},
		{"six a week", func(c *campaign.Campaign) { c.PerWeek = 6 }, "rhythm rhythm"},
		{"three reminders", func(c *campaign.Campaign) { c.Reminders = 3 }, "reminders reminders"},
		{"compulsory, and nobody is told", func(c *campaign.Campaign) { c.Compulsory = true }, "told.fr told-missing, told.nl told-missing"},
		{"told in one language", func(c *campaign.Campaign) { c.Compulsory, c.Told = true, map[string]string{"fr": "x", "nl": " "} }, "told.nl told-missing"},
		{"named in one language", func(c *campaign.Campaign) { c.Names = map[string]string{"nl": "x"} }, "name.fr name-missing"},
		{"sponsored", func(c *campaign.Campaign) {
			c.Sponsors = []campaign.Sponsor{{Words: both, Minutes: 15, Teams: []string{"desk"}}}
		}, ""},
		{"a sentence in one language", func(c *campaign.Campaign) {
			c.Sponsors = []campaign.Sponsor{{Words: map[string]string{"nl": "x"}, Teams: []string{"desk"}}}
		}, "words.fr words-missing"},
		{"a long sentence", func(c *campaign.Campaign) {
			c.Sponsors = []campaign.Sponsor{{Words: map[string]string{"fr": strings.Repeat("é", 201), "nl": "x"}, Teams: []string{"desk"}}}
		}, "words.fr words-long"},
		{"much time, no team", func(c *campaign.Campaign) { c.Sponsors = []campaign.Sponsor{{Words: both, Minutes: 121}} }, "minutes minutes, teams sponsor-teams"},
		{"a team that is not taught", func(c *campaign.Campaign) {
			c.Audience.Teams = []string{"desk"}
			c.Sponsors = []campaign.Sponsor{{Words: both, Teams: []string{"legal"}}}
		}, "teams sponsor-others"},
	} {
		var got []string
		for _, f := range prepared(row.change).Check(s) {
			got = append(got, f.Field+" "+f.Code)
			if text := f.Error(); strings.Contains(text, "%!") || text == f.Field+": " {
				t.Errorf("%s: %q", row.label, text)
			}
		}
		if strings.Join(got, ", ") != row.want {
			t.Errorf("%s: %v, not %s", row.label, got, row.want)
		}
	}
}

func TestKeep(t *testing.T) {
	ctx, s, all := t.Context(), office("2026-10-20"), &campaign.Campaigns{Store: &recordstest.Memory{}}
	wanted := launched(nil)
	first, err := all.Create(ctx, "spf", wanted, s)
	if err != nil || first.ID != "ai-2026-10" || first.State(s.Today) != campaign.Prepared {
		t.Fatalf("%+v %v", first, err)
	}
	if second, err := all.Create(ctx, "spf", wanted, s); err != nil || second.ID != "ai-2026-10-2" {
		t.Errorf("a second of the same month: %+v %v", second, err)
	}
	now := time.Unix(9, 0)
	code := func(err error) string {
		var faults campaign.Faults
		switch {
		case errors.Is(err, records.ErrNone):
			return "none"
		case errors.As(err, &faults):
			return faults[0].Code
		case err != nil:
			return err.Error()
		}
		return ""
	}
	slower := first.Edit()
	slower.PerWeek = 9
	for _, row := range []struct {
		label, org, id string
		revision       int
		change         campaign.Change
		want           string
	}{
		{"another organisation's id", "fod", first.ID, 0, campaign.Launch(s, now), "none"},
		{"no such id", "spf", "x", 0, campaign.Launch(s, now), "none"},
		{"paused before it is launched", "spf", first.ID, 0, campaign.Pause(s), "state"},
		{"launched too late", "spf", first.ID, 0, campaign.Launch(office("2026-10-27"), now), "start-past"},
		{"launched", "spf", first.ID, 1, campaign.Launch(s, now), ""},
		{"launched on what it was", "spf", first.ID, 1, campaign.Stop(s, now), "revision"},
		{"a change that is wrong", "spf", first.ID, 2, campaign.Alter(s, slower), "rhythm"},
		{"paused", "spf", first.ID, 2, campaign.Pause(s), ""},
		{"paused again", "spf", first.ID, 0, campaign.Pause(s), "state"},
		{"resumed", "spf", first.ID, 0, campaign.Resume(s), ""},
		{"made compulsory before it starts", "spf", first.ID, 0, campaign.Declared(s, map[string]string{"fr": "x", "nl": "y"}), ""},
		{"made compulsory after", "spf", first.ID, 0, campaign.Declared(office("2026-10-26"), map[string]string{"fr": "x", "nl": "y"}), "state"},
		{"stopped", "spf", first.ID, 0, campaign.Stop(s, now), ""},
		{"stopped for good", "spf", first.ID, 0, campaign.Resume(s), "state"},
	} {
		if _, _, _, err := all.Try(ctx, row.org, row.id, row.change, s); row.revision != 1 && code(err) != row.want {
			t.Errorf("trying %s: %v", row.label, err)
		}
		if _, _, err := all.Apply(ctx, row.org, row.id, row.revision, row.change, s); code(err) != row.want {
			t.Errorf("%s: %v, not %q", row.label, err, row.want)
		}
	}
	if err := all.Discard(ctx, "spf", first.ID); code(err) != "state" {
		t.Errorf("discarded although it was launched: %v", err)
	}
	if err := all.Discard(ctx, "spf", "ai-2026-10-2"); err != nil {
		t.Error(err)
	}
	if left, err := all.All(ctx, "spf"); err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
}

func TestComplete(t *testing.T) {
	ctx, all := t.Context(), &campaign.Campaigns{Store: &recordstest.Memory{}}
	for _, at := range []time.Time{time.Unix(5, 0).UTC(), time.Unix(9, 0).UTC()} {
		if err := all.Complete(ctx, "spf", "ai", "p1", at); err != nil {
			t.Fatal(err)
		}
	}
	if err := all.Complete(ctx, "spf", "ai-2", "p1", time.Unix(7, 0)); err != nil {
		t.Fatal(err)
	}
	done, err := all.Completions(ctx, "spf", "ai")
	if err != nil || len(done) != 1 || !done[0].At.Equal(time.Unix(5, 0)) || done[0].Person != "p1" {
		t.Errorf("the first time stands: %+v %v", done, err)
	}
	if own, err := all.CompletionsOf(ctx, "spf", "p1"); err != nil || len(own) != 2 {
		t.Errorf("one's own: %+v %v", own, err)
	}
	if other, err := all.Completions(ctx, "fod", "ai"); err != nil || other != nil {
		t.Errorf("another organisation's: %+v %v", other, err)
	}
}
