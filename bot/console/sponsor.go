package console

import (
	"slices"
	"strconv"

	"praline/bot/people"
	"praline/lessons"
	"praline/locales"
	"praline/records"
	"praline/scheduler/campaign"
)

func (c *Console) sponsorPages() []page {
	return []page{
		{"GET " + sponsored, people.SponsorCampaigns, c.sponsor},
		{"GET " + sponsored + "/new", people.SponsorCampaigns, c.newSponsor},
		{"POST " + sponsored, people.SponsorCampaigns, c.saveSponsor},
	}
}

// sponsorsView is what a manager gives, what they could join, and the catalogue.
type sponsorsView struct {
	Lead      string
	Own, Open []sponsorRow
	Catalogue []catalogueRow
	NoTeams   bool
}

type sponsorRow struct {
	Name, Path, Join, Look, State, Teams, Minutes string
	Progress                                      *campaign.Progress
}

type catalogueRow struct{ Title, Summary, Length, Path string }

// sponsorView is what a sponsor gives, as the page of a campaign shows it.
type sponsorView struct{ Name, Teams, Words, Minutes string }

// sponsor is what a manager sees first: choose, in one list.
func (c *Console) sponsor(v *visit) error {
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	data := sponsorsView{NoTeams: len(v.Teams) == 0}
	names := v.teamNames()
	for _, one := range byStart(s.Campaigns) {
		state := one.State(s.Today)
		row := sponsorRow{
			Name: v.campaignName(one, catalogue), Join: sponsored + "/new?campaign=" + one.ID, Look: stateLooks[state], State: v.W.Say("campaign.state." + string(state)),
		}
		if one.Author == v.Person {
			row.Path = sponsored + "/" + one.ID
		}
		given, mine := one.SponsorBy(v.Person)
		switch {
		case mine || one.Author == v.Person:
			row.Teams = v.teamList(given.Teams, names)
			row.Minutes = v.W.Count("campaign.minutes-week", given.Minutes)
			data.Own = append(data.Own, row)
		case state == campaign.Planned || state == campaign.Running:
			if teams := one.TeamsAmong(v.Teams); len(teams) > 0 {
				row.Teams = v.teamList(teams, names)
				data.Open = append(data.Open, row)
			}
		}
	}
	for _, series := range catalogue.All() {
		data.Catalogue = append(data.Catalogue, catalogueRow{
			series.Title.In(v.W.Lang), series.Summary.In(v.W.Lang), v.length(series), sponsored + "/new?series=" + series.ID,
		})
	}
	data.Lead = v.W.Say("campaign.sponsor-lead-none")
	if len(data.Own) > 0 {
		data.Lead = v.W.Count("campaign.sponsor-lead", len(data.Own))
	}
	return v.draw("sponsor", "campaign.sponsor-title", data)
}

func (v *visit) length(series *lessons.Series) string {
	return v.W.Count("campaign.n-lessons", len(series.Lessons))
}

func (v *visit) teamList(ids []string, names map[string]string) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = id
		if names[id] != "" {
			all[i] = names[id]
		}
	}
	return v.W.List(all)
}

// sponsorForm is choosing teams, a sentence, and protected minutes.
type sponsorForm struct {
	Series, Campaign, Title, Summary, Length string
	Teams, Rhythms, Minutes                  []Option
	Fr, Nl, Start                            string
	New                                      bool
}

// newSponsor is the form for a series of the catalogue, or for a campaign that
// a trainer scheduled.
func (c *Console) newSponsor(v *visit) error {
	return c.sponsorPage(v, v.query("series"), v.query("campaign"), func(data sponsorForm) error {
		return v.draw("sponsor-form", "campaign.sponsor-new", data)
	})
}

func (c *Console) sponsorPage(v *visit, seriesID, campaignID string, draw func(sponsorForm) error) error {
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	data := sponsorForm{Series: seriesID, New: campaignID == "", Start: s.Today.Monday().AddDays(7).String(), Fr: v.sentence("fr"), Nl: v.sentence("nl")}
	teams, chosen, minutes := v.Teams, v.Teams, 15
	if !data.New {
		one, err := c.joinable(v, campaignID, s)
		if err != nil {
			return err
		}
		data.Campaign, data.Series, teams = one.ID, one.Series, one.TeamsAmong(v.Teams)
		chosen = teams
		if given, mine := one.SponsorBy(v.Person); mine {
			chosen, minutes, data.Fr, data.Nl = given.Teams, given.Minutes, given.Words["fr"], given.Words["nl"]
		}
	}
	series := catalogue.Series(data.Series)
	if series == nil {
		return records.ErrNone
	}
	data.Title, data.Summary, data.Length = series.Title.In(v.W.Lang), series.Summary.In(v.W.Lang), capital(v.length(series))+"."
	data.Teams = v.teamOptions(teams, chosen)
	for _, n := range []int{0, 10, 15, 20, 30, 45, 60} {
		data.Minutes = append(data.Minutes, Option{strconv.Itoa(n), v.W.Count("campaign.minutes-week", n), n == minutes})
	}
	for _, n := range []int{1, 2, 3} {
		data.Rhythms = append(data.Rhythms, Option{strconv.Itoa(n), v.W.Count("campaign.rhythm", n), n == 2})
	}
	return draw(data)
}

// sentence is one to start from, in a language of its own.
func (v *visit) sentence(lang string) string { return locales.For(lang).Say("campaign.sentence") }

// joinable is a campaign that the visitor's teams are in, and that is not over.
func (c *Console) joinable(v *visit, id string, s campaign.Situation) (campaign.Campaign, error) {
	one, err := c.options.Campaigns.Campaign(v.ctx(), v.Org, id)
	if err != nil {
		return one, err
	}
	switch one.State(s.Today) {
	case campaign.Ended, campaign.Stopped:
		return one, records.ErrNone
	case campaign.Prepared:
		if one.Author != v.Person {
			return one, records.ErrNone
		}
	}
	if len(one.TeamsAmong(v.Teams)) == 0 {
		return one, records.ErrNone
	}
	return one, nil
}

// saveSponsor makes a campaign for the visitor's own teams, or sponsors one
// that is there.
func (c *Console) saveSponsor(v *visit) error {
	s, _, err := v.situation()
	if err != nil {
		return err
	}
	given := campaign.Sponsor{
		Person: v.Person, Name: v.Name, Teams: v.texts("teams"), Words: map[string]string{"fr": v.text("words.fr"), "nl": v.text("words.nl")},
		Minutes: v.number("minutes", 0, 120),
	}
	for _, team := range given.Teams {
		if !slices.Contains(v.Teams, team) {
			return people.ErrNotAllowed // no form of ours offers it
		}
	}
	id := v.text("campaign")
	if v.sound() {
		path, err := c.giveSponsor(v, id, given, s)
		switch {
		case err != nil:
			if err := v.note(err); err != nil {
				return err
			}
		case id != "":
			return v.done(path, "campaign.done-sponsor")
		default:
			return v.to(path)
		}
	}
	return c.sponsorPage(v, v.text("series"), id, func(data sponsorForm) error {
		return v.again("sponsor-form", "campaign.sponsor-new", data)
	})
}

// giveSponsor keeps what a manager gives, and says where to go on.
func (c *Console) giveSponsor(v *visit, id string, given campaign.Sponsor, s campaign.Situation) (string, error) {
	if id == "" {
		wanted := campaign.Campaign{
			Series: v.text("series"), Author: v.Person, Start: v.date("start"), PerWeek: v.number("rhythm", 1, campaign.MostPerWeek), Reminders: 1,
			Audience: campaign.Audience{Teams: given.Teams}, Sponsors: []campaign.Sponsor{given},
		}
		made, err := c.options.Campaigns.Create(v.ctx(), v.Org, wanted, s)
		if err != nil {
			return "", err
		}
		return sponsored + "/" + made.ID, v.audit("new", made.ID)
	}
	one, err := c.joinable(v, id, s)
	if err != nil {
		return "", err
	}
	if _, _, err := c.options.Campaigns.Apply(v.ctx(), v.Org, one.ID, 0, campaign.Sponsored(s, given), s); err != nil {
		return "", err
	}
	return sponsored, v.audit("sponsor", one.ID)
}

// sponsorViews are who sponsors a campaign, and with what.
func (v *visit) sponsorViews(one campaign.Campaign) []sponsorView {
	names := v.teamNames()
	var all []sponsorView
	for _, s := range one.Sponsors {
		all = append(all, sponsorView{s.Name, v.teamList(s.Teams, names), inLanguage(s.Words, v.W.Lang, ""), v.W.Count("campaign.minutes-week", s.Minutes)})
	}
	return all
}
