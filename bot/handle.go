// Package bot is the conversation. Two doors lead in: Handle, when a learner
// did something, and Push, when a time has come. Both load the learner, decide,
// and commit the new state together with the messages that answer; then the
// messages are said and their receipts noted.
//
// Deciding is pure: a turn takes a learner, the series, an event and a time,
// and changes nothing but itself. A file is a topic of conversation (hello.go,
// times.go, lesson.go, question.go, …): its screens, and what each press or
// word does there, stand together. decide.go leads an event to its topic; what a
// button's value means is in values.go, what a typed word means in commands.go.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/recognition"
	"praline/channels"
	"praline/channels/outbound"
	"praline/lessons"
	"praline/scheduler"
)

// Bot holds the conversation with everybody.
type Bot struct {
	Store     Store
	Catalogue lessons.Catalogue
	Outbound  Outbound
	Policy    Policy
	Log       *slog.Logger
	// Count is told what happens, for figures; nil for nobody.
	Count func(Happening)
	// Tally is told the same of who belongs to an organisation, with their team:
	// what is counted there names nobody. Nil for nobody.
	Tally func(member learner.Membership, team string, day scheduler.Date, what Happening)
	// Answered is told who answered a question; nil for nobody.
	Answered func(learner.ID)
	// Transcripts returns what an app's page shows of a conversation, for the
	// file of all that is stored: nil for an address where nothing is shown. It
	// holds no files, for an earlier one may be such a file. Nil for none at all.
	Transcripts func(context.Context, learner.Address) (any, error)
	// Mistaken keeps a mistake that a learner reported, so that it goes when they
	// are erased; nil: in a list of the store, without who it was.
	Mistaken func(context.Context, learner.Learner, Report) error
	// Forgets removes what is kept of a learner elsewhere before they are erased;
	// nil: nothing is.
	Forgets func(context.Context, learner.Learner) error
	// Wall is the clock by which codes expire; nil is the wall's.
	Wall func() time.Time
	// NewID names a learner who comes to an address; nil: at random.
	NewID func(learner.Address) learner.ID
	// Inbox takes what a learner asks trainers, replies to a survey, or looked
	// for in vain; nil for none.
	Inbox *inbox.Inbox
	// Recognition gives badges and counts thanks; nil: nobody does.
	Recognition *recognition.Recognition
	// Organisations says what organisations decide for their people; nil: nobody
	// belongs to one.
	Organisations Organisations
	// Roster keeps the people of organisations; nil: nobody can join one.
	Roster Roster
	// PublicURL is where the world reaches our pages, "" for nowhere.
	PublicURL string
	// ManagerPage is what the manager of a member sees of their team, in a
	// language; nil where nobody draws it.
	ManagerPage func(ctx context.Context, member learner.Membership, lang string) (Seen, error)
	// Erased is told, before everything of a member is erased, that it will be:
	// at least once; nil for nobody.
	Erased func(ctx context.Context, member learner.Membership, id learner.ID) error
	// Completed is told, at least once, that somebody had every lesson of a
	// compulsory campaign that was declared to them; nil for nobody.
	Completed func(ctx context.Context, member learner.Membership, campaign string, at time.Time) error
	// Session is told whether the learner who just did something is in a
	// session now; nil for nobody.
	Session func(open bool)
}

// Outbound is who says messages; *outbound.Outbound is one.
type Outbound interface {
	Say(...outbound.Saying)
	// Forget drops what waits to be said to a learner and waits for what is
	// being said: nothing is written for them any more.
	Forget(ctx context.Context, owner string) error
}

// Policy is what the organisation and its machine decide; the zero value is
// the usual.
type Policy struct {
	// Calendar is the employer's holidays; "" is Belgium's legal ones.
	Calendar string
	// ForbidOutside refuses slots outside working time.
	ForbidOutside bool
	// Waits says of a channel that nobody is notified there; nil: of none.
	Waits func(channel string) bool
	// Inputs says of a channel that it has inputs of its own for a time and for
	// days; nil: none has.
	Inputs func(channel string) bool

	shut map[string]scheduler.Calendar // by employer, with the days of Shut; nil: as they are
}

// tries bounds how often a decision is made again because somebody else
// changed the learner: each time somebody else went first, so this is how many
// may do something at the very same moment. Two devices are one repetition; the
// web lets forty forms of one learner through at once.
const tries = 50

// Handle takes in what a learner did at now, and returns the messages that
// answer it. On an error nothing is stored, and the event may come again; the
// same event twice changes nothing and returns nothing new.
func (b *Bot) Handle(ctx context.Context, now time.Time, event channels.Event) ([]channels.Message, error) {
	address := learner.Address{Channel: event.Channel, Conversation: event.Conversation}
	var found findings
	var before []channels.Message // said by what had to be finished first
	reported := false
	for range tries {
		id, err := b.who(ctx, address, event)
		if err != nil {
			return nil, err
		}
		if id == "" {
			return b.farewell(event), nil
		}
		record, err := b.load(ctx, id)
		if err != nil {
			return nil, err
		}
		if unfinished(record.Learner) {
			said, err := b.settle(ctx, now, record.Learner, address)
			if err != nil {
				return nil, err
			}
			before = append(before, messages(said, address)...)
			continue
		}
		t, err := b.decide(ctx, now, record, address, event, found)
		switch {
		case err != nil:
			return nil, err
		case t.known:
			b.say(id, t.unsaid()...)
			return before, nil
		case t.erase:
			return b.erase(ctx, t)
		}
		if wished, err := b.find(ctx, t, &found); err != nil {
			return nil, err
		} else if wished {
			continue
		}
		if !reported {
			if err := b.keepReports(ctx, t.learner, t.reports); err != nil {
				return nil, err
			}
			reported = len(t.reports) > 0
		}
		err = b.Store.Commit(ctx, now, t.change())[0]
		if errors.Is(err, learner.ErrConflict) {
			found.tried = nil // with whom it joins may have changed
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("learner %s: commit: %w", id, err)
		}
		b.tell(t)
		if unfinished(*t.learner) { // joined, or parted
			more, err := b.settle(ctx, now, *t.committed(), address)
			if err != nil {
				return nil, err
			}
			before = append(before, messages(more, address)...)
		}
		if t.learner.Into != "" { // whatever is said now, somebody else says
			return before, nil
		}
		b.say(id, append(t.unsaid(), t.said...)...)
		b.reportSoon(ctx, now, t)
		return append(before, messages(t.said, address)...), nil
	}
	return nil, fmt.Errorf("channel %s: %d times: %w", event.Channel, tries, learner.ErrConflict)
}

// load returns what is stored of a learner who can be read.
func (b *Bot) load(ctx context.Context, id learner.ID) (learner.Record, error) {
	records, err := b.Store.Load(ctx, id)
	if err != nil {
		return learner.Record{}, fmt.Errorf("learner %s: load: %w", id, err)
	}
	return records[0], records[0].Damaged
}

// decide decides on an event, unless its effect is known already; what is
// decided is stored nowhere yet. found is what an earlier decision on it wished
// to know.
func (b *Bot) decide(ctx context.Context, now time.Time, record learner.Record, address learner.Address, event channels.Event, found findings) (*turn, error) {
	t, err := b.begin(ctx, record, address, now)
	if err != nil {
		return nil, err
	}
	t.found = found
	if t.known = t.learner.HasSeen(event.ID); t.known {
		return t, nil
	}
	if err := decided(func() { t.handle(event) }); err != nil {
		return nil, fmt.Errorf("learner %s: %w", t.learner.ID, err)
	}
	if t.export != nil && !t.erase {
		return t, b.fillExport(ctx, t)
	}
	return t, nil
}

// tell says to whoever counts what a turn did.
func (b *Bot) tell(t *turn) {
	b.happened(t)
	if b.Session != nil {
		b.Session(t.learner.Session != nil)
	}
}

// decided makes a decision, and turns a fault of ours in it into an error: one
// learner's state must not bring the process down for everybody, again and
// again.
func decided(decide func()) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("decision failed, please report this: %v\n%s", fault, debug.Stack())
		}
	}()
	decide()
	return nil
}

// who returns the learner who is met at an address, a new one for somebody who
// comes, and "" for somebody unknown who leaves.
func (b *Bot) who(ctx context.Context, address learner.Address, event channels.Event) (learner.ID, error) {
	id, err := b.Store.Resolve(ctx, address)
	if err != nil {
		return "", fmt.Errorf("channel %s: who is it: %w", event.Channel, err)
	}
	if id != "" || leaves(event) {
		return id, nil
	}
	fresh := learner.NewID()
	if b.NewID != nil {
		fresh = b.NewID(address)
	}
	id, err = b.Store.Claim(ctx, address, fresh)
	if err != nil {
		return "", fmt.Errorf("channel %s: first word: %w", event.Channel, err)
	}
	return id, nil
}

// messages are those of said that go to one address.
func messages(said []learner.Said, address learner.Address) []channels.Message {
	var here []channels.Message
	for _, s := range said {
		if s.To == address {
			here = append(here, s.Message)
		}
	}
	return here
}

// Happening is one thing that is counted: "answer" "right", "push" "sent", …
type Happening struct {
	What, How string
}

// happened says what a turn did that is stored.
func (b *Bot) happened(t *turn) {
	b.count(t.happened...)
	if len(t.answers) > 0 && b.Answered != nil {
		b.Answered(t.learner.ID)
	}
	if t.org == nil || b.Tally == nil {
		return
	}
	for _, h := range t.happened {
		b.Tally(t.learner.Member, t.org.Person.Team, t.today, h)
	}
}

func (b *Bot) count(happenings ...Happening) {
	if b.Count == nil {
		return
	}
	for _, h := range happenings {
		b.Count(h)
	}
}
