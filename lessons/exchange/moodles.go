package exchange

import (
	"slices"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"

	"praline/lessons"
)

// What GIFT and Moodle XML share, since both are Moodle's.

// Convert turns a text in one of Moodle's text formats into Markdown of ours:
// "html", "markdown", "plain" (or "plain_text"), else Moodle's own, which is
// HTML whose line ends count.
func Convert(format, text string, room Room, pictures Pictures) Rewritten {
	text = strings.TrimSpace(Clean(text))
	switch format {
	case "html":
		return Rewrite(text, room, pictures)
	case "markdown":
		return FromMarkdown(text, room, pictures)
	case "plain", "plain_text":
		text = nethtml.EscapeString(text)
	}
	text = strings.ReplaceAll(text, "\n\n", "<p>")
	return Rewrite(strings.ReplaceAll(text, "\n", "<br>"), room, pictures)
}

// Category reads a path of Moodle's question bank, "$course$/top/Phishing/Le
// lien": the title of the whole, "" if there is but one part, and the lesson's.
func Category(path string) (title, lesson string) {
	const slash = "\uE000" // two slashes are one that is meant
	var parts []string
	for part := range strings.SplitSeq(strings.ReplaceAll(Clean(path), "//", slash), "/") {
		part = OneLine(strings.ReplaceAll(part, slash, "/"))
		if part == "" || part == "top" || strings.HasPrefix(part, "$") && strings.HasSuffix(part, "$") {
			continue
		}
		parts = append(parts, part)
	}
	switch len(parts) {
	case 0:
		return "", ""
	case 1:
		return "", parts[0]
	}
	return parts[0], parts[len(parts)-1]
}

// CategoryPath is a path that Category reads.
func CategoryPath(title, lesson string) string {
	twice := strings.NewReplacer("/", "//", "\n", " ")
	return "$course$/top/" + twice.Replace(title) + "/" + twice.Replace(lesson)
}

// Fractions are the marks of so many right choices, of those that Moodle
// knows, so that together they are 100.
func Fractions(right int) []string {
	one := map[int]string{
		1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571", 8: "12.5", 9: "11.11111", 10: "10", 20: "5",
	}[right]
	switch {
	case one != "":
		return slices.Repeat([]string{one}, right)
	case right > 10 && right < 20: // tens and fives
		return append(slices.Repeat([]string{"10"}, 20-right), slices.Repeat([]string{"5"}, 2*right-20)...)
	}
	return slices.Repeat([]string{"5"}, right)
}

// Weighed is an answer of Moodle: each counts for so many percent.
type Weighed struct {
	Text, Feedback string
	Percent        float64
}

// Choices makes choices of answers with marks. Where one is asked (single) and
// all count in full, nobody can be wrong: that is a poll.
func Choices(q *lessons.Question, answers []Weighed, single bool, note func(code string, arguments ...any)) {
	full, part := 0, 0
	for _, a := range answers {
		if a.Percent > 99 {
			full++
		} else if a.Percent > 0 {
			part++
		}
	}
	poll := single && full == len(answers)
	for _, a := range answers {
		right := a.Percent > 99 || !single && a.Percent > 0
		if single && full > 0 && a.Percent > 0 && a.Percent <= 99 {
			note("partly-right", "answer", short(a.Text), "percent", strconv.FormatFloat(a.Percent, 'f', -1, 64))
		}
		if single && full == 0 && part > 0 && a.Percent == best(answers) { // the most that one can get
			note("best-is-right", "answer", short(a.Text), "percent", strconv.FormatFloat(a.Percent, 'f', -1, 64))
			right = true
		}
		q.Choices = append(q.Choices, lessons.Choice{Text: a.Text, Right: right && !poll, Feedback: a.Feedback})
	}
	if !poll && full+part == 0 {
		note("no-right")
	}
	q.Kind = lessons.Single // settled by how many are right
}

func best(answers []Weighed) float64 {
	most := 0.0
	for _, a := range answers {
		most = max(most, a.Percent)
	}
	return most
}

// Accepted takes the answers of a short question that count in full.
func Accepted(q *lessons.Question, answers []Weighed, note func(code string, arguments ...any)) {
	most := best(answers)
	for _, a := range answers {
		text := strings.TrimSpace(a.Text)
		plain := strings.ReplaceAll(text, `\*`, "\uE000")
		switch {
		case plain == "*":
			if a.Feedback != "" {
				note("other-answers")
			}
			continue
		case a.Percent <= 0: // as wrong as any other
			if a.Feedback != "" {
				note("other-answers")
			}
			continue
		case a.Percent < most:
			note("partly-right", "answer", short(FromPlain(text)), "percent", strconv.FormatFloat(a.Percent, 'f', -1, 64))
			continue
		case strings.Contains(plain, "*"):
			note("wildcard", "answer", short(FromPlain(text)))
			plain = strings.ReplaceAll(plain, "*", "")
		}
		q.Accepted = append(q.Accepted, strings.ReplaceAll(plain, "\uE000", "*"))
		explain(q, a.Feedback, note)
	}
}

// explain takes the feedback of a right answer as the explanation, where the
// question has none.
func explain(q *lessons.Question, feedback string, note func(code string, arguments ...any)) {
	switch {
	case feedback == "" || feedback == q.Explanation:
	case q.Explanation == "":
		q.Explanation = feedback
	default:
		note("answer-feedback")
	}
}

// Range is an answer of a number, with what it may be off by.
type Range struct {
	Value, Tolerance float64
	Percent          float64
	Feedback         string
}

// Numeric takes the best of several numbers.
func Numeric(q *lessons.Question, ranges []Range, note func(code string, arguments ...any)) bool {
	at := -1
	for i, r := range ranges {
		if r.Percent > 0 && (at < 0 || r.Percent > ranges[at].Percent) {
			at = i
		}
	}
	if at < 0 {
		note("left-without-answer")
		return false
	}
	for i, r := range ranges {
		if i != at {
			note("several-numbers", "number", lessons.WriteNumber(r.Value))
		}
	}
	q.Kind, q.Value, q.Tolerance = lessons.Number, ranges[at].Value, ranges[at].Tolerance
	explain(q, ranges[at].Feedback, note)
	return true
}

// Decimal reads a number as programs write it, or with a decimal comma.
func Decimal(text string) (float64, bool) {
	text = strings.ReplaceAll(OneLine(text), " ", "")
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1)
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v != v || v > 1e15 || v < -1e15 || strings.ContainsAny(text, "xXpPnN_") {
		return 0, false
	}
	return v, true
}

// TrueFalse is how the two choices of a true-or-false question are called.
func TrueFalse(lang string) (yes, no string) {
	switch lang {
	case "fr":
		return "Vrai", "Faux"
	case "nl":
		return "Juist", "Fout"
	case "de":
		return "Richtig", "Falsch"
	}
	return "True", "False"
}
