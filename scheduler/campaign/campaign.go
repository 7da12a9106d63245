// Package campaign is a series for an audience, with a calendar: scheduled by a
// trainer, and often sponsored by a manager.
//
//	campaign.go   the value, and whom and when it is for
//	rhythm.go     on which day each lesson opens, and what is still allowed
//	reminder.go   when who has not begun is reminded
//	complete.go   the record that somebody finished a compulsory series
//	check.go      what keeps a campaign from being kept
//	change.go     what a campaign becomes by an edit, a pause, an extension
//	changes.go    the changes, each in the states in which it can be made
//	keep.go       campaigns as records of their organisation
//	situation.go  what all of it depends on: people, series, holidays, other campaigns
//	forecast.go   what a campaign will ask of people, day by day, before launch
//	simulate.go   how the forecast counts
//	propose.go    the one change that mends the worst day
//	effect.go     what a change will do, before it is applied
//
// What a campaign does to whom and when is pure: no clock, no store. A
// conversation asks For which campaigns are for a learner today, Allowance how
// many new lessons they still open, and SponsorOf what to say with the first.
//
// A campaign is written (Prepared), launched (Planned until its Start, then
// Running), perhaps paused, and ends by its calendar (Ended) or is stopped.
package campaign

import (
	"cmp"
	"slices"
	"time"

	"praline/scheduler"
)

// Campaign is a series for an audience. Its zero Launched says that it is being
// prepared: nobody is taught by it yet.
type Campaign struct {
	ID         string                 `json:"id"`
	Series     string                 `json:"series"`
	Names      map[string]string      `json:"names,omitempty"` // by language; nil: the series' title
	Audience   Audience               `json:"audience"`
	Start      scheduler.Date         `json:"start"`
	End        scheduler.Date         `json:"end,omitzero"`         // the last day of new lessons
	KnownUntil scheduler.Date         `json:"known_until,omitzero"` // what was learned is kept known until then
	PerWeek    int                    `json:"per_week,omitempty"`   // new lessons a week at most; 0: one each working day
	Opened     []scheduler.Date       `json:"opened,omitempty"`     // when lessons opened before the last change, the first first
	From       scheduler.Date         `json:"from,omitzero"`        // from when the rhythm counts since; zero: from Start
	Moved      map[int]scheduler.Date `json:"moved,omitempty"`      // lessons, from 1, that open on a day of their own
	Reminders  int                    `json:"reminders,omitempty"`  // at most, to who has not begun: 0 to MostReminders
	Compulsory bool                   `json:"compulsory,omitempty"`
	Told       map[string]string      `json:"told,omitempty"` // compulsory: what learners are told before they start, by language
	Paused     bool                   `json:"paused,omitempty"`
	Launched   time.Time              `json:"launched,omitzero"`
	Stopped    time.Time              `json:"stopped,omitzero"`
	Author     string                 `json:"author"` // Person.ID; "" for a command
	Sponsors   []Sponsor              `json:"sponsors,omitempty"`
	Revision   int                    `json:"revision,omitempty"` // raised by each change
}

// Sponsor is what a manager gives a campaign, for the teams that they manage.
type Sponsor struct {
	Person  string            `json:"person"` // Person.ID
	Name    string            `json:"name"`
	Teams   []string          `json:"teams"`
	Words   map[string]string `json:"words"`             // one sentence, with the first lesson, by language
	Minutes int               `json:"minutes,omitempty"` // promised, protected, a week
}

// Audience says for whom a campaign is. All that is given must fit; the zero
// value is everybody of the organisation.
type Audience struct {
	Teams    []string       `json:"teams,omitempty"` // any of them
	Lang     string         `json:"lang,omitempty"`
	Level    string         `json:"level,omitempty"`    // "starter": who is not known to be confident; "confident"
	NewSince scheduler.Date `json:"new_since,omitzero"` // who joined on that day or later
}

// Levels of an audience, as of a series.
const (
	Starter   = "starter"
	Confident = "confident"
)

// Facts are what a campaign looks at of one person.
type Facts struct {
	Team   string
	Lang   string
	Level  string         // Confident where they are known to be; else ""
	Joined scheduler.Date // the organisation; zero: not known
}

// State is where a campaign is in its life.
type State string

// The states.
const (
	Prepared State = "prepared" // not launched
	Planned  State = "planned"  // launched, before its start
	Running  State = "running"
	Paused   State = "paused"
	Ended    State = "ended"
	Stopped  State = "stopped"
)

// State returns the state on a day.
func (c Campaign) State(on scheduler.Date) State {
	last := c.LastNew()
	switch {
	case !c.Stopped.IsZero():
		return Stopped
	case c.Launched.IsZero():
		return Prepared
	case !last.IsZero() && on.After(last):
		return Ended
	case c.Paused:
		return Paused
	case on.Before(c.Start):
		return Planned
	}
	return Running
}

// Running says whether the campaign opens new lessons on a day.
func (c Campaign) Running(on scheduler.Date) bool { return c.State(on) == Running }

// LastNew is the last day of new lessons; zero: there is none.
func (c Campaign) LastNew() scheduler.Date {
	if c.End.IsZero() {
		return c.KnownUntil
	}
	return c.End
}

// Ends is the last day on which the campaign asks anything: of its new lessons
// or of what it keeps known, whichever is later; zero: it does not end.
func (c Campaign) Ends() scheduler.Date {
	if c.KnownUntil.After(c.End) {
		return c.KnownUntil
	}
	return c.End
}

// Keeps says whether what was learned by the campaign is to be kept known on a
// day; always, for one that names no day.
func (c Campaign) Keeps(on scheduler.Date) bool {
	return c.KnownUntil.IsZero() || !on.After(c.KnownUntil)
}

// Fits says whether the campaign opens new lessons for a person on a day.
func (c Campaign) Fits(who Facts, on scheduler.Date) bool {
	return c.Running(on) && c.Audience.Has(who)
}

// Has says whether a person is of the audience.
func (a Audience) Has(who Facts) bool {
	switch {
	case len(a.Teams) > 0 && !slices.Contains(a.Teams, who.Team):
		return false
	case a.Lang != "" && a.Lang != who.Lang:
		return false
	case a.Level == Confident && who.Level != Confident, a.Level == Starter && who.Level == Confident:
		return false
	case !a.NewSince.IsZero() && (who.Joined.IsZero() || who.Joined.Before(a.NewSince)):
		return false
	}
	return true
}

// For returns the campaigns that fit a person on a day, the one to be taught
// first before the others: compulsory ones, then what ends sooner, then what
// began earlier.
func For(all []Campaign, who Facts, on scheduler.Date) []Campaign {
	var fit []Campaign
	for _, c := range all {
		if c.Fits(who, on) {
			fit = append(fit, c)
		}
	}
	slices.SortFunc(fit, first)
	return fit
}

func first(a, b Campaign) int {
	rank := func(c Campaign) (compulsory, last int) {
		compulsory, last = 1, 1<<40
		if c.Compulsory {
			compulsory = 0
		}
		if end := c.LastNew(); !end.IsZero() {
			last = end.Number()
		}
		return compulsory, last
	}
	ac, al := rank(a)
	bc, bl := rank(b)
	return cmp.Or(cmp.Compare(ac, bc), cmp.Compare(al, bl), a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
}

// SponsorOf returns who sponsors the campaign for a team; false for nobody.
func (c Campaign) SponsorOf(team string) (Sponsor, bool) {
	for _, s := range c.Sponsors {
		if slices.Contains(s.Teams, team) {
			return s, true
		}
	}
	return Sponsor{}, false
}

// Progress is how far a campaign has come with its audience, from counts that
// name nobody.
type Progress struct {
	Begun int // people who had a lesson of it
	// Of ten questions of the series, on average: known today, fading, and not
	// seen; they add up to ten.
	Known, Fading, Unseen int
}

// SponsorBy returns what a person gives the campaign; false for nothing.
func (c Campaign) SponsorBy(person string) (Sponsor, bool) {
	for _, s := range c.Sponsors {
		if s.Person == person && person != "" {
			return s, true
		}
	}
	return Sponsor{}, false
}

// TeamsAmong returns which of some teams the campaign is for.
func (c Campaign) TeamsAmong(teams []string) []string {
	var among []string
	for _, team := range teams {
		if len(c.Audience.Teams) == 0 || slices.Contains(c.Audience.Teams, team) {
			among = append(among, team)
		}
	}
	return among
}
