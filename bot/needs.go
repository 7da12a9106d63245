package bot

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"praline/bot/inbox"
	"praline/channels"
	"praline/channels/markup"
	"praline/lessons"
	"praline/words"
)

// mostFound lessons are offered for what one looks for.
const mostFound = 3

// search looks for lessons about something; what nothing is about is counted
// for the trainers, without who asked.
func (t *turn) search(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		t.text(t.w("needs.ask"), secondary(t.w("do.catalogue"), "do.catalogue"))
		return
	}
	if found := t.look(text); len(found) > 0 {
		t.showFound(t.w("needs.found"), found)
		return
	}
	if t.misses(text) {
		t.nothingFound(text)
	}
}

func (t *turn) nothingFound(text string) {
	said := t.w("needs.none", "text", markup.Escape(markup.Short(text, 60)))
	choices := []channels.Choice{secondary(t.w("do.catalogue"), "do.catalogue")}
	if t.hasTrainers() {
		said = join(said, t.w("needs.noted"))
		choices = append(choices, secondary(t.w("needs.to-trainer"), "do.ask"))
	}
	t.text(said, append(choices, t.wayOn()...)...)
}

// misses counts that something was looked for in vain; false while that is not
// done yet.
func (t *turn) misses(text string) bool {
	if !t.hasTrainers() || inbox.Subject(text) == "" {
		return true
	}
	in, l := t.inbox, t.learner
	_, done := t.wish("missed", func(ctx context.Context) (any, error) {
		return nil, in.Missed(ctx, l.Member.Org, l.ID, l.Lang, text)
	})
	return done
}

// strayed takes a text that means nothing to the bot while nothing is waited
// for as something that one looks for; false where it is no subject.
func (t *turn) strayed(text string) bool {
	l := t.learner
	if l.Place.Topic != "" || l.Place.Aside != nil || !t.hasTrainers() || inbox.Subject(text) == "" {
		return false
	}
	if found := t.look(text); len(found) > 0 {
		t.showFound(t.w("needs.perhaps"), found)
		return true
	}
	if t.misses(text) {
		t.notUnderstood()
	}
	return true
}

// showFound lists lessons, and a button for the series of each.
func (t *turn) showFound(text string, found []*taught) {
	var choices []channels.Choice
	for _, x := range found {
		lang := t.learner.Lang
		text = join(text, "**"+markup.Escape(x.twin(lang).Title)+"** – "+markup.Escape(x.series.Title.In(lang)))
		choice := channels.Choice{Label: x.series.Title.In(lang), Value: value("catalogue", short(x.series.ID)), Role: channels.Answer}
		if !slices.ContainsFunc(choices, func(c channels.Choice) bool { return c.Value == choice.Value }) {
			choices = append(choices, choice)
		}
	}
	t.text(text, append(numbered(choices), quiet(t.w("do.catalogue"), "do.catalogue"))...)
}

// look finds the lessons that all words of a text are about, the best first: a
// word in a lesson's own title counts more than one in what is said of its series.
func (t *turn) look(text string) []*taught {
	sought := strings.Fields(inbox.Subject(text))
	if len(sought) == 0 {
		return nil
	}
	type scored struct {
		*taught
		score int
	}
	var all []scored
	for _, s := range t.chosenSeries() {
		about := strings.Fields(plain(s.Title.In(t.learner.Lang) + " " + s.Summary.In(t.learner.Lang) + " " + strings.Join(s.Keywords, " ")))
		for _, lesson := range s.Lessons {
			if score := aboutAll(sought, lesson.In(t.learner.Lang), about); score > 0 {
				all = append(all, scored{&taught{s.ID + "/" + lesson.ID, s, lesson}, score})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return b.score - a.score })
	found := make([]*taught, 0, mostFound)
	for _, x := range all[:min(len(all), mostFound)] {
		found = append(found, x.taught)
	}
	return found
}

// aboutAll scores a lesson: 0 unless it or its series has every word.
func aboutAll(sought []string, twin *lessons.Twin, series []string) int {
	title, objective := strings.Fields(plain(twin.Title)), strings.Fields(plain(twin.Objective))
	score := 0
	for _, word := range sought {
		switch {
		case hasWord(title, word):
			score += 4
		case hasWord(objective, word):
			score += 2
		case hasWord(series, word):
			score++
		default:
			return 0
		}
	}
	return score
}

// hasWord forgives a slip, and an ending: "signatures" is "signature".
func hasWord(all []string, word string) bool {
	return slices.ContainsFunc(all, func(other string) bool {
		short, long := word, other
		if len(short) > len(long) {
			short, long = long, short
		}
		n := utf8.RuneCountInString(short)
		return word == other || n >= 4 && strings.HasPrefix(long, short) && len(long)-len(short) <= 3 || n >= 6 && words.OneSlip(word, other)
	})
}
