package console

import (
	"strings"

	"praline/bot/people"
	"praline/locales"
	"praline/scheduler"
)

func (c *Console) organisationPages() []page {
	return []page{
		{"GET /console/organisation", people.ManageOrganisation, c.settings},
		{"POST /console/organisation", people.ManageOrganisation, c.changeSettings},
		{"GET /console/teams", people.ManagePeople, c.teams},
		{"POST /console/teams", people.ManagePeople, c.addTeam},
		{"POST /console/teams/{team}", people.ManagePeople, c.renameTeam},
		{"POST /console/teams/{team}/remove", people.ManagePeople, c.removeTeam},
	}
}

// settingsView are an organisation's settings as a form.
type settingsView struct {
	Organisation         people.Organisation
	Lead, French, Dutch  string
	Languages, Calendars []Option
	Days                 string
}

func (c *Console) settings(v *visit) error {
	o, err := c.options.People.Organisation(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	return v.draw("organisation", "people.organisation", v.settingsView(o))
}

func (v *visit) settingsView(o people.Organisation) settingsView {
	data := settingsView{Organisation: o, French: o.Names["fr"], Dutch: o.Names["nl"], Days: strings.Join(o.Days, "\n"), Lead: v.W.Say("people.open-to-all")}
	if o.InviteOnly {
		data.Lead = v.W.Say("people.invite-only-now")
	}
	both := len(o.Languages) != 1
	data.Languages = []Option{{"", v.W.Say("people.both-languages"), both}}
	for _, lang := range locales.Languages {
		data.Languages = append(data.Languages, Option{lang, v.W.Say("people.only." + lang), !both && o.Languages[0] == lang})
	}
	for _, name := range scheduler.Employers() {
		data.Calendars = append(data.Calendars, Option{name, v.W.Say("people.calendar." + name), name == o.Calendar || o.Calendar == "" && name == "be"})
	}
	return data
}

func (c *Console) changeSettings(v *visit) error {
	changed, err := c.options.People.ChangeOrganisation(v.ctx(), *v.Actor, func(o *people.Organisation) error {
		o.Names = map[string]string{"fr": v.text("name.fr"), "nl": v.text("name.nl")}
		if o.Languages = nil; v.text("languages") != "" {
			o.Languages = []string{v.text("languages")}
		}
		o.Calendar, o.InviteOnly = v.text("calendar"), v.text("invite-only") == "yes"
		o.Days = strings.FieldsFunc(v.text("days"), func(r rune) bool { return strings.ContainsRune(" ,;\n\t", r) })
		return nil
	})
	if err == nil {
		return v.done("/console/organisation", "people.organisation-changed", "name", changed.Name(v.W.Lang))
	}
	if err := v.refused(err); err != nil {
		return err
	}
	o, err := c.options.People.Organisation(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	return v.again("organisation", "people.organisation", v.settingsView(o))
}

type teamsView struct {
	Lead  string
	Teams []teamRow
}

type teamRow struct {
	ID, Path, Name, French, Dutch string
	People, Managers              int
}

func (c *Console) teams(v *visit) error {
	data, err := c.teamsView(v)
	if err != nil {
		return err
	}
	return v.draw("teams", "people.teams", data)
}

func (c *Console) teamsView(v *visit) (data teamsView, err error) {
	teams, err := c.options.People.Teams(v.ctx(), v.Org)
	if err != nil {
		return data, err
	}
	all, err := c.options.People.Persons(v.ctx(), v.Org)
	if err != nil {
		return data, err
	}
	in, manage := map[string]int{}, map[string]int{}
	for _, who := range all {
		if who.Left.IsZero() {
			in[who.Team]++
		}
		for _, team := range who.Manages {
			manage[team]++
		}
	}
	for _, t := range teams {
		data.Teams = append(data.Teams, teamRow{t.ID, "/console/teams/" + t.ID, t.Name(v.W.Lang), t.Names["fr"], t.Names["nl"], in[t.ID], manage[t.ID]})
	}
	data.Lead = v.W.Count("people.teams-lead", len(teams))
	return data, nil
}

func (c *Console) addTeam(v *visit) error { return c.saveTeam(v, "") }

func (c *Console) renameTeam(v *visit) error {
	team, err := c.options.People.Team(v.ctx(), v.Org, v.r.PathValue("team"))
	if err != nil {
		return err
	}
	return c.saveTeam(v, team.ID)
}

func (c *Console) saveTeam(v *visit, id string) error {
	t, err := c.options.People.SaveTeam(v.ctx(), *v.Actor, people.Team{ID: id, Names: map[string]string{"fr": v.text("name.fr"), "nl": v.text("name.nl")}})
	if err != nil {
		return c.teamsAgain(v, err)
	}
	return v.done("/console/teams", "people.team-saved", "name", t.Name(v.W.Lang))
}

func (c *Console) removeTeam(v *visit) error {
	if err := c.options.People.RemoveTeam(v.ctx(), *v.Actor, v.r.PathValue("team")); err != nil {
		return c.teamsAgain(v, err)
	}
	return v.done("/console/teams", "people.team-removed")
}

func (c *Console) teamsAgain(v *visit, err error) error {
	if err := v.refused(err); err != nil {
		return err
	}
	data, err := c.teamsView(v)
	if err != nil {
		return err
	}
	return v.again("teams", "people.teams", data)
}
