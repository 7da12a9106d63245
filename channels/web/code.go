package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"praline/pages"
)

// A code joins what is done here and what is done elsewhere. Who makes and
// reads them is the bot: the same code may be typed in any app.

// WaitError is a code that is not looked at now: too many were tried.
type WaitError struct{ For time.Duration }

func (e *WaitError) Error() string {
	return fmt.Sprintf("too many codes were tried: wait for %s", e.For)
}

// codeView is what the page about codes draws.
type codeView struct {
	View
	Code   string // to read out, "ABCD EFGH"
	Notice string
	Draft  string
	Known  bool // there is a conversation to carry
}

// codePage offers to make a code and to enter one.
func (a *Adapter) codePage(w http.ResponseWriter, r *http.Request) {
	name, known := a.sessions.Read(r)
	if !known {
		a.sessions.Write(w, pages.NewName()) // who enters a code shall bring it back
	}
	a.drawCode(w, r, http.StatusOK, name, codeView{Known: known})
}

func (a *Adapter) drawCode(w http.ResponseWriter, r *http.Request, status int, name string, v codeView) {
	var entries []Entry
	if name != "" {
		entries, _ = a.entries(r.Context(), name) // only for the language
	}
	v.Known = v.Known && len(entries) > 0
	v.View = a.view(langOf(r, entries), "web.code-title")
	if v.Notice != "" {
		v.Notice = v.W.Say(v.Notice)
	}
	a.template(w, r, status, "code", v)
}

// takeCode makes a code, or takes one that was made elsewhere.
func (a *Adapter) takeCode(w http.ResponseWriter, r *http.Request) {
	name, ok := a.sessions.Read(r)
	if !ok {
		a.problem(w, r, http.StatusForbidden, "web.no-session")
		return
	}
	if err := readForm(w, r); err != nil {
		a.problem(w, r, http.StatusBadRequest, "web.unreadable")
		return
	}
	if !r.PostForm.Has("code") {
		a.makeCode(w, r, name)
		return
	}
	typed := r.PostForm.Get("code")
	carried, err := a.options.Redeem(r.Context(), name, typed)
	var wait *WaitError
	switch {
	case errors.As(err, &wait):
		w.Header().Set("Retry-After", strconv.Itoa(int(wait.For/time.Second)+1))
		a.drawCode(w, r, http.StatusTooManyRequests, name, codeView{Notice: "web.code-wait", Draft: typed, Known: true})
		return
	case err != nil:
		a.options.Log.Error("web: code not looked up", "error", err)
		a.problem(w, r, http.StatusServiceUnavailable, "web.away")
		return
	}
	if carried == "" {
		a.drawCode(w, r, http.StatusUnprocessableEntity, name, codeView{Notice: "web.code-wrong", Draft: typed, Known: true})
		return
	}
	a.sessions.Write(w, carried)
	http.Redirect(w, r, "/chat#last", http.StatusSeeOther)
}

func (a *Adapter) makeCode(w http.ResponseWriter, r *http.Request, name string) {
	if !a.floods.session.Allow(name, a.options.Wall()) {
		a.problem(w, r, http.StatusTooManyRequests, "web.too-many")
		return
	}
	code, err := a.options.NewCode(r.Context(), name)
	if err != nil {
		a.options.Log.Error("web: code not kept", "error", err)
		a.problem(w, r, http.StatusServiceUnavailable, "web.away")
		return
	}
	if code == "" { // nothing was said here, or all was erased
		http.Redirect(w, r, "/chat", http.StatusSeeOther)
		return
	}
	a.drawCode(w, r, http.StatusOK, name, codeView{Code: code, Known: true})
}
