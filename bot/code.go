package bot

import (
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"praline/channels"
	"praline/locales"
	"praline/scheduler"
)

// A code joins two apps: eight characters that cannot be mistaken for one
// another (Crockford's base 32), of which one at least is a letter and one a
// digit from 2 to 9, so that neither a word nor a number is taken for a code.
//
// There are 32⁸ − 10⁸ − 24⁸ + 2⁸ = 989 billion of them; one in sixteen also
// reads as a time ("15A3-…") and is never given, which leaves 927 billion. A
// code is good for ten minutes and for one use, and a learner has one at a
// time. Whoever enters codes has five tries and then one every two minutes; all
// together, over all instances, have fifty and then ten a second. So in the ten
// minutes of a code one learner can guess 10 times, and everybody together,
// however many learners they pretend to be, 6,050 times: with a hundred codes
// alive all that time, the chance that any guess hits any of them is one in
// 1.5 million.
const (
	codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeLength  = 8
	codeFor     = 10 * time.Minute
)

// How often codes may be entered.
var (
	triesOfOne = channels.Rate{PerSecond: 1.0 / 120, Burst: 5}
	triesOfAll = channels.Rate{PerSecond: 10, Burst: 50}
)

// newCode returns a code that nobody can foresee.
func newCode() string {
	for {
		var random [codeLength]byte
		rand.Read(random[:])
		for i, b := range random {
			random[i] = codeLetters[int(b)%len(codeLetters)] // 256 is a multiple of 32
		}
		if code := string(random[:]); isCode(code) && !slices.ContainsFunc(asTyped(code), isTime) {
			return code
		}
	}
}

// misreadings are how people write what they take for a letter.
var misreadings = []*strings.Replacer{
	strings.NewReplacer(), strings.NewReplacer("0", "O"), strings.NewReplacer("1", "I"), strings.NewReplacer("1", "L"),
	strings.NewReplacer("0", "O", "1", "I"), strings.NewReplacer("0", "O", "1", "L"),
}

// asTyped is a code as people may type it.
func asTyped(code string) []string {
	var all []string
	for _, written := range []string{code, spelled(code), strings.ReplaceAll(spelled(code), " ", "-")} {
		for _, misread := range misreadings {
			all = append(all, misread.Replace(written))
		}
	}
	return all
}

// spelled is a code as it is shown and read out.
func spelled(code string) string { return code[:codeLength/2] + " " + code[codeLength/2:] }

// isCode says whether characters are a code's.
func isCode(text string) bool {
	return len(text) == codeLength && strings.ContainsAny(text, codeLetters[10:]) && strings.ContainsAny(text, "23456789") &&
		strings.Trim(text, codeLetters) == ""
}

// isTime says whether a text says when, in a language that lessons come in: it
// is no code then.
func isTime(text string) bool {
	for _, lang := range locales.Languages {
		if _, ok := scheduler.ParseTimes(text, lang); ok {
			return true
		}
		if _, ok := scheduler.ParseHours(text, lang); ok {
			return true
		}
	}
	return false
}

// startWord begins the text in which some apps bring what a link says.
const startWord = "/start "

// readCode reads a text that is a code and nothing else, as people type it: in
// small letters, in one word or two, with an O for a zero and an I or L for a
// one; "" if it is none.
func readCode(typed string) string {
	text := strings.TrimPrefix(strings.TrimSpace(typed), startWord)
	text = strings.ToUpper(strings.Trim(text, " .*`\"'«»\u00a0\u202f"))
	runes := []rune(text)
	if len(runes) == codeLength+1 && strings.ContainsRune(" -–\u00a0\u202f", runes[codeLength/2]) {
		runes = append(runes[:codeLength/2:codeLength/2], runes[codeLength/2+1:]...)
	}
	code := strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(string(runes))
	if !isCode(code) || isTime(typed) {
		return ""
	}
	return code
}
