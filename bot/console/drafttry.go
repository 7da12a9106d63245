package console

import (
	"praline/bot/learner"
	"praline/bot/preview"
	"praline/lessons/library"
	"praline/locales"
)

// draftTry puts the draft into the visitor's own chat.
func (c *Console) draftTry(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	if err := v.unkept("", v.tryInChat(d)); err != nil {
		return err
	}
	if !v.sound() {
		return c.draftAgain(v)
	}
	return v.done(v.after(d.ID), "library.trying")
}

// after is the file that was being edited, else the series.
func (v *visit) after(id string) string {
	if file := v.text("file"); file != "" {
		return editPath(id, file)
	}
	return seriesPath(id)
}

// tryInChat lets the visitor have a draft among what their chat offers, and writes
// them a letter with a button that leads there.
func (v *visit) tryInChat(d library.Draft) error {
	if err := v.library().Try(v.ctx(), v.Org, v.Person, d.ID); err != nil {
		return err
	}
	who, err := v.console.options.People.Person(v.ctx(), v.Org, v.Person)
	if err != nil || who.Learner == "" {
		return err
	}
	series, _, err := v.library().Draft(v.ctx(), v.Org, d.ID)
	if err != nil {
		return err
	}
	letter := learner.Letter{
		ID: "try " + d.ID + " " + d.Digest()[:12], Kind: learner.LetterCampaign, At: v.console.options.Now(),
		Text: map[string]string{}, Buttons: []learner.LetterButton{{Label: map[string]string{}, Value: preview.SeriesValue(library.TryPrefix + d.ID)}},
	}
	for _, lang := range locales.Languages {
		w := locales.For(lang)
		letter.Text[lang] = w.Say("library.try-letter", "title", seriesTitle(series, lang, d.ID))
		letter.Buttons[0].Label[lang] = w.Say("library.try-button")
	}
	return v.console.options.Write(v.ctx(), who.Learner, letter)
}
