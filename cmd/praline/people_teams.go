package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"praline/bot/people"
)

type teamCommand struct {
	List   teamList   `cmd:"" help:"List teams."`
	Save   teamSave   `cmd:"" help:"Make a team, or change the name of one with --id."`
	Remove teamRemove `cmd:"" help:"Remove a team that nobody is in."`
}

type teamRequest struct {
	acting
	ID    string            `json:"id,omitempty"`
	Names map[string]string `json:"names,omitempty"`
}

type teamList struct{ actingFlags }

// Run lists teams.
func (c *teamList) Run(out io.Writer) error {
	return c.ask(out, "people team list", teamRequest{acting: c.acting()})
}

type teamSave struct {
	actingFlags
	namesFlags
	ID string `help:"Id of the team to change; empty: a new one."`
}

// Run makes or changes a team.
func (c *teamSave) Run(out io.Writer) error {
	return c.ask(out, "people team save", teamRequest{c.acting(), c.ID, c.names()})
}

type teamRemove struct {
	actingFlags
	ID string `arg:"" help:"The team's id."`
}

// Run removes a team.
func (c *teamRemove) Run(out io.Writer) error {
	return c.ask(out, "people team remove", teamRequest{acting: c.acting(), ID: c.ID})
}

func (a administration) listTeams(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[teamRequest](a, ctx, body)
	if err != nil {
		return err
	}
	if !actor.May(people.SeeCatalogue) {
		return mendable(people.ErrNotAllowed)
	}
	all, err := a.house.people.Teams(ctx, actor.Org)
	if err != nil {
		return err
	}
	if r.JSON {
		return say(out, append([]people.Team{}, all...))
	}
	for _, t := range all {
		if _, err := fmt.Fprintf(out, "%s\t%s\t%s\n", t.ID, t.Names["fr"], t.Names["nl"]); err != nil {
			return err
		}
	}
	return nil
}

func (a administration) saveTeam(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[teamRequest](a, ctx, body)
	if err != nil {
		return err
	}
	t, err := a.house.people.SaveTeam(ctx, actor, people.Team{ID: r.ID, Names: r.Names})
	if err != nil {
		return mendable(err)
	}
	if r.JSON {
		return say(out, t)
	}
	_, err = fmt.Fprintf(out, "team %s saved\n", t.ID)
	return err
}

func (a administration) removeTeam(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[teamRequest](a, ctx, body)
	if err != nil {
		return err
	}
	if err := a.house.people.RemoveTeam(ctx, actor, r.ID); err != nil {
		return mendable(err)
	}
	return done(out, r.acting, "team "+r.ID+" removed")
}

// done says that something was done that has no more to say.
func done(out io.Writer, who acting, words string) error {
	if who.JSON {
		return say(out, map[string]string{"done": words})
	}
	_, err := fmt.Fprintln(out, words)
	return err
}
