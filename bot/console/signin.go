package console

import (
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"praline/bot/people"
	"praline/pages"
)

// Signing in: a link opens a page that says whose account it is and asks for
// one press, so that neither a robot that previews links nor a link that
// somebody else sent signs anybody in unasked. A press is taken only from the
// browser that saw the page (a cookie and the form name the same), once.

func (c *Console) signInPages() []page {
	return []page{
		{"GET /console/sign-in", open, c.signInPage},
		{"POST /console/sign-in", open, c.signIn},
		{"POST /console/sign-out", "", c.signOut},
		{"POST /console/language", "", c.speak},
	}
}

// signInView is what the page shows: an account to enter, or where to type a code.
type signInView struct {
	Seen  string // what this browser saw, to be sent along
	Token string // of a link that leads somewhere
	Name  string // whose account it opens
	Next  string // where to go on
	Stale bool   // the link leads nowhere
}

func (c *Console) signInPage(v *visit) error {
	data := signInView{Seen: c.saw(v), Next: c.wished(v), Token: v.query("t")}
	if data.Token != "" {
		actor, err := c.options.People.LeadsTo(v.ctx(), data.Token)
		switch {
		case errors.Is(err, people.ErrNoSignIn):
			data.Token, data.Stale = "", true
		case err != nil:
			return err
		}
		data.Name = actor.Name
	}
	return c.drawSignIn(v, http.StatusOK, data)
}

// drawSignIn draws the page. What its address says is told to nobody: not even
// to our own pages.
func (c *Console) drawSignIn(v *visit, status int, data signInView) error {
	v.w.Header().Set("Referrer-Policy", "strict-origin")
	return v.drawAs(status, "sign-in", "console.sign-in", data)
}

// saw is what this browser and its form have in common.
func (c *Console) saw(v *visit) string {
	if name, ok := c.seen.Read(v.r); ok {
		return name
	}
	name := pages.NewName()
	c.seen.Write(v.w, name)
	return name
}

func (c *Console) signIn(v *visit) error {
	seen, ok := c.seen.Read(v.r)
	data := signInView{Seen: seen, Next: next(v.text("next")), Token: v.text("t")}
	if !ok || subtle.ConstantTimeCompare([]byte(seen), []byte(v.text("seen"))) != 1 {
		v.problem(http.StatusForbidden, v.W.Say("console.sign-in-other-browser"))
		return nil
	}
	// Tokens cannot be guessed; who enters either waits their turn all the same.
	wait, err := c.mayTry(v)
	if err != nil {
		return err
	}
	if wait > 0 {
		v.w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		v.problem(http.StatusTooManyRequests, v.W.Count("console.code-wait", int((wait+time.Minute-1)/time.Minute)))
		return nil
	}
	var name string
	if browser := browserOf(v.r.UserAgent()); data.Token != "" {
		name, err = c.options.People.SignInByLink(v.ctx(), data.Token, browser)
	} else {
		name, err = c.options.People.SignInByCode(v.ctx(), v.text("code"), browser)
	}
	switch {
	case errors.Is(err, people.ErrNoSignIn) && data.Token != "":
		data.Token, data.Stale = "", true
		return c.drawSignIn(v, http.StatusUnprocessableEntity, data)
	case errors.Is(err, people.ErrNoSignIn):
		v.wrong("code", "console.code-wrong")
		return c.drawSignIn(v, http.StatusUnprocessableEntity, data)
	case err != nil:
		return err
	}
	if v.Actor != nil { // whoever was signed in here is no more
		if err := c.end(v, v.session.ID); err != nil {
			return err
		}
	}
	c.seen.End(v.w)
	c.wishes.End(v.w)
	c.sessions.Write(v.w, name)
	return v.to(data.Next)
}

// mayTry takes a turn, here and over all instances.
func (c *Console) mayTry(v *visit) (time.Duration, error) {
	address := pages.Client(v.r)
	if !c.floods.code.Allow(address, c.options.Wall()) {
		return time.Minute, nil
	}
	if c.options.Try == nil {
		return 0, nil
	}
	return c.options.Try(v.ctx(), address)
}

// wished is the page that this browser wished to see before it was asked to
// sign in: it is kept while its owner goes and asks the bot for a link.
func (c *Console) wished(v *visit) string {
	if wish := next(v.query("next")); wish != "/console" {
		c.wishes.Write(v.w, base64.RawURLEncoding.EncodeToString([]byte(wish)))
		return wish
	}
	value, _ := c.wishes.Read(v.r)
	wish, _ := base64.RawURLEncoding.DecodeString(value)
	return next(string(wish))
}

// askWho sends somebody who is not signed in to do so, and back here. A form
// that comes after a session's end is not lost: its page says how to send it
// again.
func (v *visit) askWho() {
	address := "/console/sign-in"
	switch {
	case v.r.Method != http.MethodGet && v.path != "/console/sign-out":
		if err := v.drawAs(http.StatusUnauthorized, "session-over", "console.session-over", nil); err != nil {
			v.fail(err)
		}
		return
	case v.r.Method == http.MethodGet && v.path != "/console":
		address += "?" + url.Values{"next": {v.r.URL.RequestURI()}}.Encode()
	}
	_ = v.to(address)
}

// next is a page of ours to go on to; the first of all for any other address.
func next(address string) string {
	const home = "/console"
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || strings.ContainsAny(address, "\\\t\r\n") ||
		path.Clean(u.Path) != u.Path || u.Path != home && !strings.HasPrefix(u.Path, home+"/") || strings.HasPrefix(u.Path, home+"/sign-") {
		return home
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}

func (c *Console) signOut(v *visit) error {
	if err := c.end(v, v.session.ID); err != nil {
		return err
	}
	c.sessions.End(v.w)
	return v.to("/console/sign-in")
}

// speak changes the language of the session.
func (c *Console) speak(v *visit) error {
	if err := c.options.People.SpeakIn(v.ctx(), v.Org, v.session.ID, v.text("lang")); err != nil {
		return fault{"console.language-unknown"}
	}
	return v.to(next(v.text("back")))
}
