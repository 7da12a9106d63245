package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"praline/bot/audience"
	"praline/bot/people"
	"praline/records"
	"praline/scheduler/campaign"
)

// campaigner is one request about campaigns, with who asks.
type campaigner struct {
	administration
	campaignRequest
	actor     people.Actor
	situation campaign.Situation
}

// campaigner reads a request. Who schedules campaigns may do all with them; a
// manager only with their own.
func (a administration) campaigner(ctx context.Context, body json.RawMessage, may ...people.Action) (campaigner, error) {
	r, actor, err := asked[campaignRequest](a, ctx, body)
	if err != nil {
		return campaigner{}, err
	}
	if !slices.ContainsFunc(may, actor.May) {
		return campaigner{}, foundError{people.ErrNotAllowed.Error()}
	}
	s, err := a.house.audience.Situation(ctx, actor.Org)
	return campaigner{a, r, actor, s}, err
}

// found is the campaign that is meant.
func (c campaigner) found(ctx context.Context) (campaign.Campaign, error) {
	one, err := c.house.campaigns.Campaign(ctx, c.actor.Org, c.Campaign)
	if errors.Is(err, records.ErrNone) || err == nil && !c.mine(one) {
		return one, foundError{fmt.Sprintf("organisation %s has no campaign %q: look it up with \"praline campaign list\"", c.actor.Org, c.Campaign)}
	}
	return one, err
}

// mine says whether the actor may see and change a campaign.
func (c campaigner) mine(one campaign.Campaign) bool {
	return c.actor.May(people.ScheduleCampaigns) || c.actor.Person != "" && one.Author == c.actor.Person
}

// wrongCampaign makes what can be mended exit with 1.
func wrongCampaign(err error) error {
	if faults := (campaign.Faults{}); errors.As(err, &faults) {
		return foundError{faults.Error()}
	}
	return err
}

func (a administration) listCampaigns(ctx context.Context, body json.RawMessage, out io.Writer) error {
	c, err := a.campaigner(ctx, body, people.ScheduleCampaigns, people.SponsorCampaigns)
	if err != nil {
		return err
	}
	all := slices.DeleteFunc(c.situation.Campaigns, func(one campaign.Campaign) bool { return !c.mine(one) })
	if c.JSON {
		return say(out, map[string]any{"campaigns": all})
	}
	for _, one := range all {
		if _, err := fmt.Fprintf(out, "%s\t%s\t%s\tfrom %s\t%s\n", one.ID, one.State(c.situation.Today), one.Series, one.Start, cmp.Or(strings.Join(one.Audience.Teams, ","), "everybody")); err != nil {
			return err
		}
	}
	return nil
}

func (a administration) newCampaign(ctx context.Context, body json.RawMessage, out io.Writer) error {
	c, err := a.campaigner(ctx, body, people.ScheduleCampaigns)
	if err != nil {
		return err
	}
	wanted, err := c.typed(ctx, campaign.Campaign{Series: c.Series, Author: c.actor.Person, PerWeek: 2, Reminders: 1, Start: c.situation.Today.Monday().AddDays(7)})
	if err != nil {
		return err
	}
	made, err := c.house.campaigns.Create(ctx, c.actor.Org, wanted, c.situation)
	if err != nil {
		return wrongCampaign(err)
	}
	if err := c.house.people.Audit(ctx, c.actor, "campaign-new", "campaign:"+made.ID); err != nil {
		return err
	}
	if c.Apply {
		if made, _, err = c.apply(ctx, made, "launch", campaign.Launch(c.situation, c.now())); err != nil {
			return err
		}
	}
	return c.sayForecast(out, made)
}

// typed is a campaign with what was typed over it.
func (c campaigner) typed(ctx context.Context, one campaign.Campaign) (campaign.Campaign, error) {
	f, err := c.Fields, error(nil)
	if f.Team != nil {
		if one.Audience.Teams, err = c.teams(ctx, f.Team); err != nil {
			return one, err
		}
	}
	for _, day := range []struct {
		flag, text string
		to         interface{ UnmarshalText([]byte) error }
	}{{"start", f.Start, &one.Start}, {"end", f.End, &one.End}, {"known-until", f.KnownUntil, &one.KnownUntil}, {"new-since", f.NewSince, &one.Audience.NewSince}} {
		if day.text == "" {
			continue
		}
		if _, err := dayOf(day.flag, day.text); err != nil {
			return one, err
		}
		if err := day.to.UnmarshalText([]byte(day.text)); err != nil {
			return one, err
		}
	}
	one.Audience.Lang, one.Audience.Level = cmp.Or(f.Language, one.Audience.Lang), cmp.Or(f.Level, one.Audience.Level)
	if f.PerWeek != nil {
		one.PerWeek = *f.PerWeek
	}
	if f.Reminders != nil {
		one.Reminders = *f.Reminders
	}
	if f.NameFr+f.NameNl != "" {
		one.Names = map[string]string{"fr": f.NameFr, "nl": f.NameNl}
	}
	return one, nil
}

// teams are the ids of teams that were typed by id or name.
func (c campaigner) teams(ctx context.Context, typed []string) ([]string, error) {
	all, err := c.house.people.Teams(ctx, c.actor.Org)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, text := range typed {
		id := text // what is no team is a fault of the campaign
		for _, team := range all {
			for _, name := range team.Names {
				if strings.EqualFold(name, text) {
					id = team.ID
				}
			}
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (a administration) forecastCampaign(ctx context.Context, body json.RawMessage, out io.Writer) error {
	c, err := a.campaigner(ctx, body, people.ScheduleCampaigns, people.SponsorCampaigns)
	if err != nil {
		return err
	}
	one, err := c.found(ctx)
	if err != nil {
		return err
	}
	return c.sayForecast(out, one)
}

// doCampaign says what a change will do, and makes it where that was asked.
func (a administration) doCampaign(ctx context.Context, body json.RawMessage, out io.Writer) error {
	c, err := a.campaigner(ctx, body, people.ScheduleCampaigns, people.SponsorCampaigns)
	if err != nil {
		return err
	}
	one, err := c.found(ctx)
	if err != nil {
		return err
	}
	change, what, err := c.change(ctx, one)
	if err != nil {
		return err
	}
	if c.Apply {
		after, effect, err := c.apply(ctx, one, what, change)
		if err != nil {
			return err
		}
		return c.sayEffect(out, after, effect)
	}
	_, after, effect, err := c.house.campaigns.Try(ctx, c.actor.Org, one.ID, change, c.situation)
	if err != nil {
		return wrongCampaign(err)
	}
	return c.sayEffect(out, after, effect)
}

// change is what was asked for, and its word in the audit log.
func (c campaigner) change(ctx context.Context, one campaign.Campaign) (campaign.Change, string, error) {
	s, now := c.situation, c.now()
	switch c.Do {
	case "launch":
		return campaign.Launch(s, now), c.Do, nil
	case "mend":
		return campaign.Mended(s), c.Do, nil
	case "pause":
		return campaign.Pause(s), c.Do, nil
	case "resume":
		return campaign.Resume(s), c.Do, nil
	case "stop":
		return campaign.Stop(s, now), c.Do, nil
	case "extend":
		until, err := dayOf("until", c.Until)
		return campaign.Extend(s, until), c.Do, err
	case "change":
		if !c.actor.May(people.ScheduleCampaigns) {
			return nil, "", foundError{people.ErrNotAllowed.Error()}
		}
		typed, err := c.typed(ctx, one)
		return campaign.Alter(s, typed.Edit()), c.Do, err
	case "compulsory":
		if !c.actor.May(people.DeclareCompulsory) {
			return nil, "", foundError{people.ErrNotAllowed.Error()}
		}
		if c.Voluntary {
			return campaign.Declared(s, nil), "voluntary", nil
		}
		return campaign.Declared(s, c.Told), c.Do, nil
	}
	return nil, "", fmt.Errorf("no such change of a campaign: %q", c.Do)
}

func (c campaigner) apply(ctx context.Context, one campaign.Campaign, what string, change campaign.Change) (campaign.Campaign, campaign.Effect, error) {
	after, effect, err := c.house.campaigns.Apply(ctx, c.actor.Org, one.ID, one.Revision, change, c.situation)
	if err != nil {
		return after, effect, wrongCampaign(err)
	}
	return after, effect, c.house.people.Audit(ctx, c.actor, "campaign-"+what, "campaign:"+one.ID)
}

func (a administration) listCompletions(ctx context.Context, body json.RawMessage, out io.Writer) error {
	c, err := a.campaigner(ctx, body, people.SeeCompletions)
	if err != nil {
		return err
	}
	one, err := c.house.campaigns.Campaign(ctx, c.actor.Org, c.Campaign)
	if errors.Is(err, records.ErrNone) || err == nil && !audience.Listed(one) {
		return foundError{fmt.Sprintf("organisation %s has no compulsory campaign %q that was launched: look it up with \"praline campaign list\"", c.actor.Org, c.Campaign)}
	} else if err != nil {
		return err
	}
	roster, err := c.house.people.Persons(ctx, c.actor.Org)
	if err != nil {
		return err
	}
	completions, err := c.house.campaigns.Completions(ctx, c.actor.Org, one.ID)
	if err != nil {
		return err
	}
	list := audience.WhoIsDone(one, roster, completions, c.actor)
	if c.JSON {
		return say(out, map[string]any{"campaign": one.ID, "people": list})
	}
	for _, d := range list {
		words := "not yet"
		if !d.At.IsZero() {
			words = "done " + audience.Today(d.At).String()
		}
		if _, err := fmt.Fprintf(out, "%s\t%s\t%s\n", d.Name, d.Team, words); err != nil {
			return err
		}
	}
	return nil
}
