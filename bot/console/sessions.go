package console

import (
	"errors"
	"strings"
	"time"

	"praline/bot/people"
	"praline/records"
)

func (c *Console) sessionPages() []page {
	return []page{
		{"GET /console/sessions", "", c.ownSessions},
		{"POST /console/sessions", "", c.endOwn},
		{"GET /console/people/{person}/sessions", people.ManagePeople, c.theirSessions},
		{"POST /console/people/{person}/sessions", people.ManagePeople, c.endTheirs},
	}
}

// sessionsView are the browsers in which somebody is signed in.
type sessionsView struct {
	Of       string // a colleague's name; "" for one's own
	Action   string
	Sessions []sessionRow
}

type sessionRow struct {
	ID, Browser, Began, Seen string
	This                     bool
}

func (c *Console) ownSessions(v *visit) error {
	return c.drawSessions(v, v.Person, sessionsView{Action: "/console/sessions"})
}

func (c *Console) theirSessions(v *visit) error {
	person, err := c.options.People.Person(v.ctx(), v.Org, v.r.PathValue("person"))
	if err != nil {
		return err
	}
	return c.drawSessions(v, person.ID, sessionsView{Of: person.Name, Action: "/console/people/" + person.ID + "/sessions"})
}

func (c *Console) drawSessions(v *visit, person string, data sessionsView) error {
	all, err := c.options.People.Sessions(v.ctx(), v.Org, person)
	if err != nil {
		return err
	}
	for _, s := range all {
		browser, on, _ := strings.Cut(s.Browser, "/")
		words := v.W.Say("console.browser-unknown")
		switch {
		case browser != "" && on != "":
			words = v.W.Say("console.browser-on", "browser", browser, "system", on)
		case browser+on != "":
			words = browser + on
		}
		data.Sessions = append(data.Sessions, sessionRow{s.ID, words, v.moment(s.Began), v.moment(s.Seen), s.ID == v.session.ID})
	}
	return v.draw("sessions", "console.sessions", data)
}

// endOwn ends one of the visitor's sessions, or all but the one they are in.
func (c *Console) endOwn(v *visit) error {
	if id := v.text("session"); id != "" {
		return c.ended(v, c.end(v, id), "/console/sessions")
	}
	all, err := c.options.People.Sessions(v.ctx(), v.Org, v.Person)
	for _, s := range all {
		if s.ID != v.session.ID {
			err = errors.Join(err, c.end(v, s.ID))
		}
	}
	return c.ended(v, err, "/console/sessions")
}

func (c *Console) end(v *visit, id string) error {
	err := c.options.People.EndSession(v.ctx(), v.Org, v.Person, id)
	if errors.Is(err, records.ErrNone) && id == v.session.ID {
		return nil // by somebody else, meanwhile
	}
	return err
}

func (c *Console) endTheirs(v *visit) error {
	person, err := c.options.People.Person(v.ctx(), v.Org, v.r.PathValue("person"))
	if err != nil {
		return err
	}
	if id := v.text("session"); id != "" {
		err = c.options.People.EndSession(v.ctx(), v.Org, person.ID, id)
	} else {
		err = c.options.People.EndSessions(v.ctx(), v.Org, person.ID)
	}
	if err == nil {
		err = c.options.People.Audit(v.ctx(), *v.Actor, "session-end", people.AboutPerson(person.ID))
	}
	return c.ended(v, err, "/console/people/"+person.ID+"/sessions")
}

func (c *Console) ended(v *visit, err error, back string) error {
	if err != nil {
		return err
	}
	return v.done(back, "console.session-ended")
}

// moment says a time of the wall's clock: "mardi 20 octobre, 9 h 05".
func (v *visit) moment(at time.Time) string {
	at = at.In(brussels)
	return v.W.Date(at.Year(), at.Month(), at.Day()) + ", " + v.W.Clock(at.Hour(), at.Minute())
}

var brussels = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		return time.UTC
	}
	return zone
}()

// browserOf is what a browser calls itself, as people do: "Firefox/Windows".
// The order matters: most of them say that they are some of the others too.
func browserOf(agent string) string {
	return first(agent, "Edg", "Edge", "OPR/", "Opera", "SamsungBrowser", "Samsung Internet", "Firefox", "Firefox", "FxiOS", "Firefox",
		"CriOS", "Chrome", "Chrome", "Chrome", "Safari", "Safari") + "/" +
		first(agent, "Windows", "Windows", "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "CrOS", "ChromeOS", "Mac OS", "macOS", "Linux", "Linux")
}

func first(agent string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if strings.Contains(agent, pairs[i]) {
			return pairs[i+1]
		}
	}
	return ""
}
