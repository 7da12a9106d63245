package console

import (
	"slices"
	"strconv"
	"strings"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/library"
)

// What a review page shows: the difference with its comments, four eyes in
// words, and what publishing will change.

func (c *Console) reviewView(v *visit) (reviewView, error) {
	d, err := v.draft()
	if err != nil {
		return reviewView{}, err
	}
	series, report, err := v.library().Check(v.ctx(), v.Org, d)
	if err != nil {
		return reviewView{}, err
	}
	shelf, err := v.library().Shelf(v.ctx(), v.Org, d.ID)
	if err != nil {
		return reviewView{}, err
	}
	data := reviewView{
		ID: d.ID, Title: seriesTitle(series, v.W.Lang, d.ID), State: stateTag(v.W, d.State), InReview: d.State == library.InReview,
		Reviewing: v.May(people.ReviewSeries), Digest: d.Digest(), Own: slices.Contains(d.Authors, v.Person),
		Faults: v.findings(lessons.Report{Faults: report.Faults}, ""), Live: shelf.Live != "", Open: shelf.Open,
	}
	called := v.called()
	if d.Asked.Note != "" {
		data.Note = v.W.Say("library.note", "note", d.Asked.Note, "who", called(d.Asked.By), "when", v.dayOf(d.Asked.At))
	}
	version := ""
	if series != nil {
		version = series.Version
	}
	data.Heading = v.W.Say("library.first-version", "version", version)
	if now, ok := shelf.Version(); ok {
		data.Heading = v.W.Say("library.compared", "version", version, "live", now.Number)
		if d.State == library.Published {
			data.Heading = v.W.Say("library.version-live", "version", now.Number)
		}
	}
	data.Steps, data.Languages = v.reviewSteps(d, seriesLanguages(series), called)
	data.Versions = v.versions(shelf, called)
	if err := v.reviewImpact(&data, d); err != nil {
		return data, err
	}
	return data, v.differences(&data, d, called)
}

// differences puts the changed files, with the comments on their lines.
func (v *visit) differences(data *reviewView, d library.Draft, called func(string) string) error {
	changed, err := v.library().Difference(v.ctx(), v.Org, d)
	if err != nil {
		return err
	}
	threads, err := v.library().Threads(v.ctx(), v.Org, d)
	if err != nil {
		return err
	}
	lines, lessons := 0, map[string]bool{}
	for _, f := range changed {
		lines += f.Changed
		if lesson, _, ok := lessonFile(f.Path); ok {
			lessons[lesson] = true
		}
		file := reviewFile{Path: f.Path, Digest: f.Now, New: f.New, Gone: f.Gone, Media: f.Media, Show: seriesPath(d.ID, f.Path)}
		shown := f.Lines
		if file.Whole = v.query("whole") == f.Path && !f.Gone && !f.Media; file.Whole {
			text, err := v.library().Bytes(v.ctx(), v.Org, f.Now)
			if err != nil {
				return err
			}
			shown = library.Whole(text)
		}
		file.Lines, file.Others = v.commented(d.ID, f.Path, shown, threads, called)
		data.Files = append(data.Files, file)
	}
	for _, t := range threads {
		if !slices.ContainsFunc(data.Files, func(f reviewFile) bool { return f.Path == t.Path }) {
			data.Others = append(data.Others, v.placed(t, called))
		}
	}
	switch {
	case lines > 0 && len(lessons) > 0:
		data.Summary = v.W.Count("library.lines-changed", lines, "lessons", v.W.Count("library.lessons", len(lessons)))
	case lines > 0:
		data.Summary = v.W.Count("library.lines-only", lines)
	}
	return nil
}

// commented puts comments under the lines that they are about.
func (v *visit) commented(id, file string, lines []library.Line, threads []library.Placed, called func(string) string) (all []reviewLineView, others []placedView) {
	shown := map[int]bool{}
	for _, line := range lines {
		view := reviewLineView{Line: line}
		if line.New > 0 {
			shown[line.New] = true
			on := file + ":" + strconv.Itoa(line.New)
			view.Comment, view.Asking = reviewPath(id)+"?on="+on+"#"+lineID(file, line.New), v.query("on") == on || v.text("file")+":"+v.text("line") == on
			for _, t := range threads {
				if t.Path == file && t.Now == line.New {
					view.Threads = append(view.Threads, v.placed(t, called))
				}
			}
		}
		all = append(all, view)
	}
	for _, t := range threads {
		if t.Path == file && !shown[t.Now] {
			others = append(others, v.placed(t, called))
		}
	}
	return all, others
}

func (v *visit) placed(t library.Placed, called func(string) string) placedView {
	view := placedView{ID: t.ID, Quote: t.Quote, Open: t.Open(), Gone: t.Now == 0, Where: v.W.Say("library.line-of", "file", t.Path, "line", t.Now)}
	if view.Gone {
		view.Where = v.W.Say("library.line-gone", "file", t.Path)
	}
	for _, r := range t.Said {
		view.Said = append(view.Said, remarkView{capital(called(r.By)), v.moment(r.At), r.Text})
	}
	if !view.Open {
		view.Solved = v.W.Say("library.solved-by", "who", called(t.Solved.By))
	}
	return view
}

// reviewSteps explain four eyes in words: written, read in each language, approved,
// published.
func (v *visit) reviewSteps(d library.Draft, langs []string, called func(string) string) (steps []reviewStep, unread []Option) {
	names := func(ids []string) string {
		var all []string
		for _, id := range ids {
			all = append(all, called(id))
		}
		return v.W.List(all)
	}
	written := v.W.Say("library.step-unchanged")
	if len(d.Authors) > 0 {
		written = names(d.Authors) + ", " + v.dayOf(d.Changed().At)
	}
	steps = append(steps, reviewStep{Done: true, Title: v.W.Say("library.step-written"), Says: written})
	for _, lang := range langs {
		step := reviewStep{Done: true, Title: v.W.Say("library.step-read", "language", v.W.Say("library.in-"+lang))}
		var readers []string
		for _, t := range d.Translations([]string{lang}) {
			if t.State != library.Reviewed {
				step.Done = false
			} else if !slices.Contains(readers, t.By.By) {
				readers = append(readers, t.By.By)
			}
		}
		step.Says = names(readers)
		if !step.Done {
			step.Now, step.Says = true, v.W.Say("library.step-unread")
			unread = append(unread, Option{Value: lang, Words: v.W.Say("library.read-" + lang)})
		}
		steps = append(steps, step)
	}
	var approvers []string
	for _, a := range d.Approved {
		if a.Digest == d.Digest() {
			approvers = append(approvers, a.By)
		}
	}
	approved := reviewStep{Done: d.State == library.Published || d.FourEyes() == nil, Title: v.W.Say("library.step-approved"), Says: names(approvers)}
	if !approved.Done {
		approved.Says = strings.TrimPrefix(approved.Says+". "+v.W.Say("library.step-four-eyes"), ". ")
	}
	return append(steps, approved, reviewStep{Done: d.State == library.Published, Title: v.W.Say("library.step-published")}), unread
}

// reviewImpact says what publishing will change for learners.
func (v *visit) reviewImpact(data *reviewView, d library.Draft) error {
	if d.State == library.Published {
		return nil
	}
	i, err := v.library().Impact(v.ctx(), v.Org, d)
	if err != nil {
		return err
	}
	say := func(count int, words string, names ...string) {
		if count > 0 {
			data.Impact = append(data.Impact, v.W.Count(words, count, "names", v.W.List(names)))
		}
	}
	if i.First {
		data.Impact = append(data.Impact, v.W.Say("library.impact-first"))
		return nil
	}
	switch {
	case i.Learners >= 5:
		data.Impact = append(data.Impact, v.W.Count("library.impact-learners", i.Learners))
	case i.Learners >= 0:
		data.Impact = append(data.Impact, v.W.Say("library.impact-few"))
	}
	say(len(i.Kept), "library.impact-kept")
	say(len(i.New), "library.impact-new", i.New...)
	say(len(i.Anew), "library.impact-anew", i.Anew...)
	say(len(i.Gone), "library.impact-gone", i.Gone...)
	say(len(i.Lessons), "library.impact-lessons", i.Lessons...)
	say(len(i.Without), "library.impact-without", i.Without...)
	data.Impact = append(data.Impact, v.W.Say("library.impact-back"))
	return nil
}
