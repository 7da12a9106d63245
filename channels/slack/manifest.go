package slack

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"praline/locales"
)

// Scopes are what the app needs of a workspace, each for one thing.
// https://docs.slack.dev/reference/scopes/
var Scopes = []string{
	"chat:write",  // to speak
	"commands",    // /praline, and the shortcuts
	"files:write", // pictures of a lesson, files of "my data"
	"im:history",  // what is written to the app, and nothing else
	"im:read",     // Home and the conversation are opened
	"im:write",    // to open the conversation after /praline
	"users:read",  // the language and the time zone of a person
}

// Events are what the app is told of.
// https://docs.slack.dev/reference/events/
var Events = []string{"app_home_opened", "app_uninstalled", "message.im", "tokens_revoked"}

// Command is our slash command.
const Command = "/praline"

// manifest is an app as Slack's configuration reads it.
// https://docs.slack.dev/reference/app-manifest/
type manifest struct {
	Metadata struct {
		Major int `json:"major_version"`
	} `json:"_metadata"`
	Display struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Long        string `json:"long_description"`
		Background  string `json:"background_color"`
	} `json:"display_information"`
	Features struct {
		Home struct {
			Home     bool `json:"home_tab_enabled"`
			Messages bool `json:"messages_tab_enabled"`
			ReadOnly bool `json:"messages_tab_read_only_enabled"`
		} `json:"app_home"`
		Bot struct {
			Name   string `json:"display_name"`
			Online bool   `json:"always_online"`
		} `json:"bot_user"`
		Shortcuts []shortcut     `json:"shortcuts"`
		Commands  []slashCommand `json:"slash_commands"`
	} `json:"features"`
	OAuth struct {
		Redirects []string `json:"redirect_urls,omitempty"`
		Scopes    struct {
			Bot []string `json:"bot"`
		} `json:"scopes"`
	} `json:"oauth_config"`
	Settings struct {
		Events struct {
			URL string   `json:"request_url,omitempty"`
			Bot []string `json:"bot_events"`
		} `json:"event_subscriptions"`
		Interactivity struct {
			Enabled bool   `json:"is_enabled"`
			URL     string `json:"request_url,omitempty"`
		} `json:"interactivity"`
		Organisation bool `json:"org_deploy_enabled"`
		Socket       bool `json:"socket_mode_enabled"`
		Rotation     bool `json:"token_rotation_enabled"`
	} `json:"settings"`
}

type shortcut struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	CallbackID  string `json:"callback_id"`
	Description string `json:"description"`
}

type slashCommand struct {
	Command     string `json:"command"`
	URL         string `json:"url,omitempty"`
	Description string `json:"description"`
	Hint        string `json:"usage_hint"`
	Escape      bool   `json:"should_escape"`
}

// brown is the colour of Praline's icon in Slack.
const brown = "#6b3222"

// Manifest is the whole app, to be pasted where Slack asks for one (JSON):
// reached at publicURL, or over Socket Mode. The
// configuration has room for one language, so its words are in French and Dutch.
func Manifest(publicURL string, socket bool) ([]byte, error) {
	publicURL = strings.TrimSuffix(publicURL, "/")
	u, err := url.Parse(publicURL)
	if !socket && (err != nil || u.Host == "" || u.Scheme != "https") {
		return nil, errors.New("without Socket Mode Slack must reach us over https: give PRALINE_PUBLIC_URL (https://praline.example.be), or ask for the manifest of Socket Mode")
	}
	if publicURL != "" && (err != nil || u.Host == "") {
		return nil, errors.New("PRALINE_PUBLIC_URL is not an address: write it as https://praline.example.be")
	}
	var m manifest
	m.Metadata.Major = 1
	m.Display.Name, m.Display.Background = "Praline", brown
	m.Display.Description, m.Display.Long = both("slack.app-short"), both("slack.app-long")
	m.Features.Home.Home, m.Features.Home.Messages = true, true
	m.Features.Bot.Name, m.Features.Bot.Online = "Praline", true
	m.Features.Shortcuts = []shortcut{
		{both("slack.shortcut"), "global", ShortcutLesson, both("slack.shortcut-about")},
		{both("slack.shortcut"), "message", ShortcutLessonMessage, both("slack.shortcut-about")},
	}
	command := slashCommand{Command: Command, Description: both("slack.command-about"), Hint: both("slack.command-hint")}
	m.OAuth.Scopes.Bot = Scopes
	m.Settings.Events.Bot = Events
	m.Settings.Interactivity.Enabled = true
	m.Settings.Socket = socket
	if !socket {
		command.URL = publicURL + "/slack/commands"
		m.Settings.Events.URL = publicURL + "/slack/events"
		m.Settings.Interactivity.URL = publicURL + "/slack/interactions"
	}
	if publicURL != "" {
		m.OAuth.Redirects = []string{publicURL + "/slack/oauth"}
	}
	m.Features.Commands = []slashCommand{command}
	return json.MarshalIndent(m, "", "  ")
}

// both are words in French and in Dutch.
func both(id string) string {
	return locales.For("fr").Say(id) + " · " + locales.For("nl").Say(id)
}
