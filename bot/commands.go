package bot

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"praline/locales"
	"praline/words"
)

// plain is what commands, answers and labels are compared by.
func plain(text string) string { return words.Plain(text) }

func itoa(n int) string { return strconv.Itoa(n) }

// commands is what each plain word leads to; locales has the words.
var commands = map[string]func(*turn, string){
	"lesson":    func(t *turn, _ string) { t.startSession() },
	"pause":     (*turn).askPause,
	"resume":    func(t *turn, _ string) { t.resumePushes() },
	"time":      (*turn).askTimes,
	"language":  func(t *turn, _ string) { t.askLanguage() },
	"minutes":   (*turn).askMinutes,
	"comfort":   func(t *turn, _ string) { t.askComfort() },
	"progress":  func(t *turn, _ string) { t.showProgress() },
	"catalogue": func(t *turn, _ string) { t.showCatalogue() },
	"stop":      func(t *turn, _ string) { t.stop() },
	"why":       func(t *turn, _ string) { t.sayWhy() },
	"apps":      func(t *turn, _ string) { t.showApps() },
	"data":      func(t *turn, _ string) { t.showData() },
	"forget":    func(t *turn, _ string) { t.askForget() },
	"help":      func(t *turn, _ string) { t.help() },
	"report":    func(t *turn, _ string) { t.askReport() },
	"badges":    func(t *turn, _ string) { t.showBadges() },
	"year":      func(t *turn, _ string) { t.showYear() },
	"team":      func(t *turn, _ string) { t.showTeam() },
	"ask":       func(t *turn, _ string) { t.startAsk() },
	"search":    (*turn).search,
	"console":   func(t *turn, _ string) { t.showConsole() },
	"manager":   func(t *turn, _ string) { t.showManager() },
	"silence":   (*turn).saySilence,
	"quit":      func(t *turn, _ string) { t.askLeaveOrganisation() },
}

// vocabulary is which plain words mean which command, in every language that
// Praline speaks: locales writes them as "leçon|cours|maintenant".
var vocabulary = sync.OnceValue(func() map[string]string {
	all := make(map[string]string)
	for _, lang := range locales.Spoken {
		words := locales.For(lang)
		for command := range commands {
			for word := range strings.SplitSeq(words.Say("command."+command), "|") {
				all[plain(word)] = command
			}
		}
	}
	return all
})

// inOrder are the words of the vocabulary, so that a typo means the same each time.
var inOrder = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(vocabulary())) })

// findCommand returns the command that a text begins with or is, what follows
// it, and whether that is certain (spelled rightly and nothing else said).
// One wrong letter is forgiven in words of five letters and more.
func findCommand(text string) (command, rest string, sure bool) {
	slash := strings.HasPrefix(text, "/")
	said := plain(text)
	if command, ok := vocabulary()[said]; ok {
		return command, "", true
	}
	fields := strings.Fields(said)
	for n := min(len(fields), longestCommand); n > 0; n-- {
		head := strings.Join(fields[:n], " ")
		if n < len(fields) {
			command, ok := vocabulary()[head]
			switch {
			case ok && takesRest(command):
				return command, remainder(text, n), false
			case ok && slash:
				return command, "", false
			}
		}
	}
	if !slash && len(fields) > 0 {
		if command := misspelt(said); command != "" {
			return command, "", false
		}
		if command := misspelt(fields[0]); takesRest(command) && len(fields) > 1 {
			return command, remainder(text, 1), false
		}
	}
	return "", "", false
}

// longestCommand in words.
const longestCommand = 5

// misspelt returns the command that a plain text is but for one letter, "" if none.
func misspelt(said string) string {
	if !strings.Contains(said, " ") && len(said) < 5 {
		return ""
	}
	for _, word := range inOrder() {
		if alike(said, word) {
			return vocabulary()[word]
		}
	}
	return ""
}

// takesRest says whether a command may be followed by something.
func takesRest(command string) bool {
	return command == "pause" || command == "time" || command == "minutes" || command == "search"
}

// remainder is text without its first n words, as it was typed.
func remainder(text string, n int) string {
	fields := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\'' || r == '’' })
	if n >= len(fields) {
		return ""
	}
	return strings.Join(fields[n:], " ")
}

// alike says whether two plain texts are equal or, from five letters on,
// differ by one slip.
func alike(a, b string) bool {
	return a == b || min(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) >= 5 && words.OneSlip(a, b)
}

// oneOf says whether a plain text is one of a message's words, in any language.
func oneOf(said, id string) bool {
	if said == "" {
		return false
	}
	for _, lang := range locales.Spoken {
		for word := range strings.SplitSeq(locales.For(lang).Say(id), "|") {
			if said == plain(word) {
				return true
			}
		}
	}
	return false
}
