package console

import (
	"errors"
	"slices"
	"strings"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/library"
	"praline/locales"
	"praline/records"
)

// An expert signs the facts of a lesson: a trainer asks, the expert reads and
// signs, without having to write.

func (c *Console) factsPages() []page {
	return []page{
		{"POST /console/series/{series}/facts", people.WriteSeries, c.factsAsk},
		{"GET /console/facts", people.SignFacts, c.factsList},
		{"GET /console/facts/{series}/{lesson}", people.SignFacts, c.factsShow},
		{"POST /console/facts/{series}/{lesson}", people.SignFacts, c.factsSign},
	}
}

type factsLine struct {
	Lesson, Title, Who, When, Path string
	State                          [2]string
}

func (v *visit) factsLines(d library.Draft, series *lessons.Series) ([]factsLine, error) {
	all, err := v.library().Signatures(v.ctx(), v.Org, d.ID)
	called := v.called()
	var lines []factsLine
	for _, s := range all {
		lines = append(lines, v.factsLine(d, series, s, called(s.Person)))
	}
	return lines, err
}

func (v *visit) factsLine(d library.Draft, series *lessons.Series, s library.Signature, who string) factsLine {
	state := s.State(d)
	at := s.Signed.At
	if at.IsZero() {
		at = s.Asked.At
	}
	look := map[library.FactsState]string{library.FactsAsked: "plain", library.FactsSigned: "good", library.FactsOutdated: "advice"}[state]
	return factsLine{
		s.Lesson, lessonTitle(series, s.Lesson, v.W.Lang), who, v.dayOf(at), "/console/facts/" + d.ID + "/" + s.Lesson,
		[2]string{look, v.W.Say("library.facts-"+string(state), "day", v.dayOf(at))},
	}
}

// factsAsk asks somebody of the roster, by name or number, and writes to them.
func (c *Console) factsAsk(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	who, err := v.somebody(v.text("person"))
	switch {
	case errors.Is(err, records.ErrNone):
		v.wrong("person", "library.no-person")
		return c.draftAgain(v)
	case err != nil:
		return err
	}
	lesson := v.text("facts-lesson")
	if err := v.unkept("facts-lesson", v.library().AskFacts(v.ctx(), v.Org, d.ID, v.mark(), lesson, who.ID)); err != nil {
		return err
	}
	if !v.sound() {
		return c.draftAgain(v)
	}
	if who.Learner != "" {
		series, _, err := v.library().Draft(v.ctx(), v.Org, d.ID)
		if err != nil {
			return err
		}
		letter := learner.Letter{ID: "facts " + d.ID + " " + d.LessonDigest(lesson)[:12], Kind: learner.LetterQuestion, At: c.options.Now(), Text: map[string]string{}}
		for _, lang := range locales.Languages {
			letter.Text[lang] = locales.For(lang).Say("library.facts-letter", "name", v.Name, "title", lessonTitle(series, lesson, lang))
		}
		if err := c.options.Write(v.ctx(), who.Learner, letter); err != nil {
			return err
		}
	}
	return v.done(seriesPath(d.ID), "library.facts-sent", "name", who.Name)
}

// somebody is the one person of the roster whom a number or a name means.
func (v *visit) somebody(text string) (people.Person, error) {
	who, err := v.console.options.People.Find(v.ctx(), v.Org, text)
	if !errors.Is(err, records.ErrNone) {
		return who, err
	}
	all, err := v.console.options.People.Persons(v.ctx(), v.Org)
	if err != nil {
		return who, err
	}
	found := slices.DeleteFunc(all, func(p people.Person) bool { return !strings.EqualFold(p.Name, text) || !p.Left.IsZero() })
	if len(found) != 1 {
		return who, records.ErrNone
	}
	return found[0], nil
}

// factsList is what waits for the visitor's signature.
func (c *Console) factsList(v *visit) error {
	waiting, err := v.library().ToSign(v.ctx(), v.Org, v.Person)
	if err != nil {
		return err
	}
	var lines []factsLine
	for id, all := range waiting {
		d, err := v.library().Load(v.ctx(), v.Org, id)
		if err != nil {
			return err
		}
		series, _, err := v.library().Check(v.ctx(), v.Org, d)
		if err != nil {
			return err
		}
		for _, s := range all {
			lines = append(lines, v.factsLine(d, series, s, v.called()(s.Asked.By)))
		}
	}
	return v.draw("facts", "library.facts", lines)
}

type factsView struct {
	ID, Lesson, Title, Seen string
	Texts                   []factsText
	State                   [2]string
	Signed                  bool
	Name, Organisation      string
}

type factsText struct {
	Lang, Language string
	App            appView
	Sources        []string
}

// toSign is the request to the visitor for a lesson, records.ErrNone for none.
func (v *visit) toSign() (library.Draft, library.Signature, error) {
	d, err := v.draft()
	if err != nil {
		return d, library.Signature{}, err
	}
	all, err := v.library().Signatures(v.ctx(), v.Org, d.ID)
	if err != nil {
		return d, library.Signature{}, err
	}
	for _, s := range all {
		if s.Lesson == v.r.PathValue("lesson") && s.Person == v.Person {
			return d, s, nil
		}
	}
	return d, library.Signature{}, noSuch(true)
}

func (c *Console) factsView(v *visit) (factsView, error) {
	d, s, err := v.toSign()
	if err != nil {
		return factsView{}, err
	}
	series, _, err := v.library().Check(v.ctx(), v.Org, d)
	if err != nil {
		return factsView{}, err
	}
	line := v.factsLine(d, series, s, "")
	data := factsView{
		ID: d.ID, Lesson: s.Lesson, Title: line.Title, Seen: d.LessonDigest(s.Lesson), State: line.State,
		Signed: s.State(d) == library.FactsSigned, Name: v.Name, Organisation: v.organisation(),
	}
	_, id, _ := strings.Cut(s.Lesson, "-")
	for _, lang := range seriesLanguages(series) {
		live, err := c.liveView(v, d, s.Lesson+"."+lang+".md", "", false)
		if err != nil {
			return data, err
		}
		if len(live.Apps) == 0 {
			continue
		}
		text := factsText{Lang: lang, Language: capital(v.W.Say("library.in-" + lang)), App: live.Apps[0]}
		for _, l := range series.Lessons {
			if l.ID == id && l.Twins[lang] != nil {
				text.Sources = l.Twins[lang].Sources
			}
		}
		data.Texts = append(data.Texts, text)
	}
	return data, nil
}

func (c *Console) factsShow(v *visit) error {
	data, err := c.factsView(v)
	if err != nil {
		return err
	}
	return v.draw("facts-sign", data.Title, data)
}

func (c *Console) factsSign(v *visit) error {
	d, s, err := v.toSign()
	if err != nil {
		return err
	}
	err = v.library().SignFacts(v.ctx(), v.Org, d.ID, v.mark(), s.Lesson, v.text("seen"), v.Name, v.organisation())
	if err := v.unkept("", err); err != nil {
		return err
	}
	if !v.sound() {
		data, err := c.factsView(v)
		if err != nil {
			return err
		}
		return v.again("facts-sign", data.Title, data)
	}
	return v.done("/console/facts", "library.facts-thanks")
}
