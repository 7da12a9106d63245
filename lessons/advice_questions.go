package lessons

import (
	"slices"
	"strings"
)

// asking are the words of a language that a question turns on.
type asking struct {
	which    []string // "which one, what, who": a negation after it turns the question around
	stop     []string // start a clause of its own: a negation in there is part of the case
	negation []string
	pair     string   // needed before negation: "ne … pas"; "" where it stands alone
	and      string   // joins two questions
	wh       []string // after "and": a second question
}

var askings = map[string]asking{
	"fr": {
		which:    []string{"quel", "quelle", "quels", "quelles", "lequel", "laquelle", "lesquels", "lesquelles", "que", "qu", "qui"},
		stop:     []string{"si", "quand", "lorsque", "qui", "que", "qu", "dont", "car", "puisque", "alors", "pour", "afin", "sans"},
		negation: []string{"pas", "jamais", "aucun", "aucune", "point"},
		pair:     "ne",
		and:      "et",
		wh:       []string{"pourquoi", "comment", "quel", "quelle", "quels", "quelles", "quand", "combien", "que", "qui", "ou"},
	},
	"nl": {
		which:    []string{"welk", "welke", "wat", "wie", "waar"},
		stop:     []string{"als", "die", "dat", "wanneer", "indien", "omdat", "want", "of", "om", "zodat", "terwijl", "zonder", "en"},
		negation: []string{"niet", "geen", "nooit"},
		and:      "en",
		wh:       []string{"waarom", "hoe", "wat", "welk", "welke", "wie", "wanneer", "waar", "hoeveel"},
	},
}

// negativeQuestion: in a "which is not", many who know the answer miss the
// "not". Only the question itself counts, not the case before it or an "if"
// after it: "Que faites-vous si vous n’êtes pas sûr ?" is fine.
func (a *advice) negativeQuestion(q *Question, lang string) {
	ask, ok := askings[lang]
	if !ok {
		return
	}
	for _, s := range questionsOf(q.Text) {
		clause, _, _ := strings.Cut(s, ",")
		w := strings.Fields(normal(clause))
		at := slices.IndexFunc(w[:min(3, len(w))], func(word string) bool { return slices.Contains(ask.which, word) })
		if at < 0 {
			continue
		}
		paired := ask.pair == ""
		for _, word := range w[at+1:] {
			if word == ask.pair || ask.pair != "" && word == "n" {
				paired = true
			}
			if slices.Contains(ask.stop, word) {
				break
			}
			if paired && slices.Contains(ask.negation, word) {
				a.say(q.Line, "negative-question", "word", word)
				return
			}
		}
	}
}

// twoIdeas: with two questions in one, nobody can tell which of them was not
// known. Two question marks outside quotations, or "… and why?".
func (a *advice) twoIdeas(q *Question, lang string) {
	questions := questionsOf(q.Text)
	if len(questions) > 1 {
		a.say(q.Line, "two-ideas", "questions", len(questions))
		return
	}
	ask, ok := askings[lang]
	if !ok || len(questions) == 0 {
		return
	}
	w := strings.Fields(normal(questions[0]))
	asked := false
	for i, word := range w {
		if asked && word == ask.and && i+1 < len(w) && slices.Contains(ask.wh, w[i+1]) {
			a.say(q.Line, "two-ideas", "questions", 2)
			return
		}
		asked = asked || slices.Contains(ask.wh, word) || slices.Contains(ask.which, word)
	}
}

// questionsOf are the sentences of a text that ask, without what they quote.
func questionsOf(markdown string) []string {
	var all []string
	for _, s := range sentences(unquoted(markdown)) {
		if strings.HasSuffix(strings.TrimRight(s, ` "»”’)*_`+"\u00a0\u202f"), "?") {
			all = append(all, s)
		}
	}
	return all
}
