package console

import (
	"html/template"
	"time"

	"praline/bot/people"
	"praline/locales"
)

func (c *Console) invitationPages() []page {
	return []page{
		{"GET /console/invitations", people.ManagePeople, c.invitations},
		{"POST /console/invitations", people.ManagePeople, c.invite},
		{"GET /console/invitations/{invitation}", people.ManagePeople, c.invitation},
		{"GET /console/invitations/{invitation}/poster", people.ManagePeople, c.poster},
		{"POST /console/invitations/{invitation}/end", people.ManagePeople, c.endInvitation},
	}
}

type invitationsView struct {
	Lead             string
	Invitations      []invitationRow
	Pages            pageOf
	Teams, Roles     []Option
	Kinds, Languages []Option
}

type invitationRow struct {
	ID, Path, Words, State, Look, Until, Joined string
	Open, Poster                                bool
}

// invitations lists those that are open, then those that are over.
func (c *Console) invitations(v *visit) error {
	data, err := c.invitationsView(v)
	if err != nil {
		return err
	}
	return v.draw("invitations", "people.invitations", data)
}

func (c *Console) invitationsView(v *visit) (data invitationsView, err error) {
	all, err := c.options.People.Invitations(v.ctx(), v.Org)
	if err != nil {
		return data, err
	}
	if data.Teams, err = c.teamOptions(v); err != nil {
		return data, err
	}
	names, err := c.teamNames(v)
	if err != nil {
		return data, err
	}
	data.Teams = append([]Option{{"", v.W.Say("people.no-team"), true}}, data.Teams...)
	data.Roles = v.roleOptions(nil)
	data.Kinds = []Option{{"one", v.W.Say("people.invite-one"), true}, {"many", v.W.Say("people.invite-many"), false}}
	open := 0
	for _, i := range all {
		if i.Open(c.options.People.Now()) {
			open++
		}
	}
	data.Lead = v.W.Count("people.invitations-lead", open)
	data.Pages = v.paged(len(all), peopleAtOnce)
	for _, i := range all[data.Pages.From-1 : data.Pages.To] {
		data.Invitations = append(data.Invitations, c.invitationRow(v, i, names))
	}
	return data, nil
}

func (c *Console) invitationRow(v *visit, i people.Invitation, teams map[string]string) invitationRow {
	row := invitationRow{
		ID: i.ID, Path: "/console/invitations/" + i.ID, Poster: i.Limit > 1, Open: i.Open(c.options.People.Now()),
		Until: v.moment(i.Expires), Joined: v.W.Say("people.joined-of", "n", i.Joined, "of", i.Limit),
	}
	switch {
	case row.Poster:
		row.Words = v.W.Say("people.invite-many")
	case i.Name != "":
		row.Words = i.Name
	default:
		row.Words = v.W.Say("people.invite-one")
	}
	for _, more := range []string{v.roles(i.Roles), teams[i.Team]} {
		if more != "" {
			row.Words += ", " + more
		}
	}
	switch {
	case row.Open:
		row.State, row.Look = v.W.Say("people.invitation-open"), "good"
	case i.Joined >= i.Limit:
		row.State, row.Look = v.W.Say("people.invitation-used"), "plain"
	default:
		row.State, row.Look = v.W.Say("people.invitation-over"), "plain"
	}
	return row
}

// Invitations of the console are good for so long.
const (
	daysForOne  = 7
	daysForMany = 30
)

// invite makes an invitation: of one line of the roster, of somebody new, or of
// many by a poster.
func (c *Console) invite(v *visit) error {
	i := people.Invitation{Person: v.text("person"), Name: v.text("name"), Team: v.text("team"), Limit: 1}
	days := daysForOne
	for _, role := range v.texts("roles") {
		i.Roles = append(i.Roles, people.Role(role))
	}
	if v.text("kind") == "many" {
		i.Name, i.Limit, days = "", v.number("limit", 2, 10_000), daysForMany
	}
	i.Expires = c.options.People.Now().AddDate(0, 0, days)
	if v.sound() {
		made, err := c.options.People.Invite(v.ctx(), *v.Actor, i)
		if err == nil {
			return v.to("/console/invitations/" + made.ID)
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	data, err := c.invitationsView(v)
	if err != nil {
		return err
	}
	return v.again("invitations", "people.invitations", data)
}

type invitationView struct {
	invitationRow
	Code string
	Ways []wayRow
	QR   template.HTML
}

type wayRow struct{ App, URL string }

// invitation shows a code, and how it is taken up.
func (c *Console) invitation(v *visit) error {
	i, err := c.options.People.Invitation(v.ctx(), v.Org, v.r.PathValue("invitation"))
	if err != nil {
		return err
	}
	names, err := c.teamNames(v)
	if err != nil {
		return err
	}
	data := invitationView{invitationRow: c.invitationRow(v, i, names)}
	if data.Open {
		if err := c.showCode(v, i, &data); err != nil {
			return err
		}
	}
	return v.draw("invitation", "people.invitation", data)
}

// appNames are what the apps call themselves.
var appNames = map[string]string{"telegram": "Telegram", "slack": "Slack", "teams": "Microsoft Teams"}

func (c *Console) showCode(v *visit, i people.Invitation, data *invitationView) error {
	data.Code = c.options.People.Code(v.Org, i)
	ways := c.ways(v.ctx(), data.Code)
	for _, way := range ways {
		app := appNames[way.App]
		if app == "" {
			app = v.W.Say("people.web")
		}
		data.Ways = append(data.Ways, wayRow{app, way.URL})
	}
	drawn, err := people.QR(ways)
	data.QR = template.HTML(drawn) //nolint:gosec // by people.QR
	return err
}

// posterView is a page to print, in the languages of the organisation.
type posterView struct {
	invitationView
	Sides []posterSide
}

type posterSide struct {
	W            locales.Words
	Organisation string
	Until        string
}

func (c *Console) poster(v *visit) error {
	i, err := c.options.People.Invitation(v.ctx(), v.Org, v.r.PathValue("invitation"))
	if err != nil {
		return err
	}
	o, err := c.options.People.Organisation(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	data := posterView{invitationView: invitationView{invitationRow: c.invitationRow(v, i, nil)}}
	if data.Open {
		if err := c.showCode(v, i, &data.invitationView); err != nil {
			return err
		}
	}
	languages := o.Languages
	if len(languages) == 0 {
		languages = locales.Languages
	}
	last := i.Expires.In(brussels).Add(-time.Minute)
	for _, lang := range languages {
		w := locales.For(lang)
		data.Sides = append(data.Sides, posterSide{w, o.Name(lang), w.Date(last.Year(), last.Month(), last.Day())})
	}
	return v.draw("poster", "people.poster", data)
}

func (c *Console) endInvitation(v *visit) error {
	if err := c.options.People.EndInvitation(v.ctx(), *v.Actor, v.r.PathValue("invitation")); err != nil {
		return err
	}
	return v.done("/console/invitations", "people.invitation-ended")
}
