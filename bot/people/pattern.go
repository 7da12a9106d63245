package people

import (
	"regexp"
	"strings"

	"praline/scheduler"
)

// rosters write days in two letters, which people who type do not.
var shortDays = map[string]map[string]string{
	"fr": {"lu": "lundi", "ma": "mardi", "me": "mercredi", "je": "jeudi", "ve": "vendredi", "sa": "samedi", "di": "dimanche"},
	"nl": {"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag", "zo": "zondag"},
}

// Between days, and before them, as people who type say it.
var (
	until = map[string]string{"fr": " à ", "nl": " tot "}
	works = map[string]string{"fr": "je travaille ", "nl": "ik werk "}
)

var (
	isHours  = regexp.MustCompile(`(\d{1,2})\s*[-–]\s*(\d{1,2})\s*([hu])`) // "9-16u"
	isWord   = regexp.MustCompile(`\p{L}+`)
	stretch  = regexp.MustCompile(`(\p{L}+)\s*[-–/]\s*(\p{L}+)`)
	onlyDays = regexp.MustCompile(`^[\p{L}\s,;+&.-]+$`)
)

// Pattern reads a working pattern as employers write it ("lu-je 9h-16h", "pas
// le vendredi", "maandag tot donderdag, van 9 tot 16 uur"), in the person's
// language or another. ok is false if nothing was understood.
func Pattern(text, lang string) (hours scheduler.Hours, ok bool) {
	text, lang = spelledOut(isHours.ReplaceAllString(strings.ToLower(text), "$1$3-$2$3"), lang)
	if hours, ok = scheduler.ParseHours(text, lang); ok || !onlyDays.MatchString(text) {
		return hours, ok
	}
	hours, ok = scheduler.ParseHours(works[lang]+text, lang) // "lundi mardi jeudi"
	return hours, ok && hours.Days != 0
}

// spelledOut writes short days in full, in the language in which all of them
// are days: "ma-do" is Dutch, "ma-je" French, "ma-di" the person's. Sentences
// are left alone: "je" may be who speaks.
func spelledOut(text, lang string) (string, string) {
	languages := []string{"fr", "nl"}
	if lang == "nl" {
		languages = []string{"nl", "fr"}
	}
	best, most := languages[0], 0
	for _, l := range languages {
		n := 0
		for _, word := range isWord.FindAllString(text, -1) {
			switch {
			case shortDays[l][word] != "":
				n++
			case len([]rune(word)) > 3 && !isDay(word):
				return text, languages[0]
			}
		}
		if n > most {
			best, most = l, n
		}
	}
	if most == 0 {
		return text, languages[0]
	}
	text = stretch.ReplaceAllStringFunc(text, func(both string) string {
		m := stretch.FindStringSubmatch(both)
		if shortDays[best][m[1]] == "" || shortDays[best][m[2]] == "" {
			return both
		}
		return m[1] + until[best] + m[2]
	})
	return isWord.ReplaceAllStringFunc(text, func(word string) string {
		if day := shortDays[best][word]; day != "" {
			return day
		}
		return word
	}), best
}

// isDay says whether a word is a day in full.
func isDay(word string) bool {
	for _, days := range shortDays {
		for _, day := range days {
			if day == word {
				return true
			}
		}
	}
	return false
}
