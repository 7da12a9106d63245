package console

import (
	"slices"
	"strings"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/library"
	"praline/locales"
)

func (c *Console) draftPages() []page {
	return []page{
		{"GET /console/series/{series}", people.WriteSeries, c.draftShow},
		{"POST /console/series/{series}/lesson", people.WriteSeries, c.draftLesson},
		{"POST /console/series/{series}/upload", people.WriteSeries, c.draftUpload},
		{"GET /console/series/{series}/download", people.WriteSeries, c.draftDownload},
		{"POST /console/series/{series}/ask", people.WriteSeries, c.draftAsk},
		{"POST /console/series/{series}/try", people.WriteSeries, c.draftTry},
		{"GET /console/series/{series}/media/{path...}", people.SeeCatalogue, c.draftMedia},
	}
}

type draftView struct {
	ID, Title      string
	State          [2]string
	Writing        bool // not in review
	Note           string
	Live, Version  string
	Next           string // version that is proposed for the next publication
	Faults         []findingView
	Advice         int
	Lessons        []draftLesson
	Languages      []string
	Files          []draftFile // beside the lessons
	Templates      []Option
	Facts          []factsLine
	Changed        string
	Past           string
	Review, Upload string
}

type draftLesson struct {
	Name, Title string
	Side        string
	Twins       []draftTwin
}

type draftTwin struct {
	Lang, Path, Edit string
	State            [2]string
	Other            string // outdated: which language changed
}

type draftFile struct {
	Path, Edit, Show string
	Size             string
}

func (c *Console) draftView(v *visit) (draftView, error) {
	d, err := v.draft()
	if err != nil {
		return draftView{}, err
	}
	series, report, err := v.library().Check(v.ctx(), v.Org, d)
	if err != nil {
		return draftView{}, err
	}
	shelf, err := v.library().Shelf(v.ctx(), v.Org, d.ID)
	if err != nil {
		return draftView{}, err
	}
	data := draftView{
		ID: d.ID, Title: seriesTitle(series, v.W.Lang, d.ID), State: stateTag(v.W, d.State), Writing: d.State == library.Writing || d.State == library.Changes,
		Note: d.Asked.Note, Faults: v.findings(lessons.Report{Faults: report.Faults}, ""), Advice: len(report.Advice), Languages: seriesLanguages(series),
		Changed: v.W.Say("library.changed", "who", v.called()(d.Changed().By), "when", v.moment(d.Changed().At)),
		Past:    seriesPath(d.ID, "past"), Review: reviewPath(d.ID), Upload: seriesPath(d.ID, "upload"), Templates: v.newView().Templates,
	}
	if version, ok := shelf.Version(); ok {
		data.Live = version.Number
	}
	if data.Next, err = v.nextVersion(d, series, shelf); err != nil {
		return draftView{}, err
	}
	if series != nil {
		data.Version = series.Version
	}
	if data.Facts, err = v.factsLines(d, series); err != nil {
		return draftView{}, err
	}
	v.draftLessons(&data, d, series)
	return data, nil
}

// nextVersion is the number to propose: the one that is written if it rises,
// else the next one.
func (v *visit) nextVersion(d library.Draft, series *lessons.Series, shelf library.Shelf) (string, error) {
	if len(shelf.Versions) == 0 {
		return "1.0.0", nil
	}
	highest := shelf.Highest()
	if series != nil && library.Higher(series.Version, highest) {
		return series.Version, nil
	}
	impact, err := v.library().Impact(v.ctx(), v.Org, d)
	return library.Next(highest, len(impact.New)+len(impact.Gone)+len(impact.Anew) > 0), err
}

// draftLessons puts a draft's files under their lessons.
func (v *visit) draftLessons(data *draftView, d library.Draft, series *lessons.Series) {
	shown := map[string]bool{}
	for _, t := range d.Translations(data.Languages) {
		if len(data.Lessons) == 0 || data.Lessons[len(data.Lessons)-1].Name != t.Lesson {
			data.Lessons = append(data.Lessons, draftLesson{Name: t.Lesson, Title: lessonTitle(series, t.Lesson, v.W.Lang), Side: seriesPath(d.ID, "side", t.Lesson)})
		}
		lesson := &data.Lessons[len(data.Lessons)-1]
		twin := draftTwin{Lang: t.Lang, Path: t.Path, Edit: editPath(d.ID, t.Path), State: v.translationTag(t)}
		if t.Other != "" {
			twin.Other = locales.For(v.W.Lang).Say("library.in-" + t.Other)
		}
		lesson.Twins = append(lesson.Twins, twin)
		shown[t.Path] = true
	}
	for _, p := range d.Paths() {
		if shown[p] {
			continue
		}
		file := draftFile{Path: p, Size: v.fileSize(d.Files[p].Size)}
		if library.IsText(p) {
			file.Edit = editPath(d.ID, p)
		} else {
			file.Show = seriesPath(d.ID, p)
		}
		data.Files = append(data.Files, file)
	}
}

func (v *visit) fileSize(bytes int) string {
	return v.W.Say("library.kilobytes", "n", v.W.Number(float64((bytes+1023)/1024)))
}

// lessonTitle is what a lesson is called, else its name.
func lessonTitle(series *lessons.Series, name, lang string) string {
	if series != nil {
		_, id, _ := strings.Cut(name, "-")
		for _, l := range series.Lessons {
			if l.ID == id && l.In(lang).Title != "" {
				return l.In(lang).Title
			}
		}
	}
	return name
}

func (c *Console) draftShow(v *visit) error {
	data, err := c.draftView(v)
	if err != nil {
		return err
	}
	return v.draw("series-draft", data.Title, data)
}

func (c *Console) draftAgain(v *visit) error {
	data, err := c.draftView(v)
	if err != nil {
		return err
	}
	return v.again("series-draft", data.Title, data)
}

// draftLesson adds a lesson, from a template, in all languages that it has.
func (c *Console) draftLesson(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	titles := map[string]string{"fr": v.text("lesson-fr"), "nl": v.text("lesson-nl")}
	for _, lang := range []string{"fr", "nl"} {
		if titles[lang] == "" {
			v.wrong("lesson-"+lang, "library.needed")
		}
	}
	if !v.sound() {
		return c.draftAgain(v)
	}
	files, err := library.FromTemplate(v.text("template"), d.NextNumber(), lessonID(titles[v.W.Lang]), titles)
	if err == nil {
		_, err = v.library().Save(v.ctx(), v.Org, d.ID, v.mark(), files...)
	}
	if err := v.unkept("lesson-fr", err); err != nil {
		return err
	}
	if !v.sound() {
		return c.draftAgain(v)
	}
	i := slices.IndexFunc(files, func(f library.Change) bool { return strings.HasSuffix(f.Path, "."+v.W.Lang+".md") })
	return v.done(editPath(d.ID, files[max(i, 0)].Path), "library.lesson-added")
}

// draftAsk hands the draft to the reviewers, under the version that it shall have.
func (c *Console) draftAsk(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	err = v.library().SetVersion(v.ctx(), v.Org, d.ID, v.mark(), v.text("version"))
	if err == nil {
		err = v.library().AskReview(v.ctx(), v.Org, d.ID, v.mark(), v.text("note"))
	}
	if err := v.unkept("version", err); err != nil {
		return err
	}
	if !v.sound() {
		return c.draftAgain(v)
	}
	return v.done(seriesPath(d.ID), "library.asked")
}
