package campaign

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"praline/records"
)

// Kinds of records.
const (
	kindCampaign   = "campaign"
	kindCompletion = "completion"
)

// Campaigns keeps the campaigns of organisations.
type Campaigns struct {
	Store records.Store
}

// All campaigns of an organisation, those that ended too, in the order of their ids.
func (c *Campaigns) All(ctx context.Context, org string) ([]Campaign, error) {
	return records.All[Campaign](ctx, c.Store, org, kindCampaign)
}

// Campaign returns one, records.ErrNone where the organisation has none such.
func (c *Campaigns) Campaign(ctx context.Context, org, id string) (Campaign, error) {
	return records.Load[Campaign](ctx, c.Store, key(org, id))
}

func key(org, id string) records.Key { return records.Key{Org: org, Kind: kindCampaign, ID: id} }

var errTaken = errors.New("this id is taken")

// Create keeps a new campaign, prepared and not launched, under an id of its
// own: its series and month. Faults say what is wrong with it.
func (c *Campaigns) Create(ctx context.Context, org string, wanted Campaign, s Situation) (Campaign, error) {
	wanted.Launched, wanted.Stopped, wanted.Paused, wanted.Revision = time.Time{}, time.Time{}, false, 1
	if faults := wanted.Check(s); faults != nil {
		return Campaign{}, faults
	}
	name := fmt.Sprintf("%s-%04d-%02d", wanted.Series, wanted.Start.Year, int(wanted.Start.Month))
	for n := 1; ; n++ {
		wanted.ID = name
		if n > 1 {
			wanted.ID = fmt.Sprintf("%s-%d", name, n)
		}
		kept, err := records.Update(ctx, c.Store, key(org, wanted.ID), func(stored *Campaign) error {
			if stored.ID != "" {
				return errTaken
			}
			*stored = wanted
			return nil
		})
		if !errors.Is(err, errTaken) {
			return kept, err
		}
	}
}

// Change makes a campaign of a campaign, or says why it cannot.
type Change func(Campaign) (Campaign, error)

// Try says what a change of a campaign will do, and keeps nothing. The change
// is what Apply takes, with the revision on which Try decided.
func (c *Campaigns) Try(ctx context.Context, org, id string, change Change, s Situation) (before, after Campaign, effect Effect, err error) {
	if before, err = c.Campaign(ctx, org, id); err != nil {
		return before, after, effect, err
	}
	if after, err = change.checked(before, s); err != nil {
		return before, after, effect, err
	}
	return before, after, Effects(before, after, s), nil
}

// Apply keeps a change that was decided on a revision (0: on any), and says
// what it does; a Fault "revision" where somebody changed the campaign
// meanwhile.
func (c *Campaigns) Apply(ctx context.Context, org, id string, revision int, change Change, s Situation) (Campaign, Effect, error) {
	var before Campaign
	after, err := records.Update(ctx, c.Store, key(org, id), func(stored *Campaign) error {
		before = *stored
		switch {
		case stored.ID == "":
			return fmt.Errorf("campaign %s: %w", id, records.ErrNone)
		case revision != 0 && stored.Revision != revision:
			return Faults{{Field: "campaign", Code: "revision"}}
		}
		changed, err := change.checked(before, s)
		changed.Revision++
		*stored = changed
		return err
	})
	if err != nil {
		return before, Effect{}, err
	}
	return after, Effects(before, after, s), nil
}

func (change Change) checked(before Campaign, s Situation) (Campaign, error) {
	after, err := change(before)
	if err != nil {
		return before, err
	}
	after.ID, after.Revision = before.ID, before.Revision
	if !after.Stopped.IsZero() || after.Paused && !before.Paused {
		return after, nil // to fall silent is always right
	}
	if faults := after.Check(s); faults != nil {
		return before, faults
	}
	return after, nil
}

// Discard removes a campaign that was never launched.
func (c *Campaigns) Discard(ctx context.Context, org, id string) error {
	stored, err := c.Campaign(ctx, org, id)
	switch {
	case err != nil:
		return err
	case !stored.Launched.IsZero():
		return Faults{{Field: "campaign", Code: "state", What: "launched"}}
	}
	return records.Remove(ctx, c.Store, key(org, id))
}

// when makes a change only of a campaign that is in one of some states today.
func when(s Situation, change func(Campaign) Campaign, states ...State) Change {
	return func(c Campaign) (Campaign, error) {
		if state := c.State(s.Today); !slices.Contains(states, state) {
			return c, Faults{{Field: "campaign", Code: "state", What: string(state)}}
		}
		return change(c), nil
	}
}
