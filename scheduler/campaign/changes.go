package campaign

import (
	"slices"
	"time"

	"praline/scheduler"
)

// Launch starts a campaign that was prepared.
func Launch(s Situation, now time.Time) Change {
	launch := when(s, func(c Campaign) Campaign { return c.AfterLaunch(now) }, Prepared)
	return func(c Campaign) (Campaign, error) {
		if c.Launched.IsZero() && c.Start.Before(s.Today) {
			return c, Faults{{Field: "start", Code: "start-past", What: c.Start.String()}}
		}
		return launch(c)
	}
}

// Pause silences a campaign.
func Pause(s Situation) Change {
	return when(s, func(c Campaign) Campaign { return c.AfterPause(s) }, Planned, Running)
}

// Resume lets a campaign go on.
func Resume(s Situation) Change {
	return when(s, func(c Campaign) Campaign { return c.AfterResume(s) }, Paused)
}

// Extend gives a campaign another last day.
func Extend(s Situation, until scheduler.Date) Change {
	return when(s, func(c Campaign) Campaign { return c.Extended(until, s) }, Prepared, Planned, Running, Paused, Ended)
}

// Stop ends a campaign for good.
func Stop(s Situation, now time.Time) Change {
	return when(s, func(c Campaign) Campaign { return c.AfterStop(now) }, Planned, Running, Paused, Ended)
}

// Alter edits a campaign.
func Alter(s Situation, e Edit) Change {
	return when(s, func(c Campaign) Campaign { return c.Changed(e, s) }, Prepared, Planned, Running, Paused)
}

// Mended makes the change that was proposed, where it is still the one that is
// proposed.
func Mended(s Situation) Change {
	return when(s, func(c Campaign) Campaign {
		if _, p, ok := c.Weigh(s); ok {
			return p.Campaign
		}
		return c
	}, Prepared, Planned, Running)
}

// Sponsored gives a campaign a sponsor; the same person again changes what they
// gave. For a team that several sponsor the first one's sentence is said.
func Sponsored(s Situation, sponsor Sponsor) Change {
	return when(s, func(c Campaign) Campaign {
		others := slices.DeleteFunc(slices.Clone(c.Sponsors), func(o Sponsor) bool { return o.Person == sponsor.Person })
		c.Sponsors = append(others, sponsor)
		return c
	}, Prepared, Planned, Running, Paused)
}

// Declared makes a campaign compulsory, with what learners are told before they
// start: so only until it starts. told nil makes it voluntary again, at any time.
func Declared(s Situation, told map[string]string) Change {
	states := []State{Prepared, Planned}
	if told == nil {
		states = []State{Prepared, Planned, Running, Paused, Ended}
	}
	return when(s, func(c Campaign) Campaign {
		c.Compulsory, c.Told = told != nil, told
		return c
	}, states...)
}
