package teams_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"image/png"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"praline/channels/teams"
	"praline/channels/teams/teamstest"
	"praline/locales"
)

// unpacked are the files of an app package.
func unpacked(t *testing.T, packed []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestPackage(t *testing.T) {
	packed, err := teams.Package("https://praline.example.be/", strings.ToUpper(teamstest.AppID), "")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := teams.Package("https://praline.example.be", teamstest.AppID, "Praline")
	if !bytes.Equal(packed, again) {
		t.Error("the same bot has two packages")
	}
	files := unpacked(t, packed)
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, []string{"color.png", "en.json", "manifest.json", "nl.json", "outline.png"}) {
		t.Errorf("in the package: %q", got)
	}
	var m struct {
		ManifestVersion, ID string
		Name, Description   struct{ Short, Full string }
		Bots                []struct {
			BotID         string
			Scopes        []string
			SupportsFiles bool
			CommandLists  []struct {
				Scopes   []string
				Commands []struct{ Title, Description string }
			}
		}
		StaticTabs   []struct{ EntityID, ContentURL string }
		ValidDomains []string
	}
	if err := json.Unmarshal(files["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	if m.ID != teamstest.AppID || len(m.Bots) != 1 || m.Bots[0].BotID != m.ID || !slices.Equal(m.Bots[0].Scopes, []string{"personal"}) || !m.Bots[0].SupportsFiles {
		t.Errorf("the manifest does not say whose bot it is: %+v", m)
	}
	if !slices.Equal(m.ValidDomains, []string{"praline.example.be"}) || !strings.HasPrefix(m.StaticTabs[1].ContentURL, "https://praline.example.be/teams/tab?t={page.subPageId}") {
		t.Errorf("the tab is not within reach: %+v", m)
	}
	// The schema's own limits.
	if utf8.RuneCountInString(m.Description.Short) > 80 || utf8.RuneCountInString(m.Description.Full) > 4000 || len(m.Bots[0].CommandLists[0].Commands) > 10 {
		t.Errorf("the manifest is too long: %+v", m)
	}
	for _, c := range m.Bots[0].CommandLists[0].Commands {
		if utf8.RuneCountInString(c.Title) > 32 || utf8.RuneCountInString(c.Description) > 128 {
			t.Errorf("a command is too long: %+v", c)
		}
	}
	for name, size := range map[string]int{"color.png": 192, "outline.png": 32} {
		picture, err := png.Decode(bytes.NewReader(files[name]))
		if err != nil || picture.Bounds().Dx() != size || picture.Bounds().Dy() != size {
			t.Errorf("%s is not %d × %d: %v", name, size, size, err)
		}
	}
}

// A command of the menu is one that the bot knows, in each language.
func TestPackageCommands(t *testing.T) {
	for _, lang := range []string{"fr", "nl", "en"} {
		words := locales.For(lang)
		for command, bots := range map[string]string{
			"lesson": "lesson", "times": "time", "progress": "progress", "language": "language", "pause": "pause", "data": "data", "help": "help",
		} {
			said := words.Say("teams.command-" + command)
			if known := strings.Split(words.Say("command."+bots), "|"); !slices.Contains(known, said) {
				t.Errorf("%s: %q is not one of %q", lang, said, known)
			}
		}
	}
}

func TestPackageRefuses(t *testing.T) {
	for _, row := range []struct{ label, address, id, name, mend string }{
		{"no address", "", teamstest.AppID, "", "PRALINE_PUBLIC_URL"},
		{"http", "http://praline.example.be", teamstest.AppID, "", "PRALINE_PUBLIC_URL"},
		{"this machine", "https://127.0.0.1:8080", teamstest.AppID, "", "PRALINE_PUBLIC_URL"},
		{"no id", "https://praline.example.be", "", "", "TEAMS_APP_ID"},
		{"an id with something in it", "https://praline.example.be", teamstest.AppID + `"`, "", "TEAMS_APP_ID"},
		{"a long name", "https://praline.example.be", teamstest.AppID, strings.Repeat("é", 31), "shorter"},
	} {
		if packed, err := teams.Package(row.address, row.id, row.name); packed != nil || err == nil || !strings.Contains(err.Error(), row.mend) {
			t.Errorf("%s: %v", row.label, err)
		}
	}
}
