package bot

import "praline/channels"

// askComfort asks how much help with buttons is welcome.
func (t *turn) askComfort() {
	t.text(t.w("comfort.ask"), t.comfortChoices()...)
}

func (t *turn) comfortChoices() []channels.Choice {
	return numbered([]channels.Choice{
		{Label: t.w("comfort.guided"), Value: "comfort.guided", Role: channels.Answer},
		{Label: t.w("comfort.free"), Value: "comfort.free", Role: channels.Answer},
	})
}

// pressComfort keeps it; in hello it is the last step.
func (t *turn) pressComfort(arguments []string) {
	if len(arguments) != 1 || t.learner.Place.Topic == topicHello && t.learner.Place.Step != stepComfort {
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
