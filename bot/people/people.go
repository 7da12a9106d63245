// Package people is who belongs to an organisation, and what each may do there.
//
//	roles.go   roles, actions, and the one table of role × action
//	people.go  organisations, teams, persons
package people

import (
	"context"
	"errors"
	"fmt"
	"time"

	"praline/bot/learner"
	"praline/records"
)

// ErrNotAllowed says that the actor may not do this.
var ErrNotAllowed = errors.New("this is not allowed to you: ask an administrator of your organisation")

// Organisation is an administration. Organisations on one server never see
// each other.
type Organisation struct {
	ID         string            `json:"id"` // a-z0-9-
	Names      map[string]string `json:"names"`
	Languages  []string          `json:"languages,omitempty"` // nil: fr and nl
	Calendar   string            `json:"calendar,omitempty"`  // employer's holidays, scheduler.Employers
	Days       []string          `json:"days,omitempty"`      // more days off, 2006-01-02
	Created    time.Time         `json:"created"`
	InviteOnly bool              `json:"invite_only,omitempty"`
}

// Team is a part of an organisation.
type Team struct {
	ID    string            `json:"id"`
	Names map[string]string `json:"names"`
}

// Person is a line of the roster: the organisation's own record. What they
// learn stands with the learner, never here.
type Person struct {
	ID      string     `json:"id"`               // ours, random
	Number  string     `json:"number,omitempty"` // the employer's own: what makes an import repeatable
	Name    string     `json:"name"`
	Team    string     `json:"team,omitempty"`
	Lang    string     `json:"lang,omitempty"`
	Pattern string     `json:"pattern,omitempty"` // working time, as it was written ("lu-je 9h-16h")
	Roles   []Role     `json:"roles,omitempty"`   // beside learner
	Manages []string   `json:"manages,omitempty"` // teams
	Learner learner.ID `json:"learner,omitempty"` // "" until they come
	Joined  time.Time  `json:"joined,omitzero"`
	Left    time.Time  `json:"left,omitzero"`
}

// Kinds of records.
const (
	kindOrganisation = "organisation" // of the whole server
	kindTeam         = "team"
	kindPerson       = "person"
)

// People answers who belongs where, and changes it.
type People struct {
	Store  records.Store
	Secret []byte           // keys what follows from PRALINE_SECRET
	Now    func() time.Time // the wall's clock
	// Departed tells the conversation that a learner belongs to no organisation
	// any more; nil: nobody needs to know. The same twice is one.
	Departed func(ctx context.Context, who learner.ID) error

	lines decodedLines
}

// Organisations are all on this server.
func (p *People) Organisations(ctx context.Context) ([]Organisation, error) {
	return records.All[Organisation](ctx, p.Store, "", kindOrganisation)
}

// Organisation returns one, records.ErrNone if there is none.
func (p *People) Organisation(ctx context.Context, org string) (Organisation, error) {
	return records.Load[Organisation](ctx, p.Store, records.Key{Kind: kindOrganisation, ID: org})
}

// Teams of an organisation.
func (p *People) Teams(ctx context.Context, org string) ([]Team, error) {
	return records.All[Team](ctx, p.Store, org, kindTeam)
}

// Person returns one of the roster, records.ErrNone if there is none.
func (p *People) Person(ctx context.Context, org, id string) (Person, error) {
	return records.Load[Person](ctx, p.Store, records.Key{Org: org, Kind: kindPerson, ID: id})
}

// Actor is a person as one who acts; ErrNotAllowed for one who left.
func (p *People) Actor(ctx context.Context, org, person string) (Actor, error) {
	who, err := p.Person(ctx, org, person)
	if err != nil {
		return Actor{}, err
	}
	if !who.Left.IsZero() {
		return Actor{}, fmt.Errorf("person %s of %s has left: %w", person, org, ErrNotAllowed)
	}
	return Actor{Org: org, Person: who.ID, Name: who.Name, Lang: who.Lang, Roles: append([]Role{Learner}, who.Roles...), Teams: who.Manages}, nil
}
