// Package campaign is a series for an audience, with a calendar: scheduled by a
// trainer, and often sponsored by a manager. What it does to whom and when is
// pure; campaigns are kept as records of their organisation.
package campaign

import (
	"context"
	"time"

	"praline/records"
	"praline/scheduler"
)

// Campaign is a series for an audience.
type Campaign struct {
	ID         string            `json:"id"`
	Series     string            `json:"series"`
	Names      map[string]string `json:"names,omitempty"` // "": the series' title
	Audience   Audience          `json:"audience"`
	Start      scheduler.Date    `json:"start"`
	End        scheduler.Date    `json:"end,omitzero"`         // no new lessons after it
	KnownUntil scheduler.Date    `json:"known_until,omitzero"` // what was learned is kept known until then
	PerWeek    int               `json:"per_week,omitempty"`   // new lessons a week at most; 0: as the learner's minutes allow
	Reminders  int               `json:"reminders,omitempty"`  // at most, to who has not begun
	Compulsory bool              `json:"compulsory,omitempty"`
	Paused     bool              `json:"paused,omitempty"`
	Stopped    time.Time         `json:"stopped,omitzero"`
	Author     string            `json:"author"` // Person.ID
	Sponsor    Sponsor           `json:"sponsor,omitzero"`
}

// Sponsor is what a manager gives a campaign.
type Sponsor struct {
	Person  string            `json:"person,omitempty"`
	Name    string            `json:"name,omitempty"`
	Words   map[string]string `json:"words,omitempty"`   // one sentence, with the first lesson, in each language
	Minutes int               `json:"minutes,omitempty"` // promised, protected, a week
}

// Audience says for whom a campaign is. All that is given must fit; the zero
// value is everybody of the organisation.
type Audience struct {
	Teams    []string       `json:"teams,omitempty"`
	Lang     string         `json:"lang,omitempty"`
	Level    string         `json:"level,omitempty"`    // "starter": who knows little yet
	NewSince scheduler.Date `json:"new_since,omitzero"` // new arrivals only
}

const kindCampaign = "campaign"

// Campaigns keeps the campaigns of organisations.
type Campaigns struct {
	Store records.Store
}

// All campaigns of an organisation, those that ended too.
func (c *Campaigns) All(ctx context.Context, org string) ([]Campaign, error) {
	return records.All[Campaign](ctx, c.Store, org, kindCampaign)
}
