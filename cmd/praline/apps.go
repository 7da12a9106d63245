package main

import (
	"log/slog"

	"praline/channels"
	"praline/channels/slack"
	"praline/channels/teams"
	"praline/channels/telegram"
)

// What each app is told of the settings, for the server and for the doctor.

func (c *settings) telegramOptions(log *slog.Logger) telegram.Options {
	return telegram.Options{
		Token: c.Telegram.BotToken, API: c.Telegram.APIURL, Secret: c.Telegram.WebhookSecret,
		PublicURL: c.PublicURL, Quiz: c.Telegram.Quiz == "on", Log: log,
	}
}

func (c *settings) slackOptions(log *slog.Logger) slack.Options {
	return slack.Options{
		BotToken: c.Slack.BotToken, AppToken: c.Slack.AppToken, SigningSecret: c.Slack.SigningSecret,
		ClientID: c.Slack.ClientID, ClientSecret: c.Slack.ClientSecret,
		API: c.Slack.APIURL, PublicURL: c.PublicURL, Log: log,
	}
}

func (c *settings) teamsOptions(log *slog.Logger) teams.Options {
	return teams.Options{
		AppID: c.Teams.AppID, AppPassword: c.Teams.AppPassword, TenantID: c.Teams.TenantID,
		LoginURL: c.Teams.LoginURL, OpenIDURL: c.Teams.OpenIDURL, Anonymous: c.Teams.Anonymous == "1",
		PublicURL: c.PublicURL, Log: log,
	}
}

// configuredApp is a chat app as it is set up.
type configuredApp struct {
	name   string
	on     bool
	doctor func() channels.Doctor
}

// configured are the chat apps, on or off.
func (c *settings) configured(log *slog.Logger) []configuredApp {
	return []configuredApp{
		{"Telegram", c.Telegram.BotToken != "", func() channels.Doctor { return telegram.New(c.telegramOptions(log)) }},
		{"Slack", c.Slack.on(), func() channels.Doctor { return slack.New(c.slackOptions(log)) }},
		{"Teams", c.Teams.on(), func() channels.Doctor { return teams.New(c.teamsOptions(log)) }},
	}
}
