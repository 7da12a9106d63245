package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
)

// settings are what an administrator sets, for the server and for whoever
// looks at how it is set up. Each flag has the environment variable that its
// help names.
type settings struct {
	Listen    string `env:"PRALINE_LISTEN" default:"127.0.0.1:8080" help:"HTTP listener."`
	Redis     string `env:"PRALINE_REDIS" help:"Redis URL; empty: the embedded file." placeholder:"redis://…"`
	Folder    string `name:"data" env:"PRALINE_DATA" default:"./data" help:"Folder of the embedded file."`
	Series    string `env:"PRALINE_SERIES" help:"Folder of series; empty: those that ship."`
	PublicURL string `env:"PRALINE_PUBLIC_URL" help:"Where the world reaches the HTTP listener." placeholder:"https://…"`
	Secret    string `env:"PRALINE_SECRET" help:"32 bytes, base64: signs and seals; empty: a file in the data folder."`
	Metrics   string `env:"PRALINE_METRICS" help:"A listener of its own for /metrics; empty: the main one, for loopback callers."`
	Web       string `env:"PRALINE_WEB" default:"on" enum:"on,off" help:"The web channel."`
	Calendar  string `env:"PRALINE_CALENDAR" help:"The employer's holidays: ${employers}; empty: Belgium's legal ones."`
	Days      string `env:"PRALINE_DAYS" help:"More days on which nobody is written to (bridges, substitute days), with commas." placeholder:"2027-05-07,2027-12-27"`
	Outside   string `name:"forbid-outside" env:"PRALINE_FORBID_OUTSIDE" default:"off" enum:"on,off" help:"On: nobody may choose a time outside their working time."`

	Telegram telegramSettings `embed:"" prefix:"telegram-" group:"Telegram"`
	Slack    slackSettings    `embed:"" prefix:"slack-" group:"Slack"`
	Teams    teamsSettings    `embed:"" prefix:"teams-" group:"Microsoft Teams"`
}

type telegramSettings struct {
	BotToken      string `env:"TELEGRAM_BOT_TOKEN" help:"Turns Telegram on."`
	APIURL        string `name:"api-url" env:"TELEGRAM_API_URL" default:"https://api.telegram.org" help:"The Bot API."`
	WebhookSecret string `env:"TELEGRAM_WEBHOOK_SECRET" help:"Set: updates come by webhook; else by polling."`
	Quiz          string `env:"TELEGRAM_QUIZ" default:"off" enum:"on,off" help:"On: a question that fits is asked as Telegram's own quiz."`
}

type slackSettings struct {
	BotToken      string `env:"SLACK_BOT_TOKEN" help:"Turns Slack on, for one workspace (xoxb-…)."`
	AppToken      string `env:"SLACK_APP_TOKEN" help:"Set: events come by Socket Mode (xapp-…); else by HTTP."`
	SigningSecret string `env:"SLACK_SIGNING_SECRET" help:"Proves what comes by HTTP."`
	ClientID      string `env:"SLACK_CLIENT_ID" help:"Lets other workspaces install the app, at /slack/install."`
	ClientSecret  string `env:"SLACK_CLIENT_SECRET" help:"Goes with SLACK_CLIENT_ID."`
	APIURL        string `name:"api-url" env:"SLACK_API_URL" default:"https://slack.com/api/" help:"The Web API."`
}

// on says that Slack has what it needs at least.
func (s slackSettings) on() bool { return s.BotToken != "" || s.ClientID != "" }

type teamsSettings struct {
	AppID       string `env:"TEAMS_APP_ID" help:"Turns Microsoft Teams on."`
	AppPassword string `env:"TEAMS_APP_PASSWORD" help:"The app's client secret."`
	TenantID    string `env:"TEAMS_TENANT_ID" help:"The organisation's tenant."`
	LoginURL    string `name:"login-url" env:"TEAMS_LOGIN_URL" default:"https://login.microsoftonline.com" help:"Where tokens come from."`
	OpenIDURL   string `name:"openid-url" env:"TEAMS_OPENID_URL" default:"https://login.botframework.com/v1/.well-known/openidconfiguration" help:"What proves inbound requests."`
	Anonymous   string `env:"TEAMS_ANONYMOUS" default:"0" enum:"0,1" help:"1: takes unsigned requests from this machine, for an emulator."`
}

// on says that Teams has what it needs at least.
func (t teamsSettings) on() bool { return t.AppID != "" || t.Anonymous == "1" }

// variables are how the environment variables of our settings begin.
var variables = []string{"PRALINE_", "TELEGRAM_", "SLACK_", "TEAMS_"}

// chatApp is how an app is reached that has a token: what --speed asks.
type chatApp struct {
	name                 string
	token, tokenVariable string
	api, apiVariable     string
}

// real says that people are behind it: it is on, and not an emulator on this machine.
func (a chatApp) real() bool { return a.token != "" && !loopback(a.api) }

// apps is every chat app that has a token, on or off; a new one is one more line.
func (c *settings) apps() []chatApp {
	return []chatApp{
		{"Telegram", c.Telegram.BotToken, "TELEGRAM_BOT_TOKEN", c.Telegram.APIURL, "TELEGRAM_API_URL"},
		{"Slack", c.Slack.BotToken + c.Slack.ClientSecret, "SLACK_BOT_TOKEN", c.Slack.APIURL, "SLACK_API_URL"},
		{"Teams", c.Teams.AppPassword, "TEAMS_APP_PASSWORD", c.Teams.LoginURL, "TEAMS_LOGIN_URL"},
	}
}

// webhookSecret is what Telegram takes as secret_token, https://core.telegram.org/bots/api#setwebhook.
var webhookSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// addresses refuses settings that could not work, before anything is opened.
func (c *settings) addresses() error {
	if host, _, err := net.SplitHostPort(c.Metrics); c.Metrics != "" && err == nil && !thisMachine(host) {
		return fmt.Errorf("--metrics %s is not on this machine: figures are not for the world; use 127.0.0.1 with a port, and let a proxy pass them on", c.Metrics)
	}
	return errors.Join(c.telegram(), c.slack(), c.teams())
}

func (c *settings) telegram() error {
	if c.Telegram.BotToken == "" {
		return nil
	}
	if s := c.Telegram.WebhookSecret; s != "" && !webhookSecret.MatchString(s) {
		return errors.New("TELEGRAM_WEBHOOK_SECRET: Telegram takes letters without accents, digits, _ and -, 256 at most: make one with \"openssl rand -hex 32\"")
	}
	return isAddress("TELEGRAM_API_URL", c.Telegram.APIURL, "https://api.telegram.org")
}

func (c *settings) slack() error {
	s := c.Slack
	switch {
	case !s.on():
		return nil
	case s.AppToken == "" && s.SigningSecret == "":
		return errors.New("nothing brings what people do in Slack: give SLACK_APP_TOKEN (Socket Mode: nothing to open in a firewall), or SLACK_SIGNING_SECRET (by HTTP)")
	case (s.ClientID == "") != (s.ClientSecret == ""):
		return errors.New("SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together: give both, for several workspaces, or neither")
	}
	return isAddress("SLACK_API_URL", s.APIURL, "https://slack.com/api/")
}

func (c *settings) teams() error {
	t := c.Teams
	if t.AppID != "" && (t.AppPassword == "" || t.TenantID == "") {
		return errors.New("TEAMS_APP_ID goes with TEAMS_APP_PASSWORD (the client secret) and TEAMS_TENANT_ID: copy all three from the Azure portal, as docs/administrators/teams says")
	}
	if !t.on() {
		return nil
	}
	return errors.Join(
		isAddress("TEAMS_LOGIN_URL", t.LoginURL, "https://login.microsoftonline.com"),
		isAddress("TEAMS_OPENID_URL", t.OpenIDURL, "https://login.botframework.com/v1/.well-known/openidconfiguration"),
	)
}

func isAddress(variable, address, example string) error {
	if u, err := url.Parse(address); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return fmt.Errorf("%s is no address: write it as %s, or leave it out", variable, example)
	}
	return nil
}
