package console

import (
	"errors"
	"net/http"
	"path"
	"slices"
	"strings"

	"praline/bot/people"
	"praline/bot/preview"
	"praline/channels"
	"praline/channels/markup"
	"praline/lessons"
	"praline/lessons/library"
	"praline/pages"
)

func (c *Console) editorPages() []page {
	return []page{
		{"GET /console/series/{series}/edit", people.WriteSeries, c.edit},
		{"POST /console/series/{series}/edit", people.WriteSeries, c.editSave},
		{"POST /console/series/{series}/preview", people.WriteSeries, c.editPreview},
	}
}

type editorView struct {
	ID, File, Lang      string
	Series, Title       string
	State               [2]string
	Live                liveView
	Text, Base          string
	Rows                int
	Saved               string
	Side, Past, Preview string
	Translation         [2]string
	Outdated            string // which other language changed, and when
	Newer               *newerView
	Lesson              bool
}

// newerView is what somebody else saved meanwhile, beside what was typed.
type newerView struct {
	Who, When string
	Theirs    string
	Lines     []library.Line
}

// liveView is what follows from the text as it is typed: findings, and the
// lesson in each app.
type liveView struct {
	Findings  []findingView
	Elsewhere int // findings in other files
	Apps      []appView
	Length    lengthView
	Lang      string
}

type appView struct {
	Name, Class string
	Open        bool
	Looks       []preview.Look
	Does        string // what the app does with the lesson
}

type lengthView struct {
	Words            string
	Full, Half, Rest int
}

// edit shows a file of a draft to be written, and what becomes of it.
func (c *Console) edit(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	file := v.query("file")
	text, err := v.library().Bytes(v.ctx(), v.Org, d.Files[file].Digest)
	if err != nil || !library.IsText(file) {
		return errors.Join(err, noSuch(!library.IsText(file)))
	}
	data, err := c.editorView(v, d, file, string(text), false)
	if err != nil {
		return err
	}
	return v.draw("editor", data.Title, data, "editor.js")
}

// editSave saves what was typed; "preview" only shows it.
func (c *Console) editSave(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	file, text := v.text("file"), typedText(v.r, "text")
	if err := v.wasThere(d, file); err != nil || !library.IsText(file) {
		return errors.Join(err, noSuch(!library.IsText(file)))
	}
	data, err := c.editorView(v, d, file, text, true)
	if err != nil {
		return err
	}
	data.Base = v.text("base")
	if v.text("do") == "preview" {
		return v.draw("editor", data.Title, data, "editor.js")
	}
	saved, err := v.library().Save(v.ctx(), v.Org, d.ID, v.mark(), library.Change{Path: file, Base: v.text("base"), Content: []byte(text)})
	var newer *library.Newer
	if errors.As(err, &newer) {
		lines, _ := library.Compare(newer.Theirs, newer.Yours)
		data.Newer, data.Base = &newerView{v.called()(newer.By), v.moment(newer.At), string(newer.Theirs), lines}, newer.Digest
		v.wrong("text", "library.newer", "who", data.Newer.Who, "when", data.Newer.When)
		return v.again("editor", data.Title, data, "editor.js")
	}
	if err := v.unkept("text", err); err != nil {
		return err
	}
	if v.text("do") == "try" && v.sound() {
		if err := v.unkept("", v.tryInChat(saved)); err != nil {
			return err
		}
		if v.sound() {
			return v.done(editPath(d.ID, file), "library.trying")
		}
		data.Base = saved.Files[file].Digest
	}
	if !v.sound() {
		return v.again("editor", data.Title, data, "editor.js")
	}
	return v.done(editPath(d.ID, file), "library.saved")
}

// editPreview answers the page's script with what became of the text.
func (c *Console) editPreview(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	live, err := c.liveView(v, d, v.text("file"), typedText(v.r, "text"), true)
	if err != nil {
		return err
	}
	drawn, err := v.part("editor-live", live)
	if err != nil {
		return err
	}
	pages.Write(v.w, v.r, http.StatusOK, "text/html; charset=utf-8", []byte(markup.Straight(string(drawn))))
	return nil
}

// typedText is a source that was typed: its spaces and empty lines stay.
func typedText(r *http.Request, name string) string {
	return strings.ReplaceAll(r.PostFormValue(name), "\r\n", "\n")
}

func (c *Console) editorView(v *visit, d library.Draft, file, text string, unsaved bool) (editorView, error) {
	live, err := c.liveView(v, d, file, text, unsaved)
	if err != nil {
		return editorView{}, err
	}
	series, _, err := v.library().Check(v.ctx(), v.Org, d)
	if err != nil {
		return editorView{}, err
	}
	data := editorView{
		ID: d.ID, File: file, Series: seriesTitle(series, v.W.Lang, d.ID), Title: file, State: stateTag(v.W, d.State), Live: live,
		Text: text, Base: d.Files[file].Digest, Rows: min(max(strings.Count(text, "\n")+3, 12), 40),
		Past: seriesPath(d.ID, "past?file="+file), Preview: seriesPath(d.ID, "preview"), Lang: v.W.Lang,
	}
	if f := d.Files[file]; f.Digest != "" {
		data.Saved = v.W.Say("library.saved-by", "who", v.called()(f.By), "when", v.moment(f.At))
	}
	if lesson, lang, ok := lessonFile(file); ok {
		data.Lesson, data.Lang, data.Title, data.Side = true, lang, lessonTitle(series, lesson, lang), seriesPath(d.ID, "side", lesson)
		for _, t := range d.Translations([]string{lang}) {
			if t.Path == file {
				data.Translation = v.translationTag(t)
				if t.State == library.Outdated {
					data.Outdated = v.W.Say("library.outdated-by", "language", v.W.Say("library.in-"+t.Other), "since", v.dayOf(t.Since))
				}
			}
		}
	}
	return data, nil
}

// lessonFile reads a lesson's file name: "01-sender", "fr".
func lessonFile(file string) (lesson, lang string, ok bool) {
	name, isPage := strings.CutSuffix(file, ".md")
	i := strings.LastIndexByte(name, '.')
	if !isPage || i < 1 || strings.Contains(file, "/") {
		return "", "", false
	}
	return name[:i], name[i+1:], true
}

func (c *Console) liveView(v *visit, d library.Draft, file, text string, unsaved bool) (liveView, error) {
	var changes []library.Change
	if unsaved {
		if len(text) > library.MaxText {
			text = text[:library.MaxText]
		}
		changes = append(changes, library.Change{Path: file, Content: []byte(text)})
	}
	series, report, err := v.library().Check(v.ctx(), v.Org, d, changes...)
	if err != nil {
		return liveView{}, err
	}
	live := liveView{Findings: v.findings(report, file), Lang: v.W.Lang}
	live.Elsewhere = len(report.Faults) + len(report.Advice) - len(live.Findings)
	slices.SortStableFunc(live.Findings, func(a, b findingView) int { return a.Line - b.Line })
	lesson, lang, ok := lessonFile(file)
	if !ok || series == nil {
		return live, nil
	}
	_, id, _ := strings.Cut(lesson, "-")
	for _, l := range series.Lessons {
		if twin := l.Twins[lang]; l.ID == id && twin != nil {
			live.Length = v.lessonLength(twin)
		}
	}
	live.Lang = lang
	messages := preview.Lesson(series, id, lang, c.options.Now())
	for i, app := range preview.Apps(v.W) {
		live.Apps = append(live.Apps, v.appView(d.ID, app, i == 0, messages))
	}
	return live, nil
}

// appView is a lesson as an app shows it.
func (v *visit) appView(id string, app preview.App, open bool, messages []channels.Message) appView {
	shown := appView{Name: app.Name, Class: []string{"web", "telegram", "slack", "teams"}[appIndex(app.Name)], Open: open}
	var does []string
	for _, m := range messages {
		look := preview.In(app, m)
		for i, p := range look.Pictures {
			_, file, _ := strings.Cut(p.Path, "/")
			look.Pictures[i].Path = seriesPath(id, path.Clean("/" + file)[1:])
		}
		for _, e := range look.Effects {
			if words := v.W.Say("preview." + string(e)); e != preview.Whole && !slices.Contains(does, words) {
				does = append(does, words)
			}
		}
		shown.Looks = append(shown.Looks, look)
	}
	if len(does) == 0 {
		does = []string{v.W.Say("preview.whole")}
	}
	shown.Does = sentence(v.W.List(does))
	return shown
}

func appIndex(name string) int {
	return max(slices.Index([]string{"", "Telegram", "Slack", "Teams"}, name), 0)
}

// lessonLength says how long a lesson takes against what it promises.
func (v *visit) lessonLength(twin *lessons.Twin) lengthView {
	seconds := twin.Seconds(0)
	view := lengthView{Full: min(seconds/60, 10)}
	if seconds%60 >= 15 {
		view.Half = 1
	}
	view.Rest = max(twin.Minutes-view.Full-view.Half, 0)
	view.Words = v.W.Say("library.length", "minutes", seconds/60, "seconds", seconds%60, "of", twin.Minutes)
	return view
}
