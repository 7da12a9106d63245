package console

import (
	"cmp"
	"context"
	"slices"

	"praline/bot/people"
	"praline/locales"
)

func (c *Console) peoplePages() []page {
	return []page{
		{"GET /console/people", people.ManagePeople, c.people},
		{"GET /console/people/new", people.ManagePeople, c.newPerson},
		{"POST /console/people/new", people.ManagePeople, c.addPerson},
		{"GET /console/people/{person}", people.ManagePeople, c.person},
		{"POST /console/people/{person}", people.ManagePeople, c.changePerson},
		{"POST /console/people/{person}/leave", people.ManagePeople, c.personLeaves},
		{"POST /console/people/{person}/delete", people.ManagePeople, c.deletePerson},
		{"GET /console/roster.csv", people.ManagePeople, c.exportRoster},
	}
}

// peopleView is a part of the roster.
type peopleView struct {
	Lead, Search string
	People       []personRow
	Pages        pageOf
	Nobody       bool
}

type personRow struct {
	Path, Name, Number, Team, Roles, State, Look string
}

const peopleAtOnce = 50

// people lists the roster.
func (c *Console) people(v *visit) error {
	search := v.query("q")
	all, err := c.options.People.Search(v.ctx(), *v.Actor, search)
	if err != nil {
		return err
	}
	teams, err := c.teamNames(v)
	if err != nil {
		return err
	}
	here := 0
	for _, who := range all {
		if who.Left.IsZero() && who.Learner != "" {
			here++
		}
	}
	data := peopleView{Search: search, Pages: v.paged(len(all), peopleAtOnce), Nobody: len(all) == 0 && search == ""}
	data.Lead = v.W.Count("people.lead", len(all), "here", here)
	if search != "" {
		data.Lead = v.W.Count("people.found", len(all), "text", search)
	}
	for _, who := range all[data.Pages.From-1 : data.Pages.To] {
		data.People = append(data.People, v.personRow(who, teams))
	}
	return v.draw("people", "people.title", data)
}

func (v *visit) personRow(who people.Person, teams map[string]string) personRow {
	row := personRow{Path: "/console/people/" + who.ID, Name: v.nameOf(who), Number: who.Number, Team: teams[who.Team], Roles: v.roles(who.Roles)}
	switch {
	case !who.Left.IsZero():
		row.State, row.Look = v.W.Say("people.state-left"), "plain"
	case who.Learner == "":
		row.State, row.Look = v.W.Say("people.state-waited"), "plain"
	default:
		row.State, row.Look = v.W.Say("people.state-here"), "good"
	}
	return row
}

// nameOf is a person's name; who came by a poster has none yet.
func (v *visit) nameOf(who people.Person) string {
	return cmp.Or(who.Name, v.W.Say("people.nameless"))
}

func (v *visit) roles(roles []people.Role) string {
	words := make([]string, len(roles))
	for i, role := range roles {
		words[i] = v.W.Say("people.role." + string(role))
	}
	return capitalOf(v.W.List(words))
}

func capitalOf(text string) string {
	if text == "" {
		return ""
	}
	return capital(text)
}

// teamNames are what the organisation's teams are called, by id.
func (c *Console) teamNames(v *visit) (map[string]string, error) {
	teams, err := c.options.People.Teams(v.ctx(), v.Org)
	names := make(map[string]string, len(teams))
	for _, t := range teams {
		names[t.ID] = t.Name(v.W.Lang)
	}
	return names, err
}

// teamOptions are the teams to choose from, by name.
func (c *Console) teamOptions(v *visit, chosen ...string) ([]Option, error) {
	names, err := c.teamNames(v)
	if err != nil {
		return nil, err
	}
	var options []Option
	for id, name := range names {
		options = append(options, Option{id, name, slices.Contains(chosen, id)})
	}
	slices.SortFunc(options, func(a, b Option) int { return cmp.Or(cmp.Compare(a.Words, b.Words), cmp.Compare(a.Value, b.Value)) })
	return options, nil
}

// languageOptions are the languages that people read, none first.
func (v *visit) languageOptions(chosen string) []Option {
	options := []Option{{"", v.W.Say("people.language-own"), chosen == ""}}
	for _, lang := range locales.Languages {
		options = append(options, Option{lang, locales.For(lang).Say("language.name"), chosen == lang})
	}
	return options
}

func (v *visit) roleOptions(chosen []people.Role) []Option {
	var options []Option
	for _, role := range people.Roles[1:] {
		options = append(options, Option{string(role), capital(v.W.Say("people.role." + string(role))), slices.Contains(chosen, role)})
	}
	return options
}

// exportRoster gives the roster as a file.
func (c *Console) exportRoster(v *visit) error {
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="roster.csv"`)
	return c.options.People.Export(v.ctx(), *v.Actor, v.W.Lang, v.w)
}

// longAgo is how many lines of the audit log say that an organisation has begun.
const longAgo = 30

// waitingPeople is what the roster waits for: its first people.
func (c *Console) waitingPeople(v *visit) ([]todo, error) {
	if !v.May(people.ManagePeople) || !v.May(people.SeeAudit) {
		return nil, nil
	}
	_, lines, err := c.options.People.AuditPage(v.ctx(), *v.Actor, 0, 0)
	if err != nil || lines > longAgo {
		return nil, err // the roster of an organisation that has begun is not read for this
	}
	all, err := c.options.People.Persons(v.ctx(), v.Org)
	if err != nil || len(all) > 1 {
		return nil, err
	}
	return []todo{{
		Topic: v.W.Say("people.title"), Title: v.W.Say("people.todo"), Words: v.W.Say("people.todo-why"),
		Path: "/console/import", Button: v.W.Say("people.import"), Rank: 10,
	}}, nil
}

// ways are how an invitation is taken up in each app that is on.
func (c *Console) ways(ctx context.Context, code string) []people.Way {
	if c.options.Ways == nil {
		return nil
	}
	return c.options.Ways(ctx, code)
}
