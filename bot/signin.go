package bot

import (
	"context"
	"errors"
	"strings"

	"praline/bot/people"
	"praline/channels"
	"praline/records"
)

// signIn is what opens the console: a link for this device, a code for another.
type signIn struct {
	link, code string
	refused    bool
}

// showConsole gives who has more to do than to learn the way to the console.
func (t *turn) showConsole() {
	l := t.learner
	l.Place.Aside = nil
	if t.org == nil || len(t.org.Person.Roles) == 0 || t.bot.Roster == nil {
		t.text(t.w("signin.not-for-you"), t.wayOn()...)
		return
	}
	member := l.Member
	got, granted := t.wish("console", func(ctx context.Context) (any, error) {
		path, code, err := t.bot.Roster.NewSignIn(ctx, member)
		if errors.Is(err, people.ErrNotAllowed) || errors.Is(err, records.ErrNone) {
			return signIn{refused: true}, nil
		}
		return signIn{link: t.bot.Address(path), code: code}, err
	})
	if !granted {
		return
	}
	in := got.(signIn)
	if in.refused {
		t.text(t.w("signin.not-for-you"), t.wayOn()...)
		return
	}
	t.happen("console", "link")
	m := channels.Message{Title: t.w("signin.title"), Text: t.w("signin.code", "code", in.code, "page", t.bot.Address("/console"), "org", t.orgName()), Note: t.w("signin.note")}
	if in.link != "" {
		m.Choices = append(m.Choices, channels.Choice{Label: t.w("signin.open"), URL: in.link, Role: channels.Primary})
	}
	m.Choices = append(m.Choices, t.wayOn()...)
	t.say(m)
}

// Address is one of our pages as the world reaches it, "" where it does not.
func (b *Bot) Address(path string) string {
	if b.PublicURL == "" {
		return ""
	}
	return strings.TrimSuffix(b.PublicURL, "/") + path
}
