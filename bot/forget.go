package bot

import (
	"context"
	"encoding/json"
	"fmt"

	"praline/bot/learner"
	"praline/channels"
	"praline/channels/outbound"
	"praline/locales"
)

// askForget is the first of two presses.
func (t *turn) askForget() {
	t.learner.Place.Aside = &learner.Aside{Topic: topicForget}
	t.say(channels.Message{Title: t.w("forget.title"), Text: t.w("forget.ask"), Choices: []channels.Choice{
		secondary(t.w("forget.yes"), "forget.yes"), primary(t.w("forget.no"), "forget.no"),
	}})
}

// pressForget is the second.
func (t *turn) pressForget(arguments []string) {
	l := t.learner
	if len(arguments) != 1 || l.Place.Aside == nil || l.Place.Aside.Topic != topicForget {
		t.old()
		return
	}
	l.Place.Aside = nil
	if arguments[0] != "yes" {
		t.text(t.w("forget.kept"), t.wayOn()...)
		return
	}
	t.erase = true
	t.happen("erase", "asked")
	t.say(channels.Message{Text: t.sayErased(), Fleeting: true})
}

// typedForget reads yes or no; anything else ends the matter, and nothing is erased.
func (t *turn) typedForget(text string) {
	switch said := plain(text); {
	case isYes(said):
		t.press("forget.yes")
	case isNo(said):
		t.press("forget.no")
	default:
		t.learner.Place.Aside = nil
		t.typed(text)
	}
}

// Erase removes everything that names a learner, for whoever asks: what is on
// its way there is stopped or waited for first, so that it leaves nothing behind.
func (b *Bot) Erase(ctx context.Context, id learner.ID, addresses []learner.Address) error {
	if err := b.Outbound.Forget(ctx, string(id)); err != nil {
		return fmt.Errorf("learner %s: erase: %w", id, err)
	}
	if err := b.forgetInbox(ctx, id); err != nil {
		return err
	}
	if b.Forgets != nil {
		all, err := b.Store.Load(ctx, id)
		if err != nil {
			return fmt.Errorf("learner %s: erase: %w", id, err)
		}
		if err := b.Forgets(ctx, all[0].Learner); err != nil {
			return fmt.Errorf("learner %s: erase: %w", id, err)
		}
	}
	if err := b.forgetMember(ctx, id); err != nil {
		return err
	}
	if err := b.Store.Erase(ctx, id, addresses); err != nil {
		return fmt.Errorf("learner %s: erase: %w", id, err)
	}
	return nil
}

// forgetInbox removes what the learner sent to trainers, under this id and those
// of whoever was joined with them. It goes before the learner does: after a
// crash both are erased once more.
func (b *Bot) forgetInbox(ctx context.Context, id learner.ID) error {
	if b.Inbox == nil {
		return nil
	}
	records, err := b.Store.Load(ctx, id)
	if err == nil {
		err = b.Inbox.Forget(ctx, append([]learner.ID{id}, records[0].Learner.Joined...)...)
	}
	if err != nil {
		return fmt.Errorf("learner %s: erase: inbox: %w", id, err)
	}
	return nil
}

// erase removes the learner and says one sentence of receipt. The receipt is
// not kept: it stands in no outbox, since no learner is left to hold one.
func (b *Bot) erase(ctx context.Context, t *turn) ([]channels.Message, error) {
	l := t.learner
	if err := b.Erase(ctx, l.ID, l.Addresses); err != nil {
		return nil, err
	}
	b.count(t.happened...)
	said := t.said[len(t.said)-1:]
	said[0].Message.Fleeting, said[0].Message.Replaces = true, ""
	b.Outbound.Say(outbound.Saying{Channel: t.to.Channel, Conversation: t.to.Conversation, Message: said[0].Message})
	return messages(said, t.to), nil
}

// fillExport writes the file that the learner asked for: what it is made of is
// not read for anything else.
func (b *Bot) fillExport(ctx context.Context, t *turn) error {
	e, err := b.export(ctx, t)
	if err != nil {
		return err
	}
	if t.export.Data, err = json.MarshalIndent(e, "", "  "); err != nil {
		return fmt.Errorf("learner %s: export: %w", t.learner.ID, err)
	}
	return nil
}

// leaves says that an event of somebody unknown begins nothing: they leave,
// press once more what has just erased them, or answer a quiz that somebody
// else was asked and passed on.
func leaves(event channels.Event) bool {
	switch event.Kind {
	case channels.Left, channels.Blocked:
		return true
	case channels.Pressed:
		_, quiz := channels.Placed(event.Value)
		return quiz || event.Value == "forget.yes" || event.Value == "hello.no" || parting(event.Value)
	}
	return false
}

// farewell says once more, to somebody of whom nothing is kept, that it is so.
func (b *Bot) farewell(event channels.Event) []channels.Message {
	if _, quiz := channels.Placed(event.Value); quiz || event.Kind != channels.Pressed {
		return nil
	}
	words := locales.For(locales.Best(event.Languages, locales.Languages))
	m := channels.Message{ID: "farewell", Lang: words.Lang, Text: words.Say("hello.declined"), Fleeting: true}
	switch {
	case event.Value == "forget.yes":
		m.Text = words.Say("forget.receipt")
	case parting(event.Value):
		m.Text = words.Say("apps.parted")
	}
	b.Outbound.Say(outbound.Saying{Channel: event.Channel, Conversation: event.Conversation, Message: m})
	return []channels.Message{m}
}
