package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/channels/markup"
)

// Roster is what the conversation asks of whoever keeps the people of
// organisations; *people.People is one.
type Roster interface {
	// Invited returns to which organisation an invitation's code leads.
	Invited(ctx context.Context, code string) (people.Organisation, error)
	// Join makes a learner a member; the same again changes nothing.
	Join(ctx context.Context, code string, who people.Newcomer) (learner.Membership, error)
	// Unlink forgets which line of the roster a learner is; of nobody's it is no error.
	Unlink(ctx context.Context, org string, who learner.ID) error
	// Relink says that a learner goes on as another.
	Relink(ctx context.Context, org string, from, to learner.ID) error
	// NewSignIn returns the path of a page that signs in, and a code.
	NewSignIn(ctx context.Context, of learner.Membership) (path, code string, err error)
	// AuditOf returns the lines of the audit log that are about a person or by them.
	AuditOf(ctx context.Context, org, person string) ([]people.Entry, error)
}

// The steps of membership.
const (
	stepJoin         = "join" // of hello, too
	stepLeaveMembers = "leave"
)

// invited takes a text that is an invitation's code; false for any other. Who is
// in the middle of hello is asked at its end.
func (t *turn) invited(text string) bool {
	code, ok := people.ReadInvitation(text)
	if !ok || t.bot.Roster == nil {
		return false
	}
	t.learner.Invited = code
	if t.learner.Agreed.IsZero() || t.learner.Place.Topic == topicHello {
		t.hello()
		return true
	}
	t.askJoin()
	return true
}

// invitation is what became of looking where a code leads.
type invitation struct {
	org  people.Organisation
	why  error         // it leads nowhere
	wait time.Duration // too many codes were entered: nothing was looked up
}

// lookUp looks where a code leads. Guesses are counted as those of any code.
func (b *Bot) lookUp(ctx context.Context, who, code string) (any, error) {
	wait, err := b.mayTry(ctx, b.wall(), who)
	if err != nil || wait > 0 {
		return invitation{wait: wait}, err
	}
	org, err := b.Roster.Invited(ctx, code)
	if leadsNowhere(err) {
		return invitation{why: err}, nil
	}
	return invitation{org: org}, err
}

func leadsNowhere(err error) bool {
	return errors.Is(err, people.ErrInvitationWrong) || errors.Is(err, people.ErrInvitationExpired) ||
		errors.Is(err, people.ErrInvitationUsed) || errors.Is(err, people.ErrElsewhere)
}

// askJoin says to which organisation an invitation leads and what that means,
// before the learner agrees.
func (t *turn) askJoin() {
	l := t.learner
	code := l.Invited
	got, granted := t.wish("invitation", func(ctx context.Context) (any, error) {
		return t.bot.lookUp(ctx, string(l.ID), code)
	})
	if !granted {
		return
	}
	found := got.(invitation)
	switch {
	case found.wait > 0:
		t.happen("join", "limited")
		t.notJoined(t.words.Count("apps.code-wait", int((found.wait+time.Minute-1)/time.Minute)))
	case found.why != nil:
		t.happen("join", "wrong")
		t.notJoined(t.sayNowhere(found.why))
	case l.Member.Org != "" && l.Member.Org != found.org.ID:
		t.notJoined(t.w("member.elsewhere"))
	default:
		t.sayInvitation(found.org)
	}
}

// sayInvitation asks; in hello in the place of the step before.
func (t *turn) sayInvitation(org people.Organisation) {
	l := t.learner
	id := t.next()
	l.Place.Aside = &learner.Aside{Topic: topicMember, Step: stepJoin, Live: id}
	m := channels.Message{
		ID: id, Title: t.w("member.join-title"), Text: t.w("member.join-ask", "name", markup.Escape(org.Name(l.Lang))),
		Choices: []channels.Choice{primary(t.w("member.join-yes"), value("member.join", id)), secondary(t.w("member.join-no"), "member.no")},
		Note:    t.w("member.join-note"),
	}
	if l.Place.Topic == topicHello {
		l.Place.Step = stepJoin
		m.Replaces, l.Place.Live = l.Place.Live, id
	}
	t.say(m)
}

// sayNowhere says kindly why an invitation leads nowhere.
func (t *turn) sayNowhere(why error) string {
	switch {
	case errors.Is(why, people.ErrInvitationExpired):
		return t.w("member.expired")
	case errors.Is(why, people.ErrInvitationUsed):
		return t.w("member.used")
	case errors.Is(why, people.ErrElsewhere):
		return t.w("member.elsewhere")
	}
	return t.w("member.wrong")
}

// notJoined says why nothing comes of an invitation, and goes on.
func (t *turn) notJoined(text string) {
	l := t.learner
	t.endMembership()
	l.Invited = ""
	if l.Place.Topic == topicHello {
		t.text(text)
		t.endHello()
		return
	}
	t.here(text)
}

// pressMember follows the buttons about belonging to an organisation.
func (t *turn) pressMember(arguments []string) {
	l := t.learner
	switch {
	case len(arguments) == 2 && arguments[0] == "join" && t.isOpen(topicMember, arguments[1:]) && l.Place.Aside.Step == stepJoin && l.Invited != "":
		t.join()
	case len(arguments) == 2 && arguments[0] == "leave" && t.isOpen(topicMember, arguments[1:]) && l.Place.Aside.Step == stepLeaveMembers:
		t.leaveOrganisation()
	case len(arguments) == 1 && arguments[0] == "no" && l.Place.Aside != nil && l.Place.Aside.Topic == topicMember:
		if l.Invited != "" {
			t.notJoined(t.w("member.not-joined"))
			return
		}
		t.endMembership()
		t.text(t.w("member.stayed"), t.wayOn()...)
	default:
		t.old()
	}
}

// endMembership ends the matter, and takes the buttons off it; in hello something
// else takes its place.
func (t *turn) endMembership() {
	if aside := t.learner.Place.Aside; aside != nil && aside.Topic == topicMember && t.learner.Place.Topic != topicHello {
		t.retire(aside.Live)
	}
	t.learner.Place.Aside = nil
}

// typedMember reads yes or no; anything else ends the matter, and nothing changes.
func (t *turn) typedMember(text string) {
	aside := t.learner.Place.Aside
	verb := "member.join"
	if aside.Step == stepLeaveMembers {
		verb = "member.leave"
	}
	switch said := plain(text); {
	case isYes(said):
		t.press(value(verb, aside.Live))
	case isNo(said):
		t.press("member.no")
	case t.learner.Place.Topic == topicHello:
		t.hello()
	default:
		t.endMembership()
		t.learner.Invited = ""
		t.typed(text)
	}
}

// joined is what became of joining.
type joined struct {
	member learner.Membership
	org    *Organisation
	why    error
}

// join makes the learner a member; what the roster knows of them is what they
// did not choose themselves.
func (t *turn) join() {
	l := t.learner
	who := people.Newcomer{Learner: l.ID, Member: l.Member, Lang: l.Lang}
	code := l.Invited
	got, granted := t.wish("join", func(ctx context.Context) (any, error) {
		member, err := t.bot.Roster.Join(ctx, code, who)
		if leadsNowhere(err) {
			return joined{why: err}, nil
		}
		if err != nil || t.bot.Organisations == nil {
			return joined{member: member}, err
		}
		org, err := t.bot.Organisations.Of(ctx, member)
		return joined{member, org, nil}, err
	})
	if !granted {
		return
	}
	came := got.(joined)
	if came.why != nil {
		t.notJoined(t.sayNowhere(came.why))
		return
	}
	t.endMembership()
	l.Invited = ""
	if l.Member.Org != came.member.Org {
		l.Campaigns = nil
	}
	l.Member = came.member
	t.happen("member", "joined")
	text := t.w("member.joined")
	if came.org != nil {
		t.belong(came.org)
		text = join(t.w("member.joined-to", "name", markup.Escape(t.org.Name(l.Lang))), t.takeDefaults())
		if len(t.org.Person.Roles) > 0 {
			text = join(text, t.w("member.console"))
		}
	}
	if l.Place.Topic == topicHello {
		t.text(text)
		t.endHello()
		return
	}
	t.text(text, t.wayOn()...)
}

// takeDefaults keeps what the roster knows of the learner where they chose
// nothing, and says it.
func (t *turn) takeDefaults() string {
	l, person := t.learner, t.org.Person
	if l.Lang == "" && person.Lang != "" {
		l.Lang = person.Lang
		t.speak(l.Lang)
	}
	if l.Working.Week != nil || person.Pattern == "" {
		return ""
	}
	hours, ok := people.Pattern(person.Pattern, l.Lang)
	if !ok {
		return ""
	}
	l.Working = hours.Apply(l.Working, t.today)
	return t.w("member.hours", "hours", t.sayHours(hours))
}

// askLeaveOrganisation is the first of two presses.
func (t *turn) askLeaveOrganisation() {
	l := t.learner
	if l.Member.Org == "" || t.bot.Roster == nil {
		t.text(t.w("member.none"), t.wayOn()...)
		return
	}
	id := t.next()
	l.Place.Aside = &learner.Aside{Topic: topicMember, Step: stepLeaveMembers, Live: id}
	t.say(channels.Message{ID: id, Title: t.w("member.leave-title", "name", t.orgName()), Text: t.w("member.leave-ask"), Choices: []channels.Choice{
		secondary(t.w("member.leave-yes"), value("member.leave", id)), primary(t.w("member.leave-no"), "member.no"),
	}})
}

// leaveOrganisation is the second: the learner goes on with the open catalogue.
// Once the wish is granted, or was before a crash, the membership has ended.
func (t *turn) leaveOrganisation() {
	l := t.learner
	if org, id := l.Member.Org, l.ID; org != "" {
		if _, granted := t.wish("leave", func(ctx context.Context) (any, error) {
			return nil, t.bot.Roster.Unlink(ctx, org, id)
		}); !granted {
			return
		}
	}
	t.forgetMembership()
	t.endMembership()
	t.happen("member", "left")
	t.text(t.w("member.left"), t.wayOn()...)
}

// forgetMembership is somebody who belongs to no organisation from here on.
func (t *turn) forgetMembership() {
	t.learner.Member, t.learner.Campaigns = learner.Membership{}, nil
	t.org, t.catalogue, t.policy = nil, t.bot.Catalogue, t.bot.Policy
}

// Departed ends the membership of a learner whom their organisation does not
// count among its people any more, and tells them: by the gate, once.
func (b *Bot) Departed(ctx context.Context, now time.Time, id learner.ID) error {
	return b.look(ctx, now, id, func(t *turn) bool {
		if t.learner.Member.Org != "" {
			t.forgetMembership()
			t.parted = true
		}
		return t.postParted()
	})
}

// look makes a decision on somebody who did nothing, without saying anything
// now: what changes is a letter, or when to look again.
func (b *Bot) look(ctx context.Context, now time.Time, id learner.ID, decide func(*turn) bool) error {
	for range tries {
		record, err := b.reach(ctx, now, id)
		if err != nil || record.Learner.Version == 0 {
			return err
		}
		t, err := b.begin(ctx, record, record.Learner.Reached(), now)
		if err != nil {
			return err
		}
		changed := false
		if err := decided(func() { changed = decide(t) }); err != nil {
			return fmt.Errorf("learner %s: %w", t.learner.ID, err)
		}
		if !changed {
			return nil
		}
		err = b.Store.Commit(ctx, now, t.change())[0]
		if errors.Is(err, learner.ErrConflict) {
			continue
		}
		if err != nil {
			return fmt.Errorf("learner %s: commit: %w", t.learner.ID, err)
		}
		b.count(t.happened...)
		return nil
	}
	return fmt.Errorf("learner %s: %d times: %w", id, tries, learner.ErrConflict)
}

// reach loads who a learner is now, if they were joined with another; Version 0
// for nobody.
func (b *Bot) reach(ctx context.Context, now time.Time, id learner.ID) (learner.Record, error) {
	for range tries {
		chain, _, err := b.chain(ctx, id)
		if err != nil {
			return learner.Record{}, err
		}
		i := slices.IndexFunc(chain, func(r learner.Record) bool { return unfinished(r.Learner) && !r.Learner.IsMark() })
		if i < 0 {
			return chain[len(chain)-1], nil
		}
		if _, err := b.settle(ctx, now, chain[i].Learner, learner.Address{}); err != nil {
			return learner.Record{}, err
		}
	}
	return learner.Record{}, fmt.Errorf("learner %s: %d times: %w", id, tries, learner.ErrConflict)
}
