package report

import (
	"strings"

	"praline/bot/people"
	"praline/locales"
)

// The words of a digest, the same on the page and in the chat.

// Headline is the conclusion in a sentence.
func (d Digest) Headline(w locales.Words) string {
	if d.Together.Withheld != "" {
		return d.Together.Reason(w)
	}
	said := w.Say("digest.people-learn", "n", d.Together.People)
	switch d.Together.Known {
	case NotShown:
		return said
	case 0:
		return said + " " + w.Say("digest.they-know-few")
	case tenths:
		return said + " " + w.Say("digest.they-know-most")
	}
	return said + " " + w.Say("digest.they-know", "n", d.Together.Known)
}

// Reason is why all teams together are not shown.
func (v View) Reason(w locales.Words) string {
	if v.Withheld == Few {
		return w.Say("digest.too-few")
	}
	return v.Row.Reason(w)
}

// Reason is why a group is not shown, "" where it is.
func (r Row) Reason(w locales.Words) string {
	switch r.Withheld {
	case Few:
		return w.Say("digest.few")
	case Guess:
		return w.Say("digest.guess")
	case TooNew:
		return w.Say("digest.too-new")
	}
	return ""
}

// Name is what a group is called: its teams.
func (r Row) Name(w locales.Words) string { return names(r.Teams, w) }

// Around is about how many take part.
func (r Row) Around(w locales.Words) string { return w.Say("digest.about", "n", r.People) }

// Share is how much is known: "7 of 10", "under 10%".
func (r Row) Share(w locales.Words) string { return shareWords(w, r.Known) }

func shareWords(w locales.Words, known int) string {
	switch known {
	case NotShown:
		return w.Say("digest.share-withheld")
	case 0:
		return w.Say("digest.under")
	case tenths:
		return w.Say("digest.over")
	}
	return w.Say("digest.tenths", "n", known)
}

// Used is the minutes a person, of those that were promised.
func (r Row) Used(w locales.Words) string {
	switch {
	case r.Minutes == NotShown:
		return ""
	case r.Promised > 0:
		return w.Say("digest.minutes", "used", r.Minutes, "of", r.Promised)
	case r.Minutes == 0:
		return w.Say("digest.minutes-few")
	}
	return w.Say("digest.minutes-alone", "used", r.Minutes)
}

// Say is the one thing to do.
func (t Todo) Say(w locales.Words) string {
	return w.Say("digest.todo."+t.Code, "team", names(t.Teams, w), "used", t.Used, "of", t.Of)
}

// Helped is what helped.
func (d Digest) Helped(w locales.Words) string {
	if d.Together.Hour == NotShown || d.Together.Withheld != "" {
		return w.Say("digest.helped-none")
	}
	hour := w.Clock(d.Together.Hour, 30)
	if share := d.Together.HourShare; share > 0 && share < tenths {
		return w.Say("digest.helped-hour", "hour", hour, "n", share)
	}
	return w.Say("digest.helped-hour-plain", "hour", hour)
}

// Title is the page's.
func (d Digest) Title(w locales.Words) string { return w.Say("digest.title", "week", d.Number()) }

// Dates says which days it is about.
func (d Digest) Dates(w locales.Words) string {
	from, to := d.Week, d.Sunday()
	return w.Say("digest.dates", "from", w.Day(from.Month, from.Day), "to", w.Day(to.Month, to.Day))
}

// Text is the page for a chat, in the Markdown of channels/markup.
func (d Digest) Text(w locales.Words) string {
	var b strings.Builder
	b.WriteString(d.Dates(w) + "\n\n**" + d.Headline(w) + "**\n\n")
	b.WriteString(w.Say("digest.one-thing") + w.Colon() + d.Todo.Say(w) + "\n")
	for _, r := range d.Rows {
		b.WriteString("\n- " + r.line(w))
	}
	if len(d.Rows) > 0 {
		b.WriteString("\n")
	}
	if used := d.Together.Used(w); used != "" {
		b.WriteString("\n" + w.Say("digest.protected") + w.Colon() + used + "\n")
	}
	b.WriteString("\n" + w.Say("digest.helped") + w.Colon() + d.Helped(w) + "\n")
	b.WriteString("\n" + w.Say("digest.foot"))
	return b.String()
}

func (r Row) line(w locales.Words) string {
	if r.Withheld != "" {
		return w.Say("digest.chat-row-withheld", "team", r.Name(w), "reason", r.Reason(w))
	}
	return w.Say("digest.chat-row", "team", r.Name(w),
		"people", w.Say("digest.chat-people", "n", r.Around(w)),
		"known", w.Say("digest.chat-known", "n", r.Share(w)),
		"minutes", w.Say("digest.chat-minutes", "n", r.Used(w)))
}

// names are teams as one would say them; who is in none is said only alone.
func names(teams []people.Team, w locales.Words) string {
	var all []string
	for _, t := range teams {
		if t.ID == "" && len(teams) > 1 {
			continue
		}
		all = append(all, nameOf(t, w))
	}
	return w.List(all)
}

func nameOf(t people.Team, w locales.Words) string {
	if t.ID == "" {
		return w.Say("digest.no-team")
	}
	for _, lang := range append([]string{w.Lang}, locales.Languages...) {
		if t.Names[lang] != "" {
			return t.Names[lang]
		}
	}
	return t.ID
}
