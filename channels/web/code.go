package web

import (
	"crypto/rand"
	"net/http"
	"strings"
	"time"

	"praline/pages"
)

// A code is eight characters that cannot be mistaken for one another: 40 bits,
// good for ten minutes and for one use. Whoever guesses has five tries, then
// one every two minutes.
const (
	codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's base 32
	codeLength  = 8
	codeFor     = 10 * time.Minute
	codeTries   = 5
	codeWait    = 2 * time.Minute
)

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
	now := a.options.Wall()
	typed := r.PostForm.Get("code")
	if !a.floods.code.Allow(name, now) || !a.floods.codes.Allow(pages.Client(r), now) {
		w.Header().Set("Retry-After", "120")
		a.drawCode(w, r, http.StatusTooManyRequests, name, codeView{Notice: "web.code-wait", Draft: typed, Known: true})
		return
	}
	code := readCode(typed)
	var carried string
	if code != "" {
		var err error
		if carried, err = a.options.Transcript.TakeCode(r.Context(), code, now); err != nil {
			a.options.Log.Error("web: code not looked up", "error", err)
			a.problem(w, r, http.StatusServiceUnavailable, "web.away")
			return
		}
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
	code := newCode()
	if err := a.options.Transcript.PutCode(r.Context(), code, name, a.options.Wall().Add(codeFor)); err != nil {
		a.options.Log.Error("web: code not kept", "error", err)
		a.problem(w, r, http.StatusServiceUnavailable, "web.away")
		return
	}
	a.drawCode(w, r, http.StatusOK, name, codeView{Code: code[:4] + " " + code[4:], Known: true})
}

func newCode() string {
	var random [codeLength]byte
	rand.Read(random[:])
	for i, b := range random {
		random[i] = codeLetters[int(b)%len(codeLetters)] // 256 is a multiple of 32
	}
	return string(random[:])
}

// readCode reads a code as people type it: small letters, spaces, an O for a
// zero; "" if it is none.
func readCode(typed string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(typed) {
		switch r {
		case ' ', '-', '\u00a0', '\u202f':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		if !strings.ContainsRune(codeLetters, r) || b.Len() == codeLength {
			return ""
		}
		b.WriteRune(r)
	}
	if b.Len() != codeLength {
		return ""
	}
	return b.String()
}
