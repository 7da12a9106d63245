package recall

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// card was answered days ago and is due since; the less stable, the likelier forgotten.
func card(key string, stability float64, daysAgo, dueIn int) Card {
	today := day("2026-11-24")
	return Card{Key: key, Seconds: 30, Memory: Memory{
		Stability: stability, Difficulty: 5, Last: today.AddDays(-daysAgo), Due: today.AddDays(dueIn), Reps: 1,
	}}
}

func TestChoose(t *testing.T) {
	lesson := Lesson{Key: "phishing/sender", Seconds: 120}
	missed := card("missed", 1, 3, 0)
	missed.Memory.Missed = true
	for _, row := range []struct {
		label   string
		cards   []Card
		lessons []Lesson
		budget  int
		want    string
	}{
		{"nothing there", nil, nil, 180, ""},
		{"no time", []Card{card("a", 2, 5, 0)}, []Lesson{lesson}, 0, ""},
		{"the likeliest forgotten first, then the lesson", []Card{card("a", 9, 5, 0), card("b", 2, 5, -1), card("c", 4, 5, 0)}, []Lesson{lesson}, 180, "b c a phishing/sender"},
		{"not what is due tomorrow", []Card{card("a", 2, 5, 1), card("b", 2, 5, 0)}, nil, 180, "b"},
		{"not what was answered today", []Card{card("a", 2, 0, 0), card("b", 2, 5, 0)}, nil, 180, "b"},
		{"not what was never asked", []Card{{Key: "a"}}, []Lesson{lesson}, 180, "phishing/sender"},
		{"as much as the budget says", []Card{card("a", 1, 5, 0), card("b", 2, 5, 0), card("c", 3, 5, 0)}, nil, 60, "a b"},
		{"half of the lesson fits", []Card{card("a", 1, 5, 0)}, []Lesson{lesson}, 90, "a phishing/sender"},
		{"less than half of it fits", []Card{card("a", 1, 5, 0)}, []Lesson{lesson}, 89, "a"},
		{"a long lesson, and nothing else", nil, []Lesson{lesson}, 20, "phishing/sender"},
		{"a long question, and nothing else", []Card{card("a", 1, 5, 0)}, nil, 20, "a"},
		{"one lesson at a time", nil, []Lesson{lesson, {Key: "phishing/link", Seconds: 60}}, 600, "phishing/sender"},
		{"equally known: the longest ago, then by name", []Card{card("b", 3, 5, 0), card("a", 3, 5, 0)}, nil, 180, "a b"},
	} {
		items := Choose(Input{Cards: row.cards, Lessons: row.lessons, Budget: row.budget, Today: day("2026-11-24")})
		var keys []string
		for _, item := range items {
			keys = append(keys, item.Key)
		}
		if got := strings.Join(keys, " "); got != row.want {
			t.Errorf("%s: %q, want %q", row.label, got, row.want)
		}
	}
	items := Choose(Input{Cards: []Card{missed}, Lessons: []Lesson{lesson}, Budget: 180, Today: day("2026-11-24")})
	if why := items[0].Why; why.New || why.DaysAgo != 3 || !why.Missed || math.Abs(why.Recall-Retrievability(missed.Memory, day("2026-11-24"))) > 1e-12 {
		t.Errorf("why the question: %+v", why)
	}
	if why := items[1].Why; why != (Reason{New: true}) || !items[1].Lesson {
		t.Errorf("why the lesson: %+v", why)
	}
}

func TestChooseProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := Input{Budget: rapid.IntRange(1, 600).Draw(t, "budget"), Today: day("2026-11-24")}
		for i := range rapid.IntRange(0, 60).Draw(t, "cards") {
			c := card(fmt.Sprint(i), rapid.Float64Range(0.01, 400).Draw(t, "stability"),
				rapid.IntRange(0, 40).Draw(t, "ago"), rapid.IntRange(-20, 20).Draw(t, "due"))
			c.Seconds = rapid.IntRange(0, 90).Draw(t, "seconds")
			in.Cards = append(in.Cards, c)
		}
		seen, spent, due := map[string]bool{}, 0, len(due(in))
		for _, item := range Choose(in) {
			if seen[item.Key] {
				t.Fatalf("%s twice", item.Key)
			}
			seen[item.Key] = true
			spent += item.Seconds
		}
		if due > 0 && len(seen) == 0 {
			t.Fatal("something is due and nothing is asked")
		}
		if len(seen) > 1 && spent > in.Budget {
			t.Fatalf("%d seconds of %d", spent, in.Budget)
		}
	})
}

func TestNextDue(t *testing.T) {
	today := day("2026-11-24")
	cards := []Card{card("a", 5, 5, 3), card("b", 5, 5, 7), {Key: "never asked"}}
	for _, row := range []struct {
		label string
		cards []Card
		want  string
	}{
		{"no cards", nil, ""},
		{"the earliest", cards, "2026-11-27"},
		{"overdue is today", []Card{card("a", 5, 5, -3)}, "2026-11-24"},
		{"answered today is not today", []Card{card("a", 5, 0, 0)}, "2026-11-25"},
	} {
		if got := NextDue(row.cards, today).String(); got != row.want {
			t.Errorf("%s: %s, want %s", row.label, got, row.want)
		}
	}
}

func TestMemoryText(t *testing.T) {
	m := Memory{Stability: 12.345678, Difficulty: 5.1, Last: day("2026-11-24"), Due: day("2026-12-07"), Reps: 12, Lapses: 1}
	b, err := json.Marshal(m)
	if err != nil || string(b) != "[12.3457,5.1,20781,20794,12,1]" {
		t.Errorf("%s, %v", b, err)
	}
	m.Missed = true
	if b, _ := json.Marshal(m); string(b) != "[12.3457,5.1,20781,20794,12,1,1]" {
		t.Errorf("missed: %s", b)
	}
	if b, _ := json.Marshal(Memory{}); string(b) != "[]" {
		t.Errorf("never asked: %s", b)
	}
	sixty := make([]Memory, 60)
	for i := range sixty {
		sixty[i] = m
		sixty[i].Stability, sixty[i].Difficulty = 1234.5678, 9.8765
	}
	if b, _ := json.Marshal(sixty); len(b) > 3000 {
		t.Errorf("sixty take %d bytes", len(b))
	}
	for _, text := range []string{`[1,2]`, `{}`, `[1,5,1e300,2,1,0]`, `["a",5,1,2,1,0]`} {
		var m Memory
		if err := json.Unmarshal([]byte(text), &m); err == nil {
			t.Errorf("%s is taken for %+v", text, m)
		}
	}
}
