package report_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"praline/bot/report"
	"praline/lessons"
	"praline/records/recordstest"
	"praline/scheduler"
)

// truth is how a question really is.
type truth struct {
	easy      float64    // logit of the chance that an average person knows it
	draw      [4]float64 // how much each choice draws of who does not know; the right one is 0
	key       int        // what the lesson says is right
	dutch     float64    // added to easy for the Dutch
	forgotten float64    // chance to be wrong later
	blind     bool       // knowing the rest says nothing
	upside    bool       // who knows the rest is wrong
}

func good() truth { return truth{easy: 0.5, draw: [4]float64{0, 1, 1, 1}} }

// asked plays questions with people of different knowledge, half of them in
// each language, and returns what the report says of each.
func asked(t *testing.T, seed uint64, people int, truths ...truth) []report.Question {
	t.Helper()
	v, r := newVillage(), rand.New(rand.NewPCG(seed, 7))
	v.prints = make(map[string]string)
	for n, x := range truths {
		v.prints[fmt.Sprintf("q%02d", n)] = single("", x.key).Fingerprint()
	}
	for i := range people {
		who := v.comes(fmt.Sprintf("learner-%04d", i), "t")
		knows := r.NormFloat64()
		for n, x := range truths {
			logit := x.easy + 1.2*knows
			switch {
			case x.blind:
				logit = x.easy
			case x.upside:
				logit = x.easy - 1.2*knows
			}
			lang := 1 + i%2
			if lang == 2 {
				logit += x.dutch
			}
			choice := 0 // what is really right
			if r.Float64() >= 1/(1+math.Exp(-logit)) {
				choice = drawn(r, x.draw)
			}
			score := 0.0
			if choice == x.key {
				score = 1
			}
			v.answers(who, fmt.Sprintf("q%02d", n), monday, lang, score, choice)
			if x.forgotten > 0 {
				score = 1
				if r.Float64() < x.forgotten {
					score = 0
				}
				v.answers(who, fmt.Sprintf("q%02d", n), monday.AddDate(0, 0, 5), lang, score, 0)
			}
		}
	}
	store := &recordstest.Memory{}
	reports := v.reports(store, monday.AddDate(0, 0, 7))
	must[report.Folded](t)(reports.Fold(t.Context(), org))
	all := must[[]report.Question](t)(reports.Questions(t.Context(), org, func(key string) *lessons.Question {
		var n int
		if _, err := fmt.Sscanf(key, "phishing/q%d", &n); err != nil || n >= len(truths) {
			return nil
		}
		return single(key, truths[n].key)
	}))
	slices.SortFunc(all, func(a, b report.Question) int { return strings.Compare(a.Key, b.Key) })
	return all
}

func drawn(r *rand.Rand, draw [4]float64) int {
	x := r.Float64() * (draw[0] + draw[1] + draw[2] + draw[3])
	for i, d := range draw {
		if x -= d; x < 0 {
			return i
		}
	}
	return 3
}

// single is a question with four choices.
func single(key string, right int) *lessons.Question {
	q := &lessons.Question{ID: strings.TrimPrefix(key, "phishing/"), Kind: lessons.Single}
	for i := range 4 {
		q.Choices = append(q.Choices, lessons.Choice{Text: fmt.Sprint(i), Right: i == right})
	}
	return q
}

func codes(q report.Question) string {
	var all []string
	for _, a := range q.Advice {
		all = append(all, fmt.Sprint(a.Code, a.With))
	}
	return strings.Join(all, "; ")
}

func TestKnownTruthsAreFound(t *testing.T) {
	change := func(f func(*truth)) truth { x := good(); f(&x); return x }
	rows := []struct {
		label string
		truth truth
		want  string // "" for no advice
	}{
		{"a good question", good(), ""},
		{"another", change(func(x *truth) { x.easy = -0.3 }), ""},
		{"the key names the third choice instead of the first", change(func(x *truth) { x.key, x.easy = 2, 1.2 }), "wrong-keymap[choice:1"},
		{"the Dutch is badly translated", change(func(x *truth) { x.dutch, x.draw = -1.5, [4]float64{0, 1, 4, 1} }), "harder-inmap[choice:3"},
		{"nobody picks the fourth choice", change(func(x *truth) { x.draw = [4]float64{0, 1, 1, 0} }), "never-chosenmap[choice:4]"},
		{"everybody knows it", change(func(x *truth) { x.easy = 6 }), "too-easy"},
		{"hardly anybody knows it", change(func(x *truth) { x.easy = -3 }), "too-hard"},
		{"who knows the rest gets it wrong", change(func(x *truth) { x.upside = true }), "wrong-way"},
		{"it is forgotten within a week", change(func(x *truth) { x.forgotten = 0.6 }), "forgotten-fast"},
		{"it is remembered", change(func(x *truth) { x.forgotten = 0.1 }), ""},
	}
	var truths []truth
	for _, row := range rows {
		truths = append(truths, row.truth)
	}
	for i, q := range asked(t, 11, 400, truths...) {
		got := codes(q)
		if rows[i].want == "" && got != "" || !strings.Contains(got, rows[i].want) || len(q.Advice) > 1 {
			t.Errorf("%s: %q, not %q (%+v)", rows[i].label, got, rows[i].want, q)
		}
	}
}

func TestGoodQuestionsRaiseNoAdvice(t *testing.T) {
	alarms, questions := 0, 0
	for seed := range uint64(20) {
		var truths []truth
		r := rand.New(rand.NewPCG(seed, 3))
		for range 25 {
			x := good()
			x.easy = r.Float64()*2.4 - 0.6
			x.draw = [4]float64{0, 0.6 + r.Float64(), 0.6 + r.Float64(), 0.6 + r.Float64()}
			truths = append(truths, x)
		}
		for _, q := range asked(t, seed, 60+int(seed)*20, truths...) {
			questions++
			if len(q.Advice) > 0 {
				alarms++
				t.Logf("%s with %d people: %s", q.Key, q.Facility.Of, codes(q))
			}
		}
	}
	t.Logf("%d false alarms in %d good questions", alarms, questions)
	if alarms*50 > questions { // two in a hundred
		t.Errorf("%d of %d good questions raise advice", alarms, questions)
	}
}

func TestFewerThanFiveSayNothing(t *testing.T) {
	for people := range 12 {
		all := asked(t, 1, people, good())
		for _, q := range all {
			if q.Withheld != (people < 9) { // in one language five or more
				t.Errorf("%d people: %+v", people, q)
			}
			if q.Withheld && (q.Facility.Of != 0 || q.Choices != nil || q.Advice != nil || !q.Until.IsZero()) {
				t.Errorf("%d people, and it says something: %+v", people, q)
			}
		}
	}
}

func TestOnePersonMoreShowsNothing(t *testing.T) {
	v, store := newVillage(), &recordstest.Memory{}
	r := v.reports(store, monday.AddDate(0, 0, 7))
	v.prints = map[string]string{"q00": single("", 0).Fingerprint()}
	find := func(key string) *lessons.Question { return single(key, 0) }
	last, seen := "", 0
	for i := range 40 {
		v.answers(v.comes(fmt.Sprintf("l%02d", i), "t"), "q00", monday, 1, float64(i%2), i%2)
		must[report.Folded](t)(r.Fold(t.Context(), org))
		q := must[report.Question](t)(r.Question(t.Context(), org, "phishing/q00", find))
		q.Since, q.Until = scheduler.Date{}, scheduler.Date{}
		if now := fmt.Sprintf("%+v", q); now != last {
			last = now
			if q.Facility.Of%5 != 0 || q.Facility.Of < seen+5 && !q.Withheld {
				t.Errorf("after %d people the figures are of %d, before of %d", i+1, q.Facility.Of, seen)
			}
			seen = q.Facility.Of
		}
	}
	if seen != 40 {
		t.Errorf("figures of %d of 40 people", seen)
	}
}

func TestIntervals(t *testing.T) {
	q := asked(t, 4, 214, good())[0]
	if q.Facility.Low >= q.Facility.Value || q.Facility.High <= q.Facility.Value || q.Facility.High-q.Facility.Low > 0.15 {
		t.Errorf("%+v", q.Facility)
	}
	if q.Difference == nil || q.Difference.Low > 0 || q.Difference.High < 0 {
		t.Errorf("two languages alike: %+v", q.Difference)
	}
	for i, q := range asked(t, 5, 300, good(), good(), good(), good(), good(), good(), good(), truth{easy: 0.5, draw: [4]float64{0, 1, 1, 1}, blind: true}) {
		if d := q.Discrimination; d == nil || (i < 7) != (d.Low > 0) {
			t.Errorf("question %d: %+v", i, d)
		}
	}
}
