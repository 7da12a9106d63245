package table

import (
	"regexp"
	"strconv"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange"
)

// list says what the columns of a plain list hold: a question a row, its
// choices in columns of their own, which one is right in another.
type list struct {
	question, id, right, explanation, lesson int
	choices                                  []int
}

var choiceColumn = regexp.MustCompile(`^(?:choice|choix|keuze|option|optie|réponse|reponse|antwoord|answer) ?([0-9]|[a-h])$|^([a-h])$`)

func listOf(r Row) (list, bool) {
	l := list{-1, -1, -1, -1, -1, nil}
	for i, cell := range r.Cells {
		name := known(cell)
		switch {
		case choiceColumn.MatchString(strings.ToLower(exchange.OneLine(cell))):
			l.choices = append(l.choices, i)
		case name == "question":
			l.question = i
		case name == "id":
			l.id = i
		case name == "right" || name == "answer":
			l.right = i
		case name == "explanation":
			l.explanation = i
		case name == "lesson":
			l.lesson = i
		}
	}
	return l, l.question >= 0 && l.right >= 0
}

// read reads the rows under the head.
func (l list) read(rows []Row, lang string) exchange.Contents {
	b := exchange.NewBuilder()
	in := ""
	for _, r := range rows {
		if b.Full() {
			break
		}
		text := r.cell(l.question)
		if text == "" {
			if strings.TrimSpace(strings.Join(r.Cells, "")) != "" {
				b.Note(r.Line, "", "left-without-text")
			}
			continue
		}
		if lesson := exchange.OneLine(r.cell(l.lesson)); lesson != "" && lesson != in {
			b.Lesson("", lessons.Text{lang: lesson})
			in = lesson
		}
		q := &lessons.Question{}
		markdown := func(text string, room exchange.Room) string {
			got := exchange.FromMarkdown(linesKept(text), room, nil)
			b.Lost(r.Line, r.cell(l.id), got.Lost...)
			return got.Text
		}
		q.Text, q.Explanation = markdown(text, exchange.Asking), markdown(r.cell(l.explanation), exchange.Rich)
		var choices []string
		for _, at := range l.choices {
			if c := r.cell(at); c != "" {
				choices = append(choices, c)
			}
		}
		right := r.cell(l.right)
		if len(choices) == 0 {
			q.Kind = lessons.Short
			for a := range strings.SplitSeq(right, "|") {
				q.Accepted = append(q.Accepted, a)
			}
		} else {
			q.Kind = lessons.Single
			for i, c := range choices {
				q.Choices = append(q.Choices, lessons.Choice{Text: markdown(c, exchange.Line), Right: isRight(right, i, c)})
			}
			if right != "" && !anyRight(q.Choices) {
				b.Note(r.Line, r.cell(l.id), "right-unknown", "right", exchange.OneLine(right))
			}
		}
		b.Question(r.Line, r.cell(l.id), map[string]*lessons.Question{lang: q})
	}
	return b.Done()
}

func anyRight(choices []lessons.Choice) bool {
	for _, c := range choices {
		if c.Right {
			return true
		}
	}
	return false
}

// isRight says whether a cell names the choice at a place: "B", "2", "A, C" or
// its words.
func isRight(cell string, place int, words string) bool {
	if strings.EqualFold(exchange.OneLine(cell), exchange.OneLine(words)) {
		return true
	}
	for part := range strings.FieldsFuncSeq(cell, func(c rune) bool { return strings.ContainsRune(" ,;+/&", c) }) {
		if strings.EqualFold(part, string(rune('A'+place))) || part == strconv.Itoa(place+1) {
			return true
		}
	}
	return false
}
