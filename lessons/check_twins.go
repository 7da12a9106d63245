package lessons

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// compare holds the languages of a lesson against the first of them: the same
// screens, the same questions, the same right answers.
func (r *reading) compare(l *Lesson) {
	first := l.first()
	for _, lang := range slices.Sorted(maps.Keys(l.Twins)) {
		if twin := l.Twins[lang]; twin != first {
			r.compareTwins(first, twin)
		}
	}
}

func (r *reading) compareTwins(a, b *Twin) {
	if len(a.Screens) != len(b.Screens) {
		r.fault(b.File, 0, "screens-differ", "here", len(b.Screens), "there", len(a.Screens), "other", a.File)
	}
	whole := r.onlyIn(a, b)
	if !r.onlyIn(b, a) || !whole {
		whole = false
	}
	for i, q := range b.Questions {
		if whole && i < len(a.Questions) && a.Questions[i].ID != q.ID {
			r.fault(b.File, q.Line, "question-order-differs", "id", q.ID, "here", i+1, "there", 1+place(a, q.ID), "other", a.File)
			whole = false // one fault says it
		}
		if at := place(a, q.ID); at >= 0 && q.ID != "" {
			r.compareQuestions(a, a.Questions[at], b, q)
		}
	}
}

// place is where a question stands in a twin, -1 if it does not.
func place(t *Twin, id string) int {
	return slices.IndexFunc(t.Questions, func(q *Question) bool { return q.ID == id })
}

// onlyIn notes the questions of a that b lacks; true if there are none.
func (r *reading) onlyIn(a, b *Twin) bool {
	none := true
	for _, q := range a.Questions {
		if q.ID != "" && place(b, q.ID) < 0 {
			r.fault(a.File, q.Line, "question-only-here", "id", short(q.ID), "other", b.File)
			none = false
		}
	}
	return none
}

func (r *reading) compareQuestions(there *Twin, a *Question, here *Twin, b *Question) {
	differ := func(is bool, code string, inB, inA any) bool {
		if is {
			r.fault(here.File, b.Line, code, "id", b.ID, "here", inB, "there", inA, "other", there.File, "line", a.Line)
		}
		return is
	}
	if a.Kind == "" || b.Kind == "" ||
		differ(len(a.Choices) != len(b.Choices), "choices-differ", len(b.Choices), len(a.Choices)) {
		return
	}
	if isChoice(a.Kind) && isChoice(b.Kind) {
		right, other := rightPlaces(b), rightPlaces(a)
		differ(!slices.Equal(right, other), "right-differs", said(right), said(other))
		return
	}
	if differ(a.Kind != b.Kind, "kind-differs", b.Kind, a.Kind) {
		return
	}
	differ(len(a.Items) != len(b.Items), "items-differ", len(b.Items), len(a.Items))
	differ(len(a.Left) != len(b.Left), "pairs-differ", len(b.Left), len(a.Left))
	differ(a.Value != b.Value || a.Tolerance != b.Tolerance, "number-differs", numberSaid(b), numberSaid(a))
}

func isChoice(k Kind) bool { return k == Single || k == Multiple || k == Poll }

// rightPlaces are the places of the right choices, from 1.
func rightPlaces(q *Question) []int {
	var all []int
	for i, c := range q.Choices {
		if c.Right {
			all = append(all, i+1)
		}
	}
	return all
}

// idsOnce notes questions that have the id of another one in the series.
func (r *reading) idsOnce(s *Series) {
	type where struct {
		file string
		line int
	}
	seen := map[string]where{}
	for _, l := range s.Lessons {
		for lang, t := range l.Twins {
			for _, q := range t.Questions {
				key := lang + " " + q.ID
				if first, ok := seen[key]; ok && q.ID != "" {
					r.fault(t.File, q.Line, "question-id-twice", "id", short(q.ID), "other", first.file, "line", first.line)
					continue
				}
				seen[key] = where{t.File, q.Line}
			}
		}
	}
}

// said is places as one says them; "–" for none.
func said(places []int) string {
	if len(places) == 0 {
		return "–"
	}
	var all []string
	for _, p := range places {
		all = append(all, strconv.Itoa(p))
	}
	return strings.Join(all, ", ")
}

func numberSaid(q *Question) string {
	if q.Tolerance != 0 {
		return sayNumber(q.Value) + " ± " + sayNumber(q.Tolerance)
	}
	return sayNumber(q.Value)
}
