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

// mendable makes what a person can mend exit with 1.
func mendable(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, people.ErrNotAllowed), errors.Is(err, people.ErrLastAdministrator), errors.As(err, new(people.Fault)):
		return foundError{err.Error()}
	case errors.Is(err, records.ErrNone):
		return foundError{"there is none of this id in the organisation: look it up with \"praline people list\""}
	}
	return err
}
