package console

import (
	"praline/bot/audience"
	"praline/bot/people"
	"praline/scheduler/campaign"
)

// campaignTodos are campaigns that the visitor prepared and has not launched.
func (c *Console) campaignTodos(v *visit) ([]todo, error) {
	if !v.May(people.ScheduleCampaigns) && !v.May(people.SponsorCampaigns) {
		return nil, nil
	}
	all, err := c.options.Campaigns.All(v.ctx(), v.Org)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	catalogue, err := c.options.Catalogue(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	var todos []todo
	for _, one := range all {
		if !one.Launched.IsZero() || !one.Stopped.IsZero() || one.Author != v.Person {
			continue
		}
		path := scheduled
		if !v.May(people.ScheduleCampaigns) {
			path = sponsored
		}
		todos = append(todos, todo{
			Topic: v.W.Say("campaign.nav"), Title: v.W.Say("campaign.home-prepared", "name", v.campaignName(one, catalogue)),
			Words: v.W.Say("campaign.home-ready", "day", v.day(one.Start)), Path: path + "/" + one.ID, Button: v.W.Say("campaign.home-see"), Rank: 30,
		})
	}
	return todos, nil
}

// campaignSection is the campaigns that run, for whom schedules them.
func (c *Console) campaignSection(v *visit) ([]section, error) {
	if !v.May(people.ScheduleCampaigns) {
		return nil, nil
	}
	// Home is drawn often: who is in an audience is counted on other pages.
	all, err := c.options.Campaigns.All(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	catalogue, err := c.options.Catalogue(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	s := campaign.Situation{Today: audience.Today(c.options.Now())}
	var rows []campaignRow
	for _, one := range byStart(all) {
		switch one.State(s.Today) {
		case campaign.Ended, campaign.Stopped:
			continue
		}
		row, err := c.campaignRow(v, one, s, catalogue)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	body, err := v.part("campaign-home", rows)
	return []section{{Title: v.W.Say("campaign.current"), Body: body}}, err
}
