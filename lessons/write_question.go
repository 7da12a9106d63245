package lessons

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
)

func writeQuestion(b *bytes.Buffer, q *Question) {
	b.WriteString("## ? " + q.ID + "\n")
	text := q.Text
	if q.Kind == Gap {
		text = strings.Replace(text, "____", "{{"+gapWords(q.Accepted)+"}}", 1)
	}
	if text != "" {
		b.WriteString("\n" + text + "\n")
	}
	writeMedia(b, q.Media)
	switch q.Kind {
	case Single, Multiple, Poll:
		b.WriteByte('\n')
		writeChoices(b, q)
	case Short:
		b.WriteString("\n= " + typedWords(q.Accepted) + "\n")
	case Number:
		b.WriteString("\n= " + WriteNumber(q.Value))
		if q.Tolerance != 0 {
			b.WriteString(" ± " + WriteNumber(q.Tolerance))
		}
		b.WriteByte('\n')
	case Order:
		b.WriteByte('\n')
		for i, item := range q.Items {
			fmt.Fprintf(b, "%d. %s\n", i+1, item)
		}
	case Pairs:
		writePairs(b, q)
	}
	if q.Explanation != "" {
		b.WriteString("\n" + quotedLines(q.Explanation, ""))
	}
}

// writeChoices writes boxes. After a text that ends in a list they stand under
// another mark: with the same one they would go on with that list.
func writeChoices(b *bytes.Buffer, q *Question) {
	mark := "-"
	last := q.Text[strings.LastIndexByte(q.Text, '\n')+1:]
	if strings.HasPrefix(last, "- ") && len(q.Media) == 0 {
		mark = "*"
	}
	for _, c := range q.Choices {
		box := "[ ]"
		if c.Right {
			box = "[x]"
		}
		b.WriteString(mark + " " + box + " " + c.Text + "\n")
		if c.Feedback != "" {
			b.WriteString(quotedLines(c.Feedback, "  "))
		}
	}
}

// quotedLines is a text as a quote.
func quotedLines(text, indent string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString(strings.TrimRight(indent+"> "+line, " ") + "\n")
	}
	return b.String()
}

func writePairs(b *bytes.Buffer, q *Question) {
	fmt.Fprintf(b, "\n| %s | %s |\n| --- | --- |\n", cellText(q.LeftTitle), cellText(q.RightTitle))
	for i := range min(len(q.Left), len(q.Right)) {
		fmt.Fprintf(b, "| %s | %s |\n", cellText(q.Left[i]), cellText(q.Right[i]))
	}
}

// cellText keeps a bar from ending its cell.
func cellText(text string) string {
	var b strings.Builder
	escaped := false
	for _, c := range []byte(text) {
		if c == '|' && !escaped {
			b.WriteByte('\\')
		}
		escaped = c == '\\' && !escaped
		b.WriteByte(c)
	}
	return b.String()
}

// typedWords are accepted answers in a line of their own.
func typedWords(accepted []string) string {
	all := make([]string, len(accepted))
	for i, a := range accepted {
		all[i] = Escape(a)
	}
	return strings.Join(all, " | ")
}

// gapWords are accepted answers within a sentence, where only the marks are
// resolved.
func gapWords(accepted []string) string {
	all := make([]string, len(accepted))
	for i, a := range accepted {
		all[i] = marks.Replace(a)
	}
	return strings.Join(all, "|")
}

var marks = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`)

// WriteNumber writes a number so that it is read as this one and no other:
// three decimals could be thousands, so a fourth is added.
func WriteNumber(v float64) string {
	if v == 0 {
		return "0" // not -0
	}
	text := strconv.FormatFloat(v, 'f', -1, 64)
	whole, decimals, _ := strings.Cut(text, ".")
	switch {
	case math.Abs(v) >= 1 && len(decimals) == 3:
		return whole + "," + decimals + "0"
	case decimals != "":
		return whole + "," + decimals
	}
	return whole
}

// ReadNumber reads "42", "1 234,5" or "42 ± 2" as the answer of a question is
// read; not ok where it is no number, or could be two ("1.234").
func ReadNumber(text string) (value, tolerance float64, ok bool) {
	before, after, tolerant := strings.Cut(tolerances.Replace(text), "±")
	v, t := numbers(before), []float64{0}
	if tolerant {
		t = numbers(after)
	}
	if len(v) != 1 || len(t) != 1 || t[0] < 0 {
		return 0, 0, false
	}
	return v[0], t[0], true
}
