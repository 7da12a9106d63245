package console

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/exchange/archive"
	"praline/lessons/library"
	"praline/locales"
	"praline/records"
)

// What the pages on series share: who did it when, what the library refuses in
// words, people by name, and findings beside their lines.

// mark is what the visitor does now.
func (v *visit) mark() library.Mark {
	return library.Mark{By: v.Person, At: v.console.options.Now()}
}

func (v *visit) library() *library.Library { return v.console.options.Library }

// writesOrReviews refuses who does neither: both see a review.
func (v *visit) writesOrReviews() error {
	if v.May(people.WriteSeries) || v.May(people.ReviewSeries) {
		return nil
	}
	return people.ErrNotAllowed
}

// unkept notes at a field what the library refuses and the visitor can mend; it
// returns any other error.
func (v *visit) unkept(field string, err error) error {
	var refusal library.Refusal
	var broken library.Broken
	var upload *archive.Refusal
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal):
		v.wrong(field, "library.refused."+refusal.Code, refusal.Args...)
	case errors.As(err, &broken):
		v.faults = append(v.faults, fieldFault{field, v.W.Count("library.broken", len(broken.Report.Faults))})
	case errors.As(err, &upload):
		v.faults = append(v.faults, fieldFault{field, v.W.Say("upload."+upload.Code, upload.Args...) + " " + v.W.Say("upload."+upload.Code+".mend")})
	default:
		return err
	}
	return nil
}

// called says who somebody is; each is looked up once.
func (v *visit) called() func(id string) string {
	known := map[string]string{"": v.W.Say("library.by-server")}
	return func(id string) string {
		name, ok := known[id]
		if !ok {
			switch who, err := v.console.options.People.Person(v.ctx(), v.Org, id); {
			case id == v.Person:
				name = v.W.Say("library.by-you")
			case err == nil:
				name = who.Name
			default:
				name = v.W.Say("library.by-gone")
			}
			known[id] = name
		}
		return name
	}
}

// dayOf says a day without its year: "16 octobre".
func (v *visit) dayOf(at time.Time) string {
	at = at.In(brussels)
	return v.W.Day(at.Month(), at.Day())
}

// path of a page about the series of the address.
func seriesPath(id string, more ...string) string {
	return "/console/series/" + strings.Join(append([]string{id}, more...), "/")
}

func editPath(id, file string) string { return seriesPath(id, "edit?file="+url.QueryEscape(file)) }

func reviewPath(id string, more ...string) string {
	return "/console/review/" + strings.Join(append([]string{id}, more...), "/")
}

// draft is the draft that the address names, of the visitor's organisation.
func (v *visit) draft() (library.Draft, error) {
	return v.library().Load(v.ctx(), v.Org, v.r.PathValue("series"))
}

// findingView is a fault or advice at its line.
type findingView struct {
	File  string
	Line  int
	Fault bool
	What  string
	More  string // how to mend it, or why
	Guide string // where to read more
}

// findings are the words of a report: faults first, of one file or (for "") all.
func (v *visit) findings(report lessons.Report, file string) []findingView {
	var all []findingView
	for _, f := range report.Faults {
		if file == "" || f.File == file {
			all = append(all, findingView{f.File, f.Line, true, sentence(v.W.Say("check."+f.Code, f.Args...)), sentence(v.W.Say("check."+f.Code+".mend", f.Args...)), ""})
		}
	}
	for _, f := range report.Advice {
		if file == "" || f.File == file {
			all = append(all, findingView{
				f.File, f.Line, false, sentence(v.W.Say("advice."+f.Code, f.Args...)), sentence(v.W.Say("advice."+f.Code+".why", f.Args...)),
				"/console/guide/advice#" + f.Code,
			})
		}
	}
	return all
}

// Label says what it is, and where: "Conseil, ligne 24."
func (f findingView) Label(w locales.Words) string {
	switch {
	case f.Fault && f.Line == 0:
		return w.Say("library.fault-at-file")
	case f.Fault:
		return w.Say("library.fault-at", "line", f.Line)
	case f.Line == 0:
		return w.Say("library.advice-at-file")
	}
	return w.Say("library.advice-at", "line", f.Line)
}

// sentence begins and ends as one.
func sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") {
		return capital(text)
	}
	return capital(text) + "."
}

// stateTag says how far a draft is, with the look of its tag.
func stateTag(w locales.Words, s library.State) [2]string {
	look := map[library.State]string{library.Writing: "plain", library.InReview: "info", library.Changes: "advice", library.Published: "good"}[s]
	return [2]string{look, w.Say("library.state-" + string(s))}
}

// translationTag says how a lesson stands in a language.
func (v *visit) translationTag(t library.Translation) [2]string {
	look := map[library.TranslationState]string{
		library.Missing: "bad", library.Drafted: "plain", library.Reviewed: "good", library.Outdated: "advice",
	}[t.State]
	return [2]string{look, v.W.Say("library.translation-"+string(t.State), "since", v.dayOf(t.Since))}
}

// seriesLanguages are those of a series: of its title, else French and Dutch.
func seriesLanguages(s *lessons.Series) []string {
	if s != nil && len(s.Languages) > 0 {
		return s.Languages
	}
	return locales.Languages
}

// seriesTitle is what a series is called; a draft whose series.yaml cannot be read
// goes by its id.
func seriesTitle(s *lessons.Series, lang, id string) string {
	if s != nil {
		if title := s.Title.In(lang); title != "" {
			return title
		}
	}
	return id
}

// auditSeries notes what was done to a series.
func (v *visit) auditSeries(what, series string, more ...string) error {
	return v.console.options.People.Audit(v.ctx(), *v.Actor, what, append([]string{"series:" + series}, more...)...)
}

// newID is an id for a title: "Vos mots de passe" is "vos-mots-de-passe".
func newID(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(plainLetters.Replace(title)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 40 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

var plainLetters = strings.NewReplacer("à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i",
	"ô", "o", "ö", "o", "ù", "u", "û", "u", "ü", "u", "œ", "oe", "É", "e", "È", "e", "À", "a", "Ç", "c")

// freeID is an id that is not taken: the title's, or that with a number.
func (v *visit) freeID(ctx context.Context, title string) (string, error) {
	id := newID(title)
	if id == "" {
		id = "serie"
	}
	for n := 1; ; n++ {
		try := id
		if n > 1 {
			try = fmt.Sprintf("%s-%d", id, n)
		}
		_, err := v.library().Load(ctx, v.Org, try)
		if errors.Is(err, records.ErrNone) && v.library().Catalogue.Series(try) == nil {
			return try, nil
		}
		if err != nil && !errors.Is(err, records.ErrNone) {
			return "", err
		}
	}
}

// noSuch is records.ErrNone where there is no such thing.
func noSuch(is bool) error {
	if is {
		return records.ErrNone
	}
	return nil
}
