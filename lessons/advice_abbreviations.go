package lessons

import (
	"regexp"
	"strings"
	"unicode"

	"praline/words"
)

// known are abbreviations that need no explanation: what is on every phone and
// keyboard, languages and countries, and the institutions that a Belgian
// public servant works in or writes to. What only specialists say (RGPD, AVG,
// NIS, DPO) is not here: it is explained once in a series.
var known = func() wordSet {
	all := wordSet{}
	for _, w := range strings.Fields(`
		SMS MMS GSM PDF USB QR PC TV DVD CD GPS PIN PUK WIFI ID URL OK FAQ CV ICT IT HR RH AI IA APP APPS
		FR NL DE EN BE EU UE VN ONU USA UK UN OTAN NATO
		TVA BTW SA NV SRL BV ASBL VZW
		SPF FOD SPP POD CPAS OCMW ONEM RVA VDAB FOREM ACTIRIS SNCB NMBS STIB MIVB TEC RTBF VRT BCSS KSZ ONSS RSZ
		HTTP HTTPS HTML CSV XLS DOC DOCX JPG PNG ZIP
		NE PAS PLUS JAMAIS NON OUI ET OU STOP AVANT SANS SEUL TOUT TOUS NIET GEEN NOOIT WEL NEE JA OF ALLE ALTIJD NOT NO YES NEVER`) { // and what one shouts
		all[w] = true
	}
	return all
}()

// isAbbreviation finds what looks like one: two to six capitals on their own.
var isAbbreviation = regexp.MustCompile(`^\p{Lu}{2,6}$`)

// roman are numerals, which look like one.
var roman = regexp.MustCompile(`^[IVXLC]+$`)

// abbreviationsALesson are looked at; a file with more is no lesson.
const abbreviationsALesson = 50

// abbreviations looks for one that its first use in a series does not explain.
// Explained is: in brackets or with brackets after it, followed by what it
// means, or anywhere in the lesson words of which it is the initials. Capitals
// in a row shout, and are no abbreviations.
func (a *advice) abbreviations(t *Twin, seen wordSet) {
	whole, looked := lessonText(t), 0
	for _, p := range lessonParts(t) {
		tokens := letters(p.text)
		for i, w := range tokens {
			switch {
			case !isAbbreviation.MatchString(w) || known[w] || seen[w] || roman.MatchString(w):
				continue
			case i > 0 && inCapitals(tokens[i-1]) || i+1 < len(tokens) && inCapitals(tokens[i+1]):
				continue
			}
			seen[w] = true
			if looked++; looked > abbreviationsALesson {
				return
			}
			if !explained(whole, w) && !strings.Contains(whole, " "+strings.ToLower(w)+" ") {
				a.say(p.line, "abbreviation", "word", w)
			}
		}
	}
}

// passage is a text of a lesson and its line.
type passage struct {
	line int
	text string
}

// lessonParts are the texts of a lesson from top to bottom, without code.
func lessonParts(t *Twin) []passage {
	var all []passage
	add := func(line int, texts ...string) {
		for _, text := range texts {
			if text != "" {
				all = append(all, passage{line, plain(codeSpan.ReplaceAllString(text, "x"))})
			}
		}
	}
	for _, s := range t.Screens {
		add(s.Line, s.Title, s.Text)
	}
	for _, q := range t.Questions {
		if q == nil {
			continue
		}
		add(q.Line, q.Text)
		for _, c := range q.Choices {
			add(c.Line, c.Text, c.Feedback)
		}
		add(q.Line, q.Items...)
		add(q.Line, q.Left...)
		add(q.Line, q.Right...)
		add(q.Line, q.Explanation)
	}
	return all
}

var codeSpan = regexp.MustCompile("`[^`]*`")

func lessonText(t *Twin) string {
	var b strings.Builder
	for _, p := range lessonParts(t) {
		b.WriteString(p.text)
		b.WriteByte('\n')
	}
	return b.String()
}

func inCapitals(w string) bool {
	return len(w) > 1 && w == strings.ToUpper(w) && !known[w] && strings.ContainsFunc(w, unicode.IsLetter)
}

// means are words after an abbreviation that say what it is.
var means = `(?:,? (?:c.est-à-dire|signifie|veut dire|désigne|est (?:un|une|le|la|l.)|soit|dat is|dat wil zeggen|d\.w\.z\.|betekent|staat voor|is (?:een|de|het)|oftewel)| ?[:=] | – )`

func explained(text, w string) bool {
	if bracketed(text, w) || strings.Contains(text, ", "+w+",") {
		return true
	}
	if regexp.MustCompile(`\([^)]*\b` + w + `\b[^)]*\)|(?:ou|of|oftewel|soit|dit) (?:l[’']|le |la |de |het )?` + w + `\b`).MatchString(text) {
		return true
	}
	if regexp.MustCompile(w + `(?i:` + means + `)`).MatchString(text) {
		return true
	}
	return hasInitials(letters(text), strings.ToLower(words.Fold(w)))
}

// small are words that an abbreviation skips.
var small = wordSet{
	"de": true, "du": true, "des": true, "la": true, "le": true, "les": true, "l": true, "d": true, "et": true, "à": true, "au": true, "aux": true, "pour": true, "en": true, "sur": true,
	"van": true, "het": true, "voor": true, "een": true, "op": true, "der": true,
}

// hasInitials says that words in a row start with these letters, small words
// skipped: "intelligence artificielle" for "ia". Where the words are one, as in
// Dutch, the first letter of the first is enough with its brackets (bracketed).
func hasInitials(said []string, initials string) bool {
	for i := range said {
		rest := initials
		for _, w := range said[i:] {
			first := words.Fold(w)
			switch {
			case inCapitals(w):
			case strings.HasPrefix(first, rest[:1]):
				rest = rest[1:]
			case small[first] && rest != initials:
				continue
			default:
				first = ""
			}
			if first == "" || rest == "" || inCapitals(w) {
				break
			}
		}
		if rest == "" {
			return true
		}
	}
	return false
}
