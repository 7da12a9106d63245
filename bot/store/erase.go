package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"praline/bot/learner"
)

// Erase removes every key that names the learner, whoever was folded into
// them, the addresses given or those stored with the learner, and keeps a keyed
// digest of each id, so that nothing brings it back. It may be called again
// after a crash.
func (s *Store) Erase(ctx context.Context, id learner.ID, addresses []learner.Address) error {
	records, err := s.Load(ctx, id)
	if err != nil {
		return err
	}
	l := records[0].Learner
	addresses = slices.Concat(addresses, l.Addresses, l.Parting)
	for _, each := range append(slices.Clone(l.Joined), id) { // the learner last: they name the others
		if err := s.eraseOne(ctx, each, addresses); err != nil {
			return fmt.Errorf("learner %s: erase: %w", each, err)
		}
	}
	return nil
}

func (s *Store) eraseOne(ctx context.Context, id learner.ID, addresses []learner.Address) error {
	key := s.erasedKey(id)
	if s.erasures != nil {
		if err := s.erasures.note(key); err != nil {
			return err
		}
	}
	if err := s.write(ctx, change{guard: guard{key: key, word: anything}, ops: []op{
		{verb: setText, key: key, value: []byte("erased")},
	}})[0]; err != nil {
		return err
	}
	return s.eraseKeys(ctx, id, addresses)
}

// eraseKeys removes what names a learner; the addresses last, since by them an
// erasure that a crash cut short is found again.
func (s *Store) eraseKeys(ctx context.Context, id learner.ID, addresses []learner.Address) error {
	changes, err := s.eraseCodes(ctx, id)
	if err != nil {
		return err
	}
	changes = append(changes, change{
		guard: guard{key: learnerKey(id), word: anything},
		ops:   append([]op{{verb: drop, key: learnerKey(id)}}, besides(id)...),
	})
	for _, a := range addresses {
		if a.Channel == webChannel {
			changes = append(changes, eraseConversation(a.Conversation))
		}
	}
	if err := errors.Join(s.write(ctx, changes...)...); err != nil {
		return err
	}
	if err := s.driver.swap(ctx, dueKey, swap{member: string(id), always: true}); err != nil {
		return err
	}
	changes = changes[:0]
	for _, a := range addresses {
		key := addressKey(a)
		changes = append(changes, change{guard: guard{key: key, word: string(id)}, ops: []op{{verb: drop, key: key}}})
	}
	for _, err := range s.write(ctx, changes...) {
		if err != nil && !errors.Is(err, errStale) { // stale: gone, or somebody else's
			return err
		}
	}
	return nil
}

// refuseErased undoes what was just committed as new for learners who are
// erased: somebody decided on an event while they were. The address by which
// they were found goes too, so the same event again begins a new learner.
func (s *Store) refuseErased(ctx context.Context, changes []learner.Change, fresh []int, errs []error) {
	if len(fresh) == 0 {
		return
	}
	asks := make([]ask, len(fresh))
	for n, i := range fresh {
		asks[n] = ask{kind: text, key: s.erasedKey(changes[i].Learner.ID)}
	}
	kept, err := s.read(ctx, asks...)
	for n, i := range fresh {
		l := changes[i].Learner
		switch {
		case err != nil:
			errs[i] = errors.Join(errs[i], err)
		case kept[n].text != nil:
			if err := s.eraseKeys(ctx, l.ID, l.Addresses); err != nil {
				errs[i] = err
				continue
			}
			errs[i] = fmt.Errorf("learner %s was erased: %w", l.ID, learner.ErrConflict)
		}
	}
}
