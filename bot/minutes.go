package bot

import (
	"strconv"
	"strings"

	"praline/bot/learner"
	"praline/channels"
)

// offeredMinutes a day.
var offeredMinutes = []int{2, 3, 5, 10}

// minutesChoices have no numbers of their own: "3" means three minutes.
func (t *turn) minutesChoices(verb string) []channels.Choice {
	var choices []channels.Choice
	for _, n := range offeredMinutes {
		choices = append(choices, channels.Choice{Label: t.words.Count("minutes.n", n), Value: value(verb, n), Role: channels.Answer})
	}
	return choices
}

// askMinutes asks how many minutes a day, unless the number came with the word.
func (t *turn) askMinutes(rest string) {
	if rest != "" {
		t.keepMinutes(firstNumber(rest))
		return
	}
	t.learner.Place.Aside = &learner.Aside{Topic: topicMinutes}
	t.text(t.w("minutes.ask"), t.minutesChoices("minutes")...)
}

// typedMinutes reads a number where one is waited for; anything else ends the matter.
func (t *turn) typedMinutes(text string) {
	if n := firstNumber(text); n > 0 {
		t.keepMinutes(n)
		return
	}
	t.learner.Place.Aside = nil
	t.typed(text)
}

// pressMinutes follows the offers.
func (t *turn) pressMinutes(arguments []string) {
	if len(arguments) != 1 {
		t.old()
		return
	}
	t.keepMinutes(firstNumber(arguments[0]))
}

// keepMinutes keeps the minutes a day.
func (t *turn) keepMinutes(n int) {
	if n < 1 || n > maxMinutes {
		t.text(t.w("minutes.range", "most", maxMinutes), t.minutesChoices("minutes")...)
		return
	}
	t.learner.Minutes, t.learner.Place.Aside = n, nil
	t.text(t.words.Count("minutes.kept", n), t.wayOn()...)
}

// firstNumber is the first whole number in a text, 0 if there is none.
func firstNumber(text string) int {
	for _, field := range strings.Fields(plain(text)) {
		if n, err := strconv.Atoi(field); err == nil {
			return n
		}
	}
	return 0
}
