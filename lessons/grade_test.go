package lessons

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestGradeText(t *testing.T) {
	for _, row := range []struct {
		label, accepted, typed string
		right                  bool
		understood             string
	}{
		{"exactly", "Bruxelles", "Bruxelles", true, "Bruxelles"},
		{"case", "Bruxelles", "  BRUXELLES ", true, "Bruxelles"},
		{"one letter missing", "Bruxelles|Bruxelles-Capitale", "bruxeles", true, "Bruxelles"},
		{"one letter too many", "Bruxelles", "bruxxelles", true, "Bruxelles"},
		{"another letter", "Bruxelles", "bruxellez", true, "Bruxelles"},
		{"two neighbours swapped", "Bruxelles", "burxelles", true, "Bruxelles"},
		{"two typos", "Bruxelles", "brxeles", false, "brxeles"},
		{"two letters swapped over a third", "Bruxelles", "burelxles", false, "burelxles"},
		{"a second form", "Bruxelles|Bruxelles-Capitale", "bruxelles capitale", true, "Bruxelles-Capitale"},
		{"four letters need all of them", "Gand", "Gant", false, "Gant"},
		{"five letters forgive one", "Liège", "liego", true, "Liège"},
		{"accents", "hameçonnage", "hameconnage", true, "hameçonnage"},
		{"decomposed accents", "hameçonnage", "hamec\u0327onnage", true, "hameçonnage"},
		{"decomposed in the file", "hamec\u0327onnage", "hameçonnage", true, "hamec\u0327onnage"},
		{"ligature", "cœur", "coeur", true, "cœur"},
		{"trema", "geïnformeerd", "geinformeerd", true, "geïnformeerd"},
		{"French article", "hallucination", "une hallucination", true, "hallucination"},
		{"elided article", "arnaque", "l’arnaque", true, "arnaque"},
		{"elided article, straight", "arnaque", "l'arnaque", true, "arnaque"},
		{"partitive", "expéditeur", "de l'expéditeur", true, "expéditeur"},
		{"article in the file", "une hallucination", "hallucination", true, "une hallucination"},
		{"Dutch article", "domein", "het domein", true, "domein"},
		{"Dutch article, clipped", "domein", "’t domein", true, "domein"},
		{"opening", "hallucination", "C’est une hallucination.", true, "hallucination"},
		{"Dutch opening", "domein", "Het is het domein", true, "domein"},
		{"punctuation", "Bruxelles", "« Bruxelles » !", true, "Bruxelles"},
		{"hyphens", "mot de passe", "mot-de-passe", true, "mot de passe"},
		{"an article alone is an answer", "de", "de", true, "de"},
		{"another article is another answer", "de", "het", false, "het"},
		{"article and typo", "phishing", "le phising", true, "phishing"},
		{"another number", "article 25", "article 26", false, "article 26"},
		{"a digit more", "article 25", "article 255", false, "article 255"},
		{"a digit less", "article 25", "article 2", false, "article 2"},
		{"a typo beside the number", "article 25", "artcle 25", true, "article 25"},
		{"numbers cut elsewhere", "codes 12 3", "codes 1 23", false, "codes 1 23"},
		{"another decimal", "2,5 jours", "25 jours", false, "25 jours"},
		{"decimal point", "2,5 jours", "2.5 jours", true, "2,5 jours"},
		{"another sign", "-18 degrés", "18 degrés", false, "18 degrés"},
		{"thousands", "12 000 euros", "12.000 euros", true, "12 000 euros"},
		{"another number in words", "six jours", "dix jours", false, "dix jours"},
		{"a typo in a number word", "trois jours", "troi jours", true, "trois jours"},
		{"nothing of it", "Bruxelles", "Namur", false, "Namur"},
		{"signs only", "?!", "?!", true, "?!"},
	} {
		q := &Question{Kind: Short, Accepted: strings.Split(row.accepted, "|")}
		got := q.Grade(Answer{Text: row.typed})
		if got.Right != row.right || got.Understood != row.understood || !got.Readable {
			t.Errorf("%s: %q for %q is %+v", row.label, row.typed, row.accepted, got)
		}
	}
	for _, blank := range []string{"", "  ", "\n"} {
		if got := (&Question{Kind: Gap, Accepted: []string{"x"}}).Grade(Answer{Text: blank}); got != (Result{}) {
			t.Errorf("blank %q is %+v", blank, got)
		}
	}
	long := (&Question{Kind: Gap, Accepted: []string{"x"}}).Grade(Answer{Text: strings.Repeat("né ", 2000)})
	if n := utf8.RuneCountInString(long.Understood); n != saidBack+1 {
		t.Errorf("a long answer is said back in %d characters", n)
	}
}

func TestGradeNumber(t *testing.T) {
	for _, row := range []struct {
		label            string
		value, tolerance float64
		typed            string
		right            bool
		understood       string
	}{
		{"exactly", 42, 0, "42", true, "42"},
		{"within", 42, 2, "44", true, "44"},
		{"beyond", 42, 2, "45", false, "45"},
		{"French unit", 42, 0, "42 jours", true, "42"},
		{"unit at once", 42, 0, "42j", true, "42"},
		{"currency", 250, 0, "€ 250", true, "250"},
		{"currency behind", 250, 0, "250€", true, "250"},
		{"Dutch unit", 72, 0, "72 uur", true, "72"},
		{"words around", 72, 0, "binnen de 72 uur.", true, "72"},
		{"decimal comma", 2.5, 0, "2,5", true, "2,5"},
		{"decimal point", 2.5, 0, "2.5", true, "2,5"},
		{"decimal without a zero", 0.5, 0, ",5", true, "0,5"},
		{"binary fractions", 0.3, 0.1, "0,2", true, "0,2"},
		{"Dutch thousands and decimals", 1234.5, 0, "1.234,5", true, "1234,5"},
		{"French thousands and decimals", 1234.5, 0, "1 234,5", true, "1234,5"},
		{"narrow space", 1234.5, 0, "1\u202f234,5", true, "1234,5"},
		{"no-break space", 1234567, 0, "1\u00a0234\u00a0567", true, "1234567"},
		{"apostrophe", 1234567, 0, "1’234’567", true, "1234567"},
		{"English", 1234.5, 0, "1,234.5", true, "1234,5"},
		{"millions with points", 1234567, 0, "1.234.567", true, "1234567"},
		{"one point and three digits: thousands", 1234, 0, "1.234", true, "1234"},
		{"one point and three digits: decimals where they fit", 1.234, 0, "1.234", true, "1,234"},
		{"one point and three digits: said back as thousands", 5, 0, "1.234", false, "1234"},
		{"one comma and three digits: decimals", 5, 0, "1,234", false, "1,234"},
		{"one comma and three digits: English thousands where they fit", 1234, 0, "1,234", true, "1234"},
		{"nought point", 0.125, 0, "0.125", true, "0,125"},
		{"nought point is never thousands", 125, 0, "0.125", false, "0,125"},
		{"negative", -5, 0, "-5", true, "-5"},
		{"typographic minus", -5, 0, "−5 °C", true, "-5"},
		{"minus apart", -5, 0, "- 5", true, "-5"},
		{"minus before a currency", -5, 0, "-€5", true, "-5"},
		{"minus in words", -5, 0, "moins 5", true, "-5"},
		{"min is minus", -5, 0, "min 5 graden", true, "-5"},
		{"min is minimum", 5, 0, "min 5 tekens", true, "5"},
		{"moins de is not minus", 5, 0, "moins de 5", true, "5"},
		{"the sign counts", 5, 0, "-5", false, "-5"},
		{"scale", 2.5e6, 0, "2,5 millions", true, "2500000"},
		{"Dutch scale", 2.5e6, 0, "2,5 miljoen euro", true, "2500000"},
		{"k", 5000, 0, "5k€", true, "5000"},
		{"a digit in the unit", 42, 0, "42 m2", true, "42"},
		{"superscript in the unit", 42, 0, "42 m²", true, "42"},
		{"currency code", 250, 0, "EUR250", true, "250"},
		{"French word", 3, 0, "trois", true, "3"},
		{"Dutch word", 2, 0, "twee", true, "2"},
		{"Belgian seventy", 72, 0, "septante-deux heures", true, "72"},
		{"France's seventy", 72, 0, "soixante-douze heures", true, "72"},
		{"ninety-seven", 97, 0, "quatre-vingt-dix-sept", true, "97"},
		{"Dutch forty-two", 42, 0, "tweeënveertig", true, "42"},
		{"article and word", 3, 0, "un délai de trois jours", true, "3"},
		{"one", 1, 0, "één", true, "1"},
		{"one day", 1, 0, "un jour", true, "1"},
		{"two thousand", 2000, 0, "deux mille", true, "2000"},
		{"two hundred thousand", 200000, 0, "deux cents mille", true, "200000"},
		{"minus in words only", -3, 0, "moins trois", true, "-3"},
		{"the same twice", 72, 0, "72 (72 uur)", true, "72"},
		{"as it is stored", 1e15, 0, "1000000000000000", true, "1000000000000000"},
	} {
		q := &Question{Kind: Number, Value: row.value, Tolerance: row.tolerance}
		got := q.Grade(Answer{Text: row.typed})
		if got.Right != row.right || got.Understood != row.understood || !got.Readable {
			t.Errorf("%s: %q for %g ± %g is %+v", row.label, row.typed, row.value, row.tolerance, got)
		}
	}
	for _, typed := range []string{"", "beaucoup", "1.2.3", "10 à 20", "10-20", "8h30", "24/11/2026", "1e5", "½", "trois ou quatre", strings.Repeat("9", 400), "-", ","} {
		if got := (&Question{Kind: Number, Value: 3}).Grade(Answer{Text: typed}); got != (Result{}) {
			t.Errorf("%q is no number, and is %+v", typed, got)
		}
	}
}

func choiceQuestion(kind Kind, choices ...string) *Question {
	q := &Question{Kind: kind}
	for _, c := range choices {
		text, right := strings.CutSuffix(c, "!")
		q.Choices = append(q.Choices, Choice{Text: text, Right: right})
	}
	return q
}

func TestGradeParts(t *testing.T) {
	single := choiceQuestion(Single, "a", "b!", "c")
	several := choiceQuestion(Multiple, "a!", "b!", "c", "d!", "e")
	order := &Question{Kind: Order, Items: []string{"a", "b", "c", "d", "e"}}
	pairs := &Question{Kind: Pairs, Left: []string{"a", "b", "c", "d"}, Right: []string{"1", "2", "1", "4"}}
	poll := choiceQuestion(Poll, "a", "b")
	for _, row := range []struct {
		label  string
		q      *Question
		answer Answer
		score  float64
	}{
		{"single right", single, Answer{Choices: []int{1}}, 1},
		{"single wrong", single, Answer{Choices: []int{0}}, 0},
		{"single, two chosen", single, Answer{Choices: []int{0, 1}}, 0},
		{"single, none", single, Answer{}, 0},
		{"single, out of range", single, Answer{Choices: []int{9}}, 0},
		{"multiple, all right", several, Answer{Choices: []int{3, 0, 1}}, 1},
		{"multiple, two of three", several, Answer{Choices: []int{0, 1}}, 2.0 / 3},
		{"multiple, one wrong too many", several, Answer{Choices: []int{0, 1, 3, 4}}, 2.0 / 3},
		{"multiple, everything", several, Answer{Choices: []int{0, 1, 2, 3, 4}}, 1.0 / 3},
		{"multiple, only wrong ones", several, Answer{Choices: []int{2, 4}}, 0},
		{"multiple, one twice", several, Answer{Choices: []int{0, 0, 0}}, 1.0 / 3},
		{"multiple, out of range", several, Answer{Choices: []int{0, 1, 3, -1}}, 2.0 / 3},
		{"order right", order, Answer{Order: []int{0, 1, 2, 3, 4}}, 1},
		{"order, first one last", order, Answer{Order: []int{1, 2, 3, 4, 0}}, 0.75},
		{"order reversed", order, Answer{Order: []int{4, 3, 2, 1, 0}}, 0},
		{"order, one twice", order, Answer{Order: []int{0, 1, 2, 3, 3}}, 0},
		{"order, one missing", order, Answer{Order: []int{0, 1, 2, 3}}, 0},
		{"pairs right", pairs, Answer{Pairs: []int{0, 1, 2, 3}}, 1},
		{"pairs, equal words", pairs, Answer{Pairs: []int{2, 1, 0, 3}}, 1},
		{"pairs, two swapped", pairs, Answer{Pairs: []int{1, 0, 2, 3}}, 0.5},
		{"pairs, one missing", pairs, Answer{Pairs: []int{0, 1, 2}}, 0},
		{"pairs, out of range", pairs, Answer{Pairs: []int{0, 1, 2, 9}}, 0.75},
		{"poll", poll, Answer{Choices: []int{1}}, 0},
	} {
		want := Result{Right: row.score == 1, Score: row.score, Readable: true}
		if got := row.q.Grade(row.answer); got != want {
			t.Errorf("%s: %+v, want %+v", row.label, got, want)
		}
	}
}

// TestNumbersInEveryDress writes a number as people do, and reads it again.
func TestNumbersInEveryDress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.IntRange(0, 99_999_999).Draw(t, "whole")
		tenths := rapid.IntRange(0, 99).Draw(t, "hundredths")
		dress := rapid.SampledFrom([][2]string{{"", ","}, {"", "."}, {".", ","}, {" ", ","}, {"\u202f", ","}, {"'", ","}, {"’", "."}, {",", "."}}).Draw(t, "dress")
		around := rapid.SampledFrom([]string{"%s", "%s jours", "€ %s", "%s%%", "environ %s euros.", "(%s)", " %s uur "}).Draw(t, "around")
		sign := rapid.SampledFrom([]string{"", "-", "−"}).Draw(t, "sign")
		value := float64(whole) + float64(tenths)/100
		typed := grouped(whole, dress[0])
		if tenths > 0 {
			typed += dress[1] + fmt.Sprintf("%02d", tenths)
		}
		if sign != "" {
			value = -value
		}
		q := &Question{Kind: Number, Value: value}
		if got := q.Grade(Answer{Text: fmt.Sprintf(around, sign+typed)}); !got.Right {
			t.Fatalf("%q for %g is %+v", fmt.Sprintf(around, sign+typed), value, got)
		}
	})
}

func grouped(n int, separator string) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + separator + s[i:]
	}
	return s
}

// TestNumberNeverForgiven changes one digit of an answer.
func TestNumberNeverForgiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9999).Draw(t, "n")
		other := rapid.IntRange(0, 9999).Filter(func(m int) bool { return m != n }).Draw(t, "other")
		form := rapid.SampledFrom([]string{"article %d", "%d jours ouvrables", "de wet van %d", "niveau %d bis"}).Draw(t, "form")
		q := &Question{Kind: Short, Accepted: []string{fmt.Sprintf(form, n)}}
		if got := q.Grade(Answer{Text: fmt.Sprintf(form, other)}); got.Right {
			t.Fatalf("%d passes for %d in %q", other, n, form)
		}
	})
}

func TestFingerprint(t *testing.T) {
	fr := choiceQuestion(Single, "Oui!", "Non", "Peut-être")
	nl := choiceQuestion(Single, "Ja!", "Nee", "Misschien")
	moved := choiceQuestion(Single, "Non", "Oui!", "Peut-être")
	several := choiceQuestion(Multiple, "Oui!", "Non", "Peut-être")
	if fr.Fingerprint() != nl.Fingerprint() {
		t.Error("twins differ")
	}
	if fr.Fingerprint() == moved.Fingerprint() || fr.Fingerprint() == several.Fingerprint() {
		t.Error("another right answer has the same fingerprint")
	}
	short := func(words ...string) *Question { return &Question{Kind: Short, Accepted: words} }
	if short("domaine").Fingerprint() != short("domein", "het domein").Fingerprint() {
		t.Error("the words of a short answer may differ by language")
	}
	number := func(v, tolerance float64) *Question { return &Question{Kind: Number, Value: v, Tolerance: tolerance} }
	if number(42, 2).Fingerprint() == number(42, 0).Fingerprint() || number(42, 2).Fingerprint() == number(43, 2).Fingerprint() {
		t.Error("another number has the same fingerprint")
	}
	if got := fr.Fingerprint(); len(got) != 6 {
		t.Errorf("fingerprint %q is not short", got)
	}
}

// FuzzGrade types anything at anything: never a panic, a score within bounds,
// right only with a whole score, and the right answer typed exactly is right.
func FuzzGrade(f *testing.F) {
	f.Add("Bruxelles", "bruxeles", 1234.5)
	f.Add("l’article 25", "article 26", -0.1)
	f.Add("é", "e\u0301", 1e300)
	f.Add("1.234,5", "- 1’234.5 €", 1234.5)
	f.Add("\x00\xff", "½ m² 1e5", 0.0)
	f.Add("quatre-vingt-dix-sept", "min vijfennegentig duizend", 97.0)
	f.Fuzz(func(t *testing.T, accepted, typed string, value float64) {
		questions := []*Question{
			{Kind: Short, Accepted: []string{accepted, "other"}},
			{Kind: Gap, Accepted: []string{accepted}},
			{Kind: Number, Value: value, Tolerance: 0.5},
		}
		for _, q := range questions {
			for _, text := range []string{typed, accepted} {
				got := q.Grade(Answer{Text: text})
				if got.Score < 0 || got.Score > 1 || got.Right != (got.Score == 1) || got.Right && !got.Readable {
					t.Fatalf("%q for %q is %+v", text, accepted, got)
				}
				if utf8.RuneCountInString(got.Understood) > saidBack+1 && q.Kind != Number {
					t.Fatalf("said back at length: %q", got.Understood)
				}
			}
			if q.Kind != Number && strings.TrimSpace(accepted) != "" && len(accepted) <= longestAnswer && !q.Grade(Answer{Text: accepted}).Right {
				t.Fatalf("%q typed exactly is not right", accepted)
			}
		}
	})
}

func BenchmarkGrade(b *testing.B) {
	short := &Question{Kind: Short, Accepted: []string{"hallucination", "hallucinations", "une hallucination"}}
	number := &Question{Kind: Number, Value: 1234.5}
	several := choiceQuestion(Multiple, "a!", "b!", "c", "d!", "e")
	for _, row := range []struct {
		label string
		q     *Question
		a     Answer
	}{
		{"short", short, Answer{Text: "une halucination"}},
		{"short accented", short, Answer{Text: "Hallucïnatiøn’s"}},
		{"short, the longest that is read", short, Answer{Text: strings.Repeat("hélas ", longestAnswer/7)}},
		{"short, a pasted letter", short, Answer{Text: strings.Repeat("hélas ", 667)}},
		{"number", number, Answer{Text: "€ 1.234,50"}},
		{"number in words", number, Answer{Text: "septante-deux heures"}},
		{"multiple", several, Answer{Choices: []int{0, 1, 4}}},
	} {
		b.Run(row.label, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				row.q.Grade(row.a)
			}
		})
	}
}
