package bot

import (
	"context"
	"errors"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/channels/markup"
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
