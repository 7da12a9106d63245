package people

import (
	"context"
	"fmt"
	"slices"

	"praline/records"
)

// Team returns one, records.ErrNone if there is none.
func (p *People) Team(ctx context.Context, org, id string) (Team, error) {
	return records.Load[Team](ctx, p.Store, teamKey(org, id))
}

func teamKey(org, id string) records.Key { return records.Key{Org: org, Kind: kindTeam, ID: id} }

// SaveTeam changes the names of a team, or makes one where ID is "".
func (p *People) SaveTeam(ctx context.Context, actor Actor, t Team) (Team, error) {
	var err error
	if t.Names, err = tidyNames(t.Names); err != nil {
		return Team{}, err
	}
	isNew := t.ID == ""
	err = p.act(ctx, actor, ManagePeople, func() (deed, error) {
		teams, err := p.Teams(ctx, actor.Org)
		if err != nil {
			return deed{}, err
		}
		if isNew {
			t.ID = freeTeamID(teams, t)
		}
		for _, other := range teams {
			if other.ID != t.ID && sameName(other, t) {
				return deed{}, fault("name", "team-twice", "name", anyName(t.Names))
			}
		}
		_, version, err := kept[Team](ctx, p, teamKey(actor.Org, t.ID))
		if err != nil {
			return deed{}, err
		}
		if !isNew && version == 0 {
			return deed{}, records.ErrNone
		}
		r, err := records.Encode(teamKey(actor.Org, t.ID), version, t)
		return deed{"team-save", []string{"team:" + t.ID}, []records.Record{r}}, err
	})
	return t, err
}

// RemoveTeam removes a team that nobody is in and nobody manages.
func (p *People) RemoveTeam(ctx context.Context, actor Actor, id string) error {
	return p.act(ctx, actor, ManagePeople, func() (deed, error) {
		_, version, err := kept[Team](ctx, p, teamKey(actor.Org, id))
		if err != nil {
			return deed{}, err
		}
		if version == 0 {
			return deed{}, records.ErrNone
		}
		all, err := p.Persons(ctx, actor.Org)
		if err != nil {
			return deed{}, err
		}
		n := 0
		for _, who := range all {
			if who.Team == id || slices.Contains(who.Manages, id) {
				n++
			}
		}
		if n > 0 {
			return deed{}, fault("team", "team-not-empty", "n", n)
		}
		return deed{"team-remove", []string{"team:" + id}, []records.Record{{Key: teamKey(actor.Org, id), Version: version}}}, nil
	})
}

// freeTeamID is an id after the name that no team has.
func freeTeamID(teams []Team, t Team) string {
	base := slug(anyName(t.Names))
	if base == "" {
		base = "team"
	}
	id := base
	for n := 2; slices.ContainsFunc(teams, func(t Team) bool { return t.ID == id }); n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	return id
}

// sameName says whether two teams would be taken for one another.
func sameName(a, b Team) bool {
	for _, one := range a.Names {
		for _, other := range b.Names {
			if folded(one) == folded(other) {
				return true
			}
		}
	}
	return false
}

// teamCalled is the team that somebody means by its id or one of its names.
func teamCalled(teams []Team, text string) (Team, bool) {
	i := slices.IndexFunc(teams, func(t Team) bool {
		return t.ID == text || sameName(t, Team{Names: map[string]string{"": text}})
	})
	if i < 0 {
		return Team{}, false
	}
	return teams[i], true
}
