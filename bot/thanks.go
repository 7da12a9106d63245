package bot

import (
	"context"
	"slices"

	"praline/channels"
	"praline/lessons"
)

// keptThanks is how many lessons a learner remembers to have thanked for.
const keptThanks = 40

// offerThanks, at the end of a session in which a lesson was taught, is the one press with which a learner thanks for the lesson that
// they just finished: it is counted, and names nobody.
func (t *turn) offerThanks() []channels.Choice {
	l := t.learner
	if t.recognition == nil || l.Guided || len(l.Taught) == 0 {
		return nil
	}
	name := tag(l.Taught[len(l.Taught)-1])
	if slices.Contains(l.Thanked, name) {
		return nil
	}
	return []channels.Choice{quiet(t.w("thanks.give"), value("thanks", name))}
}

// pressThanks counts a thank, once a lesson.
func (t *turn) pressThanks(arguments []string) {
	l := t.learner
	i := -1
	if len(arguments) == 1 {
		i = slices.IndexFunc(l.Taught, func(key string) bool { return tag(key) == arguments[0] })
	}
	switch {
	case i < 0 || t.recognition == nil:
		t.old()
		return
	case slices.Contains(l.Thanked, arguments[0]):
		t.text(t.w("thanks.before"), t.wayOn()...)
		return
	}
	r, org, lesson, press, at := t.recognition, l.Member.Org, l.Taught[i], tag(string(l.ID), t.event.ID, l.Taught[i]), t.now
	if _, ok := t.wish("thanks", func(ctx context.Context) (any, error) { return nil, r.Thank(ctx, org, lesson, press, at) }); !ok {
		return
	}
	l.Thanked = append(slices.Clip(l.Thanked), arguments[0])
	l.Thanked = l.Thanked[max(0, len(l.Thanked)-keptThanks):]
	t.happen("thanks", "given")
	t.text(t.w("thanks.given"), t.wayOn()...)
}

// credits say who wrote a lesson's series, and who read it.
func (t *turn) credits(s *lessons.Series) string {
	authors, reviewers := credited(s.Authors), credited(s.Reviewers)
	switch {
	case len(authors) == 0:
		return ""
	case len(reviewers) == 0:
		return t.w("thanks.written", "authors", t.words.List(authors))
	}
	return t.w("thanks.written-read", "authors", t.words.List(authors), "reviewers", t.words.List(reviewers))
}

func credited(all []lessons.Person) []string {
	var names []string
	for _, p := range all {
		if !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}
