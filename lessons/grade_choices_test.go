package lessons

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseChoices(t *testing.T) {
	cities := []string{"Bruxelles", "Namur", "Liège"}
	doing := []string{"Dans une **note** de ma messagerie", "Dans ma tête, avec un seul excellent", "Dans le [gestionnaire](https://example.be) de mon service"}
	hours := []string{"24 heures", "48 heures", "72 heures"}
	for _, row := range []struct {
		label   string
		kind    Kind
		choices []string
		typed   string
		want    []int // nil: not understood
	}{
		{"a number", Single, cities, "2", []int{1}},
		{"a number with words", Single, cities, "réponse n° 2.", []int{1}},
		{"a keycap", Single, cities, "2️⃣", []int{1}},
		{"an ordinal", Single, cities, "la deuxième", []int{1}},
		{"a Dutch ordinal", Single, cities, "de 3de", []int{2}},
		{"a letter", Single, cities, "b", []int{1}},
		{"a letter in brackets", Single, cities, "B)", []int{1}},
		{"c'est b", Single, cities, "c’est b", []int{1}},
		{"the words", Single, cities, "bruxelles", []int{0}},
		{"the words, a typo", Single, cities, "bruxeles", []int{0}},
		{"the words without accents", Single, cities, "liege", []int{2}},
		{"a typo between two", Single, []string{"Tongres", "Tonnres"}, "Tonres", nil},
		{"a part of the words", Single, doing, "le gestionnaire", []int{2}},
		{"a part without its Markdown", Single, doing, "une note de ma messagerie", []int{0}},
		{"a part that is in two", Single, doing, "dans ma tête dans", nil},
		{"a short part", Single, doing, "dans", nil},
		{"the words of another number", Single, hours, "72 heures", []int{2}},
		{"a number that none has", Single, hours, "73 heures", nil},
		{"words for a number out of range", Single, []string{"2024", "2025", "2026"}, "2026", []int{2}},
		{"a place before the words", Single, []string{"3", "2", "1"}, "3", []int{2}},
		{"out of range", Single, cities, "4", nil},
		{"nought", Single, cities, "0", nil},
		{"a letter out of range", Single, cities, "d", nil},
		{"two where one is asked", Single, cities, "1, 3", nil},
		{"the same twice", Single, cities, "1, 1", []int{0}},
		{"two for a poll", Poll, cities, "1 et 3", nil},
		{"one for a poll", Poll, cities, "namur", []int{1}},
		{"several with a comma", Multiple, cities, "1, 3", []int{0, 2}},
		{"several without a space", Multiple, cities, "1,3", []int{0, 2}},
		{"several, French and", Multiple, cities, "3 et 1", []int{0, 2}},
		{"several, Dutch and", Multiple, cities, "1 en 3", []int{0, 2}},
		{"several digits together", Multiple, cities, "13", []int{0, 2}},
		{"several letters", Multiple, cities, "a, c", []int{0, 2}},
		{"several in words", Multiple, cities, "Namur et Liege", []int{1, 2}},
		{"several in words, a line each", Multiple, cities, "- Namur\n- bruxeles", []int{0, 1}},
		{"several and one that is none", Multiple, cities, "1, 3, 9", nil},
		{"several words and one that is none", Multiple, cities, "Namur et Gand", nil},
		{"another thing", Single, cities, "merci beaucoup", nil},
		{"nothing", Multiple, cities, " , ", nil},
	} {
		q := choiceQuestion(row.kind, row.choices...)
		got, ok := q.ParseChoices(row.typed)
		if ok != (row.want != nil) || !slices.Equal(got, row.want) {
			t.Errorf("%s: %q is %v, %v; want %v", row.label, row.typed, got, ok, row.want)
		}
	}
}

func TestParseOrder(t *testing.T) {
	for _, row := range []struct {
		typed string
		n     int
		want  []int
	}{
		{"2 1 3", 3, []int{1, 0, 2}},
		{"213", 3, []int{1, 0, 2}},
		{"2, 1 puis 3", 3, []int{1, 0, 2}},
		{"eerst 2, dan 1, dan 3", 3, []int{1, 0, 2}},
		{"2 > 1 > 3", 3, []int{1, 0, 2}},
		{"b a c", 3, []int{1, 0, 2}},
		{"BAC", 3, []int{1, 0, 2}},
		{"twee een drie", 3, []int{1, 0, 2}},
		{"10 1 2 3 4 5 6 7 8 9", 10, []int{9, 0, 1, 2, 3, 4, 5, 6, 7, 8}},
		{"2 1", 3, nil},
		{"2 1 3 3", 3, nil},
		{"2 2 1", 3, nil},
		{"2 1 4", 3, nil},
		{"je ne sais pas", 3, nil},
		{"", 3, nil},
		{"", 0, nil},
	} {
		got, ok := (&Question{Kind: Order, Items: make([]string, row.n)}).ParseOrder(row.typed)
		if ok != (row.want != nil) || !slices.Equal(got, row.want) {
			t.Errorf("%q is %v, %v; want %v", row.typed, got, ok, row.want)
		}
	}
}

func TestParsePairs(t *testing.T) {
	for _, row := range []struct {
		typed string
		want  []int
	}{
		{"1b 2a 3c", []int{1, 0, 2}},
		{"1-b, 2-a, 3-c", []int{1, 0, 2}},
		{"1 = B; 2 = A; 3 = C", []int{1, 0, 2}},
		{"1b2a3c", []int{1, 0, 2}},
		{"3c 1b 2a", []int{1, 0, 2}},
		{"b1 a2 c3", []int{1, 0, 2}},
		{"1 avec b, 2 avec a et 3 avec c", []int{1, 0, 2}},
		{"b a c", []int{1, 0, 2}},
		{"bac", []int{1, 0, 2}},
		{"2 1 3", []int{1, 0, 2}},
		{"a a b", []int{0, 0, 1}},
		{"1b 2a", nil},
		{"1b 1a 3c", nil},
		{"1b 2a 3d", nil},
		{"1b 2a 4c", nil},
		{"1b ac", nil},
		{"1 b c", nil},
		{"aucune idée", nil},
		{"", nil},
	} {
		got, ok := (&Question{Kind: Pairs, Left: make([]string, 3)}).ParsePairs(row.typed)
		if ok != (row.want != nil) || !slices.Equal(got, row.want) {
			t.Errorf("%q is %v, %v; want %v", row.typed, got, ok, row.want)
		}
	}
}

// TestParseWhatIsShown types every order and every choice back as it is asked for.
func TestParseWhatIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 8).Draw(t, "n")
		order := rapid.Permutation(slices.Collect(upTo(n))).Draw(t, "order")
		separator := rapid.SampledFrom([]string{" ", ", ", "-", " puis ", ""}).Draw(t, "separator")
		var numbers, pairs []string
		for i, p := range order {
			numbers = append(numbers, fmt.Sprint(p+1))
			pairs = append(pairs, fmt.Sprintf("%d%c", i+1, 'a'+p))
		}
		typed := strings.Join(numbers, separator)
		if got, ok := (&Question{Kind: Order, Items: make([]string, n)}).ParseOrder(typed); !ok || !slices.Equal(got, order) {
			t.Fatalf("%q is %v, %v", typed, got, ok)
		}
		if got, ok := (&Question{Kind: Pairs, Left: make([]string, n)}).ParsePairs(strings.Join(pairs, " ")); !ok || !slices.Equal(got, order) {
			t.Fatalf("%q is %v, %v", pairs, got, ok)
		}
		some := order[:rapid.IntRange(1, n).Draw(t, "some")]
		typed = strings.Join(numbers[:len(some)], separator)
		got, ok := (&Question{Kind: Multiple, Choices: make([]Choice, n)}).ParseChoices(typed)
		if want := slices.Sorted(slices.Values(some)); !ok || !slices.Equal(got, want) {
			t.Fatalf("%q is %v, %v; want %v", typed, got, ok, want)
		}
	})
}

func upTo(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// FuzzParseChoices types anything at three choices: what is understood is
// within range, in order, each once, and one where one is asked.
func FuzzParseChoices(f *testing.F) {
	f.Add("Bruxelles", "Namur", "1, 3")
	f.Add("**24** heures", "72 heures", "c’est la 2e")
	f.Add("[x](", "]`_*", "bac 1b2a")
	f.Add("\xff\x00", "é", "e\u0301 et \u202f")
	f.Fuzz(func(t *testing.T, first, second, typed string) {
		for _, kind := range []Kind{Single, Multiple, Poll} {
			q := &Question{Kind: kind, Choices: []Choice{{Text: first, Right: true}, {Text: second}, {Text: "Liège"}}}
			got, ok := q.ParseChoices(typed)
			if ok != (len(got) > 0) || kind != Multiple && len(got) > 1 || !slices.IsSorted(got) {
				t.Fatalf("%s %q is %v, %v", kind, typed, got, ok)
			}
			for i, c := range got {
				if c < 0 || c > 2 || i > 0 && c == got[i-1] {
					t.Fatalf("%s %q is %v", kind, typed, got)
				}
			}
			if r := q.Grade(Answer{Choices: got}); r.Score < 0 || r.Score > 1 || r.Right != (r.Score == 1) || !r.Readable {
				t.Fatalf("%v is %+v", got, r)
			}
		}
		q := &Question{Items: make([]string, 3), Left: make([]string, 3)}
		if order, ok := q.ParseOrder(typed); ok && (len(order) != 3 || !EachOnce(order)) {
			t.Fatalf("order %q is %v", typed, order)
		}
		if pairs, ok := q.ParsePairs(typed); ok && (len(pairs) != 3 || slices.Min(pairs) < 0 || slices.Max(pairs) > 2) {
			t.Fatalf("pairs %q are %v", typed, pairs)
		}
	})
}

func BenchmarkParseChoices(b *testing.B) {
	q := choiceQuestion(Multiple, "Dans une note de ma messagerie", "Dans ma tête, avec un seul excellent", "Dans le gestionnaire de mon service!")
	for _, typed := range []string{"1, 3", "gestionnaire de mon service", "dans ma tete avec un seul exellent et dans le gestionnaire de mon service"} {
		b.Run(typed, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				q.ParseChoices(typed)
			}
		})
	}
}
