package moodle

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"praline/lessons"
	"praline/lessons/exchange"
)

func itoa(n int) string { return strconv.Itoa(n) }

// blank is how a cloze question begins a gap: "{1:SHORTANSWER:".
var blank = regexp.MustCompile(`\{([0-9]*):([A-Z_]+):`)

// cloze reads a text with answers embedded: each gap becomes a question of its
// own, in which the other gaps show their answer.
func (r *reading) cloze() bool {
	e := r.first("questiontext")
	parts, gaps := clozeParts(e.first("text").text)
	if len(gaps) == 0 {
		r.note("left-without-answer")
		return false
	}
	if len(gaps) > 1 {
		r.note("gaps-parted", "n", len(gaps))
	}
	for i := range gaps {
		var text strings.Builder
		for k, part := range parts {
			text.WriteString(part)
			switch {
			case k == i:
				text.WriteString("_____")
			case k < len(gaps):
				text.WriteString(html.EscapeString(gaps[k].shown()))
			}
		}
		one := *r
		one.Question = &lessons.Question{Explanation: r.Explanation}
		got := exchange.Convert(e.attributes["format"], text.String(), exchange.Asking, r.pictures(e))
		r.Lost(r.line, r.name, got.Lost...)
		one.Text, one.Media = got.Text, got.Media
		name := r.name
		if i > 0 {
			name += " " + itoa(i+1)
		}
		if one.gap(gaps[i]) {
			r.Builder.Question(r.line, name, map[string]*lessons.Question{r.lang: one.Question})
		}
	}
	return false // added already
}

// clozeGap is a gap: its kind and its answers.
type clozeGap struct {
	kind    string
	answers []exchange.Weighed
}

// shown is the best answer of a gap.
func (g clozeGap) shown() string {
	best := 0
	for i, a := range g.answers {
		if a.Percent > g.answers[best].Percent {
			best = i
		}
	}
	if len(g.answers) == 0 {
		return "…"
	}
	if strings.HasPrefix(g.kind, "N") { // without what it may be off by
		value, _, _ := strings.Cut(g.answers[best].Text, ":")
		return value
	}
	return g.answers[best].Text
}

// clozeParts are the texts around gaps, one more than there are gaps.
func clozeParts(text string) (parts []string, gaps []clozeGap) {
	for len(gaps) < 50 {
		at := blank.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		end := closing(text[at[1]:])
		if end < 0 {
			break
		}
		parts = append(parts, text[:at[0]])
		gaps = append(gaps, clozeGap{text[at[4]:at[5]], clozeAnswers(text[at[1] : at[1]+end])})
		text = text[at[1]+end+1:]
	}
	return append(parts, text), gaps
}

// closing is where the brace of a gap closes, -1 if it does not.
func closing(text string) int {
	escaped := false
	for i, c := range []byte(text) {
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '}':
			return i
		}
	}
	return -1
}

var (
	hide   = strings.NewReplacer(`\~`, "\uE001", `\=`, "\uE002", `\#`, "\uE003", `\}`, "\uE004", `\{`, "\uE005", `\"`, `"`, `\\`, "\uE006")
	show   = strings.NewReplacer("\uE001", "~", "\uE002", "=", "\uE003", "#", "\uE004", "}", "\uE005", "{", "\uE006", `\`)
	weight = regexp.MustCompile(`^%(-?[0-9]{1,3}(?:\.[0-9]*)?)%`)
)

// clozeAnswers reads "=right#feedback~%50%half~wrong".
func clozeAnswers(text string) []exchange.Weighed {
	var all []exchange.Weighed
	text = hide.Replace(exchange.Clean(text))
	for part := range strings.SplitSeq(text, "~") {
		a := exchange.Weighed{}
		part, right := strings.CutPrefix(strings.TrimSpace(part), "=")
		if right {
			a.Percent = 100
		}
		if m := weight.FindStringSubmatch(part); m != nil {
			a.Percent, _ = strconv.ParseFloat(m[1], 64)
			part = part[len(m[0]):]
		}
		answer, feedback, _ := strings.Cut(part, "#")
		a.Text, a.Feedback = html.UnescapeString(show.Replace(answer)), show.Replace(feedback)
		if strings.TrimSpace(a.Text) != "" {
			all = append(all, a)
		}
	}
	return all
}

// gap makes the question of one gap.
func (r *reading) gap(g clozeGap) bool {
	for i := range g.answers {
		g.answers[i].Feedback = exchange.Convert("html", g.answers[i].Feedback, exchange.Rich, nil).Text
	}
	switch {
	case strings.HasPrefix(g.kind, "NM"), strings.HasPrefix(g.kind, "NUM"):
		var all []exchange.Range
		for _, a := range g.answers {
			before, after, _ := strings.Cut(a.Text, ":")
			value, ok := exchange.Decimal(before)
			tolerance, _ := exchange.Decimal(after)
			if ok {
				all = append(all, exchange.Range{Value: value, Tolerance: max(tolerance, 0), Percent: a.Percent, Feedback: a.Feedback})
			}
		}
		return exchange.Numeric(r.Question, all, r.note)
	case strings.HasPrefix(g.kind, "M"): // MULTICHOICE, MULTIRESPONSE and their short names
		for i := range g.answers {
			g.answers[i].Text = exchange.Convert("html", g.answers[i].Text, exchange.Line, nil).Text
		}
		multiple := strings.HasPrefix(g.kind, "MULTIRESPONSE") || strings.HasPrefix(g.kind, "MR")
		if g.kind == "MW" || g.kind == "MWC" {
			break
		}
		exchange.Choices(r.Question, g.answers, !multiple, r.note)
		return true
	}
	r.Kind = lessons.Gap
	exchange.Accepted(r.Question, g.answers, r.note)
	return true
}
