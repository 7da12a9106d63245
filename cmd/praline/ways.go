package main

import (
	"context"
	"log/slog"
	"net/url"
	"strings"

	"github.com/alecthomas/kong"

	"praline/bot/people"
	"praline/channels/slack"
	"praline/channels/teams"
	"praline/channels/telegram"
	"praline/channels/web"
	"praline/scheduler"
)

// ways are how an invitation's code is taken up in each app that is on. Where
// Telegram cannot be asked how the bot is called, the code can be typed.
func (c *settings) ways(log *slog.Logger) func(ctx context.Context, code string) []people.Way {
	var asked *telegram.Adapter
	if c.Telegram.BotToken != "" {
		asked = telegram.New(c.telegramOptions(log))
	}
	return func(ctx context.Context, code string) []people.Way {
		var all []people.Way
		if asked != nil {
			link, err := asked.Link(ctx, code)
			if err != nil {
				log.Warn("Telegram does not say how the bot is called", "error", err)
			}
			all = append(all, people.Way{App: telegram.Name, URL: link, Code: code})
		}
		if c.Slack.on() {
			all = append(all, people.Way{App: slack.Name, Code: code})
		}
		if c.Teams.on() {
			all = append(all, people.Way{App: teams.Name, Code: code})
		}
		if c.Web == "on" {
			all = append(all, people.Way{App: web.Name, URL: c.address() + "/chat?" + url.Values{"join": {code}}.Encode(), Code: code})
		}
		return all
	}
}

// address is where a browser reaches the HTTP listener.
func (c *settings) address() string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/")
	}
	return "http://" + c.Listen
}

// environment are the settings of a command that opened the store itself: those
// of the server, where it is set up by variables.
func environment() (*settings, error) {
	var c settings
	parser, err := kong.New(&c, kong.Vars{"employers": strings.Join(scheduler.Employers(), ", ")})
	if err != nil {
		return nil, err
	}
	_, err = parser.Parse(nil)
	return &c, err
}
