package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"praline/bot/learner"
)

// Joining makes one learner of two: the newcomer N, who entered a code, is
// folded into T, who made it. It is a row of steps, each whole by itself:
//
//  1. N claims the code: it is used.
//  2. N is committed with Into = T; the event is in N's Seen. From here on
//     nothing else is decided on N.
//  3. T is committed with N folded in, and N in T's Joined; with it what is
//     said in N's app.
//  4. N's addresses lead to T.
//  5. N's slot becomes a mark that says only: into T.
//
// Whoever meets an N that says Into (an event, a hint) takes the steps that are
// missing first. They change nothing when taken twice: the version guards 2, 3
// and 5, Joined tells that 3 was done, 4 moves only what still leads to N.
// enter.go is how a code is entered, move.go what going over to another app
// does. docs/decisions/0008-one-person-several-apps.md says more.

// unfinished says whether something was begun with a learner that is to be
// brought to its end before anything else.
func unfinished(l learner.Learner) bool { return l.Into != "" || len(l.Parting) > 0 }

// settle brings to its end what was begun with a learner who was met at an
// address, and returns what was said by that.
func (b *Bot) settle(ctx context.Context, now time.Time, l learner.Learner, met learner.Address) ([]learner.Said, error) {
	if l.Into == "" {
		return nil, b.part(ctx, now, l)
	}
	into, said, err := b.finish(ctx, now, l.ID)
	if err == nil && met != (learner.Address{}) {
		err = b.Store.Repoint(ctx, met, l.ID, into) // a mark's: whoever it was folded into may be erased
	}
	return said, err
}

// finishWithin is when somebody looks at what was begun and is not finished yet.
const finishWithin = 10 * time.Second

// hops bounds how long a row of learners is followed.
const hops = 32

// chain are a learner and whom they are folded into, one after the other; loop
// says that the last one is folded into one of them.
func (b *Bot) chain(ctx context.Context, id learner.ID) (all []learner.Record, loop bool, err error) {
	for range hops {
		records, err := b.Store.Load(ctx, id)
		if err != nil {
			return nil, false, fmt.Errorf("learner %s: load: %w", id, err)
		}
		if records[0].Damaged != nil {
			return nil, false, records[0].Damaged
		}
		all = append(all, records[0])
		id = records[0].Learner.Into
		if id == "" {
			return all, false, nil
		}
		if i := slices.IndexFunc(all, func(r learner.Record) bool { return r.Learner.ID == id }); i >= 0 {
			return all[i:], true, nil
		}
	}
	return nil, false, fmt.Errorf("learner %s: joined more than %d times over: please report this", id, hops)
}

// finish takes the steps of joining that are missing, and returns who there is
// in the end: "" where everybody was erased meanwhile.
func (b *Bot) finish(ctx context.Context, now time.Time, id learner.ID) (learner.ID, []learner.Said, error) {
	var said []learner.Said
	for range tries {
		chain, loop, err := b.chain(ctx, id)
		if err != nil {
			return "", said, err
		}
		last := chain[len(chain)-1]
		whole := -1 // the last one who is still to be folded
		for i, r := range chain {
			if r.Learner.Into != "" && !r.Learner.IsMark() {
				whole = i
			}
		}
		switch {
		case loop && whole >= 0: // several joined each other at once
			err = b.goOn(ctx, now, survivor(chain))
		case whole >= 0 && last.Learner.Version == 0: // erased meanwhile
			err = b.goOn(ctx, now, chain[whole].Learner)
		case whole >= 0:
			var more []learner.Said
			more, err = b.fold(ctx, now, chain[whole], last)
			said = append(said, more...)
		case last.Learner.Version == 0 || loop:
			return "", said, nil
		default:
			return last.Learner.ID, said, nil
		}
		if err != nil && !errors.Is(err, learner.ErrConflict) {
			return "", said, err
		}
	}
	return "", said, fmt.Errorf("learner %s: join: %d times: %w", id, tries, learner.ErrConflict)
}

// survivor is who of a loop is joined to nobody, the same for everybody who
// asks: the first by ID of those who were folded into nobody yet.
func survivor(loop []learner.Record) learner.Learner {
	var first learner.Learner
	for _, r := range loop {
		folded := slices.ContainsFunc(loop, func(o learner.Record) bool { return slices.Contains(o.Learner.Joined, r.Learner.ID) })
		if !r.Learner.IsMark() && !folded && (first.ID == "" || r.Learner.ID < first.ID) {
			first = r.Learner
		}
	}
	return first
}

// goOn is somebody who is joined to nobody after all.
func (b *Bot) goOn(ctx context.Context, now time.Time, l learner.Learner) error {
	l.Into = ""
	return b.Store.Commit(ctx, now, learner.Change{Learner: l, Next: lookAgain(l, now)})[0]
}

// lookAgain is when to look at a learner on whom nothing was decided.
func lookAgain(l learner.Learner, now time.Time) time.Time {
	if len(l.Letters) > 0 || l.Owes() {
		return now.Add(finishWithin)
	}
	return l.Push.Next
}

// fold takes the steps from the third on: n becomes part of to.
func (b *Bot) fold(ctx context.Context, now time.Time, n, to learner.Record) (said []learner.Said, err error) {
	member := to.Learner.Member
	if !slices.Contains(to.Learner.Joined, n.Learner.ID) {
		log, err := b.Store.Log(ctx, n.Learner.ID)
		if err != nil {
			return nil, fmt.Errorf("learner %s: log: %w", n.Learner.ID, err)
		}
		adopted := to.Learner.Member.Org == ""
		if adopted {
			to.Learner.Member = n.Learner.Member
		}
		t, err := b.begin(ctx, to, arrival(n.Learner, to.Learner), now)
		if err != nil {
			return nil, err
		}
		if adopted && t.parted {
			n.Learner.Member = learner.Membership{}
		}
		if err := decided(func() { t.receive(n, log) }); err != nil {
			return nil, fmt.Errorf("learner %s: %w", to.Learner.ID, err)
		}
		if err := b.Store.Note(ctx, t.carried...); err != nil {
			return nil, fmt.Errorf("learner %s: receipts: %w", to.Learner.ID, err)
		}
		if err := b.Store.Commit(ctx, now, t.change())[0]; err != nil {
			return nil, fmt.Errorf("learner %s: join: %w", to.Learner.ID, err)
		}
		member = t.learner.Member
		b.happened(t)
		b.say(to.Learner.ID, t.said...)
		said = t.said
	}
	if err := b.relink(ctx, n.Learner, to.Learner.ID, member); err != nil {
		return said, err
	}
	for _, a := range n.Learner.Addresses {
		if err := b.Store.Repoint(ctx, a, n.Learner.ID, to.Learner.ID); err != nil {
			return said, err
		}
	}
	return said, b.Store.Forward(ctx, n.Learner.ID, n.Learner.Version, to.Learner.ID)
}

// arrival is where a newcomer is met after joining: where they entered the
// code or, if they left that conversation by it, in the one that they go on with.
func arrival(n, to learner.Learner) learner.Address {
	if len(n.Addresses) == 0 {
		return to.Reached()
	}
	at := n.Addresses[0]
	if there, ok := to.In(at.Channel); ok && n.IsGone(at) {
		return there
	}
	return at
}

// carriedID names a message of a newcomer among those of whom they are folded
// into: both count from 1.
func carriedID(id string) string { return "j." + id }

// receive folds a newcomer in, takes the buttons off both conversations, and
// goes on in the newcomer's app, at the same place.
func (t *turn) receive(n learner.Record, log []learner.Answer) {
	l := t.learner
	l.Sequence = max(l.Sequence, n.Learner.Sequence)
	stays := l.Stand().Same(t.to)
	place := l.Place
	t.moveTo(t.to)
	live := n.Learner.Live()
	t.answers = append(t.answers, l.Fold(n.Learner, log, remembered, keptAsks, t.streakDay())...)
	t.speak(l.Lang)
	t.zone = zone(l.Zone)
	for _, id := range live {
		t.retireOf(n, id, n.Learner.Stand())
	}
	for _, s := range n.Outbox { // the rest of it led to a place that is theirs no more
		if s.Message.Retire {
			t.retireOf(n, s.Message.Replaces, s.To)
		}
	}
	l.Met(t.to)
	l.StandAt(t.to)
	for _, a := range l.Addresses {
		l.Parting = slices.DeleteFunc(l.Parting, a.Same)
	}
	t.happen("join", "done")
	defer t.after()
	if stays && l.Place == place {
		return // it stands there already
	}
	l.LetGo()
	t.moved = true
	t.receipts = nil
	l.Push.Unanswered, l.Push.Quiet = 0, false
	if l.Session != nil {
		l.Session.LastSeen = t.now.UTC().Truncate(time.Second) // not a minute of learning
	}
	t.here(t.sayJoined())
}

// retireOf takes the buttons off a message of a newcomer's.
func (t *turn) retireOf(n learner.Record, message string, there learner.Address) {
	if receipt := n.Receipts[message]; receipt != "" {
		t.carried = append(t.carried, learner.Noted{Learner: t.learner.ID, Message: carriedID(message), Receipt: receipt})
		t.retireIn(there, carriedID(message))
	}
}

// sayJoined says that two apps are one, and where the bot will write.
func (t *turn) sayJoined() string {
	l := t.learner
	if at := l.Reached(); !at.Same(t.to) {
		return t.w("apps.joined-elsewhere", "app", t.appName(at))
	}
	return t.w("apps.joined")
}

// part leads the addresses that a learner left to nobody: who speaks there is new.
func (b *Bot) part(ctx context.Context, now time.Time, l learner.Learner) error {
	for _, a := range l.Parting {
		if err := b.Store.Repoint(ctx, a, l.ID, ""); err != nil {
			return err
		}
	}
	l.Parting = nil
	err := b.Store.Commit(ctx, now, learner.Change{Learner: l, Next: lookAgain(l, now)})[0]
	if errors.Is(err, learner.ErrConflict) {
		return nil // somebody else changed them, and comes by here again
	}
	return err
}
