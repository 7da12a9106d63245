package recall

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"

	"praline/scheduler"
)

func day(text string) scheduler.Date {
	var d scheduler.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return d
}

func always(scheduler.Date) bool { return true }

// weekdays works Monday to Friday but for 11 November.
func weekdays(d scheduler.Date) bool {
	return scheduler.WorkingWeek.Has(d.Weekday()) && (d.Month != 11 || d.Day != 11)
}

// The vectors were made by ts-fsrs 5.4.2, an independent implementation:
// stability and difficulty within a millionth, the interval within a day.
func TestVectors(t *testing.T) {
	text, err := os.ReadFile("testdata/fsrs.json")
	if err != nil {
		t.Fatal(err)
	}
	var histories []struct {
		Weights   [21]float64 `json:"weights"`
		Retention float64     `json:"retention"`
		ShortTerm bool        `json:"short_term"`
		Steps     []struct {
			Rating     Grade   `json:"rating"`
			Elapsed    int     `json:"elapsed_days"`
			Stability  float64 `json:"stability"`
			Difficulty float64 `json:"difficulty"`
			Interval   float64 `json:"interval_days"`
		} `json:"steps"`
	}
	if err := json.Unmarshal(text, &histories); err != nil {
		t.Fatal(err)
	}
	if len(histories) != 200 {
		t.Fatalf("%d histories", len(histories))
	}
	near := func(got, want float64) bool { return math.Abs(got-want) <= 1e-6*math.Abs(want) }
	for i, h := range histories {
		model := NewModel(h.Weights, h.Retention, h.ShortTerm)
		s, d := 0.0, 0.0
		today := day("2026-11-24")
		var memory Memory
		for j, step := range h.Steps {
			var interval float64
			s, d, interval = model.step(s, d, step.Elapsed, step.Rating)
			if !near(s, step.Stability) || !near(d, step.Difficulty) {
				t.Fatalf("history %d, step %d: stability %v, difficulty %v, want %v, %v", i, j, s, d, step.Stability, step.Difficulty)
			}
			if days := max(math.Round(interval), 1); math.Abs(days-step.Interval) > 1 {
				t.Errorf("history %d, step %d: interval %v, want %v", i, j, interval, step.Interval)
			}
			if j > 0 && step.Elapsed == 0 {
				memory.Reps = -1 // a second answer on one day: Review leaves those out
			}
			if memory.Reps < 0 {
				continue
			}
			today = today.AddDays(step.Elapsed)
			memory = model.Review(memory, step.Rating, today, always)
			if !near(memory.Stability, step.Stability) || !near(memory.Difficulty, step.Difficulty) {
				t.Fatalf("history %d, review %d: %+v, want %v, %v", i, j, memory, step.Stability, step.Difficulty)
			}
		}
	}
}

func TestReview(t *testing.T) {
	known := Memory{Stability: 10, Difficulty: 5, Last: day("2026-11-16"), Due: day("2026-11-26"), Reps: 3}
	for _, row := range []struct {
		label  string
		memory Memory
		grade  Grade
		today  string
		due    string
		lapses int
	}{
		{"first answer, right: tomorrow", Memory{}, Right, "2026-11-24", "2026-11-25", 0},
		{"first answer, wrong: tomorrow", Memory{}, Wrong, "2026-11-24", "2026-11-25", 0},
		{"first answer on a Friday: Monday", Memory{}, Right, "2026-11-27", "2026-11-30", 0},
		{"first answer on the eve of a holiday", Memory{}, Right, "2026-11-10", "2026-11-12", 0},
		{"second answer, right", Memory{Stability: 2.3065, Difficulty: 2.1, Last: day("2026-11-24"), Due: day("2026-11-25"), Reps: 1}, Right, "2026-11-25", "2026-12-02", 0},
		{"known, forgotten", known, Wrong, "2026-11-26", "2026-11-27", 1},
	} {
		got := Review(row.memory, row.grade, day(row.today), weekdays)
		if got.Due.String() != row.due || got.Lapses != row.lapses {
			t.Errorf("%s: %+v, want due %s", row.label, got, row.due)
		}
		if got.Last != day(row.today) || got.Reps != row.memory.Reps+1 || got.Missed != (row.grade == Wrong) {
			t.Errorf("%s: %+v", row.label, got)
		}
	}
	if again := Review(known, Wrong, known.Last, weekdays); again != known {
		t.Errorf("a second answer on one day changed %+v to %+v", known, again)
	}
	if again := Review(known, Wrong, known.Last.AddDays(-1), weekdays); again != known {
		t.Errorf("an answer before the last changed %+v to %+v", known, again)
	}
}

func TestHardIsBetweenWrongAndRight(t *testing.T) {
	known := Memory{Stability: 10, Difficulty: 5, Last: day("2026-11-16"), Reps: 3}
	today := day("2026-11-26")
	wrong, hard, right := Review(known, Wrong, today, always), Review(known, Hard, today, always), Review(known, Right, today, always)
	if wrong.Stability >= hard.Stability || hard.Stability >= right.Stability {
		t.Errorf("stability after wrong %v, hard %v, right %v", wrong.Stability, hard.Stability, right.Stability)
	}
	if hard.Lapses != 0 || hard.Missed {
		t.Errorf("hard counts as forgotten: %+v", hard)
	}
}

func TestGraded(t *testing.T) {
	for _, row := range []struct {
		label               string
		right, hinted, slow bool
		want                Grade
	}{
		{"right", true, false, false, Right},
		{"right with a hint", true, true, false, Hard},
		{"right, slowly", true, false, true, Hard},
		{"wrong", false, false, false, Wrong},
		{"wrong with a hint", false, true, true, Wrong},
	} {
		if got := Graded(row.right, row.hinted, row.slow); got != row.want {
			t.Errorf("%s: %d", row.label, got)
		}
	}
	for _, row := range []struct {
		label             string
		seconds, expected int
		want              bool
	}{
		{"as usual", 20, 20, false},
		{"three times as long", 61, 20, true},
		{"a quick question, still read by a person", 25, 5, false},
		{"went for coffee", 900, 20, false},
	} {
		if got := Slow(row.seconds, row.expected); got != row.want {
			t.Errorf("%s: %v", row.label, got)
		}
	}
}

func TestRetrievability(t *testing.T) {
	m := Memory{Stability: 12, Difficulty: 5, Last: day("2026-11-12"), Reps: 2}
	if p := Retrievability(m, day("2026-11-24")); math.Abs(p-0.9) > 1e-9 {
		t.Errorf("after its stability a question is known with %v", p)
	}
	if p := Retrievability(m, m.Last); p != 1 {
		t.Errorf("on the day itself: %v", p)
	}
	if p := Retrievability(Memory{}, m.Last); p != 0 {
		t.Errorf("never asked: %v", p)
	}
}

// Whatever is answered when, a question is due on a later working day, its
// numbers stay numbers, and what is stored says the same.
func TestReviewProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m Memory
		today := day("2026-11-24")
		for range rapid.IntRange(1, 40).Draw(t, "reviews") {
			m = Review(m, rapid.SampledFrom([]Grade{Wrong, Hard, Right}).Draw(t, "grade"), today, weekdays)
			if !m.Due.After(today) || !weekdays(m.Due) {
				t.Fatalf("due %s, reviewed %s", m.Due, today)
			}
			if !(m.Stability >= 0.001 && m.Stability <= 36500 && m.Difficulty >= 1 && m.Difficulty <= 10) {
				t.Fatalf("%+v", m)
			}
			b, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			var back Memory
			if err := json.Unmarshal(b, &back); err != nil || math.Abs(back.Stability-m.Stability) > 5.1e-5 {
				t.Fatalf("%s comes back as %+v: %v", b, back, err)
			}
			back.Stability, back.Difficulty = m.Stability, m.Difficulty
			if back != m {
				t.Fatalf("%+v comes back as %+v", m, back)
			}
			today = m.Due.AddDays(rapid.IntRange(0, 30).Draw(t, "late"))
		}
	})
}
