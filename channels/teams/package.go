package teams

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"praline/locales"
)

// The app package that an administrator uploads: a manifest, the words of each
// language, and two icons.
// https://learn.microsoft.com/microsoft-365/extensibility/schema/?view=m365-app-1.19 (2026-11-25)
const (
	manifestVersion = "1.19"
	manifestSchema  = "https://developer.microsoft.com/json-schemas/teams/v" + manifestVersion + "/MicrosoftTeams.schema.json"
	wordsSchema     = "https://developer.microsoft.com/json-schemas/teams/v" + manifestVersion + "/MicrosoftTeams.Localization.schema.json"
	packageVersion  = "1.0.0"
	maxShortName    = 30
)

// commands are offered where one types, in this order: ten at most show.
var commands = []struct{ title, about string }{
	{"teams.command-lesson", "teams.command-lesson-about"},
	{"teams.command-times", "teams.command-times-about"},
	{"teams.command-progress", "teams.command-progress-about"},
	{"teams.command-language", "teams.command-language-about"},
	{"teams.command-pause", "teams.command-pause-about"},
	{"teams.command-data", "teams.command-data-about"},
	{"teams.command-help", "teams.command-help-about"},
}

// Package returns the app package of a bot, as a zip. publicURL is where the
// world reaches us, name what the app is called ("" is Praline). The same bot
// has the same package, byte by byte.
func Package(publicURL, appID, name string) ([]byte, error) {
	publicURL = strings.TrimSuffix(publicURL, "/")
	if name == "" {
		name = "Praline"
	}
	switch {
	case !guid.MatchString(appID):
		return nil, fmt.Errorf("teams: %q is not the id of an app (8-4-4-4-12 characters): give the “Microsoft App ID” of the bot in TEAMS_APP_ID", appID)
	case !public(publicURL):
		return nil, fmt.Errorf("teams: Teams reaches Praline by https only, and %q is no such address: give PRALINE_PUBLIC_URL", publicURL)
	case utf8.RuneCountInString(name) > maxShortName || strings.TrimSpace(name) == "":
		return nil, fmt.Errorf("teams: Teams shows at most %d characters of a name: give a shorter one than %q", maxShortName, name)
	}
	manifest, err := manifestOf(publicURL, strings.ToLower(appID), name)
	if err != nil {
		return nil, err
	}
	files := []struct {
		name string
		data any
	}{
		{"manifest.json", manifest},
		{"nl.json", wordsOf("nl", name)},
		{"en.json", wordsOf("en", name)},
		{"color.png", colourIcon()},
		{"outline.png", outlineIcon()},
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, f := range files {
		data, ready := f.data.([]byte)
		if !ready {
			if data, err = json.MarshalIndent(f.data, "", "  "); err != nil {
				return nil, fmt.Errorf("teams: %s: %w", f.name, err)
			}
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: packed0})
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			return nil, fmt.Errorf("teams: %s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("teams: app package: %w", err)
	}
	return packed.Bytes(), nil
}

// packed0 is the date of all that is in the package.
var packed0 = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func manifestOf(publicURL, appID, name string) (part, error) {
	address, err := url.Parse(publicURL)
	if err != nil {
		return nil, fmt.Errorf("teams: %w", err)
	}
	words := locales.For("fr")
	var listed []any
	for _, c := range commands {
		listed = append(listed, part{"title": words.Say(c.title), "description": words.Say(c.about)})
	}
	return part{
		"$schema": manifestSchema, "manifestVersion": manifestVersion, "version": packageVersion, "id": appID,
		"developer": part{
			"name": name, "websiteUrl": publicURL + "/chat", "privacyUrl": publicURL + "/chat", "termsOfUseUrl": publicURL + "/chat",
		},
		"name":        part{"short": name, "full": name},
		"description": part{"short": words.Say("teams.app-short"), "full": words.Say("teams.app-long")},
		"icons":       part{"color": "color.png", "outline": "outline.png"},
		"accentColor": "#6B3322",
		"localizationInfo": part{"defaultLanguageTag": "fr", "additionalLanguages": []any{
			part{"languageTag": "nl", "file": "nl.json"}, part{"languageTag": "en", "file": "en.json"},
		}},
		"bots": []any{part{
			"botId": appID, "scopes": []string{"personal"}, "supportsFiles": true, "isNotificationOnly": false,
			"commandLists": []any{part{"scopes": []string{"personal"}, "commands": listed}},
		}},
		"staticTabs": []any{
			part{"entityId": "conversations", "scopes": []string{"personal"}},
			part{
				"entityId": tabID, "name": words.Say("teams.tab-title"), "scopes": []string{"personal"}, "websiteUrl": publicURL + "/chat",
				"contentUrl": publicURL + "/teams/tab?t={page.subPageId}&s={subEntityId}&lang={app.locale}",
			},
			part{"entityId": "about", "scopes": []string{"personal"}},
		},
		"permissions":  []string{"identity", "messageTeamMembers"},
		"validDomains": []string{address.Hostname()},
	}, nil
}

// wordsOf are the words of another language, under the paths of the manifest.
func wordsOf(lang, name string) part {
	words := locales.For(lang)
	all := part{
		"$schema": wordsSchema, "name.short": name, "name.full": name,
		"description.short": words.Say("teams.app-short"), "description.full": words.Say("teams.app-long"),
		"staticTabs[1].name": words.Say("teams.tab-title"),
	}
	for i, c := range commands {
		path := fmt.Sprintf("bots[0].commandLists[0].commands[%d].", i)
		all[path+"title"], all[path+"description"] = words.Say(c.title), words.Say(c.about)
	}
	return all
}
