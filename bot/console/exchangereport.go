package console

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/archive"
	"praline/lessons/exchange/formats"
	"praline/lessons/library"
	"praline/records"
)

// noteLine is a loss or a change, said.
type noteLine struct{ Line, Where, Words string }

func (v *visit) notes(all []exchange.Note) []noteLine {
	var lines []noteLine
	for _, n := range all {
		line := noteLine{Where: cmp.Or(n.Where, v.W.Say("exchange.whole")), Words: sentence(v.W.Say("exchange.note."+n.Code, v.inWords(n.Args)...))}
		if n.Line > 0 {
			line.Line = strconv.Itoa(n.Line)
		}
		lines = append(lines, line)
	}
	return lines
}

// inWords says the kinds of questions as people call them.
func (v *visit) inWords(arguments []any) []any {
	said := slices.Clone(arguments)
	for i := 0; i+1 < len(said); i += 2 {
		if said[i] == "kind" {
			said[i+1] = v.W.Say(fmt.Sprintf("exchange.kind.%v", said[i+1]))
		}
	}
	return said
}

type reportView struct {
	Lead, Button string
	Notes        []noteLine
	Files        []string
	Left         []findingView
}

// waiting is what the visitor has waiting, read; not ok where it is gone.
func (c *Console) waiting(v *visit) (w library.Waiting, u formats.Upload, ok bool, err error) {
	w, err = v.library().Waits(v.ctx(), v.Org, v.Person, c.options.Wall())
	if errors.Is(err, records.ErrNone) {
		return w, u, false, nil
	}
	if err == nil {
		u, err = formats.Open(w.Name, w.Content, w.Lang)
	}
	return w, u, err == nil, err
}

func (c *Console) exchangeReport(v *visit) error {
	w, u, ok, err := c.waiting(v)
	switch {
	case err != nil:
		return err
	case !ok:
		return v.done(exchangePath, "exchange.gone")
	}
	data, err := c.reportOf(v, w, u)
	if err != nil {
		return err
	}
	return v.draw("exchange-report", v.W.Say("exchange.report-title", "file", w.Name), data)
}

func (c *Console) reportOf(v *visit, w library.Waiting, u formats.Upload) (reportView, error) {
	files, err := c.exchangeFiles(v, u, w)
	if err != nil {
		return reportView{}, err
	}
	s, report, err := c.exchangeCheck(v, w, files)
	if err != nil {
		return reportView{}, err
	}
	data := reportView{Notes: v.notes(u.Notes()), Files: slices.Sorted(maps.Keys(files)), Left: v.findings(lessons.Report{Faults: report.Faults}, "")}
	lessonsIn, questions := 0, 0
	for _, contents := range u.Contents {
		lessonsIn += len(contents.Lessons)
		questions += contents.Questions()
	}
	if u.Format == formats.Zip && s != nil {
		whole := exchange.Contents{Lessons: s.Lessons}
		lessonsIn, questions = len(s.Lessons), whole.Questions()
	}
	words, button := "exchange.holds-into", "exchange.put-into"
	if w.New {
		words, button = "exchange.holds-new", "exchange.put-new"
	}
	data.Button = v.W.Say(button)
	data.Lead = v.W.Say(words, "format", v.W.Say("exchange.format."+u.Format), "series", w.Series,
		"lessons", v.W.Count("exchange.lessons", lessonsIn), "questions", v.W.Count("exchange.questions", questions))
	return data, nil
}

// exchangeCheck reads the series as it would be.
func (c *Console) exchangeCheck(v *visit, w library.Waiting, files map[string][]byte) (*lessons.Series, lessons.Report, error) {
	if w.New {
		folder, err := archive.FS(files)
		if err != nil {
			return nil, lessons.Report{}, err
		}
		s, report := lessons.Read(folder)
		return s, report, nil
	}
	d, err := v.library().Load(v.ctx(), v.Org, w.Series)
	if err != nil {
		return nil, lessons.Report{}, err
	}
	return v.library().Check(v.ctx(), v.Org, d, changesOf(files)...)
}

// changesOf are files to be saved over whatever stands there: the visitor saw
// what they replace.
func changesOf(files map[string][]byte) []library.Change {
	var changes []library.Change
	for _, name := range slices.Sorted(maps.Keys(files)) {
		changes = append(changes, library.Change{Path: name, Base: library.Whatever, Content: files[name]})
	}
	return changes
}

// exchangePut puts what waits into its series, all files or none.
func (c *Console) exchangePut(v *visit) error {
	w, u, ok, err := c.waiting(v)
	switch {
	case err != nil:
		return err
	case !ok:
		return v.done(exchangePath, "exchange.gone")
	}
	files, err := c.exchangeFiles(v, u, w)
	if err == nil && w.New {
		_, err = v.library().Create(v.ctx(), v.Org, w.Series, v.mark(), changesOf(files)...)
	} else if err == nil {
		_, err = v.library().Save(v.ctx(), v.Org, w.Series, v.mark(), changesOf(files)...)
	}
	if err != nil && !v.blamed(err) {
		if err = v.unkept("id", err); err != nil {
			return err
		}
	}
	if !v.sound() {
		data, err := c.exchangeOf(v)
		if err != nil {
			return err
		}
		return v.again("exchange", "exchange.title", data)
	}
	if err := v.library().Taken(v.ctx(), v.Org, v.Person); err != nil {
		return err
	}
	return v.done(seriesPath(w.Series), "exchange.done", "file", w.Name)
}
