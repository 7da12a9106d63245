package people

import (
	"context"
	"time"

	"praline/bot/learner"
	"praline/records"
)

// Kinds of records by which a person is found, or known to be gone.
const (
	kindMember = "member" // by learner: the person they are
	kindGone   = "gone"   // by the keyed digest of a number: deleted, not to be imported unasked
)

func memberKey(org string, id learner.ID) records.Key {
	return records.Key{Org: org, Kind: kindMember, ID: string(id)}
}

func (p *People) goneKey(org, number string) records.Key {
	return records.Key{Org: org, Kind: kindGone, ID: keyed(p.Secret, "gone", org, number)}
}

// Leave notes that a person left: their line stays, without roles; their
// learner belongs to no organisation any more.
func (p *People) Leave(ctx context.Context, actor Actor, id string) error {
	return p.depart(ctx, actor, id, func(before Person, version uint64) (deed, error) {
		if !before.Left.IsZero() {
			return deed{}, nil
		}
		after := before
		after.Left, after.Roles, after.Manages, after.Learner = p.Now().UTC().Truncate(time.Second), nil, nil, ""
		if err := p.keepsAdministrator(ctx, actor, before, after); err != nil {
			return deed{}, err
		}
		r, err := records.Encode(personKey(actor.Org, id), version, after)
		return deed{"person-leave", []string{AboutPerson(id)}, []records.Record{r}}, err
	})
}

// Delete removes a person's line and the key of their pseudonym in the audit
// log. A keyed digest of their number stays, so that no import brings them back
// unasked.
func (p *People) Delete(ctx context.Context, actor Actor, id string) error {
	err := p.depart(ctx, actor, id, func(before Person, version uint64) (deed, error) {
		if err := p.keepsAdministrator(ctx, actor, before, Person{}); err != nil {
			return deed{}, err
		}
		gone := []records.Record{{Key: personKey(actor.Org, id), Version: version}}
		if before.Number != "" {
			moved, err := p.renumber(ctx, actor.Org, before.Number, "", id)
			if err != nil {
				return deed{}, err
			}
			_, known, err := kept[bool](ctx, p, p.goneKey(actor.Org, before.Number))
			if err != nil {
				return deed{}, err
			}
			digest, err := records.Encode(p.goneKey(actor.Org, before.Number), known, true)
			if err != nil {
				return deed{}, err
			}
			gone = append(append(gone, moved...), digest)
		}
		return deed{"person-delete", []string{AboutPerson(id)}, gone}, nil
	})
	if err != nil {
		return err
	}
	if err := p.forgetPseudonym(ctx, actor.Org, id); err != nil { // only now: the line of the log needed it
		return err
	}
	if err := p.dropUploads(ctx, actor, func(Upload) bool { return true }); err != nil { // a file may name them
		return err
	}
	return p.forgetInvitations(ctx, actor.Org, id)
}

// depart does a deed after which a person's learner is nobody here any more,
// signs them out of the console, and tells the conversation.
func (p *People) depart(ctx context.Context, actor Actor, id string, decide func(Person, uint64) (deed, error)) error {
	var who learner.ID
	err := p.act(ctx, actor, ManagePeople, func() (deed, error) {
		before, version, err := kept[Person](ctx, p, personKey(actor.Org, id))
		if err != nil {
			return deed{}, err
		}
		if version == 0 {
			return deed{}, records.ErrNone
		}
		d, err := decide(before, version)
		who = before.Learner
		if err != nil || who == "" || d.what == "" {
			return d, err
		}
		cut, err := p.unmember(ctx, actor.Org, who)
		d.records = append(d.records, cut...)
		return d, err
	})
	if err != nil {
		return err
	}
	if err := p.EndSessions(ctx, actor.Org, id); err != nil || who == "" || p.Departed == nil {
		return err
	}
	return p.Departed(ctx, who)
}

// unmember are the records by which a learner is nobody's any more.
func (p *People) unmember(ctx context.Context, org string, who learner.ID) ([]records.Record, error) {
	all, err := p.Store.Read(ctx, memberKey(org, who))
	if err != nil || all[0].Version == 0 {
		return nil, err
	}
	return []records.Record{{Key: all[0].Key, Version: all[0].Version}}, nil
}
