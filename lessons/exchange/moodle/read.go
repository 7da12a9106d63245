package moodle

import (
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
	root, err := parse(content)
	if err != nil {
		return exchange.Contents{}, err
	}
	quiz := root.first("quiz")
	if quiz.name == "" {
		return exchange.Contents{}, &exchange.Fault{Code: "no-quiz"}
	}
	b := exchange.NewBuilder()
	for _, e := range quiz.all("question") {
		if b.Full() {
			break
		}
		r := &reading{Builder: b, element: e, Question: &lessons.Question{}, lang: lang}
		r.read()
	}
	return b.Done(), nil
}

// reading is one question of the file.
type reading struct {
	*exchange.Builder
	*element
	*lessons.Question
	lang, name string
}

func (r *reading) note(code string, arguments ...any) { r.Note(r.line, r.name, code, arguments...) }

// markdown is a text of the file as Markdown of ours, with its pictures.
func (r *reading) markdown(e *element, otherwise string, room exchange.Room) exchange.Rewritten {
	format := e.attributes["format"]
	if format == "" {
		format = otherwise
	}
	got := exchange.Convert(format, e.first("text").text, room, r.pictures(e))
	r.Lost(r.line, r.name, got.Lost...)
	return got
}

// words is plain text of the file as Markdown that shows it.
func (r *reading) words(text string) string {
	return exchange.Convert("plain", text, exchange.Line, nil).Text
}

// read reads the question by its type.
func (r *reading) read() {
	kind := r.attributes["type"]
	if kind == "category" {
		r.category()
		return
	}
	r.name = exchange.OneLine(exchange.Clean(r.said("name")))
	if id := strings.TrimSpace(r.first("idnumber").text); id != "" {
		r.name = id
	}
	if kind == "description" {
		got := r.markdown(r.first("questiontext"), "html", exchange.Page)
		r.Screen(map[string]lessons.Screen{r.lang: {Title: got.Title, Text: got.Text, Media: got.Media}})
		return
	}
	got := r.markdown(r.first("questiontext"), "html", exchange.Asking)
	r.Text, r.Media = got.Text, got.Media
	r.Explanation = r.markdown(r.first("generalfeedback"), "html", exchange.Rich).Text
	r.extras()
	read := map[string]func() bool{
		"multichoice": r.choices, "truefalse": r.truth, "shortanswer": r.short, "numerical": r.number, "matching": r.pairs, "match": r.pairs,
		"ordering": r.order, "cloze": r.cloze, "multianswer": r.cloze, "multichoiceset": r.choices, "essay": r.essay,
	}[kind]
	switch {
	case read == nil:
		r.note("left-type", "type", short(kind))
	case read():
		r.Builder.Question(r.line, r.name, map[string]*lessons.Question{r.lang: r.Question})
	}
}

func short(text string) string {
	r := []rune(exchange.OneLine(exchange.Clean(text)))
	return string(r[:min(len(r), 40)])
}

func (r *reading) category() {
	title, lesson := exchange.Category(r.said("category"))
	if r.Title == "" {
		r.Title = title
	}
	r.Lesson(exchange.Slug(r.first("idnumber").text), lessons.Text{r.lang: lesson})
	if objective := exchange.Plain(r.markdown(r.first("info"), "html", exchange.Rich).Text); objective != "" {
		r.Page(r.lang).Objective = objective
	}
}

// extras notes what Moodle has beside the question.
func (r *reading) extras() {
	if len(r.all("hint")) > 0 && slices.ContainsFunc(r.all("hint"), func(e *element) bool { return strings.TrimSpace(e.first("text").text) != "" }) {
		r.note("hints")
	}
	for _, name := range []string{"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"} {
		if text := r.said(name); text != "" && !slices.Contains(standard, text) {
			r.note("combined-feedback")
			break
		}
	}
	if r.is("usecase") {
		r.note("capitals")
	}
	if len(r.first("units").children) > 0 {
		r.note("units")
	}
	if len(r.first("tags").children) > 0 {
		r.note("tags")
	}
}

// standard is what Moodle writes itself, in English and as it says it in ours.
var standard = []string{
	"Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect.", "<p>Your answer is correct.</p>",
	"<p>Your answer is partially correct.</p>", "<p>Your answer is incorrect.</p>", "Votre réponse est correcte.",
	"Votre réponse est partiellement correcte.", "Votre réponse est incorrecte.", "<p>Votre réponse est correcte.</p>",
	"<p>Votre réponse est partiellement correcte.</p>", "<p>Votre réponse est incorrecte.</p>", "Je antwoord is correct.",
	"Je antwoord is gedeeltelijk correct.", "Je antwoord is niet correct.", "<p>Je antwoord is correct.</p>",
	"<p>Je antwoord is gedeeltelijk correct.</p>", "<p>Je antwoord is niet correct.</p>",
}

func (e *element) percent() float64 {
	v, _ := strconv.ParseFloat(strings.TrimSpace(e.attributes["fraction"]), 64)
	return v
}

func (r *reading) feedback(e *element) string {
	return r.markdown(e.first("feedback"), "html", exchange.Rich).Text
}

// some are the answers of a question, so many at most.
func (r *reading) some(name string) []*element {
	all := r.all(name)
	if len(all) > exchange.MostAnswers {
		r.note("too-many-answers", "limit", exchange.MostAnswers)
		all = all[:exchange.MostAnswers]
	}
	return all
}

func (r *reading) choices() bool {
	single := strings.TrimSpace(r.first("single").text) != "false" && strings.TrimSpace(r.first("single").text) != "0"
	var all []exchange.Weighed
	for _, a := range r.some("answer") {
		all = append(all, exchange.Weighed{Text: r.markdown(a, "html", exchange.Line).Text, Feedback: r.feedback(a), Percent: a.percent()})
	}
	exchange.Choices(r.Question, all, single, r.note)
	return true
}

func (r *reading) truth() bool {
	yes, no := exchange.TrueFalse(r.lang)
	r.Kind = lessons.Single
	r.Question.Choices = []lessons.Choice{{Text: yes}, {Text: no}}
	for _, a := range r.some("answer") {
		at := 1
		if strings.EqualFold(strings.TrimSpace(a.first("text").text), "true") {
			at = 0
		}
		r.Question.Choices[at].Right, r.Question.Choices[at].Feedback = a.percent() > 0, r.feedback(a)
	}
	r.note("true-false")
	return true
}

func (r *reading) short() bool {
	r.Kind = lessons.Short
	var all []exchange.Weighed
	for _, a := range r.some("answer") {
		all = append(all, exchange.Weighed{Text: a.first("text").text, Feedback: r.feedback(a), Percent: a.percent()})
	}
	exchange.Accepted(r.Question, all, r.note)
	if strings.Contains(r.Text, "____") {
		r.Kind = lessons.Gap
	}
	return true
}

func (r *reading) number() bool {
	var all []exchange.Range
	for _, a := range r.some("answer") {
		text := strings.TrimSpace(a.first("text").text)
		if text == "*" {
			if r.feedback(a) != "" {
				r.note("other-answers")
			}
			continue
		}
		value, ok := exchange.Decimal(text)
		if !ok {
			r.note("no-number", "answer", short(text))
			continue
		}
		tolerance, _ := exchange.Decimal(a.first("tolerance").text)
		all = append(all, exchange.Range{Value: value, Tolerance: max(tolerance, 0), Percent: a.percent(), Feedback: r.feedback(a)})
	}
	return exchange.Numeric(r.Question, all, r.note)
}

func (r *reading) pairs() bool {
	r.Kind = lessons.Pairs
	for _, s := range r.some("subquestion") {
		left, right := r.markdown(s, "html", exchange.Line).Text, r.words(s.said("answer"))
		if left == "" {
			r.note("distractor", "text", short(s.said("answer")))
			continue
		}
		r.Left, r.Right = append(r.Left, left), append(r.Right, right)
	}
	return true
}

// order reads an ordering question: the mark of an answer is its place.
func (r *reading) order() bool {
	r.Kind = lessons.Order
	answers := r.some("answer")
	slices.SortStableFunc(answers, func(a, b *element) int { return int(a.percent()*1000) - int(b.percent()*1000) })
	for _, a := range answers {
		r.Items = append(r.Items, r.markdown(a, "moodle_auto_format", exchange.Line).Text)
	}
	return true
}

func (r *reading) essay() bool {
	r.note("left-essay")
	return false
}
