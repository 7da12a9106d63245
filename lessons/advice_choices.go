package lessons

import (
	"regexp"
	"slices"
	"unicode/utf8"
)

// rightLongest: who does not know takes the longest, because a right answer
// is written with more care than a wrong one.
func (a *advice) rightLongest(q *Question) {
	if q.Kind != Single || len(q.Choices) < 2 {
		return
	}
	right, next, line := 0, 0, 0
	for _, c := range q.Choices {
		n := utf8.RuneCountInString(plain(c.Text))
		if c.Right {
			right, line = n, c.Line
		} else {
			next = max(next, n)
		}
	}
	// "Non, jamais" beside "Oui" gives nothing away: it takes some letters too.
	if float64(right) > 1.3*float64(next) && right-next >= 10 {
		a.say(line, "right-longest", "characters", right, "next", next)
	}
}

// Fewer questions than these stand in one place by chance.
const (
	inALesson = 3
	inASeries = 8
)

// rightPlaces: a right answer that is always the second is learned as "the
// second". Places are the same in every language, so it is said once.
func (a *advice) rightPlaces(s *Series) {
	all := map[int]int{}
	count := 0
	for _, l := range s.Lessons {
		twin := l.In("fr")
		if twin == nil {
			continue
		}
		here := map[int]int{}
		line, n := 0, 0
		for _, q := range twin.Questions {
			place := rightPlace(q)
			if place < 0 {
				continue
			}
			if n == 0 {
				line = q.Line
			}
			n++
			here[place]++
			all[place]++
		}
		count += n
		for place, times := range here {
			if n >= inALesson && times == n {
				a.file = twin.File
				a.say(line, "right-same-place", "place", place+1, "questions", n)
			}
		}
	}
	for place, times := range all {
		if count >= inASeries && 3*times > 2*count {
			a.file = "series.yaml"
			a.say(0, "right-mostly-same-place", "place", place+1, "times", times, "questions", count)
		}
	}
}

// rightPlace is where the right choice stands, -1 where there is not exactly one.
func rightPlace(q *Question) int {
	if q == nil || q.Kind != Single {
		return -1
	}
	return slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Right })
}

// above are choices that speak of the other choices.
var above = regexp.MustCompile(`^(` +
	`(toutes|aucune|aucun)( de| des)?( les| ces)? (reponses?|propositions?|choix|affirmations?)( ci dessus| precedentes?| proposees?)?( (sont|est|n est) (justes?|correctes?|bonnes?|vraies?|exactes?|fausses?))?` +
	`|(tout|rien de tout|rien de) (ce|cela) (qui precede|ci dessus)|tout ce qui precede|rien de ce qui precede|les (deux|trois|quatre) reponses( sont (justes|correctes|bonnes))?` +
	`|(al|geen van|alle)( de| het)? (bovenstaande|voorgaande)( antwoorden| opties| keuzes)?( zijn (juist|correct|waar))?` +
	`|(alle|geen van( de| deze)?) (antwoorden|opties|mogelijkheden)( hierboven)?( zijn (juist|correct|waar|fout))?` +
	`|(all|none) of (the above|these( answers)?)` +
	`|(reponses? )?[a-d] (et|en|and) [a-d]|(antwoorden )?[a-d] en [a-d]` +
	`)$`)

// allOfTheAbove: whoever recognises two right choices has guessed the third.
func (a *advice) allOfTheAbove(c Choice) {
	if text := plain(c.Text); above.MatchString(normal(text)) {
		a.say(c.Line, "all-of-the-above", "choice", clip(text))
	}
}

// feedbackMissing: the explanation under the choice that one took is what one
// learns from.
func (a *advice) feedbackMissing(q *Question, c Choice) {
	if (q.Kind == Single || q.Kind == Multiple) && !c.Right && c.Feedback == "" {
		a.say(c.Line, "feedback-missing", "choice", clip(plain(c.Text)))
	}
}
