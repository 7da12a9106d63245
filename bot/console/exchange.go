package console

import (
	"cmp"

	"praline/bot/people"
	"praline/lessons/exchange"
	"praline/lessons/exchange/formats"
	"praline/lessons/library"
)

// The pages of other formats: what comes in is shown first, with all that is
// lost or changed, and goes into a draft in one go; what goes out says what it
// loses before it is taken.

const exchangePath = "/console/exchange"

func (c *Console) exchangePages() []page {
	return []page{
		{"GET " + exchangePath, people.WriteSeries, c.exchange},
		{"POST " + exchangePath, people.WriteSeries, c.exchangeLook},
		{"GET " + exchangePath + "/upload", people.WriteSeries, c.exchangeReport},
		{"POST " + exchangePath + "/upload", people.WriteSeries, c.exchangePut},
		{"GET " + exchangePath + "/take/{from}/{series}", people.WriteSeries, c.exchangeTake},
		{"GET " + exchangePath + "/take/{from}/{series}/{format}", people.WriteSeries, c.exchangeDownload},
	}
}

// exchangeMost is what is taken of a file.
const exchangeMost = 20 << 20

type exchangeView struct {
	Langs, Into []Option
	Out         []exchangeSeries
}

// exchangeSeries is a series that can be taken along.
type exchangeSeries struct{ Path, Title, State string }

func (c *Console) exchange(v *visit) error {
	data, err := c.exchangeOf(v)
	if err != nil {
		return err
	}
	return v.draw("exchange", "exchange.title", data)
}

func (c *Console) exchangeOf(v *visit) (exchangeView, error) {
	data := exchangeView{
		Langs: []Option{{"fr", v.W.Say("exchange.fr"), v.W.Lang == "fr"}, {"nl", v.W.Say("exchange.nl"), v.W.Lang == "nl"}},
		Into:  []Option{{"", v.W.Say("exchange.into-new"), true}},
	}
	drafts, err := v.library().Drafts(v.ctx(), v.Org)
	if err != nil {
		return data, err
	}
	for _, d := range drafts {
		s, _, err := v.library().Check(v.ctx(), v.Org, d)
		if err != nil {
			return data, err
		}
		title := seriesTitle(s, v.W.Lang, d.ID)
		data.Into = append(data.Into, Option{d.ID, title, false})
		data.Out = append(data.Out, exchangeSeries{takePath("draft", d.ID), title, v.W.Say("exchange.draft")})
	}
	live, err := c.options.Catalogue(v.ctx(), v.Org)
	if err != nil {
		return data, err
	}
	for _, s := range live.All() {
		data.Out = append(data.Out, exchangeSeries{takePath("live", s.ID), seriesTitle(s, v.W.Lang, s.ID), v.W.Say("exchange.live")})
	}
	return data, nil
}

func takePath(from, id string) string { return exchangePath + "/take/" + from + "/" + id }

// exchangeLook reads an upload, and keeps it while its sender looks at what it
// holds.
func (c *Console) exchangeLook(v *visit) error {
	name, content, err := v.upload("file", exchangeMost)
	if err != nil {
		return err
	}
	w := library.Waiting{Name: name, Lang: v.text("lang"), Series: v.text("into"), At: c.options.Wall(), Content: content}
	if len(content) == 0 && v.sound() {
		v.wrong("file", "exchange.file-missing")
	}
	if v.sound() {
		u, err := formats.Open(name, content, w.Lang)
		switch {
		case err == nil:
			c.exchangeInto(v, u, &w)
		case !v.blamed(err):
			return err
		}
	}
	if v.sound() {
		err := v.library().Wait(v.ctx(), v.Org, v.Person, w)
		if err != nil {
			return err
		}
		return v.to(exchangePath + "/upload")
	}
	data, err := c.exchangeOf(v)
	if err != nil {
		return err
	}
	return v.again("exchange", "exchange.title", data)
}

// blamed notes what is wrong with an upload, with its line and its mend; false
// where it is not to blame.
func (v *visit) blamed(err error) bool {
	id, line, arguments, ok := formats.Blame(err)
	if !ok {
		return false
	}
	words := sentence(v.W.Say(id, arguments...)) + " " + v.W.Say(id+".mend", arguments...)
	if line > 0 {
		words = v.W.Say("exchange.at-line", "line", line) + v.W.Colon() + words
	}
	v.faults = append(v.faults, fieldFault{"file", words})
	return true
}

// exchangeInto says into which series an upload is to go, and tries it.
func (c *Console) exchangeInto(v *visit, u formats.Upload, w *library.Waiting) {
	if w.Series == "" {
		w.New = true
		w.Series = cmp.Or(v.text("id"), exchange.Slug(u.Title()))
		if w.Series == "" || exchange.Slug(w.Series) != w.Series {
			v.wrong("id", "exchange.id-form")
		}
		return
	}
	if _, err := c.exchangeFiles(v, u, *w); err != nil && !v.blamed(err) {
		v.wrong("into", "console.none")
	}
}

// exchangeFiles are the files of a series that an upload changes.
func (c *Console) exchangeFiles(v *visit, u formats.Upload, w library.Waiting) (map[string][]byte, error) {
	if w.New {
		return u.New(w.Series), nil
	}
	s, report, err := v.library().Draft(v.ctx(), v.Org, w.Series)
	if err != nil {
		return nil, err
	}
	return u.Into(s, report)
}
