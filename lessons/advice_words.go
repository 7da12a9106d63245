package lessons

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a screen and a sentence hold at most, read on a phone.
const (
	screenCharacters = 900
	sentenceWords    = 25
)

func (a *advice) screenLong(s Screen) {
	if n := utf8.RuneCountInString(plain(s.Text)); n > screenCharacters {
		a.say(s.Line, "screen-long", "characters", n, "most", screenCharacters)
	}
}

// sentencesLong looks at a text that starts at a line. What it quotes counts:
// it is read too.
func (a *advice) sentencesLong(line int, markdown string) {
	for _, s := range sentences(markdown) {
		if n := wordsToRead(s); n > sentenceWords {
			a.say(line, "sentence-long", "words", n, "most", sentenceWords, "sentence", firstWords(s))
		}
	}
}

// languagesLength: a screen that is much shorter in one language leaves
// something out, or says more than is needed in the other.
func (a *advice) languagesLength(l *Lesson, languages []string) {
	for i, one := range languages {
		for _, other := range languages[i+1:] {
			x, y := l.Twins[one], l.Twins[other]
			if x == nil || y == nil {
				continue
			}
			for k := range min(len(x.Screens), len(y.Screens)) {
				a.screensLength(x, y, k)
			}
		}
	}
}

func (a *advice) screensLength(x, y *Twin, k int) {
	n, m := utf8.RuneCountInString(plain(x.Screens[k].Text)), utf8.RuneCountInString(plain(y.Screens[k].Text))
	if n > m {
		x, y, n, m = y, x, m, n
	}
	// Dutch and French differ by a tenth or two; short texts by more.
	if m >= 250 && 2*m > 3*n {
		a.file = x.File
		a.say(x.Screens[k].Line, "languages-length", "characters", n, "other", y.File, "others", m)
	}
}

// wordSet is some words: those that a reader of the series has met.
type wordSet map[string]bool

// instead are words that few readers use, with a plain word for them, in the
// language of the lesson. A word goes in here only where its plain word always
// fits.
var instead = map[string]map[string]string{
	"fr": {
		"nonobstant": "malgré", "susmentionné": "cité plus haut", "susmentionnée": "citée plus haut", "susvisé": "cité plus haut",
		"subséquemment": "ensuite", "afférent": "lié", "ci-annexé": "joint", "infra": "plus bas", "supra": "plus haut",
		"malware": "programme malveillant", "malwares": "programmes malveillants", "ransomware": "rançongiciel", "spoofing": "usurpation d’adresse",
		"smishing": "hameçonnage par SMS", "vishing": "hameçonnage par téléphone",
	},
	"nl": {
		"desgevallend": "eventueel", "dienaangaande": "daarover", "bovenvermeld": "vermeld hierboven", "bovenvermelde": "vermelde", "dewelke": "die",
		"hieromtrent": "hierover", "teneinde": "om", "middels": "met", "ingevolge": "door", "supra": "hierboven",
		"malware": "schadelijke software", "ransomware": "gijzelsoftware", "spoofing": "vervalsing van het adres",
		"smishing": "phishing via sms", "vishing": "phishing via de telefoon",
	},
}

// emphasised is what a text sets apart: a term that it introduces.
var emphasised = regexp.MustCompile(`\*[^*]+\*|\b_[^_]+_\b`)

// jargon looks at the screens of a lesson for words of instead that are
// neither set apart, nor quoted, nor explained in brackets; each once a series.
func (a *advice) jargon(t *Twin, seen wordSet) {
	for _, s := range t.Screens {
		text := emphasised.ReplaceAllStringFunc(s.Text, func(term string) string {
			for _, w := range letters(term) {
				seen["jargon "+strings.ToLower(w)] = true
			}
			return "x"
		})
		text = strings.ToLower(unquoted(text))
		for _, w := range letters(text) {
			better, ok := instead[t.Lang][w]
			if !ok || seen["jargon "+w] {
				continue
			}
			seen["jargon "+w] = true
			if !bracketed(text, w) {
				a.say(s.Line, "jargon", "word", w, "instead", better)
			}
		}
	}
}

// letters are the words of a text, hyphens kept.
func letters(text string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(text, func(r rune) bool {
		return r != '-' && !unicode.IsLetter(r)
	}), func(w string) bool { return strings.Trim(w, "-") == "" })
}

// bracketed says that brackets explain a word, or that it explains in them:
// "RGPD (règlement …)", "gijzelsoftware (ransomware)".
func bracketed(text, word string) bool {
	return strings.Contains(text, word+" (") || strings.Contains(text, "("+word+")") || strings.Contains(text, word+" : ") || strings.Contains(text, word+": ")
}
