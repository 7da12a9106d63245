package people

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"praline/records"
)

// Shell is who acts by a command of the server's own administrator: who may do
// all, in one organisation.
func Shell(org string) Actor { return Actor{Org: org, Roles: Roles} }

// tries bounds how often a change is decided again, because somebody else was
// faster.
const tries = 100

// deed is what was decided: the records to write, and what the audit log says
// of it.
type deed struct {
	what    string
	about   []string
	records []records.Record
}

// act decides a change, and writes it together with its line in the audit log,
// all or nothing. It is decided again while somebody else was faster; a deed
// that says nothing changes nothing.
func (p *People) act(ctx context.Context, actor Actor, action Action, decide func() (deed, error)) error {
	if !actor.May(action) {
		return ErrNotAllowed
	}
	for range tries {
		d, err := decide()
		if err != nil || d.what == "" {
			return err
		}
		line, err := p.line(ctx, actor, d.what, d.about)
		if err != nil {
			return err
		}
		err = p.Store.Write(ctx, slices.Concat(line, d.records)...)
		if !errors.Is(err, records.ErrConflict) {
			return err
		}
	}
	return fmt.Errorf("organisation %s: %d times: %w", actor.Org, tries, records.ErrConflict)
}

// kept is a value as it is stored now; version 0 and the zero value where there
// is none.
func kept[T any](ctx context.Context, p *People, key records.Key) (value T, version uint64, err error) {
	all, err := p.Store.Read(ctx, key)
	if err != nil {
		return value, 0, fmt.Errorf("%s: %w", key, err)
	}
	if all[0].Version > 0 {
		value, err = records.Decode[T](all[0])
	}
	return value, all[0].Version, err
}
