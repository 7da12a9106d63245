package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"praline/bot/people"
)

type peopleInvite struct {
	actingFlags
	namesFlags
	Role    []string `help:"Roles beside learner: trainer, reviewer, manager, administrator."`
	Person  string   `help:"Whose line of the roster is meant: their id, or the employer's number."`
	Name    string   `help:"Name of a new line."`
	Team    string   `help:"Team's id."`
	Manages []string `help:"Ids of the teams that they will manage."`
	Lang    string   `name:"language" help:"fr or nl."`
	Days    int      `default:"7" help:"How long the invitation is good."`
}

type inviteRequest struct {
	acting
	Names   map[string]string `json:"names,omitempty"` // of the organisation, where there is none
	Role    []string          `json:"roles,omitempty"`
	Person  string            `json:"person,omitempty"`
	Name    string            `json:"name,omitempty"`
	Team    string            `json:"team,omitempty"`
	Manages []string          `json:"manages,omitempty"`
	Lang    string            `json:"lang,omitempty"`
	Days    int               `json:"days"`
	Limit   int               `json:"limit,omitempty"`
	ID      string            `json:"id,omitempty"`
	SVG     bool              `json:"svg,omitempty"`
}

// Run invites one person.
func (c *peopleInvite) Run(out io.Writer) error {
	return c.ask(out, "people invite", inviteRequest{
		acting: c.acting(), Names: c.names(), Role: c.Role, Person: c.Person, Name: c.Name, Team: c.Team, Manages: c.Manages, Lang: c.Lang, Days: c.Days, Limit: 1,
	})
}

type peoplePoster struct {
	actingFlags
	Team  string `help:"Team's id, of who joins by it."`
	Limit int    `default:"500" help:"How many may join."`
	Days  int    `default:"30" help:"How long it is good."`
	QR    string `help:"Write the QR code of the web link to this file, as SVG." placeholder:"FILE.svg"`
}

// Run invites many.
func (c *peoplePoster) Run(out io.Writer) error {
	r := inviteRequest{acting: c.acting(), Team: c.Team, Days: c.Days, Limit: c.Limit, SVG: c.QR != ""}
	if c.QR == "" {
		return c.ask(out, "people invite", r)
	}
	var said strings.Builder
	r.JSON = true
	if err := c.ask(&said, "people invite", r); err != nil {
		return err
	}
	var answer invitedAnswer
	if err := json.Unmarshal([]byte(said.String()), &answer); err != nil {
		return err
	}
	if answer.SVG == "" {
		return foundError{"no app that is on has a link, so there is no QR code; the code can be typed: " + answer.Code}
	}
	if err := os.WriteFile(c.QR, []byte(answer.SVG), 0o644); err != nil { //nolint:gosec // for a printer
		return fmt.Errorf("%w: choose another file with --qr", err)
	}
	answer.SVG = ""
	if c.JSON {
		return say(out, answer)
	}
	return sayInvitation(out, answer)
}

// invitedAnswer is an invitation, and how it is taken up.
type invitedAnswer struct {
	Organisation string            `json:"organisation"`
	Invitation   people.Invitation `json:"invitation"`
	Code         string            `json:"code"`
	Ways         []people.Way      `json:"ways"`
	SVG          string            `json:"qr_svg,omitempty"`
}

func (a administration) invite(ctx context.Context, body json.RawMessage, out io.Writer) error {
	var r inviteRequest
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	if err := a.firstOrganisation(ctx, r); err != nil {
		return mendable(err)
	}
	r, actor, err := asked[inviteRequest](a, ctx, body)
	if err != nil {
		return err
	}
	p := a.house.people
	i := people.Invitation{Name: r.Name, Team: r.Team, Manages: nonempty(r.Manages), Roles: rolesOf(r.Role), Lang: r.Lang, Limit: r.Limit, Expires: p.Now().AddDate(0, 0, r.Days)}
	if r.Person != "" {
		who, err := p.Find(ctx, actor.Org, r.Person)
		if err != nil {
			return mendable(err)
		}
		i.Person = who.ID
	}
	if i, err = p.Invite(ctx, actor, i); err != nil {
		return mendable(err)
	}
	answer := invitedAnswer{Organisation: actor.Org, Invitation: i, Code: p.Code(actor.Org, i)}
	answer.Ways = a.house.ways(ctx, answer.Code)
	if r.SVG {
		if answer.SVG, err = people.QR(answer.Ways); err != nil {
			return err
		}
	}
	if r.JSON {
		return say(out, answer)
	}
	return sayInvitation(out, answer)
}

// firstOrganisation makes an organisation for the first administrator of a
// server that has none.
func (a administration) firstOrganisation(ctx context.Context, r inviteRequest) error {
	all, err := a.house.people.Organisations(ctx)
	if err != nil || len(all) > 0 || len(r.Role) != 1 || r.Role[0] != string(people.Administrator) {
		return err
	}
	if r.Names["fr"] == "" && r.Names["nl"] == "" {
		return foundError{"there is no organisation yet: say what the first is called, with --fr NAME, --nl NAME or both"}
	}
	_, err = a.house.people.CreateOrganisation(ctx, people.Organisation{ID: r.Organisation, Names: r.Names})
	return err
}

func sayInvitation(out io.Writer, answer invitedAnswer) error {
	var b strings.Builder
	i := answer.Invitation
	fmt.Fprintf(&b, "invitation %s to %s, for %d, until %s\n", i.ID, answer.Organisation, i.Limit, i.Expires.Format(time.DateOnly))
	for _, way := range answer.Ways {
		if way.URL != "" {
			fmt.Fprintf(&b, "%s: open %s\n", way.App, way.URL)
		} else {
			fmt.Fprintf(&b, "%s: write %s to the bot\n", way.App, way.Code)
		}
	}
	fmt.Fprintf(&b, "code: %s\n", answer.Code)
	_, err := io.WriteString(out, b.String())
	return err
}

type peopleInvitations struct{ actingFlags }

// Run lists invitations.
func (c *peopleInvitations) Run(out io.Writer) error {
	return c.ask(out, "people invitations", inviteRequest{acting: c.acting()})
}

func (a administration) listInvitations(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[inviteRequest](a, ctx, body)
	if err != nil {
		return err
	}
	if !actor.May(people.ManagePeople) {
		return mendable(people.ErrNotAllowed)
	}
	all, err := a.house.people.Invitations(ctx, actor.Org)
	if err != nil {
		return err
	}
	if r.JSON {
		return say(out, append([]people.Invitation{}, all...))
	}
	for _, i := range all {
		state := "over"
		if i.Open(a.house.people.Now()) {
			state = "open"
		}
		if _, err := fmt.Fprintf(out, "%s\t%s\t%d of %d joined\tuntil %s\t%s\t%v\t%s\n", i.ID, state, i.Joined, i.Limit, i.Expires.Format(time.DateOnly), i.Name, i.Roles, i.Team); err != nil {
			return err
		}
	}
	return nil
}

type peopleUninvite struct {
	actingFlags
	ID string `arg:"" help:"The invitation's id."`
}

// Run ends an invitation.
func (c *peopleUninvite) Run(out io.Writer) error {
	return c.ask(out, "people uninvite", inviteRequest{acting: c.acting(), ID: c.ID})
}

func (a administration) endInvitation(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[inviteRequest](a, ctx, body)
	if err != nil {
		return err
	}
	if err := a.house.people.EndInvitation(ctx, actor, r.ID); err != nil {
		return mendable(err)
	}
	return done(out, r.acting, "invitation "+r.ID+" ended")
}
