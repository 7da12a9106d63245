package exchange

import (
	"slices"
	"strings"

	"praline/lessons"
)

// settle makes a question one that can be taught, and its twins of one shape.
// Not ok: it cannot be, and is left out with a note.
func (b *Builder) settle(line int, name string, twins map[string]*lessons.Question) bool {
	for lang, q := range twins {
		note := func(code string, arguments ...any) { b.Note(line, name, code, arguments...) }
		q.Text = strings.TrimSpace(q.Text)
		if q.Text == "" && len(q.Media) == 0 {
			note("left-without-text")
			return false
		}
		if q.Text == "" {
			q.Text = "…"
		}
		ok := true
		switch q.Kind {
		case lessons.Single, lessons.Multiple, lessons.Poll:
			ok = settleChoices(q, note)
		case lessons.Short, lessons.Gap:
			ok = settleTyped(q, lang, note)
		case lessons.Order:
			q.Items = distinct(q.Items, note)
			if ok = len(q.Items) > 1; !ok {
				note("left-too-few", "n", len(q.Items))
			}
		case lessons.Pairs:
			settlePairs(q, note)
			if ok = len(q.Left) > 1; !ok {
				note("left-too-few", "n", len(q.Left))
			}
		}
		if !ok {
			return false
		}
	}
	return true
}

// settleChoices leaves out choices that are empty or there twice, and says the
// kind that follows from those that are right.
func settleChoices(q *lessons.Question, note func(string, ...any)) bool {
	var kept []lessons.Choice
	right := 0
	for _, c := range q.Choices {
		c.Text = OneLine(c.Text)
		switch {
		case c.Text == "":
			note("choice-empty")
			continue
		case slices.ContainsFunc(kept, func(o lessons.Choice) bool { return alike(o.Text, c.Text) }):
			note("choice-twice", "choice", short(c.Text))
			continue
		}
		if c.Right {
			right++
		}
		kept = append(kept, c)
	}
	q.Choices = kept
	if len(kept) < 2 {
		note("left-too-few", "n", len(kept))
		return false
	}
	q.Kind = []lessons.Kind{lessons.Poll, lessons.Single, lessons.Multiple}[min(right, 2)]
	return true
}

// settleTyped makes the accepted answers ones that a lesson can hold: no bars,
// none twice, one gap.
func settleTyped(q *lessons.Question, lang string, note func(string, ...any)) bool {
	var kept []string
	for _, a := range q.Accepted {
		a = strings.TrimLeft(OneLine(Clean(a)), "=")
		if strings.Contains(a, "|") {
			note("bar", "answer", short(a))
			a = OneLine(strings.ReplaceAll(a, "|", "/"))
		}
		if q.Kind == lessons.Gap {
			a = strings.NewReplacer("{{", "(", "}}", ")").Replace(a)
		}
		if a = OneLine(a); a != "" && !slices.Contains(kept, a) {
			kept = append(kept, a)
		}
	}
	q.Accepted = kept
	if len(kept) == 0 {
		note("left-without-answer")
		return false
	}
	if q.Kind == lessons.Gap {
		before, after, found := strings.Cut(q.Text, gapText)
		if !found {
			q.Text += " " + gapText
			return true
		}
		if strings.Contains(after, gapText) {
			note("several-gaps")
		}
		q.Text = before + gapText + strings.ReplaceAll(after, gapText, "…")
		return true
	}
	asNumber(q, note)
	return true
}

// asNumber makes a short answer that reads as a number a number, as lessons do.
func asNumber(q *lessons.Question, note func(string, ...any)) {
	if len(q.Accepted) != 1 {
		for i, a := range q.Accepted {
			q.Accepted[i] = strings.ReplaceAll(a, "±", "+/-")
		}
		return
	}
	value, tolerance, ok := Number(q.Accepted[0])
	if !ok {
		q.Accepted[0] = strings.ReplaceAll(q.Accepted[0], "±", "+/-")
		return
	}
	note("became-number", "answer", short(q.Accepted[0]))
	q.Kind, q.Accepted, q.Value, q.Tolerance = lessons.Number, nil, value, tolerance
}

// settlePairs leaves out pairs of which a side is empty or there twice.
func settlePairs(q *lessons.Question, note func(string, ...any)) {
	var left, right []string
	for i := range min(len(q.Left), len(q.Right)) {
		l, r := OneLine(q.Left[i]), OneLine(q.Right[i])
		same := func(side []string, text string) bool {
			return slices.ContainsFunc(side, func(o string) bool { return alike(o, text) })
		}
		switch {
		case l == "" || r == "":
			note("pair-empty", "text", short(l+r))
		case same(left, l) || same(right, r):
			note("pair-twice", "text", short(l+" – "+r))
		default:
			left, right = append(left, l), append(right, r)
		}
	}
	q.Left, q.Right = left, right
}

// distinct are items without those that are empty or there twice.
func distinct(items []string, note func(string, ...any)) []string {
	var kept []string
	for _, item := range items {
		if item = OneLine(item); item == "" {
			continue
		}
		if slices.ContainsFunc(kept, func(o string) bool { return alike(o, item) }) {
			note("item-twice", "item", short(item))
			continue
		}
		kept = append(kept, item)
	}
	return kept
}

// alike says that a reader could not tell two texts apart.
func alike(a, b string) bool { return strings.EqualFold(Plain(a), Plain(b)) }

// short is a text that fits a line of a report.
func short(text string) string {
	r := []rune(Plain(text))
	if len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return string(r)
}
