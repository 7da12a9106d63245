package locales_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"praline/locales"
)

// messages are the ids of a language with their forms: "other" alone where a
// message is one text.
func messages(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	names, err := filepath.Glob("*." + lang + ".yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no messages in %s: %v", lang, err)
	}
	all := map[string]map[string]string{}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var parsed map[string]any
		if err := yaml.Unmarshal(source, &parsed); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for id, value := range parsed {
			if all[id] != nil {
				t.Errorf("%s: %s is there twice", name, id)
			}
			all[id] = map[string]string{}
			switch value := value.(type) {
			case string:
				all[id]["other"] = value
			case map[string]any:
				for form, text := range value {
					all[id][form], _ = text.(string)
				}
			default:
				t.Errorf("%s: %s is neither a text nor plural forms", name, id)
			}
		}
	}
	return all
}

// The files of the bot, the web page and the server are in every language as
// far as that goes; what trainers read has no German.
func TestEveryLanguageHasEveryMessage(t *testing.T) {
	french := messages(t, "fr")
	for _, lang := range []string{"nl", "de", "en"} {
		these := messages(t, lang)
		for _, id := range slices.Sorted(maps.Keys(french)) {
			if _, there := these[id]; !there && (lang == "nl" || firstScreen(id)) {
				t.Errorf("%s: %q is missing", lang, id)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(these)) {
			if french[id] == nil {
				t.Errorf("%s: %q is not in French", lang, id)
			}
		}
	}
}

// firstScreen says what German and English have too: the commands, and what
// one reads before a language was chosen.
func firstScreen(id string) bool {
	for _, prefix := range []string{"command.", "word.", "menu.", "hello.short", "language.name"} {
		if strings.HasPrefix(id, prefix) {
			return true
		}
	}
	return false
}

func TestPluralsAreWhole(t *testing.T) {
	for _, lang := range locales.Languages {
		for id, forms := range messages(t, lang) {
			if len(forms) == 1 {
				continue
			}
			if forms["one"] == "" || forms["other"] == "" {
				t.Errorf("%s: %q has the forms %v, not one and other", lang, id, slices.Sorted(maps.Keys(forms)))
			}
			for _, n := range []int{0, 1, 2, 21, 1_000_000, 2_000_000} {
				if said := locales.For(lang).Count(id, n); said == id || said == "" {
					t.Errorf("%s: %q says nothing of %d", lang, id, n)
				}
			}
		}
	}
}

// Languages fill a message with the same arguments.
func TestLanguagesTakeTheSameArguments(t *testing.T) {
	argument := regexp.MustCompile(`\{\{(?:if )?\.([a-z]+)\}\}`)
	arguments := func(forms map[string]string) string {
		found := map[string]bool{}
		for _, text := range forms {
			for _, a := range argument.FindAllStringSubmatch(text, -1) {
				found[a[1]] = true
			}
		}
		return strings.Join(slices.Sorted(maps.Keys(found)), " ")
	}
	dutch := messages(t, "nl")
	for id, french := range messages(t, "fr") {
		// a plural's "one" may leave the number out
		f, n := arguments(french), arguments(dutch[id])
		if f != n && !(len(french) > 1 || len(dutch[id]) > 1) {
			t.Errorf("%q: French fills in %s, Dutch %s", id, f, n)
		}
	}
}

// dynamic are the prefixes to which a program adds a word of one of its
// tables: "command." + "lesson".
var dynamic = []string{"command.", "word.", "menu.", "check.", "advice.", "preview.", "holiday.", "silence.", "campaign.state.", "campaign.ask.", "campaign.effect.", "campaign.fault.", "campaign.holiday.", "campaign.worst.", "campaign.set.", "campaign.done.", "campaign.do.", "campaign.lang.", "campaign.level.", "campaign.reminders.", "campaign.is.", "campaign.mend.", "campaign.press.", "people.fault.", "people.role.", "people.did.", "people.about.", "people.plan.", "people.column.", "people.calendar.", "people.only.", "upload.", "exchange.note.", "exchange.fault.", "exchange.kind.", "exchange.format.", "questions.advice.", "digest.todo.", "library.refused.", "library.state-", "library.translation-", "library.in-", "library.template-", "library.level-", "library.read-", "library.facts-"}

// TestEveryMessageIsUsed reads the sources: an id stands there in quotes, or
// what follows a dynamic prefix does; and what is asked for by name is there.
func TestEveryMessageIsUsed(t *testing.T) {
	quoted, asked := sources(t)
	french := messages(t, "fr")
	for _, id := range slices.Sorted(maps.Keys(french)) {
		if quoted[id] {
			continue
		}
		i := slices.IndexFunc(dynamic, func(prefix string) bool { return strings.HasPrefix(id, prefix) })
		if i < 0 {
			t.Errorf("%q is not used", id)
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(id, dynamic[i]), ".")
		if !quoted[name] {
			t.Errorf("%q is not used: no source names %q", id, name)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(asked)) {
		if french[id] == nil && !slices.Contains(dynamic, id) {
			t.Errorf("%s asks for %q, which no language has", asked[id], id)
		}
	}
}

// TestCommands holds the table of bot/commands.go against the words: each
// command can be said in every language, and means one thing.
func TestCommands(t *testing.T) {
	source, err := os.ReadFile("../bot/commands.go")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(source), "var commands = ")
	table, _, _ = strings.Cut(table, "\n}\n")
	var commands []string
	for _, m := range regexp.MustCompile(`(?m)^\t"([a-z]+)":`).FindAllStringSubmatch(table, -1) {
		commands = append(commands, m[1])
	}
	if !ok || len(commands) < 10 {
		t.Fatalf("commands of bot/commands.go: %q", commands)
	}
	means := map[string]string{}
	for _, lang := range locales.Spoken {
		for id, forms := range messages(t, lang) {
			command, is := strings.CutPrefix(id, "command.")
			if !is {
				continue
			}
			if !slices.Contains(commands, command) {
				t.Errorf("%s: %q is no command of bot/commands.go", lang, id)
			}
			for word := range strings.SplitSeq(forms["other"], "|") {
				if was := means[word]; was != "" && was != command {
					t.Errorf("%q means %s and %s", word, was, command)
				}
				means[word] = command
			}
		}
		for _, command := range commands {
			if !locales.For(lang).Has("command." + command) {
				t.Errorf("%s: no word for %q", lang, command)
			}
		}
	}
}

var (
	quotes   = regexp.MustCompile("[\"`](?:hint=)?([a-z0-9-]+(?:\\.[a-z0-9-]+)*)[\"`]")
	comments = regexp.MustCompile(`(?m)^\s*//.*$`)
	asks     = regexp.MustCompile(`(?:\b(?:Say|Count|w|steps)\(|W\.Say |W\.Count |\bid := |\bid = )"([a-z-]+\.[a-z-]*)"`)
)

// sources returns every text in quotes of the programs and their pages, and
// where messages are asked for by name.
func sources(t *testing.T) (quoted map[string]bool, asked map[string]string) {
	t.Helper()
	quoted, asked = map[string]bool{}, map[string]string{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if ext := filepath.Ext(name); ext != ".go" && ext != ".html" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			return err
		}
		for _, m := range quotes.FindAllSubmatch(source, -1) {
			quoted[string(m[1])] = true
		}
		source = comments.ReplaceAll(source, nil)
		for _, m := range asks.FindAllSubmatch(source, -1) {
			asked[string(m[1])] = name
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return quoted, asked
}

// unset are messages that are not set as text: words to type, and lines of a
// terminal, which quote what stands in files.
var unset = []string{"command.", "word.", "check", "advice.", "serve.", "preview."}

// French sets a no-break space before tall signs and inside its quotation
// marks, never an ordinary one; nobody is shouted at.
func TestFrenchSpaces(t *testing.T) {
	wrong := regexp.MustCompile(`[^\x{00a0}\x{202f}\s.:\d}*)»][;?!»]| [;:?!»%]|«[^\x{00a0}]|[a-zé]:(?: |$)`)
	for id, forms := range messages(t, "fr") {
		if slices.ContainsFunc(unset, func(prefix string) bool { return strings.HasPrefix(id, prefix) }) {
			continue
		}
		for _, text := range forms {
			if at := wrong.FindString(text); at != "" {
				t.Errorf("%s: %q in %q", id, at, text)
			}
		}
	}
	for _, lang := range locales.Languages {
		for id, forms := range messages(t, lang) {
			for _, text := range forms {
				if strings.Contains(text, "!!") {
					t.Errorf("%s: %s shouts: %q", lang, id, text)
				}
			}
		}
	}
}

// The privacy note is read before anybody agrees: it is short.
func TestPrivacyNoteIsShort(t *testing.T) {
	for _, lang := range locales.Languages {
		note := strings.Fields(locales.For(lang).Say("hello.privacy"))
		if len(note) > 60 || len(note) < 20 {
			t.Errorf("%s: %d words: %s", lang, len(note), strings.Join(note, " "))
		}
	}
}
