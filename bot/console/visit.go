package console

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"net/http"
	"strings"

	"praline/bot/people"
	"praline/channels/markup"
	"praline/locales"
	"praline/pages"
	"praline/records"
)

// visit is one request, of somebody who is signed in unless the page is open.
type visit struct {
	*people.Actor
	console *Console
	w       http.ResponseWriter
	r       *http.Request
	W       locales.Words
	path    string // of the page: "/console/people"
	session people.Session
	faults  []fieldFault
	charts  int // that were drawn: each has an id
}

// view is what every template gets: {{.W.Say "…"}}, {{.Actor.Name}}, {{.Data.…}}.
type view struct {
	Lang         string
	W            locales.Words
	Title        string
	CSS, Icon    string
	Scripts      []string // addresses
	Actor        *people.Actor
	Organisation string // its name, in the visitor's language
	Nav          []navItem
	Path         string
	Back         string // where a change of language leads
	Notice       string // what was just done
	Faults       []fieldFault
	Data         any

	visit *visit
}

// Called is the visitor's name; who came by a poster has none yet.
func (v view) Called() string {
	if v.Actor == nil || v.Actor.Name == "" {
		return v.W.Say("console.you")
	}
	return v.Actor.Name
}

// fault is something that the visitor can mend: said on a page of its own, with
// 422. At a field of a form it is rather v.wrong.
type fault struct{ words string }

func (f fault) Error() string { return f.words }

// visiting lets in who is signed in and may do what the page is for.
func (c *Console) visiting(p page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{console: c, w: w, r: r, W: locales.For(reads(r)), path: r.URL.Path}
		if !c.floods.address.Allow(pages.Client(r), c.options.Wall()) {
			v.tooMany()
			return
		}
		actor, session, err := c.signedIn(r)
		if err != nil {
			v.fail(err)
			return
		}
		if actor != nil {
			v.Actor, v.session, v.W = actor, session, locales.For(actor.Lang)
			if !c.floods.session.Allow(session.ID, c.options.Wall()) {
				v.tooMany()
				return
			}
		}
		switch {
		case p.action == open:
		case actor == nil:
			v.askWho()
			return
		case p.action != "" && !actor.May(p.action):
			v.fail(people.ErrNotAllowed)
			return
		}
		defer v.tidy()
		if err := v.read(); err != nil {
			v.fail(err)
			return
		}
		if err := p.handle(v); err != nil {
			v.fail(err)
		}
	})
}

// signedIn is who shows a session that we opened; nil for nobody.
func (c *Console) signedIn(r *http.Request) (*people.Actor, people.Session, error) {
	name, ok := c.sessions.Read(r)
	if !ok {
		return nil, people.Session{}, nil
	}
	actor, session, err := c.options.People.Signed(r.Context(), name)
	switch {
	case errors.Is(err, people.ErrNoSession):
		return nil, people.Session{}, nil
	case err != nil:
		return nil, people.Session{}, err
	}
	return &actor, session, nil
}

// reads is the language of somebody who is not signed in.
func reads(r *http.Request) string {
	hints := []string{r.URL.Query().Get("lang")}
	for hint := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		language, _, _ := strings.Cut(strings.TrimSpace(hint), ";")
		hints = append(hints, language)
	}
	if lang := locales.Best(hints, locales.Languages); lang != "" {
		return lang
	}
	return "fr"
}

// InLanguage is this page in another language, for who is not signed in.
func (v view) InLanguage(lang string) string {
	query := v.visit.r.URL.Query()
	query.Set("lang", lang)
	return "?" + query.Encode()
}

// ctx is the request's.
func (v *visit) ctx() context.Context { return v.r.Context() }

// draw draws a page: the template of its topic within the frame of all.
func (v *visit) draw(name, title string, data any, scripts ...string) error {
	return v.drawAs(http.StatusOK, name, title, data, scripts...)
}

func (v *visit) drawAs(status int, name, title string, data any, scripts ...string) error {
	view := v.view(title, data)
	if v.Actor != nil {
		view.Organisation, view.Notice = v.organisation(), v.noticed()
	}
	for _, script := range append([]string{"console.js"}, scripts...) {
		view.Scripts = append(view.Scripts, v.console.files.URL(script))
	}
	var body, whole bytes.Buffer
	if err := v.console.templates.ExecuteTemplate(&body, name, view); err != nil {
		return err
	}
	if err := v.console.templates.ExecuteTemplate(&whole, "frame", map[string]any{"View": view, "Body": template.HTML(body.String())}); err != nil { //nolint:gosec // by html/template
		return err
	}
	pages.Write(v.w, v.r, status, "text/html; charset=utf-8", []byte(markup.Straight(whole.String()))) // whoever wrote it, and by whichever door
	return nil
}

func (v *visit) view(title string, data any) view {
	view := view{
		Lang: v.W.Lang, W: v.W, Title: v.W.Say(title), CSS: v.console.files.URL("console.css"), Icon: v.console.files.URL("praline.svg"),
		Actor: v.Actor, Path: v.path, Back: "/console", Data: data, Nav: v.nav(), Faults: v.faults, visit: v,
	}
	if v.r.Method == http.MethodGet {
		view.Back = v.r.URL.RequestURI()
	}
	return view
}

// organisation is what the visitor's organisation is called.
func (v *visit) organisation() string {
	org, err := v.console.options.People.Organisation(v.ctx(), v.Org)
	if err != nil {
		return v.Org
	}
	return inLanguage(org.Names, v.W.Lang, v.Org)
}

// inLanguage is a text in a language, or in another that it has.
func inLanguage(texts map[string]string, lang, otherwise string) string {
	for _, lang := range append([]string{lang}, locales.Languages...) {
		if texts[lang] != "" {
			return texts[lang]
		}
	}
	return otherwise
}

// to goes on to another page of ours.
func (v *visit) to(path string) error {
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// fail says what went wrong, and how to mend it.
func (v *visit) fail(err error) {
	status, words := http.StatusServiceUnavailable, "console.away"
	var mendable fault
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, people.ErrNotAllowed):
		status, words = http.StatusForbidden, "console.not-allowed"
	case errors.Is(err, records.ErrNone):
		status, words = http.StatusNotFound, "console.none"
	case errors.Is(err, records.ErrConflict):
		status, words = http.StatusConflict, "console.changed-meanwhile"
	case errors.As(err, &large):
		status, words = http.StatusRequestEntityTooLarge, "console.too-large"
	case errors.Is(err, errUnreadable):
		status, words = http.StatusBadRequest, "console.unreadable"
	case errors.As(err, &mendable):
		status, words = http.StatusUnprocessableEntity, mendable.words
	default:
		v.console.options.Log.Error("console: page not shown", "path", v.path, "error", err)
	}
	v.problem(status, v.W.Say(words))
}

// problem draws a page that says only what is the matter.
func (v *visit) problem(status int, words string) {
	if err := v.drawAs(status, "problem", "console.problem", words); err != nil {
		http.Error(v.w, words, status)
	}
}
