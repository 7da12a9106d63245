package bot

import (
	"context"
	"strings"

	"praline/channels"
	"praline/channels/markup"
)

// Seen is what a learner's manager sees of their team: the very page, as text.
type Seen struct {
	Text string // in the Markdown subset of channels/markup; "" where there is no page
	URL  string // of the page itself, "" where it cannot be reached
}

// showManager shows exactly what the learner's manager sees, and says what is
// never seen.
func (t *turn) showManager() {
	l := t.learner
	l.Place.Aside = nil
	if t.org == nil {
		t.say(channels.Message{Title: t.w("manager.title"), Text: t.w("manager.none"), Choices: t.wayOn()})
		return
	}
	seen := Seen{}
	if t.bot.ManagerPage != nil {
		member, lang := l.Member, l.Lang
		got, granted := t.wish("manager", func(ctx context.Context) (any, error) {
			return t.bot.ManagerPage(ctx, member, lang)
		})
		if !granted {
			return
		}
		seen = got.(Seen)
	}
	t.happen("manager", "shown")
	m := channels.Message{Title: t.w("manager.title"), Text: seen.Text, Choices: t.wayOn()}
	if seen.Text == "" {
		m.Text = t.w("manager.empty")
	} else {
		m.Text = join(t.w("manager.exactly"), m.Text)
	}
	m.Text = join(join(m.Text, t.w("manager.never")), t.sayCompulsory())
	if seen.URL != "" {
		m.Choices = append([]channels.Choice{{Label: t.w("manager.page"), URL: seen.URL, Role: channels.Secondary}}, m.Choices...)
	}
	t.say(m)
}

// sayCompulsory says of which training "done" or "not yet" is seen, one by one.
func (t *turn) sayCompulsory() string {
	var names []string
	for i, c := range t.campaigns() {
		if !c.Compulsory {
			continue
		}
		id := "manager.not-yet"
		if e := t.learner.Enrolled(c.ID); e != nil && !e.Done.IsZero() {
			id = "manager.done"
		}
		names = append(names, "- "+t.w(id, "name", markup.Escape(t.campaignName(&t.org.Campaigns[i]))))
	}
	if len(names) == 0 {
		return t.w("manager.no-compulsory")
	}
	return t.w("manager.compulsory") + "\n\n" + strings.Join(names, "\n")
}

// asksManager says whether a text asks, in any of many wordings, what a manager
// sees: somebody above, and seeing or knowing.
func asksManager(text string) bool {
	said := " " + plain(text) + " "
	return containsOne(said, "word.manager") && containsOne(said, "word.sees")
}

// containsOne says whether one of a message's words stands in a plain text, in
// any language.
func containsOne(said, id string) bool {
	for _, w := range wordsOf(id) {
		if strings.Contains(said, " "+w+" ") {
			return true
		}
	}
	return false
}
