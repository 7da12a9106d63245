package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"praline/bot/learner"
)

// Erase removes every key that names the learner, the addresses given or
// those stored with the learner, and keeps a keyed digest of the id, so that
// nothing brings it back. It may be called again after a crash.
func (s *Store) Erase(ctx context.Context, id learner.ID, addresses []learner.Address) error {
	records, err := s.Load(ctx, id)
	if err != nil {
		return err
	}
	addresses = slices.Concat(addresses, records[0].Learner.Addresses)
	key := s.erasedKey(id)
	if s.erasures != nil {
		if err := s.erasures.note(key); err != nil {
			return fmt.Errorf("learner %s: erase: %w", id, err)
		}
	}
	if err := s.write(ctx, change{guard: guard{key, anything}, ops: []op{
		{verb: setText, key: key, value: []byte("erased")},
	}})[0]; err != nil {
		return fmt.Errorf("learner %s: erase: %w", id, err)
	}
	if err := s.eraseKeys(ctx, id, addresses); err != nil {
		return fmt.Errorf("learner %s: erase: %w", id, err)
	}
	return nil
}

// eraseKeys removes what names a learner; the addresses last, since by them an
// erasure that a crash cut short is found again.
func (s *Store) eraseKeys(ctx context.Context, id learner.ID, addresses []learner.Address) error {
	changes := []change{{guard: guard{learnerKey(id), anything}, ops: []op{
		{verb: drop, key: learnerKey(id)},
		{verb: drop, key: outboxKey(id)},
		{verb: drop, key: receiptsKey(id)},
		{verb: drop, key: refusedKey(id)},
		{verb: drop, key: logKey(id)},
	}}}
	for _, a := range addresses {
		if a.Channel == webChannel {
			more, err := s.eraseConversation(ctx, a.Conversation)
			if err != nil {
				return err
			}
			changes = append(changes, more...)
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
		changes = append(changes, change{guard: guard{key, string(id)}, ops: []op{{verb: drop, key: key}}})
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
		asks[n] = ask{text, s.erasedKey(changes[i].Learner.ID)}
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
