package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"praline/bot/people"
	"praline/records"
)

// peopleCommand is about who belongs to an organisation.
type peopleCommand struct {
	Organisation organisationCommand `cmd:"" help:"Organisations of this server: create, list, set, show."`
	Team         teamCommand         `cmd:"" help:"Teams: list, save, remove."`
	List         peopleList          `cmd:"" help:"List the roster."`
	Add          peopleAdd           `cmd:"" help:"Add a person."`
	Change       peopleChange        `cmd:"" help:"Change a person's name, number, team, language, pattern, roles."`
	Leave        peopleLeave         `cmd:"" help:"Note that somebody left: the line stays, roles and membership end."`
	Delete       peopleDelete        `cmd:"" help:"Delete a person's line for ever; imports will not bring it back unasked."`
	Import       peopleImport        `cmd:"" help:"Bring a roster in from CSV or XLSX: first says what it would do, then does it with --apply."`
	Export       peopleExport        `cmd:"" help:"Write the roster as CSV."`
	Invite       peopleInvite        `cmd:"" help:"Invite one person, with or without roles: a link or code for each app that is on."`
	Poster       peoplePoster        `cmd:"" help:"Invite many by one code, for a poster with a QR code."`
	Invitations  peopleInvitations   `cmd:"" help:"List invitations."`
	Uninvite     peopleUninvite      `cmd:"" help:"End an invitation."`
}

// actingFlags say in which organisation a command acts, and with whose rights.
type actingFlags struct {
	storeFlags
	Organisation string `help:"Organisation's id; not needed where there is only one." placeholder:"ID"`
	As           string `help:"Act with the rights of this person (their id, or the employer's number) instead of those of whoever runs the server." placeholder:"PERSON"`
	JSON         bool   `name:"json" help:"Answer in JSON."`
}

// acting is what each request of an organisation begins with.
type acting struct {
	Organisation string `json:"organisation,omitempty"`
	As           string `json:"as,omitempty"`
	JSON         bool   `json:"json,omitempty"`
}

func (f actingFlags) acting() acting { return acting{f.Organisation, f.As, f.JSON} }

// ask hands a request to the server, or does it in its place. The body begins
// with acting().
func (f actingFlags) ask(out io.Writer, do string, body any) error {
	said, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return f.with(context.Background(), out, adminRequest{Do: do, Body: said})
}

// actor is who acts: the person of --as, or else whoever runs the server, who
// may do all in one organisation. org may be "" where there is only one.
func (a administration) actor(ctx context.Context, org, as string) (people.Actor, error) {
	p := a.house.people
	all, err := p.Organisations(ctx)
	if err != nil {
		return people.Actor{}, err
	}
	var ids []string
	for _, o := range all {
		ids = append(ids, o.ID)
		if o.ID == org || org == "" && len(all) == 1 {
			return a.actorOf(ctx, o.ID, as)
		}
	}
	switch {
	case len(ids) == 0:
		return people.Actor{}, foundError{`there is no organisation yet: make one with "praline people organisation create", or with "praline people invite --role administrator"`}
	case org == "":
		return people.Actor{}, foundError{fmt.Sprintf("there are %d organisations: say which with --organisation: %s", len(ids), strings.Join(ids, ", "))}
	}
	return people.Actor{}, foundError{fmt.Sprintf("there is no organisation %q: take one of %s", org, strings.Join(ids, ", "))}
}

func (a administration) actorOf(ctx context.Context, org, as string) (people.Actor, error) {
	if as == "" {
		return people.Shell(org), nil
	}
	who, err := a.house.people.Find(ctx, org, as)
	if errors.Is(err, records.ErrNone) {
		return people.Actor{}, foundError{fmt.Sprintf("organisation %s has no person %q: look them up with \"praline people list\"", org, as)}
	}
	if err != nil {
		return people.Actor{}, err
	}
	actor, err := a.house.people.Actor(ctx, org, who.ID)
	return actor, mendable(err)
}

// asked is a request's body, and who asks.
func asked[T any](a administration, ctx context.Context, body json.RawMessage) (request T, actor people.Actor, err error) {
	var who acting
	if err := errors.Join(json.Unmarshal(body, &request), json.Unmarshal(body, &who)); err != nil {
		return request, people.Actor{}, err
	}
	actor, err = a.actor(ctx, who.Organisation, who.As)
	return request, actor, err
}

// say writes a value as JSON.
func say(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// mendable makes what a person can mend exit with 1.
func mendable(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, people.ErrNotAllowed), errors.Is(err, people.ErrLastAdministrator), errors.Is(err, people.ErrRosterFaults), errors.As(err, new(people.Fault)):
		return foundError{err.Error()}
	case errors.Is(err, records.ErrNone):
		return foundError{"there is none of this id in the organisation: look it up with \"praline people list\", \"team list\" or \"invitations\""}
	}
	return err
}
