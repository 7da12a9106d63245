package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/channels/outbound"
)

// tried is what became of a code that was entered.
type tried struct {
	into learner.ID    // whom it joins with; "" for a code that leads nowhere
	same bool          // with nobody: it is theirs
	wait time.Duration // too many were entered: nothing was looked up
}

// findings are what a decision wished to know of the store. It is then made
// again, so that deciding stays pure.
type findings struct {
	code    string // made for this learner
	tried   *tried
	limited bool // a try was counted already
	granted map[string]any
}

// wish is something outside the learner's slot that a decision needs to know or
// to have done.
type wish struct {
	name string
	do   func(context.Context) (any, error)
}

// wish returns what became of a wish; false where it was not granted yet: the
// decision is then thrown away, the wish is done, and the decision is made
// again. After a crash it may be done once more for the same event: do must
// take that as the same wish (t.event.ID names the event).
func (t *turn) wish(name string, do func(context.Context) (any, error)) (any, bool) {
	granted, ok := t.found.granted[name]
	if !ok && t.wished == nil {
		t.wished = &wish{name, do}
	}
	return granted, ok
}

// redeems takes a text that is a code; false for any other, and for one that
// may be the answer to the question that waits.
func (t *turn) redeems(text string) bool {
	code := readCode(text)
	ask := t.learner.Place.Ask
	if code == "" || ask != nil && t.isAnswer(text) {
		return false
	}
	found := t.found.tried
	switch {
	case found == nil:
		t.entered = code
	case found.wait > 0:
		t.here(t.words.Count("apps.code-wait", int((found.wait+time.Minute-1)/time.Minute)))
		t.happen("join", "limited")
	case found.same:
		t.here(t.w("apps.code-own"))
	case found.into == "":
		if ask != nil {
			if q := t.question(ask.Question); q != nil && typedKind(q.Kind) {
				return false // an answer that looks like a code
			}
		}
		t.here(t.w("apps.code-wrong"))
		t.happen("join", "wrong")
	default:
		t.learner.Into = found.into
	}
	return true
}

// find finds out what a decision wished to know; false where it wished nothing.
func (b *Bot) find(ctx context.Context, t *turn, a *findings) (bool, error) {
	var err error
	switch {
	case t.entered != "":
		a.tried, err = b.try(ctx, t.learner.ID, t.to, t.entered, a.limited)
		a.limited = true
	case t.wantsCode:
		a.code, err = b.putCode(ctx, t.learner.ID)
	case t.wished != nil:
		if a.granted == nil {
			a.granted = make(map[string]any)
		}
		if a.granted[t.wished.name], err = t.wished.do(ctx); err != nil {
			return false, fmt.Errorf("learner %s: %s: %w", t.learner.ID, t.wished.name, err)
		}
		return true, nil
	default:
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("learner %s: code: %w", t.learner.ID, err)
	}
	return true, nil
}

// wall is the time by which codes expire and tries are counted.
func (b *Bot) wall() time.Time {
	if b.Wall == nil {
		return time.Now()
	}
	return b.Wall()
}

func (b *Bot) putCode(ctx context.Context, id learner.ID) (string, error) {
	code := newCode()
	return code, b.Store.PutCode(ctx, code, id, b.wall().Add(codeFor))
}

// try enters a code at an address. It is claimed by the address: the same event
// again, after a crash, finds it still theirs.
func (b *Bot) try(ctx context.Context, id learner.ID, at learner.Address, code string, limited bool) (*tried, error) {
	now := b.wall()
	if !limited {
		wait, err := b.mayTry(ctx, now, cmp.Or(string(id), at.Name()))
		if err != nil || wait > 0 {
			return &tried{wait: wait}, err
		}
	}
	to, err := b.Store.Coded(ctx, now, code, at.Name())
	if err != nil || to == "" {
		return &tried{}, err
	}
	chain, _, err := b.chain(ctx, to)
	if err != nil {
		return nil, err
	}
	switch last := chain[len(chain)-1].Learner; {
	case slices.ContainsFunc(chain, func(r learner.Record) bool { return r.Learner.ID == id }):
		return &tried{same: true}, nil
	case last.Version == 0: // erased
		return &tried{}, nil
	default:
		to = last.ID
	}
	if claimed, err := b.Store.ClaimCode(ctx, now, code, at.Name()); err != nil || claimed == "" {
		return &tried{}, err
	}
	return &tried{into: to}, nil
}

// mayTry takes a turn to enter a code, and returns how long to wait for one.
func (b *Bot) mayTry(ctx context.Context, now time.Time, who string) (time.Duration, error) {
	for _, bucket := range []outbound.Bucket{
		{Name: "join " + who, Rate: triesOfOne},
		{Name: "join", Rate: triesOfAll},
	} {
		waits, err := b.Store.Take(ctx, now, 0, bucket)
		if err != nil {
			return 0, err
		}
		if waits[0] > 0 {
			return waits[0], nil
		}
	}
	return 0, nil
}
