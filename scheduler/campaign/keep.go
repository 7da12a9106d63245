package campaign

import (
	"context"

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
