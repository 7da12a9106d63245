package lessons

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotation is what others say in a text: « … », “ … ”, " … ", ‘ … ’ and code.
// An apostrophe stands between letters, the end of a quotation does not.
var quotation = regexp.MustCompile("«[^»]*»|“[^”]*”|\"[^\"]*\"|`[^`]*`|‘(?:[^’]|’\\pL)*’")

// unquoted is a text without what it quotes; something stands in its place, so
// that what is around it stays one sentence.
func unquoted(text string) string { return quotation.ReplaceAllString(text, "x") }

// block is where a text in Markdown starts anew without a full stop: an empty
// line, an item of a list, a row of a table.
var block = regexp.MustCompile(`\n\s*\n|\n\s*(?:[-*+]|\d+[.)]|\||>)\s*|\n#+ `)

// shortened are words before a full stop that is not the end of a sentence.
var shortened = map[string]bool{
	"art": true, "ex": true, "p": true, "m": true, "mme": true, "dr": true, "nr": true, "bv": true, "bijv": true, "blz": true, "o.a": true,
	"d.w.z": true, "m.a.w": true, "i.p.v": true, "t.e.m": true, "t.a.v": true, "b.v": true, "c.-à-d": true, "cf": true, "st": true, "vol": true,
	"max": true, "min": true, "tél": true, "tel": true, "ca": true, "resp": true, "dhr": true, "mevr": true, "ing": true, "jan": true,
}

// sentences are the sentences of a text in Markdown, plain, in order.
func sentences(markdown string) []string {
	var all []string
	for _, part := range block.Split(markdown, -1) {
		all = append(all, sentencesOf(strings.Join(strings.Fields(plain(part)), " "))...)
	}
	return all
}

// sentencesOf cuts one line after . ? ! … where a new sentence starts.
func sentencesOf(line string) []string {
	var all []string
	from := 0
	for i, r := range line {
		if i < from || !strings.ContainsRune(".?!…", r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		for end < len(line) { // what closes belongs to it
			c, n := utf8.DecodeRuneInString(line[end:])
			if !strings.ContainsRune("»”’\")]?!.…", c) && !(unicode.IsSpace(c) && strings.HasPrefix(line[end+n:], "»")) {
				break
			}
			end += n
		}
		goesOn := startsLower(strings.TrimLeft(line[end:], " "))
		if end < len(line) && line[end] != ' ' || r != '.' && goesOn || r == '.' && isShortened(line[from:i], goesOn) {
			continue
		}
		all = append(all, strings.TrimSpace(line[from:end]))
		from = end
	}
	if last := strings.TrimSpace(line[min(from, len(line)):]); last != "" {
		all = append(all, last)
	}
	return all
}

// isShortened says that a full stop after this belongs to its last word: one
// of shortened, or a short one where what follows is no new sentence. ("itsme"
// starts one.)
func isShortened(before string, goesOn bool) bool {
	word := strings.ToLower(before[strings.LastIndexAny(before, " (")+1:])
	return shortened[word] || goesOn && utf8.RuneCountInString(word) < 5
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// firstWords is enough of a sentence to find it by.
func firstWords(sentence string) string {
	w := strings.Fields(sentence)
	if len(w) <= 6 {
		return sentence
	}
	return strings.Join(w[:6], " ") + " …"
}
