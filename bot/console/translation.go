package console

import (
	"errors"
	"strings"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/library"
)

// The two languages of a lesson beside each other, and the earlier texts of a
// file.

func (c *Console) translationPages() []page {
	return []page{
		{"GET /console/series/{series}/side/{lesson}", people.WriteSeries, c.sideShow},
		{"POST /console/series/{series}/side/{lesson}", people.WriteSeries, c.sideSave},
		{"GET /console/series/{series}/past", people.WriteSeries, c.pastShow},
		{"POST /console/series/{series}/restore", people.WriteSeries, c.fileRestore},
		{"POST /console/series/{series}/rename", people.WriteSeries, c.fileRename},
		{"POST /console/series/{series}/delete", people.WriteSeries, c.fileDelete},
	}
}

type sideView struct {
	ID, Series, Lesson, Title string
	Sides                     []sideText
}

type sideText struct {
	Lang, Language, File, Text, Base, Edit string
	Rows                                   int
	State                                  [2]string
	Changed                                string
	Outdated                               string
	Findings                               []findingView
	Newer                                  *newerView
}

func (c *Console) sideView(v *visit) (sideView, library.Draft, error) {
	d, err := v.draft()
	if err != nil {
		return sideView{}, d, err
	}
	series, report, err := v.library().Check(v.ctx(), v.Org, d)
	if err != nil {
		return sideView{}, d, err
	}
	lesson := v.r.PathValue("lesson")
	data := sideView{ID: d.ID, Series: seriesTitle(series, v.W.Lang, d.ID), Lesson: lesson, Title: lessonTitle(series, lesson, v.W.Lang)}
	found := false
	for _, t := range d.Translations(seriesLanguages(series)) {
		if t.Lesson != lesson {
			continue
		}
		side, err := v.sideText(d, t, report)
		if err != nil {
			return data, d, err
		}
		found = true
		data.Sides = append(data.Sides, side)
	}
	return data, d, noSuch(!found)
}

func (v *visit) sideText(d library.Draft, t library.Translation, report lessons.Report) (sideText, error) {
	side := sideText{Lang: t.Lang, Language: capital(v.W.Say("library.in-" + t.Lang)), File: t.Path, Edit: editPath(d.ID, t.Path), State: v.translationTag(t), Rows: 24}
	if t.State == library.Outdated {
		side.Outdated = v.W.Say("library.outdated-by", "language", v.W.Say("library.in-"+t.Other), "since", v.dayOf(t.Since))
	}
	file, ok := d.Files[t.Path]
	if !ok {
		return side, nil
	}
	text, err := v.library().Bytes(v.ctx(), v.Org, file.Digest)
	side.Text, side.Base = string(text), file.Digest
	side.Changed = v.W.Say("library.saved-by", "who", v.called()(file.By), "when", v.moment(file.At))
	side.Findings = v.findings(report, t.Path)
	side.Rows = min(max(strings.Count(side.Text, "\n")+3, 16), 40)
	return side, err
}

func (c *Console) sideShow(v *visit) error {
	data, _, err := c.sideView(v)
	if err != nil {
		return err
	}
	return v.draw("lesson-side", data.Title, data, "editor.js")
}

// sideSave saves all languages of a lesson, or none.
func (c *Console) sideSave(v *visit) error {
	data, d, err := c.sideView(v)
	if err != nil {
		return err
	}
	var changes []library.Change
	for i, s := range data.Sides {
		text := typedText(v.r, "text-"+s.Lang)
		data.Sides[i].Text, data.Sides[i].Base = text, v.text("base-"+s.Lang)
		if strings.TrimSpace(text) != "" || s.Base != "" {
			changes = append(changes, library.Change{Path: s.File, Base: data.Sides[i].Base, Content: []byte(text)})
		}
	}
	_, err = v.library().Save(v.ctx(), v.Org, d.ID, v.mark(), changes...)
	var newer *library.Newer
	if errors.As(err, &newer) {
		for i, s := range data.Sides {
			if s.File == newer.Path {
				lines, _ := library.Compare(newer.Theirs, newer.Yours)
				data.Sides[i].Newer, data.Sides[i].Base = &newerView{v.called()(newer.By), v.moment(newer.At), string(newer.Theirs), lines}, newer.Digest
				v.wrong("text-"+s.Lang, "library.newer", "who", data.Sides[i].Newer.Who, "when", data.Sides[i].Newer.When)
			}
		}
		return v.again("lesson-side", data.Title, data, "editor.js")
	}
	if err := v.unkept("", err); err != nil {
		return err
	}
	if !v.sound() {
		return v.again("lesson-side", data.Title, data, "editor.js")
	}
	return v.done(seriesPath(d.ID, "side", data.Lesson), "library.saved")
}

type pastView struct {
	ID, Series, File string
	There            bool
	Lines            []pastLine
}

type pastLine struct {
	File, Digest, Who, When, Size string
	Now                           bool
}

func (c *Console) pastView(v *visit, file string) (pastView, error) {
	d, err := v.draft()
	if err != nil {
		return pastView{}, err
	}
	series, _, err := v.library().Check(v.ctx(), v.Org, d)
	if err != nil {
		return pastView{}, err
	}
	all, err := v.library().Past(v.ctx(), v.Org, d.ID, file)
	if err != nil {
		return pastView{}, err
	}
	data := pastView{ID: d.ID, Series: seriesTitle(series, v.W.Lang, d.ID), File: file, There: d.Files[file].Digest != ""}
	called := v.called()
	for _, p := range all[:min(len(all), 100)] {
		data.Lines = append(data.Lines, pastLine{p.Path, p.Digest, called(p.By), v.moment(p.At), v.fileSize(p.Size), d.Files[p.Path].Digest == p.Digest})
	}
	return data, nil
}

// wasThere is records.ErrNone for a file that a draft neither has nor had.
func (v *visit) wasThere(d library.Draft, file string) error {
	if _, ok := d.Files[file]; ok {
		return nil
	}
	past, err := v.library().Past(v.ctx(), v.Org, d.ID, file)
	return errors.Join(err, noSuch(err == nil && (file == "" || len(past) == 0)))
}

// pastShow shows the earlier texts of a file, or of all files.
func (c *Console) pastShow(v *visit) error {
	file := v.query("file")
	if d, err := v.draft(); err != nil {
		return err
	} else if err := v.wasThere(d, file); file != "" && err != nil {
		return err
	}
	data, err := c.pastView(v, file)
	if err != nil {
		return err
	}
	return v.draw("file-past", "library.past", data)
}

// filesChanged goes on after a change of files, or says at the past what is wrong.
func (c *Console) filesChanged(v *visit, err error, file, words string) error {
	if err := v.unkept("to", err); err != nil {
		return err
	}
	if !v.sound() {
		data, err := c.pastView(v, file)
		if err != nil {
			return err
		}
		return v.again("file-past", "library.past", data)
	}
	return v.done(seriesPath(v.r.PathValue("series")), words, "file", file)
}

func (c *Console) fileRestore(v *visit) error {
	file := v.text("file")
	_, err := v.library().Restore(v.ctx(), v.Org, v.r.PathValue("series"), v.mark(), file, v.text("digest"))
	return c.filesChanged(v, err, file, "library.restored")
}

func (c *Console) fileRename(v *visit) error {
	file := v.text("file")
	_, err := v.library().Rename(v.ctx(), v.Org, v.r.PathValue("series"), v.mark(), file, v.text("to"))
	return c.filesChanged(v, err, file, "library.renamed")
}

// fileDelete takes a file out of the draft; its text can be had back.
func (c *Console) fileDelete(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	file := v.text("file")
	if err := v.wasThere(d, file); err != nil {
		return err
	}
	_, err = v.library().Save(v.ctx(), v.Org, d.ID, v.mark(), library.Change{Path: file, Base: library.Whatever})
	return c.filesChanged(v, err, file, "library.deleted")
}
