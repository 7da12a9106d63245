package slack_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	slackapi "github.com/slack-go/slack"

	"praline/channels/channelstest"
	"praline/channels/slack"
)

// TestManifest: both ways, as golden files, and within the limits of
// https://docs.slack.dev/reference/app-manifest/.
func TestManifest(t *testing.T) {
	for _, row := range []struct {
		name, address string
		socket        bool
	}{
		{"manifest-socket", "", true},
		{"manifest-http", "https://praline.example.be/", false},
	} {
		raw, err := slack.Manifest(row.address, row.socket)
		if err != nil {
			t.Fatal(err)
		}
		channelstest.Golden(t, "testdata/shown/"+row.name+".txt", string(raw)+"\n")
		var m slackapi.Manifest
		if err := json.Unmarshal(raw, &m); err != nil {
			t.Fatal(err)
		}
		for what, text := range map[string]struct {
			text string
			most int
		}{
			"name": {m.Display.Name, 35}, "description": {m.Display.Description, 140}, "long description": {m.Display.LongDescription, 4000},
			"bot": {m.Features.BotUser.DisplayName, 80}, "command": {m.Features.SlashCommands[0].Command, 32},
			"command's description": {m.Features.SlashCommands[0].Description, 2000}, "hint": {m.Features.SlashCommands[0].UsageHint, 1000},
			"shortcut": {m.Features.Shortcuts[0].Name, 24}, "shortcut's description": {m.Features.Shortcuts[0].Description, 150},
		} {
			if n := utf8.RuneCountInString(text.text); n == 0 || n > text.most {
				t.Errorf("%s: the %s has %d characters, at most %d fit", row.name, what, n, text.most)
			}
		}
		if n := utf8.RuneCountInString(m.Display.LongDescription); n < 175 {
			t.Errorf("the long description has %d characters, at least 175", n)
		}
		if !slices.Equal(m.OAuthConfig.Scopes.Bot, slack.Scopes) || m.Settings.SocketModeEnabled != row.socket {
			t.Errorf("%s: %s", row.name, raw)
		}
		if !strings.Contains(string(raw), `"messages_tab_read_only_enabled": false`) {
			t.Errorf("%s: nobody could write", row.name)
		}
	}
	for _, address := range []string{"", "http://praline.example.be", "praline.example.be", "https://"} {
		if _, err := slack.Manifest(address, false); err == nil || !strings.Contains(err.Error(), "PRALINE_PUBLIC_URL") {
			t.Errorf("%q: %v", address, err)
		}
	}
}
