package moodle

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"path"
	"strconv"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange"
)

// Write writes a series in a language.
func Write(s *lessons.Series, lang string) ([]byte, []exchange.Note, error) {
	w := &writing{Losses: exchange.Losses{Series: s}}
	w.SeriesFacts()
	w.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n")
	for _, l := range s.Lessons {
		t := l.Twins[lang]
		if t == nil {
			continue
		}
		w.Losses.Note(l.ID, "page-facts-lost-but-objective")
		w.WriteString("  <question type=\"category\">\n    <category>\n")
		w.text(exchange.CategoryPath(s.Title.In(lang), t.Title))
		w.WriteString("    </category>\n    <info format=\"html\">\n")
		w.text(exchange.HTML(lessons.Escape(t.Objective)))
		fmt.Fprintf(w, "    </info>\n    <idnumber>%s</idnumber>\n  </question>\n", l.ID)
		for i, screen := range t.Screens {
			w.screen(fmt.Sprintf("%s %d", l.ID, i+1), screen)
		}
		for _, q := range t.Questions {
			w.question(q)
		}
	}
	w.WriteString("</quiz>\n")
	return []byte(w.String()), w.Notes, nil
}

type writing struct {
	strings.Builder
	exchange.Losses
}

// text writes a text as Moodle does: in CDATA where it has marks.
func (w *writing) text(text string) {
	w.WriteString("      <text>")
	if strings.ContainsAny(text, "<>&") {
		w.WriteString("<![CDATA[" + strings.ReplaceAll(text, "]]>", "]]]]><![CDATA[>") + "]]>")
	} else {
		w.WriteString(text)
	}
	w.WriteString("</text>\n")
}

// within writes an element with a text in HTML.
func (w *writing) within(name, text string, media ...lessons.Media) {
	fmt.Fprintf(w, "    <%s format=\"html\">\n", name)
	w.text(text)
	for _, m := range media {
		w.file(m)
	}
	fmt.Fprintf(w, "    </%s>\n", name)
}

// file writes a picture into the file.
func (w *writing) file(m lessons.Media) {
	content, err := fs.ReadFile(w.Series.Files, m.Path)
	if err != nil {
		w.Losses.Note("", "media-lost", "media", m.Path)
		return
	}
	fmt.Fprintf(w, "      <file name=%s path=\"/\" encoding=\"base64\">%s</file>\n", quoted(path.Base(m.Path)), base64.StdEncoding.EncodeToString(content))
}

func quoted(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return `""`
	}
	return `"` + b.String() + `"`
}

// shown is a text with its media behind it.
func shown(text string, media []lessons.Media) string {
	out := exchange.HTML(text)
	for _, m := range media {
		address := "@@PLUGINFILE@@/" + url.PathEscape(path.Base(m.Path))
		switch kind, _, _ := strings.Cut(m.MIME(), "/"); kind {
		case "image":
			out += fmt.Sprintf("\n<p><img src=%q alt=\"%s\" /></p>", address, html.EscapeString(m.Alt))
		default:
			out += fmt.Sprintf("\n<p><a href=%q>%s</a></p>", address, html.EscapeString(m.Alt))
		}
	}
	return strings.TrimSpace(out)
}

func (w *writing) screen(name string, s lessons.Screen) {
	text := shown(s.Text, s.Media)
	if s.Title != "" {
		text = "<h4>" + html.EscapeString(s.Title) + "</h4>\n" + text
	}
	w.head("description", name, "", text, s.Media, "")
	w.WriteString("  </question>\n")
}

// head begins a question: what all types have, in Moodle's order.
func (w *writing) head(kind, name, id, text string, media []lessons.Media, explanation string) {
	fmt.Fprintf(w, "  <question type=\"%s\">\n    <name>\n", kind)
	w.text(name)
	w.WriteString("    </name>\n")
	w.within("questiontext", text, media...)
	w.within("generalfeedback", explanation)
	grade := 1
	if kind == "description" {
		grade = 0
	}
	fmt.Fprintf(w, "    <defaultgrade>%d</defaultgrade>\n    <penalty>0</penalty>\n    <hidden>0</hidden>\n    <idnumber>%s</idnumber>\n", grade, id)
}

// kinds are our kinds as Moodle's types.
var kinds = map[lessons.Kind]string{
	lessons.Single: "multichoice", lessons.Multiple: "multichoice", lessons.Poll: "multichoice", lessons.Short: "shortanswer",
	lessons.Gap: "shortanswer", lessons.Number: "numerical", lessons.Order: "ordering", lessons.Pairs: "matching",
}

func (w *writing) question(q *lessons.Question) {
	w.head(kinds[q.Kind], q.ID, q.ID, shown(q.Text, q.Media), q.Media, exchange.HTML(q.Explanation))
	switch q.Kind {
	case lessons.Single, lessons.Multiple, lessons.Poll:
		w.choices(q)
	case lessons.Short, lessons.Gap:
		w.WriteString("    <usecase>0</usecase>\n")
		for _, a := range q.Accepted {
			w.answer("100", "moodle_auto_format", strings.ReplaceAll(a, "*", `\*`), "", "")
		}
	case lessons.Number:
		w.answer("100", "moodle_auto_format", decimal(q.Value), "", fmt.Sprintf("      <tolerance>%s</tolerance>\n", decimal(q.Tolerance)))
	case lessons.Order:
		fmt.Fprintf(w, "    <layouttype>VERTICAL</layouttype>\n    <selecttype>ALL</selecttype>\n    <selectcount>%d</selectcount>\n", len(q.Items))
		w.WriteString("    <gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>\n    <showgrading>SHOW</showgrading>\n    <numberingstyle>none</numberingstyle>\n")
		w.combined()
		for i, item := range q.Items {
			w.answer(strconv.Itoa(i+1), "html", exchange.InlineHTML(item), "", "")
		}
	case lessons.Pairs:
		w.WriteString("    <shuffleanswers>true</shuffleanswers>\n")
		w.combined()
		w.Titles(q)
		for i := range q.Left {
			w.pair(exchange.InlineHTML(q.Left[i]), w.Plain(q.ID, q.Right[i]))
		}
	}
	w.WriteString("  </question>\n")
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// combined writes the three texts that Moodle shows by how right an answer is:
// none, since ours stand with each choice.
func (w *writing) combined() {
	for _, name := range []string{"correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"} {
		w.within(name, "")
	}
}

func (w *writing) answer(fraction, format, text, feedback, more string) {
	fmt.Fprintf(w, "    <answer fraction=\"%s\" format=\"%s\">\n", fraction, format)
	w.text(text)
	w.within("feedback", feedback)
	w.WriteString(more + "    </answer>\n")
}

func (w *writing) pair(left, right string) {
	w.WriteString("    <subquestion format=\"html\">\n")
	w.text(left)
	w.WriteString("      <answer>\n")
	w.text(right)
	w.WriteString("      </answer>\n    </subquestion>\n")
}

func (w *writing) choices(q *lessons.Question) {
	right := 0
	for _, c := range q.Choices {
		if c.Right {
			right++
		}
	}
	fmt.Fprintf(w, "    <single>%t</single>\n    <shuffleanswers>true</shuffleanswers>\n    <answernumbering>none</answernumbering>\n", q.Kind != lessons.Multiple)
	w.WriteString("    <showstandardinstruction>0</showstandardinstruction>\n")
	w.combined()
	if q.Kind == lessons.Poll {
		w.Losses.Note(q.ID, "poll-all-right")
	}
	marks := exchange.Fractions(max(right, 1))
	wrong := "0"
	if q.Kind == lessons.Multiple {
		wrong = "-" + marks[0]
	}
	for _, c := range q.Choices {
		mark := wrong
		switch {
		case q.Kind == lessons.Poll:
			mark = "100"
		case c.Right:
			mark, marks = marks[0], marks[1:]
		}
		w.answer(mark, "html", exchange.InlineHTML(c.Text), exchange.HTML(c.Feedback), "")
	}
}
