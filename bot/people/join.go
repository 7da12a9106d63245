package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/records"
)

// What becomes of a code that lets nobody in.
var (
	ErrInvitationWrong   = errors.New("this code is not that of an invitation: check it, or ask for another")
	ErrInvitationExpired = errors.New("this invitation is over: ask for another")
	ErrInvitationUsed    = errors.New("this invitation was used already: ask for another")
	// ErrElsewhere says that the learner is somebody else's already: another
	// organisation's, or another line of the roster.
	ErrElsewhere = errors.New("you belong to another organisation, or to another line of this one: leave it first")
)

// Newcomer is who enters an invitation's code.
type Newcomer struct {
	Learner learner.ID
	Member  learner.Membership // what they belong to now
	Lang    string
}

// Join makes a learner a member by an invitation's code. The same learner with
// the same code again is the same membership, and changes nothing. Guesses are
// counted by who calls this.
func (p *People) Join(ctx context.Context, code string, who Newcomer) (learner.Membership, error) {
	code, ok := ReadInvitation(code)
	if !ok {
		return learner.Membership{}, ErrInvitationWrong
	}
	to, err := records.Load[invited](ctx, p.Store, p.invitedKey(code))
	switch {
	case errors.Is(err, records.ErrNone):
		return learner.Membership{}, ErrInvitationWrong
	case err != nil:
		return learner.Membership{}, err
	case who.Member.Org != "" && who.Member.Org != to.Org:
		return learner.Membership{}, ErrElsewhere
	}
	for range tries {
		j := joining{p: p, org: to.Org, who: who}
		if err := j.decide(ctx, to.ID); err != nil {
			return learner.Membership{}, err
		}
		if len(j.change) == 0 {
			return j.membership, nil
		}
		line, err := p.line(ctx, Actor{Org: to.Org, Person: j.membership.Person}, "join", j.about)
		if err != nil {
			return learner.Membership{}, err
		}
		err = p.Store.Write(ctx, slices.Concat(line, j.change)...)
		switch {
		case errors.Is(err, records.ErrConflict):
			continue
		case err != nil:
			return learner.Membership{}, err
		}
		return j.membership, j.after(ctx)
	}
	return learner.Membership{}, fmt.Errorf("organisation %s: join: %d times: %w", to.Org, tries, records.ErrConflict)
}

// joining is one decision of Join.
type joining struct {
	p   *People
	org string
	who Newcomer

	membership learner.Membership
	former     learner.ID // whose the line was before
	replaced   string     // the line that became another
	change     []records.Record
	about      []string
}

func (j *joining) decide(ctx context.Context, id string) error {
	invitation, version, err := kept[Invitation](ctx, j.p, invitationKey(j.org, id))
	if err != nil {
		return err
	}
	if version == 0 {
		return ErrInvitationWrong
	}
	mine, mineVersion, err := j.line(ctx)
	if err != nil {
		return err
	}
	now := j.p.Now().UTC().Truncate(time.Second)
	switch isMember := mineVersion > 0; {
	case isMember && (invitation.By == mine.ID || invitation.Limit > 1): // again, or a poster for who is here already
		j.membership = memberOf(j.org, mine)
		return nil
	case !invitation.Ended.IsZero() || !now.Before(invitation.Expires):
		return ErrInvitationExpired
	case invitation.Joined >= invitation.Limit:
		return ErrInvitationUsed
	}
	if err := j.become(ctx, invitation, mine, mineVersion, now); err != nil {
		return err
	}
	invitation.Joined++
	if invitation.Limit == 1 {
		invitation.By = j.membership.Person
	}
	used, err := records.Encode(invitationKey(j.org, id), version, invitation)
	j.change = append(j.change, used)
	j.about = append(j.about, "invitation:"+id)
	for _, role := range invitation.Roles {
		j.about = append(j.about, "role:+"+string(role))
	}
	return err
}

// line is the line of the roster that the learner is now; version 0 for none.
func (j *joining) line(ctx context.Context) (Person, uint64, error) {
	id, version, err := kept[string](ctx, j.p, memberKey(j.org, j.who.Learner))
	if err != nil || version == 0 {
		return Person{}, 0, err
	}
	return kept[Person](ctx, j.p, personKey(j.org, id))
}

// become is the learner as the line that the invitation means: one of the
// roster, the one that they are already, or a new one.
func (j *joining) become(ctx context.Context, invitation Invitation, mine Person, version uint64, now time.Time) error {
	line := mine
	switch {
	case invitation.Person != "" && invitation.Person != mine.ID:
		if mine.Number != "" {
			return ErrElsewhere
		}
		meant, meantVersion, err := kept[Person](ctx, j.p, personKey(j.org, invitation.Person))
		if err != nil {
			return err
		}
		if meantVersion == 0 {
			return ErrInvitationExpired // deleted since
		}
		if version > 0 { // who came by a poster is now known by name
			j.replaced = mine.ID
			j.change = append(j.change, records.Record{Key: personKey(j.org, mine.ID), Version: version})
			meant.Roles = append(slices.Clone(meant.Roles), mine.Roles...)
			meant.Manages = append(slices.Clone(meant.Manages), mine.Manages...)
		}
		line, version = meant, meantVersion
	case version == 0:
		line = Person{ID: newID(), Name: invitation.Name, Team: invitation.Team, Lang: invitation.Lang}
	}
	if line.Learner != "" && line.Learner != j.who.Learner {
		j.former = line.Learner
		cut, err := j.p.unmember(ctx, j.org, j.former)
		if err != nil {
			return err
		}
		j.change = append(j.change, cut...)
	}
	if line.Name == "" {
		line.Name = invitation.Name
	}
	if line.Team == "" {
		line.Team = invitation.Team
	}
	if line.Lang == "" {
		line.Lang = j.who.Lang
	}
	line.Roles = append(slices.Clone(line.Roles), invitation.Roles...)
	line.Manages = append(slices.Clone(line.Manages), invitation.Manages...)
	if line.Learner != j.who.Learner {
		line.Joined = now
	}
	line.Learner, line.Left = j.who.Learner, time.Time{}
	return j.write(ctx, line, version)
}

// write adds the records of the line that the learner becomes.
func (j *joining) write(ctx context.Context, line Person, version uint64) error {
	line.Manages = sorted(line.Manages)
	if err := line.tidyRoles(); err != nil {
		return err
	}
	person, err := records.Encode(personKey(j.org, line.ID), version, line)
	if err != nil {
		return err
	}
	_, known, err := kept[string](ctx, j.p, memberKey(j.org, j.who.Learner))
	if err != nil {
		return err
	}
	member, err := records.Encode(memberKey(j.org, j.who.Learner), known, line.ID)
	j.change = append(j.change, person, member)
	j.about = append(j.about, AboutPerson(line.ID))
	j.membership = memberOf(j.org, line)
	return err
}

// after does what follows from what was written.
func (j *joining) after(ctx context.Context) error {
	if j.replaced != "" {
		if err := j.p.forgetPseudonym(ctx, j.org, j.replaced); err != nil {
			return err
		}
	}
	if j.former == "" || j.p.Departed == nil {
		return nil
	}
	return j.p.Departed(ctx, j.former)
}

func memberOf(org string, who Person) learner.Membership {
	return learner.Membership{Org: org, Person: who.ID, Since: who.Joined}
}
