// Package aiken reads and writes Aiken, Moodle's simplest format: questions of
// one right choice, as plain text in one language.
//
//	Quelle couleur ?
//	A. Bleu
//	B. Rouge
//	ANSWER: A
package aiken

import (
	"fmt"
	"regexp"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange"
)

var (
	choice = regexp.MustCompile(`^([A-Za-z])[.)]\s+(.*)$`)
	answer = regexp.MustCompile(`^(?i:ANSWER):\s*([A-Za-z](?:\s*,\s*[A-Za-z])*)\s*$`)
)

// question is one that is being read.
type question struct {
	line    int
	text    []string
	choices []string
}

// Read reads a file in a language.
func Read(content []byte, lang string) (exchange.Contents, error) {
	if len(content) > exchange.MostBytes {
		return exchange.Contents{}, &exchange.Fault{Code: "too-big", Args: []any{"limit", exchange.MostBytes >> 20}}
	}
	b := exchange.NewBuilder()
	var q question
	number := 0
	for line := range strings.SplitSeq(exchange.Decode(content), "\n") {
		number++
		if line = strings.TrimSpace(line); b.Full() {
			break
		}
		if m := answer.FindStringSubmatch(line); m != nil {
			q.end(b, lang, number, m[1])
			q = question{}
			continue
		}
		if m := choice.FindStringSubmatch(line); m != nil && len(q.text) > 0 && q.follows(m[1]) {
			q.choices = append(q.choices, m[2])
			continue
		}
		switch {
		case line == "":
		case len(q.choices) > 0:
			b.Note(q.line, "", "left-without-answer")
			q = question{line: number, text: []string{line}}
		default:
			if len(q.text) == 0 {
				q.line = number
			}
			q.text = append(q.text, line)
		}
	}
	if len(q.text) > 0 {
		b.Note(q.line, "", "left-without-answer")
	}
	done := b.Done()
	if len(done.Lessons) == 0 && len(done.Notes) == 0 {
		return done, &exchange.Fault{Code: "nothing"}
	}
	return done, nil
}

// follows says that a letter is the one of the next choice.
func (q *question) follows(letter string) bool {
	return strings.ToUpper(letter)[0] == byte('A'+len(q.choices))
}

func (q *question) end(b *exchange.Builder, lang string, line int, letters string) {
	if len(q.text) == 0 || len(q.choices) == 0 {
		b.Note(line, "", "line-alone", "text", letters)
		return
	}
	plain := func(text string, room exchange.Room) string {
		return exchange.Convert("plain", text, room, nil).Text
	}
	is := &lessons.Question{Kind: lessons.Single, Text: plain(strings.Join(q.text, "\n"), exchange.Asking)}
	for i, text := range q.choices {
		right := strings.ContainsRune(strings.ToUpper(letters), rune('A'+i))
		is.Choices = append(is.Choices, lessons.Choice{Text: plain(text, exchange.Line), Right: right})
	}
	b.Question(q.line, "", map[string]*lessons.Question{lang: is})
}

// Write writes the questions of one right choice of a series in a language.
func Write(s *lessons.Series, lang string) ([]byte, []exchange.Note, error) {
	var b strings.Builder
	l := exchange.Losses{Series: s}
	l.SeriesFacts()
	for _, lesson := range s.Lessons {
		t := lesson.Twins[lang]
		if t == nil {
			continue
		}
		l.PageFacts(lesson.ID)
		if len(t.Screens) > 0 {
			l.Note(lesson.ID, "screens-lost", "n", len(t.Screens))
		}
		for _, q := range t.Questions {
			write(&b, &l, q)
		}
	}
	l.Note("", "lessons-lost")
	l.Note("", "ids-lost")
	return []byte(b.String()), l.Notes, nil
}

func write(b *strings.Builder, l *exchange.Losses, q *lessons.Question) {
	if q.Kind != lessons.Single || len(q.Choices) > 26 {
		l.Note(q.ID, "kind-left", "kind", string(q.Kind))
		return
	}
	l.Media(q.ID, q.Media)
	fmt.Fprintln(b, onLine(l.Plain(q.ID, q.Text)))
	right, feedback := 'A', false
	for i, c := range q.Choices {
		letter := 'A' + rune(i)
		fmt.Fprintf(b, "%c. %s\n", letter, l.Plain(q.ID, c.Text))
		if c.Right {
			right = letter
		}
		feedback = feedback || c.Feedback != ""
	}
	fmt.Fprintf(b, "ANSWER: %c\n\n", right)
	if feedback {
		l.Note(q.ID, "feedback-lost")
	}
	if q.Explanation != "" {
		l.Note(q.ID, "explanation-lost")
	}
}

// onLine keeps a question from looking like a choice or an answer.
func onLine(text string) string {
	if choice.MatchString(text) || answer.MatchString(text) {
		return "– " + text
	}
	return text
}
