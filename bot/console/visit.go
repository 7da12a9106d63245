package console

import (
	"bytes"
	"errors"
	"html/template"
	"net/http"

	"praline/bot/people"
	"praline/locales"
	"praline/pages"
	"praline/records"
)

// visit is one request of somebody who is signed in.
type visit struct {
	*people.Actor
	console *Console
	w       http.ResponseWriter
	r       *http.Request
	W       locales.Words
	path    string // of the page, without what follows: "/console/people"
}

// view is what every template gets: {{.W.Say "…"}}, {{.Actor.Name}}, {{.Data.…}}.
type view struct {
	Lang      string
	W         locales.Words
	Title     string
	CSS, Icon string
	Scripts   []string // addresses
	Actor     *people.Actor
	Nav       []navItem
	Path      string
	Data      any
}

// fault is something that the visitor can mend: said on a page, with 422.
type fault struct{ words string }

func (f fault) Error() string { return f.words }

// visiting lets in who is signed in and may do what the page is for.
func (c *Console) visiting(p page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{console: c, w: w, r: r, W: locales.For("fr"), path: r.URL.Path}
		actor, err := c.signedIn(r)
		switch {
		case err != nil:
			v.fail(err)
			return
		case actor == nil:
			http.Redirect(w, r, "/console/sign-in", http.StatusSeeOther)
			return
		}
		v.Actor, v.W = actor, locales.For(actor.Lang)
		if p.action != "" && !actor.May(p.action) {
			v.fail(people.ErrNotAllowed)
			return
		}
		if err := p.handle(v); err != nil {
			v.fail(err)
		}
	})
}

// signedIn is who shows a session that we opened; nil for nobody.
func (c *Console) signedIn(r *http.Request) (*people.Actor, error) {
	return nil, nil
}

// draw draws a page: the template of its topic within the frame of all.
func (v *visit) draw(name, title string, data any, scripts ...string) error {
	return v.drawAs(http.StatusOK, name, title, data, scripts...)
}

func (v *visit) drawAs(status int, name, title string, data any, scripts ...string) error {
	view := view{
		Lang: v.W.Lang, W: v.W, Title: v.W.Say(title), CSS: v.console.files.URL("console.css"), Icon: v.console.files.URL("praline.svg"),
		Actor: v.Actor, Path: v.path, Data: data, Nav: v.nav(),
	}
	for _, script := range scripts {
		view.Scripts = append(view.Scripts, v.console.files.URL(script))
	}
	var body, whole bytes.Buffer
	if err := v.console.templates.ExecuteTemplate(&body, name, view); err != nil {
		return err
	}
	if err := v.console.templates.ExecuteTemplate(&whole, "frame", map[string]any{"View": view, "Body": template.HTML(body.String())}); err != nil { //nolint:gosec // by html/template
		return err
	}
	pages.Write(v.w, v.r, status, "text/html; charset=utf-8", whole.Bytes())
	return nil
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
	switch {
	case errors.Is(err, people.ErrNotAllowed):
		status, words = http.StatusForbidden, "console.not-allowed"
	case errors.Is(err, records.ErrNone):
		status, words = http.StatusNotFound, "console.none"
	case errors.As(err, &mendable):
		status, words = http.StatusUnprocessableEntity, mendable.words
	default:
		v.console.options.Log.Error("console: page not shown", "path", v.path, "error", err)
	}
	if err := v.drawAs(status, "problem", "console.problem", v.W.Say(words)); err != nil {
		http.Error(v.w, v.W.Say(words), status)
	}
}
