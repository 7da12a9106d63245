package bot

import (
	"context"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
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
