package main

import (
	"log/slog"

	"praline/channels/slack"
)

// What each app is told of the settings, for the server and for the doctor.

func (c *settings) slackOptions(log *slog.Logger) slack.Options {
	return slack.Options{
		BotToken: c.Slack.BotToken, AppToken: c.Slack.AppToken, SigningSecret: c.Slack.SigningSecret,
		ClientID: c.Slack.ClientID, ClientSecret: c.Slack.ClientSecret,
		API: c.Slack.APIURL, PublicURL: c.PublicURL, Log: log,
	}
}
