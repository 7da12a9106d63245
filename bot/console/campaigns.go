package console

import (
	"errors"
	"slices"
	"strings"

	"praline/bot/audience"
	"praline/bot/people"
	"praline/lessons"
	"praline/records"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// Campaigns are scheduled under one path and sponsored under another: what is
// under the second are only the visitor's own.
const (
	scheduled = "/console/campaigns"
	sponsored = "/console/sponsor"
)

func (c *Console) campaignPages() []page {
	all := []page{
		{"GET " + scheduled, people.ScheduleCampaigns, c.campaigns},
		{"GET " + scheduled + "/new", people.ScheduleCampaigns, c.newCampaign},
		{"POST " + scheduled, people.ScheduleCampaigns, c.createCampaign},
		{"GET " + scheduled + "/{campaign}/change", people.ScheduleCampaigns, c.changeCampaign},
		{"POST " + scheduled + "/{campaign}/change", people.ScheduleCampaigns, c.changedCampaign},
	}
	for base, action := range map[string]people.Action{scheduled: people.ScheduleCampaigns, sponsored: people.SponsorCampaigns} {
		all = append(all, []page{
			{"GET " + base + "/{campaign}", action, c.campaign},
			{"GET " + base + "/{campaign}/{deed}", action, c.beforeDeed},
			{"POST " + base + "/{campaign}/{deed}", action, c.deed},
		}...)
	}
	return all
}

// base is the path under which the visitor is.
func (v *visit) base() string {
	if strings.HasPrefix(v.path, sponsored) {
		return sponsored
	}
	return scheduled
}

// situation is what campaigns are judged by, and what can be taught.
func (v *visit) situation() (campaign.Situation, lessons.Catalogue, error) {
	o := v.console.options
	read := o.Situation
	if read == nil {
		read = (&audience.Reader{People: o.People, Campaigns: o.Campaigns, Catalogue: o.Catalogue, Now: o.Now}).Situation
	}
	s, err := read(v.ctx(), v.Org)
	if err != nil {
		return s, lessons.Catalogue{}, err
	}
	catalogue, err := o.Catalogue(v.ctx(), v.Org)
	return s, catalogue, err
}

// found is the campaign of the address: one of the visitor's organisation and,
// under the path of sponsors, one that they began.
func (v *visit) found() (campaign.Campaign, error) {
	one, err := v.console.options.Campaigns.Campaign(v.ctx(), v.Org, v.r.PathValue("campaign"))
	if err == nil && v.base() == sponsored && (v.Person == "" || one.Author != v.Person) {
		return campaign.Campaign{}, records.ErrNone
	}
	return one, err
}

// progress is how far a campaign has come, for trainers; nil where there is no
// figure. Managers have the digest, whose figures are made to stand beside one
// another.
func (v *visit) progress(one campaign.Campaign) (*campaign.Progress, error) {
	if v.console.options.Progress == nil || !v.May(people.ScheduleCampaigns) {
		return nil, nil
	}
	return v.console.options.Progress(v.ctx(), v.Org, one)
}

// campaignRow is a line of the list.
type campaignRow struct {
	Name, Path, Audience, Look, State string
	When, End                         string
	Progress                          *campaign.Progress
}

type campaignsView struct {
	Lead          string
	Running, Past []campaignRow
}

// campaigns lists those of the organisation: what runs or will, then what was.
func (c *Console) campaigns(v *visit) error {
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	var data campaignsView
	running := 0
	for _, one := range byStart(s.Campaigns) {
		row, err := c.campaignRow(v, one, s, catalogue)
		if err != nil {
			return err
		}
		switch one.State(s.Today) {
		case campaign.Ended, campaign.Stopped:
			data.Past = append(data.Past, row)
			continue
		case campaign.Running:
			running++
		}
		data.Running = append(data.Running, row)
	}
	data.Lead = v.W.Count("campaign.list-lead", running)
	return v.draw("campaigns", "campaign.list", data)
}

func byStart(all []campaign.Campaign) []campaign.Campaign {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b campaign.Campaign) int { return b.Start.Compare(a.Start) })
	return all
}

func (c *Console) campaignRow(v *visit, one campaign.Campaign, s campaign.Situation, catalogue lessons.Catalogue) (campaignRow, error) {
	row := campaignRow{
		Name: v.campaignName(one, catalogue), Path: scheduled + "/" + one.ID, Audience: v.audience(one.Audience, s),
		Look: stateLooks[one.State(s.Today)], State: v.W.Say("campaign.state." + string(one.State(s.Today))), End: v.W.Say("campaign.no-end"),
	}
	if last := one.LastNew(); !last.IsZero() {
		row.End = v.day(last)
	}
	week := s.Today.Monday().Since(one.Start.Monday())/7 + 1
	switch one.State(s.Today) {
	case campaign.Prepared, campaign.Planned:
		row.When = v.W.Say("campaign.starts", "day", v.day(one.Start))
	case campaign.Running, campaign.Paused:
		row.When = v.W.Say("campaign.week", "n", week)
		if last := one.LastNew(); !last.IsZero() {
			row.When = v.W.Say("campaign.week-of", "n", week, "of", last.Monday().Since(one.Start.Monday())/7+1)
		}
	}
	if one.State(s.Today) == campaign.Prepared {
		return row, nil
	}
	var err error
	row.Progress, err = v.progress(one)
	return row, err
}

var stateLooks = map[campaign.State]string{
	campaign.Prepared: "plain", campaign.Planned: "info", campaign.Running: "good", campaign.Paused: "advice", campaign.Ended: "plain", campaign.Stopped: "plain",
}

// campaignName is what a campaign is called in the visitor's language.
func (v *visit) campaignName(one campaign.Campaign, catalogue lessons.Catalogue) string {
	title := one.Series
	if series := catalogue.Series(one.Series); series != nil {
		title = series.Title.In(v.W.Lang)
	}
	return inLanguage(one.Names, v.W.Lang, title)
}

// campaignNames are what all campaigns are called, by id.
func (v *visit) campaignNames(s campaign.Situation, catalogue lessons.Catalogue) map[string]string {
	names := make(map[string]string, len(s.Campaigns))
	for _, one := range s.Campaigns {
		names[one.ID] = v.campaignName(one, catalogue)
	}
	return names
}

// audience says for whom a campaign is: "3 équipes, 126 personnes"; the people
// only where they were read.
func (v *visit) audience(a campaign.Audience, s campaign.Situation) string {
	n := 0
	a.Level = ""
	for _, p := range s.People {
		if a.Has(p.Facts) {
			n++
		}
	}
	teams := v.W.Say("campaign.everybody")
	if len(a.Teams) > 0 {
		teams = v.W.Count("campaign.teams", len(a.Teams))
	}
	if s.People == nil {
		return teams
	}
	return teams + ", " + v.W.Count("campaign.people", n)
}

// day says a day: "26 octobre".
func (v *visit) day(d scheduler.Date) string { return v.W.Day(d.Month, d.Day) }

// weekday says a day with its weekday: "mardi 3 novembre".
func (v *visit) weekday(d scheduler.Date) string { return v.W.Date(d.Year, d.Month, d.Day) }

// minutes says seconds as minutes: "6,2".
func (v *visit) minutes(seconds float64) string { return v.W.Number(round(seconds / 60)) }

// note notes what is wrong with a campaign beside its fields; any other error
// is returned.
func (v *visit) note(err error) error {
	var faults campaign.Faults
	if !errors.As(err, &faults) {
		return err
	}
	for _, f := range faults {
		v.wrong(f.Field, "campaign.fault."+f.Code, "what", f.What)
	}
	return nil
}

// audit notes what was done to a campaign.
func (v *visit) audit(what, id string) error {
	return v.console.options.People.Audit(v.ctx(), *v.Actor, "campaign-"+what, "campaign:"+id)
}
