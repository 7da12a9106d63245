package gift

import (
	"fmt"
	"strconv"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange"
)

// Write writes a series in a language.
func Write(s *lessons.Series, lang string) ([]byte, []exchange.Note, error) {
	w := &writing{Losses: exchange.Losses{Series: s}}
	w.SeriesFacts()
	for _, l := range s.Lessons {
		t := l.Twins[lang]
		if t == nil {
			continue
		}
		w.PageFacts(l.ID)
		fmt.Fprintf(w, "// [lesson:%s]\n$CATEGORY: %s\n\n", l.ID, exchange.CategoryPath(s.Title.In(lang), t.Title))
		for i, screen := range t.Screens {
			w.screen(l.ID, i, screen)
		}
		for _, q := range t.Questions {
			w.question(q)
		}
	}
	return []byte(w.String()), w.Notes, nil
}

type writing struct {
	strings.Builder
	exchange.Losses
}

// markdown is a text of ours for Moodle, which writes a line break with two
// spaces and a gap with five low lines.
func markdown(text string) string {
	text = strings.ReplaceAll(text, "\\\n", "  \n")
	return escape.Replace(strings.ReplaceAll(text, "____", "_____"))
}

// part is a text within an answer: it has the question's format, but for one
// that would be taken for a format.
func part(text string) string {
	if strings.HasPrefix(text, "[") {
		return "[markdown]" + markdown(text)
	}
	return markdown(text)
}

func (w *writing) screen(lesson string, i int, s lessons.Screen) {
	text := s.Text
	if s.Title != "" {
		text = strings.TrimSpace("### " + lessons.Escape(s.Title) + "\n\n" + text)
	}
	w.Media(lesson, s.Media)
	if text == "" {
		return
	}
	fmt.Fprintf(w, "::%s %d::[markdown]%s\n\n", lesson, i+1, markdown(text))
}

func (w *writing) question(q *lessons.Question) {
	w.Media(q.ID, q.Media)
	fmt.Fprintf(w, "// [id:%s]\n::%s::[markdown]%s{", q.ID, q.ID, markdown(q.Text))
	switch q.Kind {
	case lessons.Single, lessons.Multiple, lessons.Poll:
		w.choices(q)
	case lessons.Short, lessons.Gap:
		w.WriteByte('\n')
		for _, a := range q.Accepted {
			fmt.Fprintf(w, "\t=%%100%%%s#\n", escape.Replace(strings.ReplaceAll(a, "*", `\*`)))
		}
	case lessons.Number:
		fmt.Fprintf(w, "#\n\t=%%100%%%s:%s#\n", decimal(q.Value), decimal(q.Tolerance))
	case lessons.Order:
		fmt.Fprintf(w, ">%d ALL VERTICAL RELATIVE_NEXT_EXCLUDE_LAST SHOW NONE\n", len(q.Items))
		for _, item := range q.Items {
			fmt.Fprintf(w, "%s\n", w.item(q.ID, item))
		}
	case lessons.Pairs:
		w.WriteByte('\n')
		w.Titles(q)
		for i := range q.Left {
			right := w.Plain(q.ID, q.Right[i])
			left := strings.ReplaceAll(part(q.Left[i]), "->", "→")
			if left != part(q.Left[i]) {
				w.Note(q.ID, "signs-replaced", "text", exchange.Plain(left))
			}
			fmt.Fprintf(w, "\t=%s -> %s\n", left, escape.Replace(right))
		}
	}
	if q.Explanation != "" {
		fmt.Fprintf(w, "\t####%s\n", part(q.Explanation))
	}
	w.WriteString("}\n\n")
}

func (w *writing) choices(q *lessons.Question) {
	w.WriteByte('\n')
	right := 0
	for _, c := range q.Choices {
		if c.Right {
			right++
		}
	}
	if q.Kind == lessons.Poll {
		w.Note(q.ID, "poll-all-right")
	}
	marks := exchange.Fractions(max(right, 1))
	wrong := "-" + marks[0]
	for i, c := range q.Choices {
		sign := "~"
		switch {
		case q.Kind == lessons.Poll && i == 0, q.Kind == lessons.Single && c.Right:
			sign = "="
		case q.Kind == lessons.Poll:
			sign = "~%100%"
		case q.Kind == lessons.Multiple && c.Right:
			sign, marks = "~%"+marks[0]+"%", marks[1:]
		case q.Kind == lessons.Multiple:
			sign = "~%" + wrong + "%"
		case strings.HasPrefix(c.Text, "%"): // which would be a weight
			sign = "~%0%"
		}
		w.WriteString("\t" + sign + part(c.Text))
		if c.Feedback != "" {
			w.WriteString("#" + part(c.Feedback))
		}
		w.WriteByte('\n')
	}
}

// item is a line of an ordering question: Moodle reads it as it stands, so
// that nothing in it can be escaped.
func (w *writing) item(id, text string) string {
	plain := w.Plain(id, text)
	safe := strings.NewReplacer("{", "(", "}", ")", `\`, "/", "####", "#").Replace(plain)
	if safe != plain {
		w.Note(id, "signs-replaced", "text", safe)
	}
	return safe
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
