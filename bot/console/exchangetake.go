package console

import (
	"net/http"
	"slices"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange/archive"
	"praline/lessons/exchange/formats"
	"praline/pages"
	"praline/records"
)

// takenSeries is the series of the address: a draft of the visitor's
// organisation, or what it is taught.
func (c *Console) takenSeries(v *visit) (*lessons.Series, error) {
	id := v.r.PathValue("series")
	switch v.r.PathValue("from") {
	case "draft":
		s, _, err := v.library().Draft(v.ctx(), v.Org, id)
		if err == nil && s == nil {
			err = records.ErrNone
		}
		return s, err
	case "live":
		live, err := c.options.Catalogue(v.ctx(), v.Org)
		if err != nil {
			return nil, err
		}
		if s := live.Series(id); s != nil {
			return s, nil
		}
	}
	return nil, records.ErrNone
}

type takeFormat struct {
	Name  string
	Files []takeFile
}

type takeFile struct {
	Path, Lang, Words string
	Lost              []noteLine
	Count             string
}

type takeView struct {
	Zip     string
	Formats []takeFormat
}

// exchangeTake offers a series in each format, with what that loses.
func (c *Console) exchangeTake(v *visit) error {
	s, err := c.takenSeries(v)
	if err != nil {
		return err
	}
	data := takeView{Zip: v.path + "/" + formats.Zip}
	for _, f := range formats.All {
		one := takeFormat{Name: v.W.Say("exchange.format." + f.Name)}
		langs := s.Languages
		if f.Languages {
			langs = []string{""}
		}
		for _, lang := range langs {
			_, notes, err := f.Write(s, lang)
			if err != nil {
				return err
			}
			file := takeFile{Path: v.path + "/" + f.Name + "?lang=" + lang, Lang: lang, Words: v.W.Say("exchange.take-all"), Lost: v.notes(notes)}
			if lang != "" {
				file.Words = v.langWords(lang)
			}
			file.Count = v.W.Count("exchange.losses", len(notes))
			one.Files = append(one.Files, file)
		}
		data.Formats = append(data.Formats, one)
	}
	return v.draw("exchange-take", v.W.Say("exchange.take-title", "series", seriesTitle(s, v.W.Lang, s.ID)), data)
}

// exchangeDownload gives a series in a format.
func (c *Console) exchangeDownload(v *visit) error {
	s, err := c.takenSeries(v)
	if err != nil {
		return err
	}
	f, ok := formats.Named(v.r.PathValue("format"))
	lang := v.query("lang")
	var content []byte
	switch {
	case v.r.PathValue("format") == formats.Zip:
		f = formats.Format{Extension: ".zip", MIME: "application/zip"}
		content, err = zipOf(s)
	case !ok, !f.Languages && !slices.Contains(s.Languages, lang), f.Languages && lang != "" && !slices.Contains(s.Languages, lang):
		return records.ErrNone
	default:
		content, _, err = f.Write(s, lang)
	}
	if err != nil {
		return err
	}
	name := strings.Join(slices.DeleteFunc([]string{s.ID, lang}, func(part string) bool { return part == "" }), ".") + f.Extension
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	pages.Write(v.w, v.r, http.StatusOK, f.MIME, content)
	return nil
}

// zipOf packs the folder of a series as it is.
func zipOf(s *lessons.Series) ([]byte, error) {
	files, err := archive.Files(s.Files)
	if err != nil {
		return nil, err
	}
	return archive.Pack(files)
}

// langWords is what a language is called, or its code.
func (v *visit) langWords(lang string) string {
	switch lang {
	case "fr":
		return v.W.Say("exchange.fr")
	case "nl":
		return v.W.Say("exchange.nl")
	}
	return lang
}
