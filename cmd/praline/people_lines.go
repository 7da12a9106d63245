package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"praline/bot/people"
)

// lineFlags are what a line of the roster says; what is not given stays.
type lineFlags struct {
	Name    *string  `help:"Name."`
	Number  *string  `help:"The employer's number."`
	Team    *string  `help:"Team's id; empty: none."`
	Lang    *string  `name:"language" help:"fr or nl."`
	Pattern *string  `help:"Working hours as one writes them." placeholder:"lu-je 9h-16h"`
	Role    []string `help:"Roles beside learner: trainer, reviewer, manager, administrator; empty: none."`
	Manages []string `help:"Ids of the teams that they manage."`
}

type lineRequest struct {
	acting
	Person  string   `json:"person,omitempty"`
	Search  string   `json:"search,omitempty"`
	Name    *string  `json:"name,omitempty"`
	Number  *string  `json:"number,omitempty"`
	Team    *string  `json:"team,omitempty"`
	Lang    *string  `json:"lang,omitempty"`
	Pattern *string  `json:"pattern,omitempty"`
	Role    []string `json:"roles,omitempty"`
	Manages []string `json:"manages,omitempty"`
}

func (f lineFlags) request(who acting, person string) lineRequest {
	return lineRequest{acting: who, Person: person, Name: f.Name, Number: f.Number, Team: f.Team, Lang: f.Lang, Pattern: f.Pattern, Role: f.Role, Manages: f.Manages}
}

// change puts into a line what was given.
func (r lineRequest) change(who *people.Person) error {
	for to, text := range map[*string]*string{&who.Name: r.Name, &who.Number: r.Number, &who.Team: r.Team, &who.Lang: r.Lang, &who.Pattern: r.Pattern} {
		if text != nil {
			*to = *text
		}
	}
	if r.Manages != nil {
		who.Manages = nonempty(r.Manages)
	}
	if r.Role != nil {
		who.Roles = rolesOf(r.Role)
	}
	return nil
}

func rolesOf(words []string) []people.Role {
	var roles []people.Role
	for _, word := range nonempty(words) {
		roles = append(roles, people.Role(word))
	}
	return roles
}

func nonempty(texts []string) []string {
	var all []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			all = append(all, text)
		}
	}
	return all
}

type peopleList struct {
	actingFlags
	Search string `arg:"" optional:"" help:"Part of a name, a number or a team."`
}

// Run lists the roster.
func (c *peopleList) Run(out io.Writer) error {
	return c.ask(out, "people list", lineRequest{acting: c.acting(), Search: c.Search})
}

func (a administration) listPeople(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[lineRequest](a, ctx, body)
	if err != nil {
		return err
	}
	all, err := a.house.people.Search(ctx, actor, r.Search)
	if err != nil {
		return mendable(err)
	}
	if r.JSON {
		return say(out, append([]people.Person{}, all...))
	}
	for _, who := range all {
		if _, err := fmt.Fprintln(out, lineOf(who)); err != nil {
			return err
		}
	}
	return nil
}

// lineOf is a person on one line.
func lineOf(who people.Person) string {
	state := "not here yet"
	switch {
	case !who.Left.IsZero():
		state = "left " + who.Left.Format("2006-01-02")
	case who.Learner != "":
		state = "here since " + who.Joined.Format("2006-01-02")
	}
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%v\t%s", who.ID, who.Number, who.Name, who.Team, who.Lang, who.Roles, state)
}

type peopleAdd struct {
	actingFlags
	lineFlags
}

// Run adds a person.
func (c *peopleAdd) Run(out io.Writer) error {
	return c.ask(out, "people add", c.request(c.acting(), ""))
}

func (a administration) addPerson(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[lineRequest](a, ctx, body)
	if err != nil {
		return err
	}
	var who people.Person
	if err := r.change(&who); err != nil {
		return err
	}
	who, err = a.house.people.AddPerson(ctx, actor, who)
	return sayPerson(out, r.acting, who, err)
}

func sayPerson(out io.Writer, asked acting, who people.Person, err error) error {
	switch {
	case err != nil:
		return mendable(err)
	case asked.JSON:
		return say(out, who)
	}
	_, err = fmt.Fprintln(out, lineOf(who))
	return err
}

type peopleChange struct {
	actingFlags
	Person string `arg:"" help:"Their id, or the employer's number."`
	lineFlags
}

// Run changes a person.
func (c *peopleChange) Run(out io.Writer) error {
	return c.ask(out, "people change", c.request(c.acting(), c.Person))
}

func (a administration) changePerson(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[lineRequest](a, ctx, body)
	if err != nil {
		return err
	}
	who, err := a.house.people.Find(ctx, actor.Org, r.Person)
	if err == nil {
		who, err = a.house.people.ChangePerson(ctx, actor, who.ID, r.change)
	}
	return sayPerson(out, r.acting, who, err)
}

type peopleLeave struct {
	actingFlags
	Person string `arg:"" help:"Their id, or the employer's number."`
}

// Run notes that somebody left.
func (c *peopleLeave) Run(out io.Writer) error {
	return c.ask(out, "people leave", lineRequest{acting: c.acting(), Person: c.Person})
}

type peopleDelete struct {
	actingFlags
	Person string `arg:"" help:"Their id, or the employer's number."`
	Yes    bool   `required:"" help:"Delete without asking again."`
}

// Run deletes a person.
func (c *peopleDelete) Run(out io.Writer) error {
	return c.ask(out, "people delete", lineRequest{acting: c.acting(), Person: c.Person})
}

func (a administration) leavePerson(ctx context.Context, body json.RawMessage, out io.Writer) error {
	return a.depart(ctx, body, out, a.house.people.Leave, "left")
}

func (a administration) deletePerson(ctx context.Context, body json.RawMessage, out io.Writer) error {
	return a.depart(ctx, body, out, a.house.people.Delete, "deleted")
}

func (a administration) depart(ctx context.Context, body json.RawMessage, out io.Writer, do func(context.Context, people.Actor, string) error, words string) error {
	r, actor, err := asked[lineRequest](a, ctx, body)
	if err != nil {
		return err
	}
	who, err := a.house.people.Find(ctx, actor.Org, r.Person)
	if err == nil {
		err = do(ctx, actor, who.ID)
	}
	if err != nil {
		return mendable(err)
	}
	return done(out, r.acting, who.ID+" "+words)
}
