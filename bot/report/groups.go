package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"praline/bot/people"
	"praline/records"
	"praline/scheduler"
)

// periodWeeks is for how many weeks groups stay as they are: who comes is
// counted from the next period on, who leaves stays in their group's size.
const periodWeeks = 4

// periodOf is the first Monday of the period of a week.
func periodOf(monday scheduler.Date) scheduler.Date {
	weeks := (monday.Number() + 3) / 7 // the first of them began on 29 December 1969
	return monday.AddDays(-7 * (weeks % periodWeeks))
}

// group is teams that figures are shown of.
type group struct {
	Teams []people.Team `json:"teams"` // ID "": who is in no team
	Size  int           `json:"size"`
}

func (g group) has(team string) bool {
	return slices.ContainsFunc(g.Teams, func(t people.Team) bool { return t.ID == team })
}

// groups are those of one period.
type groups struct {
	Groups []group `json:"groups"`
	Shown  bool    `json:"shown,omitempty"` // figures of them were published: they stay
}

// members says of which of the groups persons were.
type members map[string]int

func groupsKey(org string, period scheduler.Date) records.Key {
	return records.Key{Org: org, Kind: kindGroups, ID: period.String()}
}

func memberKey(org string, period scheduler.Date, shard string) records.Key {
	return records.Key{Org: org, Kind: kindMember, ID: period.String() + "-" + shard}
}

// divide makes groups of who is on the roster: each team one, the smallest two
// made one until each has people enough, or one is left.
func divide(persons []people.Person, teams []people.Team) ([]group, members) {
	byID := make(map[string]people.Team)
	for _, t := range teams {
		byID[t.ID] = t
	}
	size := make(map[string]int)
	for _, p := range persons {
		if p.Left.IsZero() {
			size[p.Team]++
		}
	}
	var all []group
	for id, n := range size {
		team, ok := byID[id]
		if !ok {
			team = people.Team{ID: id}
		}
		all = append(all, group{[]people.Team{team}, n})
	}
	bySize := func(a, b group) int {
		return cmp.Or(cmp.Compare(a.Size, b.Size), cmp.Compare(a.Teams[0].ID, b.Teams[0].ID))
	}
	for slices.SortFunc(all, bySize); len(all) > 1 && all[0].Size < fewest; slices.SortFunc(all, bySize) {
		one := group{append(slices.Clone(all[0].Teams), all[1].Teams...), all[0].Size + all[1].Size}
		all = append(all[2:], one)
	}
	slices.SortFunc(all, func(a, b group) int { return cmp.Compare(a.Teams[0].ID, b.Teams[0].ID) })
	of := make(members, len(persons))
	for _, p := range persons {
		if p.Left.IsZero() {
			of[p.ID] = slices.IndexFunc(all, func(g group) bool { return g.has(p.Team) })
		}
	}
	return all, of
}

// division is the groups of a period, as kept or as they will be.
type division struct {
	*kept[groups]
	members members
	write   []records.Record // what is new of it
}

// divided returns the groups of a period. They are made anew until figures of
// them were published: who comes in the first days belongs to them.
func (r *Reports) divided(ctx context.Context, org string, period scheduler.Date, persons []people.Person) (*division, error) {
	keys := []records.Key{groupsKey(org, period)}
	for shard := range shards {
		keys = append(keys, memberKey(org, period, fmt.Sprintf("%02d", shard)))
	}
	stored, err := r.Store.Read(ctx, keys...)
	if err != nil {
		return nil, err
	}
	d := &division{kept: &kept[groups]{key: stored[0].Key, version: stored[0].Version}, members: make(members)}
	if d.version > 0 {
		if d.value, err = records.Decode[groups](stored[0]); err != nil {
			return nil, err
		}
	}
	if d.value.Shown {
		for _, record := range stored[1:] {
			if record.Version == 0 {
				continue
			}
			some, err := records.Decode[members](record)
			if err != nil {
				return nil, err
			}
			for id, g := range some {
				d.members[id] = g
			}
		}
		return d, nil
	}
	teams, err := r.Roster.Teams(ctx, org)
	if err != nil {
		return nil, err
	}
	d.value.Groups, d.members = divide(persons, teams)
	return d, d.encode(stored[1:])
}

// encode writes members to their shards.
func (d *division) encode(stored []records.Record) error {
	byShard := make(map[string]members)
	for id, g := range d.members {
		shard := shardOf(id)
		if byShard[shard] == nil {
			byShard[shard] = make(members)
		}
		byShard[shard][id] = g
	}
	for i, record := range stored {
		some := byShard[fmt.Sprintf("%02d", i)]
		if some == nil && record.Version == 0 {
			continue
		}
		r, err := records.Encode(record.Key, record.Version, some)
		if err != nil {
			return err
		}
		d.write = append(d.write, r)
	}
	return nil
}

// forgetGroups removes who was of which group before a period.
func (r *Reports) forgetGroups(ctx context.Context, org string, before scheduler.Date) error {
	all, err := r.Store.List(ctx, org, kindMember)
	if err != nil {
		return err
	}
	var failed error
	for _, record := range all {
		if record.ID < before.String() {
			failed = errors.Join(failed, records.Remove(ctx, r.Store, record.Key))
		}
	}
	return failed
}

// Members says of which row of a published week's Rows persons were, by period
// (Published.Since): for tests, and for who must explain a figure.
func (r *Reports) Members(ctx context.Context, org string, period scheduler.Date) (map[string]int, error) {
	all, err := r.Store.List(ctx, org, kindMember)
	if err != nil {
		return nil, err
	}
	of := make(map[string]int)
	for _, record := range all {
		if !strings.HasPrefix(record.ID, period.String()+"-") {
			continue
		}
		some, err := records.Decode[members](record)
		if err != nil {
			return nil, err
		}
		maps.Copy(of, some)
	}
	return of, nil
}
