package bot

import (
	"context"
	"fmt"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/channels/markup"
)

// sayMembership says what is kept because of an organisation, and of what was
// to be said first; false where it has to be looked up before.
func (t *turn) sayMembership() (text string, known bool) {
	l := t.learner
	waiting := t.words.Count("data.letters", len(l.Letters))
	pushes := t.words.Count("data.pushes", len(l.Log.All()))
	if t.org == nil {
		return t.w("data.no-member", "letters", waiting, "pushes", pushes), true
	}
	member := l.Member
	audit, granted := t.wish("audit", func(ctx context.Context) (any, error) { return t.bot.auditOf(ctx, member) })
	if !granted {
		return "", false
	}
	since := t.words.Day(member.Since.Month(), member.Since.Day()) + " " + itoa(member.Since.Year())
	return t.w("data.member", "org", markup.Escape(t.orgName()), "since", since, "letters", waiting, "pushes", pushes,
		"audit", t.words.Count("data.audit", len(audit.([]people.Entry)))), true
}

// memberChoices are what somebody of an organisation can ask beside the rest.
func (t *turn) memberChoices() []channels.Choice {
	var choices []channels.Choice
	if t.hasTrainers() {
		choices = append(choices, secondary(t.w("needs.to-trainer"), "do.ask"))
	}
	if t.org == nil {
		return choices
	}
	choices = append(choices, secondary(t.w("do.manager"), "do.manager"))
	if len(t.org.Person.Roles) > 0 {
		choices = append(choices, secondary(t.w("do.console"), "do.console"))
	}
	return choices
}

// auditOf are the lines of an organisation's log that are a member's to see.
func (b *Bot) auditOf(ctx context.Context, member learner.Membership) ([]people.Entry, error) {
	if b.Roster == nil || member.Org == "" {
		return nil, nil
	}
	return b.Roster.AuditOf(ctx, member.Org, member.Person)
}

// sayErased is the receipt; it names what is the organisation's and stays.
func (t *turn) sayErased() string {
	if t.org == nil {
		return t.w("forget.receipt")
	}
	return join(t.w("forget.receipt"), t.w("forget.receipt-member", "org", markup.Escape(t.orgName())))
}

// forgetMember tells the organisation of a learner that they are erased. It goes
// before the learner does: after a crash both are done once more.
func (b *Bot) forgetMember(ctx context.Context, id learner.ID) error {
	if b.Roster == nil && b.Erased == nil {
		return nil
	}
	records, err := b.Store.Load(ctx, id)
	if err != nil {
		return fmt.Errorf("learner %s: erase: %w", id, err)
	}
	member := records[0].Learner.Member
	if member.Org == "" {
		return nil
	}
	if b.Erased != nil {
		if err := b.Erased(ctx, member, id); err != nil {
			return fmt.Errorf("learner %s: erase: organisation: %w", id, err)
		}
	}
	if b.Roster == nil {
		return nil
	}
	if err := b.Roster.Unlink(ctx, member.Org, id); err != nil {
		return fmt.Errorf("learner %s: erase: roster: %w", id, err)
	}
	return nil
}

// relink tells the organisation of a newcomer as whom they go on: member is what
// that one belongs to.
func (b *Bot) relink(ctx context.Context, n learner.Learner, to learner.ID, member learner.Membership) error {
	if b.Roster == nil || n.Member.Org == "" {
		return nil
	}
	var err error
	if member.Org == n.Member.Org {
		err = b.Roster.Relink(ctx, member.Org, n.ID, to)
	} else {
		err = b.Roster.Unlink(ctx, n.Member.Org, n.ID)
	}
	if err != nil {
		return fmt.Errorf("learner %s: join: roster: %w", n.ID, err)
	}
	return nil
}
