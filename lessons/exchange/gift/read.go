package gift

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange"
)

// Read reads a file in a language.
func Read(content []byte, lang string) (exchange.Contents, error) {
	if len(content) > exchange.MostBytes {
		return exchange.Contents{}, &exchange.Fault{Code: "too-big", Args: []any{"limit", exchange.MostBytes >> 20}}
	}
	b := exchange.NewBuilder()
	all := pieces(exchange.Decode(content))
	for _, p := range all {
		if b.Full() {
			break
		}
		if path, ok := strings.CutPrefix(p.text, "$CATEGORY:"); ok {
			title, lesson := exchange.Category(show.Replace(strings.SplitN(path, "\n", 2)[0]))
			if b.Title == "" {
				b.Title = title
			}
			b.Lesson(p.lesson, lessons.Text{lang: lesson})
			continue
		}
		read(b, p, lang)
	}
	done := b.Done()
	if len(done.Lessons) == 0 && len(done.Notes) == 0 {
		return done, &exchange.Fault{Code: "nothing"}
	}
	return done, nil
}

// reading is one question.
type reading struct {
	*exchange.Builder
	*lessons.Question
	line   int
	name   string
	format string
}

func (r *reading) note(code string, arguments ...any) { r.Note(r.line, r.name, code, arguments...) }

// text is a part of the question as Markdown, with what it loses noted.
func (r *reading) text(text string, room exchange.Room) string {
	got := convert(text, r.format, room)
	r.Lost(r.line, r.name, got.Lost...)
	return got.Text
}

func read(b *exchange.Builder, p piece, lang string) {
	r := &reading{Builder: b, Question: &lessons.Question{}, line: p.line, format: "moodle"}
	text := p.text
	if rest, ok := strings.CutPrefix(text, "::"); ok {
		if name, after, ok := strings.Cut(rest, "::"); ok {
			r.name, text = exchange.OneLine(show.Replace(name)), strings.TrimSpace(after)
		}
	}
	if p.id != "" {
		r.name = p.id
	}
	r.format, text = formatted(text, "moodle")
	before, rest, opened := strings.Cut(text, "{")
	answer, after, closed := strings.Cut(rest, "}")
	switch {
	case !opened && !strings.Contains(text, "}"):
		got := convert(text, r.format, exchange.Page)
		r.Lost(p.line, r.name, got.Lost...)
		b.Screen(map[string]lessons.Screen{lang: {Title: got.Title, Text: got.Text}})
		return
	case !opened || !closed:
		r.note("brace")
		return
	}
	answer, explanation := strings.TrimSpace(answer), ""
	if i := strings.LastIndex(answer, "####"); i >= 0 {
		answer, explanation = strings.TrimSpace(answer[:i]), answer[i+4:]
	}
	r.Explanation = r.text(explanation, exchange.Rich)
	missing := strings.TrimSpace(after) != ""
	if missing {
		before += "_____" + after
	}
	r.Text = r.text(before, exchange.Asking)
	if r.answers(answer, lang) {
		if r.Kind == lessons.Short && strings.Contains(r.Text, "____") {
			r.Kind = lessons.Gap
		}
		b.Question(p.line, r.name, map[string]*lessons.Question{lang: r.Question})
	}
}

// answers reads what stands between the braces, by the signs that it has.
func (r *reading) answers(answer, lang string) bool {
	plain, _, _ := strings.Cut(answer, "#")
	switch truth := strings.ToUpper(strings.TrimSpace(plain)); {
	case answer == "":
		r.note("left-essay")
		return false
	case answer[0] == '#':
		return r.number(answer[1:])
	case answer[0] == '>':
		return r.order(answer)
	case strings.Contains(answer, "~"):
		exchange.Choices(r.Question, r.weighed(strings.ReplaceAll(answer, "=", "~="), "~", true), strings.Contains(answer, "="), r.note)
	case strings.Contains(answer, "=") && strings.Contains(answer, "->"):
		r.pairs(answer)
	case slices.Contains([]string{"T", "F", "TRUE", "FALSE"}, truth):
		r.truth(answer, truth[0] == 'T', lang)
	default:
		r.Kind = lessons.Short
		exchange.Accepted(r.Question, r.weighed(answer, "=", false), r.note)
	}
	return true
}

var weight = regexp.MustCompile(`^%(-?[0-9]{1,3}(?:\.[0-9]*)?)%`)

// weighed parts answers at a sign: each with its weight and its feedback. A
// choice counts nothing without "=" or a weight, a typed answer all.
func (r *reading) weighed(answer, sign string, choice bool) []exchange.Weighed {
	var all []exchange.Weighed
	for part := range strings.SplitSeq(answer, sign) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if len(all) == exchange.MostAnswers {
			r.note("too-many-answers", "limit", exchange.MostAnswers)
			break
		}
		a, right := exchange.Weighed{Percent: 100}, false
		if choice {
			if part, right = strings.CutPrefix(part, "="); !right {
				a.Percent = 0
			}
		}
		if m := weight.FindStringSubmatch(part); m != nil && !right {
			a.Percent, _ = strconv.ParseFloat(m[1], 64)
			part = part[len(m[0]):]
		}
		text, feedback, _ := strings.Cut(part, "#")
		a.Feedback = r.text(feedback, exchange.Rich)
		if choice {
			a.Text = r.text(text, exchange.Line)
		} else {
			_, text = formatted(text, "")
			a.Text = exchange.OneLine(show.Replace(text))
		}
		all = append(all, a)
	}
	return all
}

func (r *reading) truth(answer string, right bool, lang string) {
	parts := append(strings.SplitN(answer, "#", 3), "", "")
	wrongFeedback, rightFeedback := r.text(parts[1], exchange.Rich), r.text(parts[2], exchange.Rich)
	yes, no := exchange.TrueFalse(lang)
	r.Kind = lessons.Single
	r.Choices = []lessons.Choice{{Text: yes, Right: right, Feedback: wrongFeedback}, {Text: no, Right: !right, Feedback: wrongFeedback}}
	for i := range r.Choices {
		if r.Choices[i].Right {
			r.Choices[i].Feedback = rightFeedback
		}
	}
	r.note("true-false")
}

func (r *reading) pairs(answer string) {
	r.Kind = lessons.Pairs
	for part := range strings.SplitSeq(answer, "=") {
		if len(r.Left) == exchange.MostAnswers {
			r.note("too-many-answers", "limit", exchange.MostAnswers)
			break
		}
		left, right, ok := strings.Cut(part, "->")
		switch {
		case strings.TrimSpace(part) == "":
			continue
		case !ok:
			r.note("pair-empty", "text", exchange.OneLine(show.Replace(part)))
			continue
		case strings.TrimSpace(left) == "":
			r.note("distractor", "text", exchange.OneLine(show.Replace(right)))
			continue
		}
		r.Left = append(r.Left, r.text(left, exchange.Line))
		r.Right = append(r.Right, exchange.Convert("plain", show.Replace(right), exchange.Line, nil).Text)
	}
}

// order reads an ordering question: a line of options, then an item a line.
func (r *reading) order(answer string) bool {
	r.Kind = lessons.Order
	lines := strings.Split(answer, "\n")
	for _, line := range lines[1:min(len(lines), exchange.MostAnswers+1)] {
		if line = strings.TrimSpace(line); line != "" {
			r.Items = append(r.Items, exchange.Convert("plain", show.Replace(line), exchange.Line, nil).Text)
		}
	}
	return true
}

func (r *reading) number(answer string) bool {
	answer, wrong, _ := strings.Cut(answer, "~")
	if strings.TrimSpace(wrong) != "" {
		r.note("other-answers")
	}
	var ranges []exchange.Range
	for part := range strings.SplitSeq(answer, "=") {
		if part = strings.TrimSpace(part); part == "" || len(ranges) == exchange.MostAnswers {
			continue
		}
		one := exchange.Range{Percent: 100}
		if m := weight.FindStringSubmatch(part); m != nil {
			one.Percent, _ = strconv.ParseFloat(m[1], 64)
			part = part[len(m[0]):]
		}
		text, feedback, _ := strings.Cut(part, "#")
		one.Feedback = r.text(feedback, exchange.Rich)
		value, tolerance, ok := spread(show.Replace(text))
		if !ok {
			r.note("no-number", "answer", exchange.OneLine(show.Replace(text)))
			continue
		}
		one.Value, one.Tolerance = value, tolerance
		ranges = append(ranges, one)
	}
	return exchange.Numeric(r.Question, ranges, r.note)
}

// spread reads "42", "42:2" and "40..44".
func spread(text string) (value, tolerance float64, ok bool) {
	if from, to, is := strings.Cut(text, ".."); is {
		low, okLow := exchange.Decimal(from)
		high, okHigh := exchange.Decimal(to)
		return (low + high) / 2, (high - low) / 2, okLow && okHigh && high >= low
	}
	before, after, is := strings.Cut(text, ":")
	value, ok = exchange.Decimal(before)
	if is {
		off, okOff := exchange.Decimal(after)
		return value, off, ok && okOff && off >= 0
	}
	return value, 0, ok
}
