package channelstest

import (
	"strings"

	"praline/channels"
)

func replaces(c check) {
	receipt := c.say(channels.Message{ID: "1", Text: "La question", Choices: []channels.Choice{choice("Oui", "answer.1.0", 1)}}, "")
	after := c.say(channels.Message{ID: "2", Replaces: "1", Text: "La réponse", Choices: []channels.Choice{choice("Continuer", "on.1", 0)}}, receipt)
	c.reads("La réponse")
	if c.Adapter.Limits().Replaces {
		c.doesNotRead("La question", "Oui")
	}
	c.event(c.Person.Presses(choice("Continuer", "on.1", 0)), channels.Pressed, "on.1")
	c.say(channels.Message{ID: "3", Replaces: "2", Text: "La suite"}, after)
	c.reads("La suite")
	c.nothingPressable()
}

func (c check) nothingPressable() {
	c.Helper()
	for _, s := range c.Person.Sees() {
		if len(s.Pressable) > 0 {
			c.Errorf("%q can still be pressed at %q", s.Pressable, s.Text)
		}
	}
}

func replacesLonger(c check) {
	receipt := c.say(channels.Message{ID: "1", Text: "La question", Choices: []channels.Choice{choice("Oui", "answer.1.0", 1)}}, "")
	c.say(channels.Message{ID: "2", Replaces: "1", Text: sentences(300), Choices: []channels.Choice{choice("Continuer", "on.1", 0)}}, receipt)
	c.reads("Zin 0 gaat", "Zin 299 gaat")
	pressable := 0
	for _, s := range c.Person.Sees() {
		pressable += len(s.Pressable)
	}
	if pressable != 1 {
		c.Errorf("%d can be pressed, want only the way on", pressable)
	}
}

func replacesNothing(c check) {
	c.say(channels.Message{ID: "2", Replaces: "1", Text: "sans reçu"}, "")
	c.say(channels.Message{ID: "4", Replaces: "3", Text: "reçu inconnu"}, "987654321")
	c.reads("sans reçu", "reçu inconnu")
}

func retires(c check) {
	receipt := c.say(channels.Message{ID: "1", Text: "La question", Choices: []channels.Choice{choice("Oui", "answer.1.0", 1)}}, "")
	c.say(channels.Message{ID: "2", Replaces: "1", Retire: true}, receipt)
	c.reads("La question")
	c.nothingPressable()
	c.say(channels.Message{ID: "3", Replaces: "1", Retire: true}, receipt) // again
}

func retiresNothing(c check) {
	c.say(channels.Message{ID: "2", Replaces: "1", Retire: true}, "")
	c.say(channels.Message{ID: "4", Replaces: "3", Retire: true}, "987654321")
	if seen := c.Person.Sees(); len(seen) > 0 && solid(c.all()) != "" {
		c.Errorf("something is shown: %+v", seen)
	}
}

func twice(c check) {
	m := channels.Message{ID: "1", Text: "Une seule fois", Choices: []channels.Choice{choice("Oui", "answer.1.0", 1)}}
	c.say(m, "")
	c.say(m, "")
	if n := strings.Count(c.all(), m.Text); n < 1 || (c.Once && n != 1) {
		c.Errorf("shown %d times", n)
	}
	c.event(c.Person.Presses(m.Choices[0]), channels.Pressed, "answer.1.0")
}
