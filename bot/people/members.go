package people

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"praline/bot/learner"
	"praline/records"
)

// Member is the person that a learner is in an organisation, records.ErrNone
// for nobody there.
func (p *People) Member(ctx context.Context, org string, who learner.ID) (Person, error) {
	id, err := records.Load[string](ctx, p.Store, memberKey(org, who))
	if err != nil {
		return Person{}, err
	}
	return p.Person(ctx, org, id)
}

// Unlink forgets which learner a person is: the learner erased all, or leaves
// the organisation themselves. The line of the roster stays the organisation's,
// but one that says nothing else goes too.
func (p *People) Unlink(ctx context.Context, org string, who learner.ID) error {
	alone := "" // the line of whom nothing else is known
	err := p.relink(ctx, org, who, func(mine Person, version uint64) ([]records.Record, error) {
		if mine.Number == "" && mine.Name == "" {
			alone = mine.ID
			return []records.Record{
				{Key: personKey(org, mine.ID), Version: version},
			}, nil
		}
		mine.Learner = ""
		r, err := records.Encode(personKey(org, mine.ID), version, mine)
		return []records.Record{r}, err
	})
	if err != nil || alone == "" {
		return err
	}
	return p.forgetPseudonym(ctx, org, alone)
}

// forgetPseudonym makes what the audit log calls a person lead back to nobody.
func (p *People) forgetPseudonym(ctx context.Context, org, person string) error {
	return records.Remove(ctx, p.Store, records.Key{Org: org, Kind: kindAuditKey, ID: person})
}

// Relink says that a learner goes on as another, with whom they joined their
// apps. Who is a member as that one already stays that.
func (p *People) Relink(ctx context.Context, org string, from, to learner.ID) error {
	if _, err := p.Member(ctx, org, to); !errors.Is(err, records.ErrNone) {
		if err != nil {
			return err
		}
		return p.Unlink(ctx, org, from)
	}
	return p.relink(ctx, org, from, func(mine Person, version uint64) ([]records.Record, error) {
		mine.Learner = to
		r, err := records.Encode(personKey(org, mine.ID), version, mine)
		if err != nil {
			return nil, err
		}
		member, err := records.Encode(memberKey(org, to), 0, mine.ID)
		return []records.Record{r, member}, err
	})
}

// relink writes what becomes of the line that a learner was, which leads to it
// no more; nothing where they were none.
func (p *People) relink(ctx context.Context, org string, who learner.ID, decide func(Person, uint64) ([]records.Record, error)) error {
	for range tries {
		cut, err := p.unmember(ctx, org, who)
		if err != nil || cut == nil {
			return err
		}
		id, _, err := kept[string](ctx, p, memberKey(org, who))
		if err != nil {
			return err
		}
		mine, version, err := kept[Person](ctx, p, personKey(org, id))
		if err != nil {
			return err
		}
		if version > 0 && mine.Learner == who {
			change, err := decide(mine, version)
			if err != nil {
				return err
			}
			cut = append(cut, change...)
		}
		var line []records.Record
		if version > 0 {
			if line, err = p.line(ctx, Actor{Org: org, Person: id}, "unlink", []string{AboutPerson(id)}); err != nil {
				return err
			}
		}
		if err := p.Store.Write(ctx, slices.Concat(line, cut)...); !errors.Is(err, records.ErrConflict) {
			return err
		}
	}
	return fmt.Errorf("organisation %s: learner %s: %d times: %w", org, who, tries, records.ErrConflict)
}
