package console

import (
	"slices"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/library"
)

func (c *Console) seriesPages() []page {
	return []page{
		{"GET /console/series", people.WriteSeries, c.seriesList},
		{"GET /console/series/new", people.WriteSeries, c.seriesNew},
		{"POST /console/series/new", people.WriteSeries, c.seriesCreate},
		{"POST /console/series/adapt", people.WriteSeries, c.seriesAdapt},
		{"POST /console/series/take", people.ReviewSeries, c.seriesTake},
	}
}

type seriesLine struct {
	ID, Title, Path string
	Live            string // version that is taught
	Draft           string // version that is written
	State           [2]string
	Languages       []languageLine
	Faults, Advice  int
	Open            bool
	Changed         string
}

type languageLine struct {
	Lang  string
	State [2]string
	Full  int // lessons that are reviewed
	Half  int // written
	None  int // missing
}

type offerLine struct {
	From, ID, Title, Summary, Organisation string
	Taken                                  bool
}

// seriesList shows what the organisation writes and teaches, and what it could
// begin from.
func (c *Console) seriesList(v *visit) error {
	data, err := c.seriesOf(v)
	if err != nil {
		return err
	}
	return v.draw("series", "library.series", data)
}

type seriesView struct {
	Lines  []seriesLine
	Review int // that wait for a reviewer
	Old    int // lessons whose translation is outdated
	Others []offerLine
	Taken  []offerLine
}

func (c *Console) seriesOf(v *visit) (seriesView, error) {
	var data seriesView
	drafts, err := v.library().Drafts(v.ctx(), v.Org)
	if err != nil {
		return data, err
	}
	shelves, err := v.library().Shelves(v.ctx(), v.Org)
	if err != nil {
		return data, err
	}
	for _, d := range drafts {
		i := slices.IndexFunc(shelves, func(s library.Shelf) bool { return s.ID == d.ID })
		shelf := library.Shelf{}
		if i >= 0 {
			shelf = shelves[i]
		}
		line, old, err := v.seriesLine(d, shelf)
		if err != nil {
			return data, err
		}
		data.Lines = append(data.Lines, line)
		data.Old += old
		if d.State == library.InReview {
			data.Review++
		}
	}
	return data, c.offers(v, &data)
}

func (v *visit) seriesLine(d library.Draft, shelf library.Shelf) (seriesLine, int, error) {
	series, report, err := v.library().Check(v.ctx(), v.Org, d)
	if err != nil {
		return seriesLine{}, 0, err
	}
	line := seriesLine{
		ID: d.ID, Title: seriesTitle(series, v.W.Lang, d.ID), Path: seriesPath(d.ID), State: stateTag(v.W, d.State),
		Faults: len(report.Faults), Advice: len(report.Advice), Open: shelf.Open, Changed: v.dayOf(d.Changed().At),
	}
	if version, ok := shelf.Version(); ok {
		line.Live = version.Number
	}
	if series != nil && series.Version != line.Live {
		line.Draft = series.Version
	}
	old := 0
	for _, lang := range seriesLanguages(series) {
		said := v.languageLine(d, lang)
		line.Languages = append(line.Languages, said)
		for _, t := range d.Translations([]string{lang}) {
			if t.State == library.Outdated {
				old++
			}
		}
	}
	return line, old, nil
}

// languageLine says how all lessons stand in a language: as the worst of them.
func (v *visit) languageLine(d library.Draft, lang string) languageLine {
	line := languageLine{Lang: lang}
	worst := library.Translation{State: library.Reviewed}
	rank := []library.TranslationState{library.Reviewed, library.Drafted, library.Outdated, library.Missing}
	for _, t := range d.Translations([]string{lang}) {
		switch t.State {
		case library.Reviewed:
			line.Full++
		case library.Missing:
			line.None++
		default:
			line.Half++
		}
		if slices.Index(rank, t.State) > slices.Index(rank, worst.State) {
			worst = t
		}
	}
	line.State = v.translationTag(worst)
	return line
}

// offers are series to adapt: those of the open catalogue, and those that other
// organisations opened.
func (c *Console) offers(v *visit, data *seriesView) error {
	line := func(from, organisation string, s *lessons.Series) offerLine {
		return offerLine{From: from, ID: s.ID, Title: s.Title.In(v.W.Lang), Summary: s.Summary.In(v.W.Lang), Organisation: organisation}
	}
	for _, s := range v.library().Catalogue.All() {
		data.Others = append(data.Others, line("", v.W.Say("library.shipped"), s))
	}
	open, err := v.library().Open(v.ctx())
	if err != nil {
		return err
	}
	live, err := v.library().Live(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	for _, o := range open {
		if o.Org == v.Org {
			continue
		}
		name := o.Org
		if org, err := c.options.People.Organisation(v.ctx(), o.Org); err == nil {
			name = inLanguage(org.Names, v.W.Lang, o.Org)
		}
		offer := line(o.Org, name, o.Series)
		offer.Taken = slices.Contains(live, o.Series)
		data.Others = append(data.Others, offer)
	}
	return nil
}

type newView struct {
	Templates, Levels, Licences []Option
	About                       map[string]string // a subject that people looked for, as a title by language
}

func (v *visit) newView() newView {
	var data newView
	if about := v.query("about"); about != "" {
		data.About = map[string]string{v.query("lang"): capital(about)}
	}
	for i, t := range library.Templates {
		data.Templates = append(data.Templates, Option{Value: t, Words: v.W.Say("library.template-" + t), Chosen: i == 0})
	}
	for _, level := range []string{"starter", "confident"} {
		data.Levels = append(data.Levels, Option{Value: level, Words: v.W.Say("library.level-" + level), Chosen: level == "starter"})
	}
	for _, licence := range []string{"CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"} {
		data.Licences = append(data.Licences, Option{Value: licence, Words: licence, Chosen: licence == "CC-BY-4.0"})
	}
	return data
}

func (c *Console) seriesNew(v *visit) error {
	return v.draw("series-new", "library.new", v.newView())
}

// seriesCreate begins a series with its first lesson.
func (c *Console) seriesCreate(v *visit) error {
	titles := map[string]string{"fr": v.text("title-fr"), "nl": v.text("title-nl")}
	summaries := map[string]string{"fr": v.text("summary-fr"), "nl": v.text("summary-nl")}
	lesson := map[string]string{"fr": v.text("lesson-fr"), "nl": v.text("lesson-nl")}
	for _, lang := range []string{"fr", "nl"} {
		for field, text := range map[string]string{"title-": titles[lang], "summary-": summaries[lang], "lesson-": lesson[lang]} {
			if text == "" {
				v.wrong(field+lang, "library.needed")
			}
		}
	}
	if !v.sound() {
		return v.again("series-new", "library.new", v.newView())
	}
	id, err := v.freeID(v.ctx(), titles[v.W.Lang])
	if err != nil {
		return err
	}
	start := library.Beginning{
		ID: id, Title: titles, Summary: summaries, Licence: v.text("licence"), Level: v.text("level"), Author: v.Name, Organisation: v.organisation(),
	}
	files, err := library.FromTemplate(v.text("template"), 1, lessonID(lesson[v.W.Lang]), lesson)
	if err == nil {
		_, err = v.library().Create(v.ctx(), v.Org, id, v.mark(), append(files, start.File())...)
	}
	if err := v.unkept("", err); err != nil {
		return err
	}
	if !v.sound() {
		return v.again("series-new", "library.new", v.newView())
	}
	return v.done(seriesPath(id), "library.created")
}

func lessonID(title string) string {
	if id := newID(title); id != "" {
		return id
	}
	return "lesson"
}

// seriesAdapt copies a series into a draft of one's own.
func (c *Console) seriesAdapt(v *visit) error {
	id, err := v.freeID(v.ctx(), v.text("id")+" "+v.Org)
	if err != nil {
		return err
	}
	_, err = v.library().Adapt(v.ctx(), v.Org, v.mark(), v.text("from"), v.text("id"), id)
	if err := v.unkept("", err); err != nil {
		return err
	}
	if !v.sound() {
		return c.seriesAgain(v)
	}
	return v.done(seriesPath(id), "library.adapted")
}

// seriesTake teaches another organisation's series as it is, or no longer.
func (c *Console) seriesTake(v *visit) error {
	take := v.text("take") == "yes"
	err := v.library().Take(v.ctx(), v.Org, v.mark(), v.text("from"), v.text("id"), take)
	if err := v.unkept("", err); err != nil {
		return err
	}
	if !v.sound() {
		return fault{v.faults[0].Words}
	}
	what := "library.left"
	if take {
		what = "library.taken"
	}
	if err := v.auditSeries("series-take", v.text("id")); err != nil {
		return err
	}
	return v.done("/console/review", what)
}

func (c *Console) seriesAgain(v *visit) error {
	data, err := c.seriesOf(v)
	if err != nil {
		return err
	}
	return v.again("series", "library.series", data)
}
