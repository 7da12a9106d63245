package main

import (
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/slack"
	"praline/channels/slack/slacktest"
	"praline/channels/teams"
	"praline/channels/teams/teamstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
	"praline/channels/web"
	"praline/channels/web/webtest"
)

// human is somebody with an app open, whichever it is.
type human interface {
	Sees() []channelstest.Seen
	Says(text string)
	Presses(choice channels.Choice)
	Fills(form channels.Form, values map[string][]string)
}

// sibling is one of the four apps, played by its strict stand-in.
type sibling struct {
	name string
	// set turns the app on.
	set func(*settings)
	// join is a person who comes; address is where the server listens.
	join func(address, lang string) human
	// wrong is what the vendor would have refused.
	wrong func() []string
}

// siblings are the four apps. Each runs until the test ends.
func siblings(t testing.TB) []sibling {
	return []sibling{onTelegram(t), onSlack(t), onTeams(t), onWeb(t)}
}

func onTelegram(t testing.TB) sibling { return telegramIn(telegramtest.Start(t)) }

func telegramIn(s *telegramtest.Server) sibling {
	return sibling{
		name: telegram.Name,
		set: func(c *settings) {
			c.Telegram.BotToken, c.Telegram.APIURL = telegramtest.Token, s.URL
		},
		join: func(_, lang string) human {
			r := s.Reader(s.Person(4711, lang))
			r.Says("/start")
			return r
		},
		wrong: s.Violations,
	}
}

func onSlack(t testing.TB) sibling { return slackIn(slacktest.Start(t)) }

func slackIn(s *slacktest.Server) sibling {
	return sibling{
		name: slack.Name,
		set: func(c *settings) {
			c.Slack.BotToken, c.Slack.SigningSecret, c.Slack.APIURL = slacktest.BotToken, slacktest.SigningSecret, s.API()
		},
		join: func(address, lang string) human {
			s.Posts(address)
			r := s.Reader(s.Person("U0EXAMPLE", lang+"-BE"))
			r.OpensMessages()
			return r
		},
		wrong: s.Violations,
	}
}

// inTeams makes of what Teams answers nothing: a person looks at the screen.
type inTeams struct{ teamstest.Reader }

func onTeams(t testing.TB) sibling { return teamsIn(teamstest.Start(t)) }

func teamsIn(s *teamstest.Server) sibling {
	return sibling{
		name: teams.Name,
		set: func(c *settings) {
			c.Teams.AppID, c.Teams.AppPassword, c.Teams.TenantID = teamstest.AppID, teamstest.AppPassword, teamstest.TenantID
			c.Teams.LoginURL, c.Teams.OpenIDURL = s.LoginURL(), s.OpenIDURL()
		},
		join: func(address, lang string) human {
			s.Posts(address + "/api/messages")
			p := s.Person("Example", lang+"-BE")
			p.Installs()
			return inTeams{s.Reader(p)}
		},
		wrong: s.Violations,
	}
}

func onWeb(t testing.TB) sibling {
	return sibling{
		name:  web.Name,
		set:   func(c *settings) { c.Web = "on" },
		join:  func(address, lang string) human { return webtest.Open(t, address, lang) },
		wrong: func() []string { return nil },
	}
}
