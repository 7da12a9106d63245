package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"praline/bot/people"
)

type organisationCommand struct {
	Create organisationCreate `cmd:"" help:"Create an organisation."`
	List   organisationList   `cmd:"" help:"List the organisations of this server."`
	Set    organisationSet    `cmd:"" help:"Change names, languages, calendar, days off, whether one comes by invitation only."`
}

// namesFlags are a name in each language.
type namesFlags struct {
	French string `name:"fr" help:"Name in French."`
	Dutch  string `name:"nl" help:"Name in Dutch."`
}

func (f namesFlags) names() map[string]string {
	return map[string]string{"fr": f.French, "nl": f.Dutch}
}

type organisationCreate struct {
	storeFlags
	namesFlags
	ID   string `help:"Id, for addresses and commands; empty: after the name."`
	JSON bool   `name:"json" help:"Answer in JSON."`
}

type organisationRequest struct {
	acting
	ID         string            `json:"id,omitempty"`
	Names      map[string]string `json:"names,omitempty"`
	Languages  *string           `json:"languages,omitempty"`
	Calendar   *string           `json:"calendar,omitempty"`
	Days       *string           `json:"days,omitempty"`
	InviteOnly *bool             `json:"invite_only,omitempty"`
}

// Run creates an organisation.
func (c *organisationCreate) Run(out io.Writer) error {
	f := actingFlags{storeFlags: c.storeFlags, JSON: c.JSON}
	return f.ask(out, "people organisation create", organisationRequest{acting: f.acting(), ID: c.ID, Names: c.names()})
}

func (a administration) createOrganisation(ctx context.Context, body json.RawMessage, out io.Writer) error {
	var r organisationRequest
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	o, err := a.house.people.CreateOrganisation(ctx, people.Organisation{ID: r.ID, Names: r.Names})
	if err != nil {
		return mendable(err)
	}
	if r.JSON {
		return say(out, o)
	}
	_, err = fmt.Fprintf(out, "organisation %s created; invite its first administrator: praline people invite --organisation %s --role administrator\n", o.ID, o.ID)
	return err
}

type organisationList struct {
	storeFlags
	JSON bool `name:"json" help:"Answer in JSON."`
}

// Run lists organisations.
func (c *organisationList) Run(out io.Writer) error {
	f := actingFlags{storeFlags: c.storeFlags, JSON: c.JSON}
	return f.ask(out, "people organisation list", organisationRequest{acting: f.acting()})
}

func (a administration) listOrganisations(ctx context.Context, body json.RawMessage, out io.Writer) error {
	var r organisationRequest
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	all, err := a.house.people.Organisations(ctx)
	if err != nil {
		return err
	}
	if r.JSON {
		return say(out, append([]people.Organisation{}, all...))
	}
	for _, o := range all {
		if err := sayOrganisation(out, o); err != nil {
			return err
		}
	}
	return nil
}

func sayOrganisation(out io.Writer, o people.Organisation) error {
	languages, calendar, comes := "fr,nl", "be", "open"
	if len(o.Languages) > 0 {
		languages = strings.Join(o.Languages, ",")
	}
	if o.Calendar != "" {
		calendar = o.Calendar
	}
	if o.InviteOnly {
		comes = "by invitation only"
	}
	_, err := fmt.Fprintf(out, "%s\t%s\tlanguages %s\tcalendar %s\t%d more days off\t%s\n", o.ID, o.Name("fr"), languages, calendar, len(o.Days), comes)
	return err
}

type organisationSet struct {
	actingFlags
	namesFlags
	Languages  *string `help:"Languages of the bot there: fr,nl or one of them." placeholder:"fr,nl"`
	Calendar   *string `help:"The employer's holidays: ${employers}."`
	Days       *string `help:"More days off, with commas." placeholder:"2027-05-07,2027-12-27"`
	InviteOnly *string `enum:"yes,no" help:"yes: nobody comes without an invitation." placeholder:"yes|no"`
}

// Run changes an organisation.
func (c *organisationSet) Run(out io.Writer) error {
	r := organisationRequest{acting: c.acting(), Names: c.names(), Languages: c.Languages, Calendar: c.Calendar, Days: c.Days}
	if c.InviteOnly != nil {
		only := *c.InviteOnly == "yes"
		r.InviteOnly = &only
	}
	return c.ask(out, "people organisation set", r)
}

func (a administration) setOrganisation(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[organisationRequest](a, ctx, body)
	if err != nil {
		return err
	}
	list := func(text string) []string {
		return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	}
	o, err := a.house.people.ChangeOrganisation(ctx, actor, func(o *people.Organisation) error {
		for lang, name := range r.Names {
			if name != "" {
				o.Names[lang] = name
			}
		}
		if r.Languages != nil {
			o.Languages = list(*r.Languages)
		}
		if r.Calendar != nil {
			o.Calendar = *r.Calendar
		}
		if r.Days != nil {
			o.Days = list(*r.Days)
		}
		if r.InviteOnly != nil {
			o.InviteOnly = *r.InviteOnly
		}
		return nil
	})
	if err != nil {
		return mendable(err)
	}
	if r.JSON {
		return say(out, o)
	}
	return sayOrganisation(out, o)
}
