package campaign

import (
	"context"
	"strings"
	"time"

	"praline/records"
)

// Completion says that a person was taught every lesson of a compulsory
// campaign, and when. It is the organisation's record, and holds no answer.
type Completion struct {
	Campaign string    `json:"campaign"`
	Person   string    `json:"person"` // Person.ID
	At       time.Time `json:"at"`
}

// Complete records that a person is done. The first time stands.
func (c *Campaigns) Complete(ctx context.Context, org, campaign, person string, at time.Time) error {
	key := records.Key{Org: org, Kind: kindCompletion, ID: campaign + ":" + person}
	_, err := records.Update(ctx, c.Store, key, func(done *Completion) error {
		if done.At.IsZero() {
			*done = Completion{campaign, person, at}
		}
		return nil
	})
	return err
}

// Completions are who is done with a campaign, in the order of their ids.
func (c *Campaigns) Completions(ctx context.Context, org, campaign string) ([]Completion, error) {
	all, err := c.Store.List(ctx, org, kindCompletion)
	if err != nil {
		return nil, err
	}
	var done []Completion
	for _, r := range all {
		if !strings.HasPrefix(r.ID, campaign+":") {
			continue
		}
		one, err := records.Decode[Completion](r)
		if err != nil {
			return nil, err
		}
		done = append(done, one)
	}
	return done, nil
}

// CompletionsOf are the completions of one person: for their own receipt.
func (c *Campaigns) CompletionsOf(ctx context.Context, org, person string) ([]Completion, error) {
	all, err := records.All[Completion](ctx, c.Store, org, kindCompletion)
	var own []Completion
	for _, one := range all {
		if one.Person == person {
			own = append(own, one)
		}
	}
	return own, err
}
