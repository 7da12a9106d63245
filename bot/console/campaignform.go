package console

import (
	"strconv"

	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// campaignForm is the page of a new campaign, or of one that is changed.
type campaignForm struct {
	Of, Back, Action                    string // Of: the campaign's name; "" for a new one
	Series, Teams, Langs, Levels        []Option
	Rhythms, Reminders                  []Option
	Start, End, Known, NewSince, Fr, Nl string
	TaughtAs                            string // the series' title, where it cannot be changed
	Begun, More                         bool
}

// reminderWords name how many reminders there are.
var reminderWords = [campaign.MostReminders + 1]string{"none", "once", "twice"}

// newCampaign is one page with few fields.
func (c *Console) newCampaign(v *visit) error {
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	start := s.Today.Monday().AddDays(7)
	wanted := campaign.Campaign{Series: v.query("series"), Start: start, PerWeek: 2, Reminders: 1}
	return v.draw("campaign-form", "campaign.new", c.campaignForm(v, wanted, s, catalogue))
}

func (c *Console) campaignForm(v *visit, one campaign.Campaign, s campaign.Situation, catalogue lessons.Catalogue) campaignForm {
	f := campaignForm{
		Back: scheduled, Action: scheduled, Start: one.Start.String(), End: one.End.String(), Known: one.KnownUntil.String(),
		NewSince: one.Audience.NewSince.String(), Fr: one.Names["fr"], Nl: one.Names["nl"],
	}
	for _, series := range catalogue.All() {
		f.Series = append(f.Series, Option{series.ID, series.Title.In(v.W.Lang) + ", " + v.W.Count("campaign.n-lessons", len(series.Lessons)), series.ID == one.Series})
	}
	f.Teams = v.teamOptions(s.Teams, one.Audience.Teams)
	f.Langs = []Option{{"", v.W.Say("campaign.lang-all"), one.Audience.Lang == ""}}
	for _, lang := range orBoth(s.Languages) {
		f.Langs = append(f.Langs, Option{lang, v.W.Say("campaign.lang." + lang), one.Audience.Lang == lang})
	}
	for _, level := range []string{"", campaign.Starter, campaign.Confident} {
		f.Levels = append(f.Levels, Option{level, v.W.Say("campaign.level." + orAll(level)), one.Audience.Level == level})
	}
	for _, n := range []int{1, 2, 3, 4, 5, 0} {
		words := v.W.Count("campaign.rhythm", n)
		if n == 0 {
			words = v.W.Say("campaign.rhythm-daily")
		}
		f.Rhythms = append(f.Rhythms, Option{strconv.Itoa(n), words, one.PerWeek == n})
	}
	for n := range campaign.MostReminders + 1 {
		f.Reminders = append(f.Reminders, Option{strconv.Itoa(n), v.W.Say("campaign.reminders." + reminderWords[n]), one.Reminders == n})
	}
	a := one.Audience
	f.More = a.Lang != "" || a.Level != "" || !a.NewSince.IsZero() || len(one.Names) > 0
	for _, field := range v.faults {
		switch field.Field {
		case "lang", "level", "new-since", "name.fr", "name.nl":
			f.More = true
		}
	}
	return f
}

func orBoth(languages []string) []string {
	if languages == nil {
		return []string{"fr", "nl"}
	}
	return languages
}

func orAll(level string) string {
	if level == "" {
		return "all"
	}
	return level
}

// teamOptions are teams to tick, by name.
func (v *visit) teamOptions(ids, chosen []string) []Option {
	names := v.teamNames()
	var all []Option
	for _, id := range ids {
		option := Option{Value: id, Words: names[id]}
		for _, one := range chosen {
			option.Chosen = option.Chosen || one == id
		}
		all = append(all, option)
	}
	return all
}

// teamNames is what teams are called; their id where they are not known.
func (v *visit) teamNames() map[string]string {
	names := map[string]string{}
	teams, err := v.console.options.People.Teams(v.ctx(), v.Org)
	if err != nil {
		return names
	}
	for _, team := range teams {
		names[team.ID] = inLanguage(team.Names, v.W.Lang, team.ID)
	}
	return names
}

// typedCampaign is what the form says, over a campaign as it stands.
func (v *visit) typedCampaign(one campaign.Campaign) campaign.Campaign {
	one.Audience = campaign.Audience{
		Teams: v.texts("teams"), Lang: v.text("lang"), Level: v.text("level"), NewSince: v.date("new-since"),
	}
	one.Start, one.End, one.KnownUntil = v.date("start"), v.date("end"), v.date("known")
	one.PerWeek, one.Reminders = v.number("rhythm", 0, campaign.MostPerWeek), v.number("reminders", 0, campaign.MostReminders)
	one.Names = nil
	if fr, nl := v.text("name.fr"), v.text("name.nl"); fr+nl != "" {
		one.Names = map[string]string{"fr": fr, "nl": nl}
	}
	return one
}

// date is a field that holds a day; anything else is a fault at the field.
func (v *visit) date(name string) scheduler.Date {
	var d scheduler.Date
	if err := d.UnmarshalText([]byte(v.text(name))); err != nil {
		v.wrong(name, "campaign.fault.date")
	}
	return d
}

// createCampaign keeps a campaign, and goes on to its forecast.
func (c *Console) createCampaign(v *visit) error {
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	wanted := v.typedCampaign(campaign.Campaign{Series: v.text("series"), Author: v.Person})
	if v.sound() {
		made, err := c.options.Campaigns.Create(v.ctx(), v.Org, wanted, s)
		if err == nil {
			if err := v.audit("new", made.ID); err != nil {
				return err
			}
			return v.to(scheduled + "/" + made.ID)
		}
		if err := v.note(err); err != nil {
			return err
		}
	}
	return v.again("campaign-form", "campaign.new", c.campaignForm(v, wanted, s, catalogue))
}

// changeCampaign is the form of a campaign as it stands.
func (c *Console) changeCampaign(v *visit) error {
	one, err := v.found()
	if err != nil {
		return err
	}
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	return v.draw("campaign-form", "campaign.do.change", c.changeForm(v, one, one, s, catalogue))
}

func (c *Console) changeForm(v *visit, before, one campaign.Campaign, s campaign.Situation, catalogue lessons.Catalogue) campaignForm {
	f := c.campaignForm(v, one, s, catalogue)
	f.Of, f.TaughtAs = v.campaignName(before, catalogue), v.campaignName(campaign.Campaign{Series: before.Series}, catalogue)
	f.Back = scheduled + "/" + before.ID
	f.Action = f.Back + "/change"
	f.Begun = !before.Launched.IsZero() && !s.Today.Before(before.Start)
	return f
}

// changedCampaign says what a change will do; pressed there, it is made. One
// that is only prepared has its forecast to say it.
func (c *Console) changedCampaign(v *visit) error {
	before, err := v.found()
	if err != nil {
		return err
	}
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	typed := v.typedCampaign(before)
	if before.State(s.Today) != campaign.Prepared && !s.Today.Before(before.Start) {
		typed.Start = before.Start
	}
	change := campaign.Alter(s, typed.Edit())
	if v.sound() {
		_, after, effect, err := c.options.Campaigns.Try(v.ctx(), v.Org, before.ID, change, s)
		sure := v.text("revision") == strconv.Itoa(before.Revision)
		switch {
		case err != nil:
			if err := v.note(err); err != nil {
				return err
			}
		case sure || before.State(s.Today) == campaign.Prepared:
			return c.apply(v, before, "change", change, s)
		default:
			return c.showEffect(v, before, after, effect, "change", s, catalogue)
		}
	}
	return v.again("campaign-form", "campaign.do.change", c.changeForm(v, before, typed, s, catalogue))
}
