package people

import (
	"context"
	"slices"
	"strconv"
	"time"

	"praline/bot/learner"
	"praline/records"
)

// Invitation lets somebody join: one person, perhaps with roles, or as many as
// a poster may bring. Its code is not stored: it follows from the invitation
// and the server's secret.
type Invitation struct {
	ID      string    `json:"id"`
	Person  string    `json:"person,omitempty"` // of the roster, whose line is meant
	Name    string    `json:"name,omitempty"`   // of a new line
	Lang    string    `json:"lang,omitempty"`
	Team    string    `json:"team,omitempty"`
	Roles   []Role    `json:"roles,omitempty"`
	Manages []string  `json:"manages,omitempty"`
	Limit   int       `json:"limit"` // how many may join; 1: of one use
	Joined  int       `json:"joined,omitempty"`
	By      string    `json:"by,omitempty"` // person who joined, where one may
	Made    time.Time `json:"made"`
	Expires time.Time `json:"expires"`
	Ended   time.Time `json:"ended,omitzero"`
}

const (
	kindInvitation = "invitation"
	kindInvited    = "invited" // of the whole server: digest of a code, to its invitation
)

// How long an invitation is good, and for how many.
const (
	forOne      = 7 * 24 * time.Hour
	forMany     = 30 * 24 * time.Hour
	atMost      = 365 * 24 * time.Hour
	forRoles    = 14 * 24 * time.Hour // at most, where it gives roles
	largestMany = 10_000
)

// invited is where a code leads.
type invited struct {
	Org string `json:"org"`
	ID  string `json:"id"`
}

func invitationKey(org, id string) records.Key {
	return records.Key{Org: org, Kind: kindInvitation, ID: id}
}

// Open says whether somebody can still join by it.
func (i Invitation) Open(now time.Time) bool {
	return i.Ended.IsZero() && now.Before(i.Expires) && i.Joined < i.Limit
}

// Code is what is typed to join by an invitation.
func (p *People) Code(org string, i Invitation) string {
	for n := 0; ; n++ { // until it is one that no word reads as
		if code, ok := codeOf(keyed(p.Secret, "invitation", org, i.ID, strconv.Itoa(n))); ok {
			return code
		}
	}
}

// Invitations of an organisation, the newest first.
func (p *People) Invitations(ctx context.Context, org string) ([]Invitation, error) {
	all, err := records.All[Invitation](ctx, p.Store, org, kindInvitation)
	slices.SortStableFunc(all, func(a, b Invitation) int { return b.Made.Compare(a.Made) })
	return all, err
}

// Invitation returns one, records.ErrNone if there is none.
func (p *People) Invitation(ctx context.Context, org, id string) (Invitation, error) {
	return records.Load[Invitation](ctx, p.Store, invitationKey(org, id))
}

// Invite makes an invitation. A zero Limit is 1, a zero Expires a week from
// now (a month for many).
func (p *People) Invite(ctx context.Context, actor Actor, i Invitation) (Invitation, error) {
	i.ID, i.Joined, i.By, i.Ended = newID(), 0, "", time.Time{}
	err := p.act(ctx, actor, ManagePeople, func() (deed, error) {
		teams, err := p.Teams(ctx, actor.Org)
		if err != nil {
			return deed{}, err
		}
		about := []string{"invitation:" + i.ID}
		if i.Person != "" {
			who, err := p.Person(ctx, actor.Org, i.Person)
			if err != nil {
				return deed{}, err
			}
			i.Name = who.Name
			about = append(about, AboutPerson(who.ID))
		}
		if err := i.tidy(teams, p.Now().UTC().Truncate(time.Second)); err != nil {
			return deed{}, err
		}
		for _, role := range i.Roles {
			about = append(about, "role:+"+string(role))
		}
		r, err := records.Encode(invitationKey(actor.Org, i.ID), 0, i)
		return deed{"invite", about, []records.Record{r}}, err
	})
	if err != nil {
		return Invitation{}, err
	}
	// The way to it is written last, and for the whole server: a code without
	// one leads nowhere.
	return i, records.Put(ctx, p.Store, p.invitedKey(p.Code(actor.Org, i)), invited{actor.Org, i.ID})
}

func (p *People) invitedKey(code string) records.Key {
	return records.Key{Kind: kindInvited, ID: keyed(p.Secret, "invited", code)}
}

// EndInvitation makes a code lead nowhere from now on.
func (p *People) EndInvitation(ctx context.Context, actor Actor, id string) error {
	var ended Invitation
	err := p.act(ctx, actor, ManagePeople, func() (deed, error) {
		i, version, err := kept[Invitation](ctx, p, invitationKey(actor.Org, id))
		if err != nil {
			return deed{}, err
		}
		if version == 0 {
			return deed{}, records.ErrNone
		}
		ended = i
		if !i.Ended.IsZero() {
			return deed{}, nil
		}
		i.Ended = p.Now().UTC().Truncate(time.Second)
		r, err := records.Encode(invitationKey(actor.Org, id), version, i)
		return deed{"invitation-end", []string{"invitation:" + id}, []records.Record{r}}, err
	})
	if err != nil {
		return err
	}
	return records.Remove(ctx, p.Store, p.invitedKey(p.Code(actor.Org, ended)))
}

// forgetInvitations removes the invitations that name a person.
func (p *People) forgetInvitations(ctx context.Context, org, person string) error {
	all, err := p.Invitations(ctx, org)
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.Person != person && i.By != person {
			continue
		}
		if err := records.Remove(ctx, p.Store, p.invitedKey(p.Code(org, i))); err != nil {
			return err
		}
		if err := records.Remove(ctx, p.Store, invitationKey(org, i.ID)); err != nil {
			return err
		}
	}
	return nil
}

// tidy checks an invitation, and fills in what is usual.
func (i *Invitation) tidy(teams []Team, now time.Time) error {
	as := Person{Name: i.Name, Lang: i.Lang, Team: i.Team, Roles: i.Roles, Manages: i.Manages, Learner: learner.ID("?")}
	if err := as.tidy(teams); err != nil {
		return err
	}
	i.Name, i.Roles, i.Manages = as.Name, as.Roles, as.Manages
	if i.Limit == 0 {
		i.Limit = 1
	}
	if i.Made = now; i.Expires.IsZero() {
		i.Expires = now.Add(forOne)
		if i.Limit > 1 {
			i.Expires = now.Add(forMany)
		}
	}
	i.Expires = i.Expires.UTC().Truncate(time.Second)
	one := len(i.Roles) > 0 || i.Name != "" || i.Person != ""
	switch {
	case one && i.Limit != 1:
		return fault("limit", "limit-one")
	case i.Limit < 1 || i.Limit > largestMany:
		return fault("limit", "limit", "n", largestMany)
	case !i.Expires.After(now):
		return fault("expires", "expires-past")
	case len(i.Roles) > 0 && i.Expires.Sub(now) > forRoles:
		return fault("expires", "expires-late", "n", int(forRoles.Hours()/24))
	case i.Expires.Sub(now) > atMost:
		return fault("expires", "expires-late", "n", int(atMost.Hours()/24))
	}
	return nil
}
