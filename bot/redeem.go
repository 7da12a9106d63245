package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"praline/bot/learner"
)

// WaitError is a code that is not looked at now: too many were entered.
type WaitError struct{ For time.Duration }

func (e *WaitError) Error() string {
	return fmt.Sprintf("too many codes were entered: wait for %s", e.For)
}

// NewCode makes a code for who is met at an address, for an app that has a page
// of its own about codes, and returns it as it is read out: "ABCD EFGH"; "" if
// nobody is met there.
func (b *Bot) NewCode(ctx context.Context, now time.Time, address learner.Address) (string, error) {
	if err := b.settleAt(ctx, now, address); err != nil {
		return "", err
	}
	id, err := b.Store.Resolve(ctx, address)
	if err != nil {
		return "", fmt.Errorf("channel %s: who is it: %w", address.Channel, err)
	}
	if record, err := b.load(ctx, id); err != nil || record.Learner.Version == 0 {
		return "", err
	}
	code, err := b.putCode(ctx, id)
	if err != nil {
		return "", fmt.Errorf("learner %s: code: %w", id, err)
	}
	b.count(Happening{"join", "code"})
	return spelled(code), nil
}

// settleAt brings to its end whatever was begun with who is met at an address.
func (b *Bot) settleAt(ctx context.Context, now time.Time, address learner.Address) error {
	for range tries {
		id, err := b.Store.Resolve(ctx, address)
		if err != nil {
			return fmt.Errorf("channel %s: who is it: %w", address.Channel, err)
		}
		if id == "" {
			return nil
		}
		record, err := b.load(ctx, id)
		if err != nil || !unfinished(record.Learner) {
			return err
		}
		if _, err := b.settle(ctx, now, record.Learner, address); err != nil {
			return err
		}
	}
	return fmt.Errorf("channel %s: %d times: %w", address.Channel, tries, learner.ErrConflict)
}

// Redeem takes a code that was entered on an app's own page, and returns the
// conversation with which the person goes on there: "" for a code that leads
// nowhere. Who made the code may have a conversation in this very app already:
// then it is that one, and who was met at the address, if anybody, is folded
// into its learner. Else the address is joined, as if the code had been said
// there. The error is a WaitError for one try too many.
func (b *Bot) Redeem(ctx context.Context, now time.Time, address learner.Address, typed string) (string, error) {
	code := readCode(typed)
	if code == "" {
		return "", nil
	}
	limited := false
	for range tries {
		if err := b.settleAt(ctx, now, address); err != nil {
			return "", err
		}
		id, err := b.Store.Resolve(ctx, address) // "": a browser where nothing was said yet
		if err != nil {
			return "", fmt.Errorf("channel %s: who is it: %w", address.Channel, err)
		}
		found, err := b.try(ctx, id, address, code, limited)
		if err != nil {
			return "", fmt.Errorf("learner %s: code: %w", id, err)
		}
		limited = true
		switch {
		case found.wait > 0:
			b.count(Happening{"join", "limited"})
			return "", &WaitError{found.wait}
		case found.same:
			return address.Conversation, nil
		case found.into == "":
			b.count(Happening{"join", "wrong"})
			return "", nil
		}
		carried, err := b.carry(ctx, now, id, found.into, address)
		if !errors.Is(err, learner.ErrConflict) {
			return carried, err
		}
	}
	return "", fmt.Errorf("channel %s: %d times: %w", address.Channel, tries, learner.ErrConflict)
}

// carry joins who is met at an address, id, with another, and returns the
// conversation with which they go on.
func (b *Bot) carry(ctx context.Context, now time.Time, id, into learner.ID, address learner.Address) (string, error) {
	to, err := b.load(ctx, into)
	if err != nil {
		return "", err
	}
	there, has := to.Learner.In(address.Channel)
	if id == "" && has { // nothing is to be folded
		return there.Conversation, b.showThere(ctx, now, to, there)
	}
	if id == "" {
		if id, err = b.Store.Claim(ctx, address, learner.NewID()); err != nil {
			return "", fmt.Errorf("channel %s: first word: %w", address.Channel, err)
		}
	}
	n, err := b.load(ctx, id)
	if err != nil {
		return "", err
	}
	t, err := b.begin(ctx, n, address, now)
	if err != nil {
		return "", err
	}
	t.learner.Met(address)
	if has {
		t.learner.Left(address) // they go on in the other one
	} else {
		there = address
	}
	t.learner.Into = into
	if err := b.Store.Commit(ctx, now, t.change())[0]; err != nil {
		return "", fmt.Errorf("learner %s: join: %w", id, err)
	}
	_, _, err = b.finish(ctx, now, id)
	return there.Conversation, err
}

// showThere goes on in another conversation of a learner's, where somebody just
// opened it: what waits is shown there, unless it stands there.
func (b *Bot) showThere(ctx context.Context, now time.Time, record learner.Record, there learner.Address) error {
	stand := record.Learner.Stand()
	if stand.Same(there) {
		return nil
	}
	t, err := b.begin(ctx, record, there, now)
	if err != nil {
		return err
	}
	if err := decided(func() {
		t.present()
		t.here(t.w("other.back"))
		t.after()
	}); err != nil {
		return fmt.Errorf("learner %s: %w", record.Learner.ID, err)
	}
	if err := b.Store.Commit(ctx, now, t.change())[0]; err != nil {
		return fmt.Errorf("learner %s: commit: %w", record.Learner.ID, err)
	}
	b.say(record.Learner.ID, t.said...)
	return nil
}
