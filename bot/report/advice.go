package report

import (
	"math"
	"slices"
	"strings"

	"praline/lessons"
	"praline/locales"
)

// Advice is one thing that a trainer might look at: a code, whose words are
// "report.advice-…", and what they are filled with.
type Advice struct {
	Code string         `json:"code"`
	With map[string]any `json:"with,omitempty"`
}

// The advice, the most urgent first.
const (
	WrongKey      = "wrong-key"      // the right answer is hardly ever chosen, another often
	WrongWay      = "wrong-way"      // who knows the rest gets this one wrong
	HarderIn      = "harder-in"      // one language
	TooHard       = "too-hard"       // hardly anybody knows it
	ForgottenFast = "forgotten-fast" //
	NeverChosen   = "never-chosen"   // a wrong answer that deceives nobody
	TooEasy       = "too-easy"       // everybody knows it before the lesson
	Reported      = "reported"       // a learner saw a mistake
)

var urgency = []string{TooEasy, NeverChosen, ForgottenFast, TooHard, HarderIn, WrongWay, Reported, WrongKey}

// weight puts the most urgent question first.
func weight(all []Advice) int {
	most := 0
	for _, a := range all {
		most = max(most, 1+slices.Index(urgency, a.Code))
	}
	return most
}

// advise finds what is worth a look. Each rests on an interval that is wrong in
// one case of a hundred, and on an effect that is large enough to matter.
func advise(q *lessons.Question, sum Firsts, twins []Firsts, x Question) []Advice {
	var all []Advice
	say := func(code string, with ...any) {
		a := Advice{Code: code}
		for i := 0; i+1 < len(with); i += 2 {
			if a.With == nil {
				a.With = make(map[string]any)
			}
			a.With[with[i].(string)] = with[i+1]
		}
		all = append(all, a)
	}
	facility := share(sum.Right, sum.People, strict)
	wrongKey := false
	if other, picked, ok := insteadOfRight(q, sum); ok {
		wrongKey = true
		say(WrongKey, "choice", other+1, "share", percent(picked), "right", percent(facility.Value))
	}
	if r, ok := sum.correlation(strict); ok && r.High < 0 && !wrongKey {
		say(WrongWay, "r", math.Round(r.Value*100)/100)
	}
	if hard, easy, ok := harder(twins); ok {
		choice, extra := pulled(q, twins, hard)
		say(HarderIn, "lang", locales.Languages[hard], "hard", percent(x.Languages[hard].Facility.Value), "easy", percent(x.Languages[easy].Facility.Value), "choice", choice, "extra", percent(extra))
	}
	switch {
	case facility.Low > 0.9:
		say(TooEasy, "share", percent(facility.Value))
	case facility.High < 0.3 && !wrongKey:
		say(TooHard, "share", percent(facility.Value))
	}
	for _, f := range x.Later {
		if f.From >= 2 && share(int(math.Round(f.Right.Value*float64(f.Right.Of))), f.Right.Of, strict).High < fastBelow {
			say(ForgottenFast, "days", strings.TrimSuffix(f.Days, "+"), "share", percent(f.Right.Value))
			break
		}
	}
	if facility.Low <= 0.9 {
		for _, i := range neverChosen(q, sum) {
			say(NeverChosen, "choice", i+1)
		}
	}
	if x.Mistakes > 0 {
		say(Reported, "n", x.Mistakes)
	}
	return all
}

// fastBelow: a question comes back when nine in ten should still know it.
const fastBelow = 0.7

func percent(x float64) int { return int(math.Round(100 * x)) }

// insteadOfRight is a choice that was picked clearly more often than the right
// one, which few picked: one choice, not all of them a little.
func insteadOfRight(q *lessons.Question, sum Firsts) (choice int, picked float64, ok bool) {
	right := slices.IndexFunc(q.Choices, func(c lessons.Choice) bool { return c.Right })
	if q.Kind != lessons.Single || right < 0 {
		return 0, 0, false
	}
	best := -1
	for i := range q.Choices {
		if i != right && (best < 0 || pickedOf(sum, i) > pickedOf(sum, best)) {
			best = i
		}
	}
	if best < 0 {
		return 0, 0, false
	}
	own, other := share(pickedOf(sum, right), sum.People, strict), share(pickedOf(sum, best), sum.People, strict)
	return best, other.Value, other.Value >= 0.4 && own.High < 0.4 && other.Low > own.High
}

// harder says in which of two languages a question is clearly harder.
func harder(twins []Firsts) (hard, easy int, ok bool) {
	if len(twins) != 2 {
		return 0, 0, false
	}
	d := difference(share(twins[0].Right, twins[0].People, strict), share(twins[1].Right, twins[1].People, strict))
	switch {
	case d.Low > 0 && d.Value >= 0.1:
		return 1, 0, true
	case d.High < 0 && d.Value <= -0.1:
		return 0, 1, true
	}
	return 0, 0, false
}

// pulled is the wrong choice that draws more in the harder language, from 1,
// and the share that picks it there; 0 where choices say nothing.
func pulled(q *lessons.Question, twins []Firsts, hard int) (choice int, there float64) {
	most := 0.05
	for i, c := range q.Choices {
		here := float64(pickedOf(twins[hard], i)) / float64(twins[hard].People)
		if more := here - float64(pickedOf(twins[1-hard], i))/float64(twins[1-hard].People); !c.Right && more > most {
			choice, there, most = i+1, here, more
		}
	}
	return choice, there
}

// neverChosen are wrong choices that hardly any of those who were wrong picked.
func neverChosen(q *lessons.Question, sum Firsts) []int {
	if q.Kind != lessons.Single {
		return nil
	}
	wrong := 0
	for i, c := range q.Choices {
		if !c.Right {
			wrong += pickedOf(sum, i)
		}
	}
	var never []int
	for i, c := range q.Choices {
		if !c.Right && share(pickedOf(sum, i), wrong, strict).High < seldomBelow {
			never = append(never, i)
		}
	}
	return never
}

// seldomBelow is a third of what each of three wrong choices would draw.
const seldomBelow = 0.12
