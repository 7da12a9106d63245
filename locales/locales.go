// Package locales holds every word that Praline itself says, one file a
// language and subject: bot.fr.yaml, web.nl.yaml, check.en.yaml, …
//
// French and Dutch are whole; German and English have the commands and the
// first screens. A message is found by its id and filled with named arguments:
//
//	words := locales.For("nl")
//	words.Say("times.kept", "times", "op maandag om 9 uur")
//	words.Count("progress.known", 3, "of", 12)
//
// An id that a language lacks is said in French, so nobody reads an empty
// message; a test keeps that from happening where it should not.
package locales

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed *.yaml
var files embed.FS

// Languages that lessons and the bot speak in full, first choice first.
var Languages = []string{"fr", "nl"}

// Spoken are all languages with at least commands and first screens.
var Spoken = []string{"fr", "nl", "de", "en"}

// MenuCommands are what an app's menu offers, in this order: what is typed is
// the message "command.…", what stands in the menu "menu.…".
var MenuCommands = []string{"lesson", "progress", "time", "pause", "catalogue", "language", "data", "help"}

// bundle is every message of every file.
var bundle = sync.OnceValue(func() *i18n.Bundle {
	b := i18n.NewBundle(language.French)
	b.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic(fmt.Sprintf("locales: %v", err))
	}
	for _, name := range names {
		file, err := b.LoadMessageFileFS(files, name)
		if err != nil {
			panic(fmt.Sprintf("locales: %s: %v", name, err)) // embedded: a build that is broken
		}
		if base, _ := file.Tag.Base(); base.String() == "fr" {
			millions(b, file)
		}
	}
	return b
})

// millions gives French messages their third plural form ("un million de …"),
// which Praline never needs to tell apart from the second: the files leave it out.
func millions(b *i18n.Bundle, file *i18n.MessageFile) {
	for _, m := range file.Messages {
		m.Many = m.Other
	}
	b.MustAddMessages(file.Tag, file.Messages...)
}

// Words are the messages of one language.
type Words struct {
	Lang      string
	localizer *i18n.Localizer
}

var words = sync.OnceValue(func() map[string]Words {
	all := make(map[string]Words, len(Spoken))
	for _, lang := range Spoken {
		all[lang] = Words{lang, i18n.NewLocalizer(bundle(), lang, "fr")}
	}
	return all
})

// For returns the words of lang ("nl", "nl-BE"); of French for a language
// that Praline does not speak.
func For(lang string) Words {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if w, ok := words()[base]; ok {
		return w
	}
	return words()["fr"]
}

// Best returns the first of the hints ("nl-BE", "en") that is in offered, or
// "" if none is.
func Best(hints, offered []string) string {
	for _, hint := range hints {
		base, _, _ := strings.Cut(strings.ToLower(hint), "-")
		if slices.Contains(offered, base) {
			return base
		}
	}
	return ""
}

// Say returns a message, filled with arguments given as name, value, name,
// value, … An unknown id returns the id itself.
func (w Words) Say(id string, arguments ...any) string {
	return w.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: named(arguments)})
}

// Count returns the form of a message that fits n; n is the argument "n".
func (w Words) Count(id string, n int, arguments ...any) string {
	return w.localize(&i18n.LocalizeConfig{
		MessageID: id, PluralCount: n,
		TemplateData: named(append(arguments, "n", n)),
	})
}

// Has says whether the language itself (not its fallback) knows an id.
func (w Words) Has(id string) bool {
	_, tag, err := w.localizer.LocalizeWithTag(&i18n.LocalizeConfig{MessageID: id, TemplateData: map[string]any{}})
	base, _ := tag.Base()
	return err == nil && base.String() == w.Lang
}

func (w Words) localize(config *i18n.LocalizeConfig) string {
	text, err := w.localizer.Localize(config)
	if text == "" && err != nil {
		return config.MessageID
	}
	return text
}

func named(arguments []any) map[string]any {
	values := make(map[string]any, len(arguments)/2)
	for i := 0; i+1 < len(arguments); i += 2 {
		values[arguments[i].(string)] = arguments[i+1]
	}
	return values
}

// List joins parts as one would say them: "lundi, mardi et jeudi".
func (w Words) List(parts []string) string {
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " " + w.Say("list.and") + " " + parts[last]
}
