package lessons

import (
	"math"
	"slices"
	"strings"
)

// Answer is what a learner answered: by the question's kind, one field.
type Answer struct {
	Choices []int  // Single, Multiple, Poll: indices of Question.Choices; none is "I do not know"
	Text    string // Short, Number, Gap: as typed
	Order   []int  // Order: indices of Question.Items, first place first
	Pairs   []int  // Pairs: for each of Question.Left the index of a Question.Right
}

// Result is how right an answer is.
type Result struct {
	Right    bool    // wholly right; never for a Poll, which has no right answer
	Score    float64 // 0 to 1: partial credit for multiple, order and pairs; 1 exactly where Right
	Readable bool    // false where a typed text is no answer at all: a number that is none
	// Understood is a typed answer as it was read, to be said back: the
	// accepted form that it was taken for ("Bruxelles" for "bruxeles"), the
	// number with a decimal comma ("1234,5"), else what was typed; "" where
	// nothing was typed.
	Understood string
}

// Grade tells how right an answer is.
//
//   - Single: the right choice, and no other.
//   - Multiple: right ones chosen less wrong ones chosen, as a share of the
//     right ones; choosing everything earns nothing that guessing would not.
//   - Order: the share of neighbours that follow each other as they should, so
//     that one item at the wrong place costs little and a reversed order all.
//   - Pairs: the share of pairs that are right.
//   - Short, Gap: as grade_typed.go forgives. Number: as grade_number.go reads.
func (q *Question) Grade(a Answer) Result {
	switch q.Kind {
	case Single, Multiple:
		return scored(q.gradeChoices(a.Choices))
	case Order:
		return scored(gradeOrder(a.Order, len(q.Items)))
	case Pairs:
		return scored(q.gradePairs(a.Pairs))
	case Short, Gap:
		return gradeText(a.Text, q.Accepted)
	case Number:
		return gradeNumber(a.Text, q.Value, q.Tolerance)
	}
	return Result{Readable: true}
}

// scored is the result of an answer that cannot be misread. A whole score is
// only given for a wholly right answer.
func scored(score float64) Result {
	return Result{Right: score == 1, Score: score, Readable: true}
}

func (q *Question) gradeChoices(chosen []int) float64 {
	right, good, bad := 0, 0, 0
	for i, c := range q.Choices {
		picked := slices.Contains(chosen, i)
		switch {
		case c.Right && picked:
			right, good = right+1, good+1
		case c.Right:
			right++
		case picked:
			bad++
		}
	}
	if slices.ContainsFunc(chosen, func(i int) bool { return i < 0 || i >= len(q.Choices) }) {
		bad++
	}
	if right == 0 {
		return 0
	}
	return max(0, float64(good-bad)/float64(right))
}

func gradeOrder(order []int, n int) float64 {
	if len(order) != n || n == 0 || !EachOnce(order) {
		return 0
	}
	if n == 1 {
		return 1
	}
	follow := 0
	for i := 1; i < n; i++ {
		if order[i] == order[i-1]+1 {
			follow++
		}
	}
	return float64(follow) / float64(n-1)
}

// gradePairs compares words, not places, so that a right side that stands
// twice is right in both.
func (q *Question) gradePairs(pairs []int) float64 {
	n := min(len(q.Left), len(q.Right))
	if n == 0 || len(pairs) != n {
		return 0
	}
	right := 0
	for i, p := range pairs {
		if p >= 0 && p < len(q.Right) && q.Right[p] == q.Right[i] {
			right++
		}
	}
	return float64(right) / float64(n)
}

// EachOnce says that numbers are 0 to their count, each once, in any order.
func EachOnce(numbers []int) bool {
	seen := make([]bool, len(numbers))
	for _, n := range numbers {
		if n < 0 || n >= len(seen) || seen[n] {
			return false
		}
		seen[n] = true
	}
	return true
}

func gradeText(typed string, accepted []string) Result {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return Result{}
	}
	if form, ok := match(typed, accepted); ok {
		return Result{Right: true, Score: 1, Readable: true, Understood: clip(form)}
	}
	return Result{Readable: true, Understood: clip(typed)}
}

func gradeNumber(typed string, value, tolerance float64) Result {
	if len(typed) > longestAnswer {
		return Result{}
	}
	readings := readNumber(typed)
	if len(readings) == 0 {
		return Result{}
	}
	// What decimal fractions lose in binary is not the learner's fault.
	slack := tolerance + 1e-9*math.Max(1, math.Abs(value))
	for _, v := range readings {
		if math.Abs(v-value) <= slack {
			return Result{Right: true, Score: 1, Readable: true, Understood: sayNumber(v)}
		}
	}
	return Result{Readable: true, Understood: sayNumber(readings[0])}
}

// longestAnswer is how many bytes of a typed text are read as an answer; a
// letter that somebody pasted is none.
const longestAnswer = 500

// saidBack is how many characters of a typed answer are said back.
const saidBack = 80

// clip shortens what is said back, on one line.
func clip(text string) string {
	if most := 8 * saidBack; len(text) > most { // enough to cut from, however it is spaced
		text = strings.ToValidUTF8(text[:most], "")
	}
	text = strings.Join(strings.Fields(text), " ")
	n := 0
	for i := range text {
		if n++; n > saidBack {
			return text[:i] + "…"
		}
	}
	return text
}
