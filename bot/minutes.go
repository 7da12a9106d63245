package bot

import (
	"strconv"

	"praline/channels"
)

// offeredMinutes a day.
var offeredMinutes = []int{2, 3, 5, 10}

func (t *turn) minutesChoices(verb string) []channels.Choice {
	var choices []channels.Choice
	for _, n := range offeredMinutes {
		choices = append(choices, channels.Choice{Label: t.words.Count("minutes.n", n), Value: value(verb, n), Role: channels.Answer})
	}
	return numbered(choices)
}

// askMinutes asks how many minutes a day, unless the number came with the word.
func (t *turn) askMinutes(rest string) {
	if n, err := strconv.Atoi(plain(rest)); err == nil {
		t.pressMinutes([]string{itoa(n)})
		return
	}
	t.text(t.w("minutes.ask"), t.minutesChoices("minutes")...)
}

// pressMinutes keeps the minutes a day.
func (t *turn) pressMinutes(arguments []string) {
	if len(arguments) == 1 {
		if n, err := strconv.Atoi(arguments[0]); err == nil && n >= 1 && n <= maxMinutes {
			t.learner.Minutes = n
			t.text(t.words.Count("minutes.kept", n), t.wayOn()...)
			return
		}
	}
	t.text(t.w("minutes.ask"), t.minutesChoices("minutes")...)
}

// askComfort asks how much help with buttons is welcome.
func (t *turn) askComfort() {
	t.text(t.w("comfort.ask"), numbered([]channels.Choice{
		{Label: t.w("comfort.guided"), Value: "comfort.guided", Role: channels.Answer},
		{Label: t.w("comfort.free"), Value: "comfort.free", Role: channels.Answer},
	})...)
}

// pressComfort keeps it; in hello it is the last step.
func (t *turn) pressComfort(arguments []string) {
	if len(arguments) != 1 {
		t.old()
		return
	}
	t.learner.Guided = arguments[0] == "guided"
	if t.learner.Place.Topic == topicHello {
		t.endHello()
		return
	}
	id := "comfort.kept-free"
	if t.learner.Guided {
		id = "comfort.kept-guided"
	}
	t.text(t.w(id), t.wayOn()...)
}
