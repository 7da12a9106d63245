package bot

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"praline/locales"
)

// plain is a text without case, accents and punctuation, with single spaces:
// "  Où en suis-je ? " is "ou en suis je".
func plain(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(text)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func itoa(n int) string { return strconv.Itoa(n) }

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
	return command == "pause" || command == "time" || command == "minutes"
}

// remainder is text without its first n words, as it was typed.
func remainder(text string, n int) string {
	fields := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\'' || r == '’' })
	if n >= len(fields) {
		return ""
	}
	return strings.Join(fields[n:], " ")
}

// alike says whether two plain texts of at least five letters differ by at
// most one letter: changed, missing, added, or two swapped.
func alike(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 5 || len(y)-len(x) > 1 {
		return a == b
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return string(x[i:]) == string(y[i+1:])
	}
	if i == len(x) || string(x[i+1:]) == string(y[i+1:]) {
		return true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
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
