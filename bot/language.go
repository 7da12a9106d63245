package bot

import (
	"slices"

	"praline/channels"
	"praline/locales"
)

// askLanguage offers the languages that lessons come in.
func (t *turn) askLanguage() {
	var choices []channels.Choice
	for _, lang := range locales.Languages {
		choices = append(choices, channels.Choice{Label: locales.For(lang).Say("language.name"), Value: "lang." + lang, Role: channels.Answer})
	}
	t.text(t.w("language.ask"), numbered(choices)...)
}

// pressLanguage changes the language and keeps the place: what waits is shown
// again, below. It stands there once: in its old place is what was just said.
func (t *turn) pressLanguage(arguments []string) {
	if len(arguments) != 1 || !slices.Contains(locales.Languages, arguments[0]) {
		t.old()
		return
	}
	l := t.learner
	t.chooseLanguage(arguments[0])
	l.Place.Aside = nil
	if l.Agreed.IsZero() || l.Place.Topic == topicHello {
		t.hello()
		return
	}
	kept := channels.Message{Text: t.w("language.kept"), Choices: t.placeless()}
	if l.Place.Topic != "" {
		kept.Text += " " + t.w("language.place")
	}
	switch {
	case l.Place.Topic == topicQuestion && l.Place.Ask != nil && t.question(l.Place.Ask.Question) != nil:
		kept.Replaces = l.Place.Live
		t.put(kept)
		t.showAsk("")
	case l.Place.Topic == topicLesson:
		kept.Replaces = l.Place.Live
		t.put(kept)
		t.showScreen("")
	case l.Place.Topic == topicCampaign:
		t.say(kept)
		t.retire(l.Place.Live)
		t.declareAgain()
	case l.Place.Topic == topicFeedback:
		t.say(kept)
		t.retire(l.Place.Live)
		l.Place.Live = t.text(t.w("language.go-on"), primary(t.w("feedback.on"), value("on", l.Place.Step)))
	default:
		t.say(kept)
	}
}

// placeless is the way on of somebody who is nowhere: nothing else would follow.
func (t *turn) placeless() []channels.Choice {
	if t.learner.Place.Topic != "" {
		return nil
	}
	return t.wayOn()
}

// languageNamed reads the name of a language that lessons come in, "" for
// anything else.
func languageNamed(said string) string {
	for _, lang := range locales.Languages {
		if said == lang || oneOf(said, "word."+lang) {
			return lang
		}
	}
	return ""
}

func (t *turn) chooseLanguage(lang string) {
	if slices.Contains(locales.Languages, lang) {
		t.learner.Lang = lang
		t.speak(lang)
	}
}
