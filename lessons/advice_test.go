package lessons

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"praline/locales"
)

// adviceOn is the advice on a twin with one screen and these questions.
func adviceOn(lang, screen string, questions ...*Question) []Finding {
	for i, q := range questions {
		q.ID, q.Line = fmt.Sprint("q", i), 20+10*i
	}
	twin := &Twin{File: "01-x." + lang + ".md", Lang: lang, Screens: []Screen{{Line: 9, Text: screen}}, Questions: questions}
	return advise(&Series{Languages: []string{lang}, Lessons: []*Lesson{{ID: "x", Twins: map[string]*Twin{lang: twin}}}})
}

// asked is a question with feedback everywhere; "!" marks the right choice.
func asked(text string, choices ...string) *Question {
	q := choiceQuestion(Single, choices...)
	q.Text = text
	for i := range q.Choices {
		q.Choices[i].Line = 100 + i
		if feedback, ok := strings.CutSuffix(q.Choices[i].Text, " (rien)"); ok {
			q.Choices[i].Text = feedback
			continue
		}
		q.Choices[i].Feedback = "Une raison."
	}
	return q
}

func many(n int, q func() *Question) []*Question {
	var all []*Question
	for range n {
		all = append(all, q())
	}
	return all
}

func TestAdvice(t *testing.T) {
	second := func() *Question { return asked("Que faites-vous ?", "Un", "Deux!", "Trois") }
	for _, row := range []struct {
		label, lang, screen string
		questions           []*Question
		want                string // "line code", space-separated pairs joined by ", "
	}{
		{"the right one is much longer", "fr", "", []*Question{asked("Que faire ?", "Je réponds tout de suite", "J’appelle la personne au numéro que je connais!", "Je transfère")}, "101 right-longest"},
		{"the right one is a little longer", "fr", "", []*Question{asked("Que faire ?", "Je réponds tout de suite", "J’appelle la personne moi-même!")}, ""},
		{"short words give nothing away", "fr", "", []*Question{asked("Est-ce permis ?", "Oui", "Non, jamais!")}, ""},
		{"a wrong one is the longest", "nl", "", []*Question{asked("Wat doet u?", "Bellen!", "Ik antwoord meteen aan wie mij dit stuurde")}, ""},
		{"marks do not lengthen", "fr", "", []*Question{asked("Où ?", "Vers `exemple.be`", "Vers [exemple.test](https://exemple.test/tres/long/chemin)!")}, ""},

		{"three times the second", "fr", "", many(3, second), "20 right-same-place"},
		{"twice the second", "fr", "", many(2, second), ""},
		{"places that change", "fr", "", append(many(2, second), asked("Qui ?", "A!", "B")), ""},
		{"a series that is nearly always the second", "fr", "", append(many(7, second), asked("Qui ?", "A!", "B")), "0 right-mostly-same-place"},
		{"a series that is often the second", "fr", "", append(many(5, second), many(3, func() *Question { return asked("Qui ?", "A!", "B") })...), ""},

		{"all of the above", "fr", "", []*Question{asked("Que faire ?", "Signaler le message au service", "Refuser", "Toutes les réponses ci-dessus!")}, "102 all-of-the-above"},
		{"none of these", "fr", "", []*Question{asked("Que faire ?", "Signaler!", "Refuser", "Aucune de ces réponses")}, "102 all-of-the-above"},
		{"alle bovenstaande", "nl", "", []*Question{asked("Wat doet u?", "Het bericht melden aan ICT", "Weigeren", "Alle bovenstaande antwoorden!")}, "102 all-of-the-above"},
		{"geen van deze antwoorden", "nl", "", []*Question{asked("Wat doet u?", "Melden!", "Weigeren", "Geen van deze antwoorden")}, "102 all-of-the-above"},
		{"a and b", "nl", "", []*Question{asked("Wat doet u?", "Melden", "Weigeren", "A en B!")}, "102 all-of-the-above"},
		{"all of something else", "fr", "", []*Question{asked("Qui prévenir ?", "Toutes les réponses de l’enquête", "Alle collega’s!")}, ""},

		{"which is not", "fr", "", []*Question{asked("Lequel de ces messages n’est **PAS** suspect ?", "A!", "B")}, "20 negative-question"},
		{"what must one never", "fr", "", []*Question{asked("Voici un cas. Que ne faut-il jamais partager ?", "A!", "B")}, "20 negative-question"},
		{"in which case not", "fr", "", []*Question{asked("Dans quel cas ne répondez-vous pas ?", "A!", "B")}, "20 negative-question"},
		{"not in an if", "fr", "", []*Question{asked("Que faites-vous si vous n’êtes pas certain ?", "A!", "B")}, ""},
		{"not in the case", "fr", "", []*Question{asked("Vous n’attendiez pas ce message. Que faites-vous ?", "A!", "B")}, ""},
		{"only is not not", "fr", "", []*Question{asked("Quel message ne demande que de l’attention ?", "A!", "B")}, ""},
		{"why not", "fr", "", []*Question{asked("Pourquoi ne faut-il pas répondre ?", "A!", "B")}, ""},
		{"welke niet", "nl", "", []*Question{asked("Welke van deze berichten is niet verdacht?", "A!", "B")}, "20 negative-question"},
		{"wat nooit", "nl", "", []*Question{asked("Wat deelt u nooit met een chatbot?", "A!", "B")}, "20 negative-question"},
		{"waar niet", "nl", "", []*Question{asked("Waar klikt u NIET op?", "A!", "B")}, "20 negative-question"},
		{"waar is ook true", "nl", "", []*Question{asked("Is het waar dat u niet moet antwoorden?", "A!", "B")}, ""},
		{"niet in een bijzin", "nl", "", []*Question{asked("Wat doet u als u niet zeker bent?", "A!", "B")}, ""},
		{"niet in een bijzin met die", "nl", "", []*Question{asked("Welke link die u niet kent, opent u?", "A!", "B")}, ""},

		{"two question marks", "fr", "", []*Question{asked("Qui écrit ? Que veut-il ?", "A!", "B")}, "20 two-ideas"},
		{"and why", "fr", "", []*Question{asked("Que faites-vous et pourquoi ?", "A!", "B")}, "20 two-ideas"},
		{"en waarom", "nl", "", []*Question{asked("Wat doet u en waarom?", "A!", "B")}, "20 two-ideas"},
		{"a quoted question", "fr", "", []*Question{asked("On vous écrit « Êtes-vous là ? » par SMS. Que faites-vous ?", "A!", "B")}, ""},
		{"een vraag tussen aanhalingstekens", "nl", "", []*Question{asked("Uw collega’s vragen ‘Bent u er?’. Wat doet u?", "A!", "B")}, ""},
		{"a case with and", "fr", "", []*Question{asked("Une collègue et un inconnu écrivent. Qui est fiable et connu ?", "A!", "B")}, ""},

		{"feedback missing", "fr", "", []*Question{asked("Que faire ?", "A!", "B (rien)")}, "101 feedback-missing"},
		{"feedback missing under the right one", "fr", "", []*Question{asked("Que faire ?", "B", "A (rien)!")}, ""},

		{"a screen over 900 characters", "fr", strings.Repeat("Neuf mots ne disent pas plus que neuf mots. ", 21), nil, "9 screen-long"},
		{"a screen under 900 characters", "fr", strings.Repeat("Neuf mots ne disent pas plus que neuf mots. ", 20), nil, ""},
		{"a long sentence", "fr", strings.Repeat("mot ", 26) + ".", nil, "9 sentence-long"},
		{"a sentence of 25 words", "fr", strings.Repeat("mot ", 25) + ".", nil, ""},
		{"two sentences", "fr", strings.Repeat("mot ", 15) + "fin. Et " + strings.Repeat("mot ", 15), nil, ""},
		{"items of a list", "nl", "Kijk:\n\n- " + strings.Repeat("woord ", 15) + "\n- " + strings.Repeat("woord ", 15), nil, ""},
		{"a short form does not end it", "fr", strings.Repeat("mot ", 20) + "p. ex. " + strings.Repeat("mot ", 5), nil, "9 sentence-long"},
		{"nor does one that is not in the list", "fr", strings.Repeat("mot ", 20) + "env. " + strings.Repeat("mot ", 6), nil, "9 sentence-long"},
		{"a name in small letters begins one", "nl", strings.Repeat("woord ", 15) + "einde. itsme " + strings.Repeat("woord ", 15), nil, ""},
		{"a quotation ends it", "fr", "Il dit : « " + strings.Repeat("mot ", 15) + "fin. » " + "Puis " + strings.Repeat("mot ", 15), nil, ""},
		{"a long sentence in the feedback", "fr", "", []*Question{{Kind: Poll, Text: "Qui ?", Choices: []Choice{{Line: 33, Text: "A", Feedback: strings.Repeat("mot ", 26)}}}}, "33 sentence-long"},

		{"an abbreviation", "fr", "Le DPO vous aide.", nil, "9 abbreviation"},
		{"once is enough", "fr", "Le DPO vous aide. Écrivez au DPO.", nil, "9 abbreviation"},
		{"explained in brackets", "fr", "Le DPO (délégué à la protection des données) vous aide.", nil, ""},
		{"in brackets after its meaning", "nl", "De Gegevensbeschermingsautoriteit (GBA) helpt u.", nil, ""},
		{"in brackets with something else", "nl", "De verordening (AVG, in het Engels GDPR) geldt.", nil, ""},
		{"c'est-à-dire", "fr", "Le NIP, c’est-à-dire le code secret, reste chez vous.", nil, ""},
		{"dat is", "nl", "De DPO, dat is de functionaris, helpt u.", nil, ""},
		{"initials in the lesson", "fr", "Le traitement automatique des langues progresse. Le TAL aide.", nil, ""},
		{"everybody knows", "fr", "Un SMS, un code QR et un PDF du SPF.", nil, ""},
		{"in code", "fr", "Le domaine `ABCD` est faux.", nil, ""},
		{"a shout", "fr", "NE JAMAIS répondre.", nil, ""},
		{"a Roman numeral", "fr", "Sous Philippe IV.", nil, ""},

		{"jargon", "fr", "Un ransomware bloque vos fichiers.", nil, "9 jargon"},
		{"jargon introduced", "fr", "Un **ransomware** bloque vos fichiers. Le ransomware exige de l’argent.", nil, ""},
		{"jargon explained", "nl", "Gijzelsoftware (ransomware) blokkeert uw bestanden.", nil, ""},
		{"jargon quoted", "nl", "Schrijf ‘om’ in plaats van ‘teneinde’.", nil, ""},
	} {
		var got []string
		for _, f := range adviceOn(row.lang, row.screen, row.questions...) {
			got = append(got, fmt.Sprint(f.Line, " ", f.Code))
			if wantFile := "01-x." + row.lang + ".md"; f.File != wantFile && f.Line > 0 {
				t.Errorf("%s: in %s", row.label, f.File)
			}
		}
		if s := strings.Join(got, ", "); s != row.want {
			t.Errorf("%s: %q, want %q", row.label, s, row.want)
		}
	}
}

func TestAdviceOnTwins(t *testing.T) {
	advise2 := func(fr, nl int) []Finding {
		sentence := "Quelques mots de texte. "
		twin := func(lang string, n int) *Twin {
			return &Twin{File: "01-x." + lang + ".md", Lang: lang, Screens: []Screen{{Line: 9, Text: strings.Repeat(sentence, n/len(sentence))}}}
		}
		return advise(&Series{Languages: []string{"fr", "nl"}, Lessons: []*Lesson{{Twins: map[string]*Twin{"fr": twin("fr", fr), "nl": twin("nl", nl)}}}})
	}
	for _, row := range []struct {
		label  string
		fr, nl int
		want   string // file that is told
	}{
		{"Dutch much shorter", 600, 300, "01-x.nl.md"},
		{"French much shorter", 300, 600, "01-x.fr.md"},
		{"a third longer", 600, 450, ""},
		{"both short", 240, 50, ""},
	} {
		got := advise2(row.fr, row.nl)
		if row.want == "" && len(got) > 0 || row.want != "" && (len(got) != 1 || got[0].File != row.want || got[0].Code != "languages-length" || got[0].Line != 9) {
			t.Errorf("%s: %v", row.label, got)
		}
	}
}

// TestAdviceOnBrokenSeries gives what a faulty folder may leave.
func TestAdviceOnBrokenSeries(t *testing.T) {
	advise(&Series{})
	advise(&Series{Languages: []string{"fr", "nl"}, Lessons: []*Lesson{{}, {Twins: map[string]*Twin{"de": {Lang: "de", Questions: []*Question{nil, {Kind: Single}}}}}}})
	adviceOn("xx", "\xff « ‘ `", &Question{Kind: Single, Text: "? ?"})
}

// TestShippedSeriesAreAnExample holds what ships to its own advice.
func TestShippedSeriesAreAnExample(t *testing.T) {
	for _, name := range []string{"phishing", "personal-data", "plain-writing", "ai-at-work"} {
		_, report := Read(os.DirFS("../series/" + name))
		for _, f := range report.Advice {
			t.Errorf("%s/%s:%d: %s", name, f.File, f.Line, fmt.Sprint(f.Args))
		}
	}
}

// TestAdviceIsExplained holds that each code has its words in the languages of
// the checker, filled, and its place in both guides.
func TestAdviceIsExplained(t *testing.T) {
	findings := []Finding{{Code: "languages-length", Args: []any{"characters", 1, "other", "x", "others", 1}}}
	for _, row := range []struct {
		screen    string
		questions []*Question
	}{
		{strings.Repeat("Le DPO du ransomware "+strings.Repeat("mot ", 26)+". ", 9), nil},
		{"", append(many(9, func() *Question { return asked("Que faire et pourquoi ?", "A (rien)", "B et un long texte!", "A et B") }), asked("Que ne faut-il pas faire ?", "A!"))},
		{"", many(3, func() *Question { return asked("Qui ?", "A!", "B") })},
	} {
		findings = append(findings, adviceOn("fr", row.screen, row.questions...)...)
	}
	codes := map[string]bool{}
	for _, f := range findings {
		if codes[f.Code] {
			continue
		}
		codes[f.Code] = true
		for _, lang := range []string{"fr", "nl", "en"} {
			for _, id := range []string{"advice." + f.Code, "advice." + f.Code + ".why"} {
				said, french := locales.For(lang).Say(id, f.Args...), locales.For("fr").Say(id, f.Args...)
				if said == id || lang != "fr" && said == french || strings.Contains(said, "<no value>") {
					t.Errorf("%s in %s: %q", id, lang, said)
				}
			}
		}
		for _, lang := range []string{"fr", "nl"} {
			guide, err := os.ReadFile("../docs/trainers/advice." + lang + ".md")
			if err != nil || strings.Count(string(guide), `<a id="`+f.Code+`"></a>`) != 1 {
				t.Errorf("advice.%s.md does not explain %s (%v)", lang, f.Code, err)
			}
		}
	}
	if len(codes) != 12 {
		t.Errorf("%d codes: %v", len(codes), codes)
	}
}

// FuzzSentences cuts anything: no word is lost, none is doubled, and advice on
// it never panics.
func FuzzSentences(f *testing.F) {
	f.Add("Il dit : « Oui ! » Puis… p. ex. le DPO.\n\n- un\n- itsme? 2.5 « ")
	f.Add("‘a’b’ `x. Y` **Z**. \xff é")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "\n\r\v\f\u0085\u2028\u2029") {
			sentences(text)
		} else if got, want := strings.Fields(strings.Join(sentences(text), " ")), strings.Fields(plain(text)); len(got) < len(want) || strings.Join(got, "") != strings.Join(want, "") {
			t.Fatalf("%q is cut as %q", text, got)
		}
		adviceOn("fr", text, asked(text, text+"!", "B"))
		adviceOn("nl", text, asked(text, text+"!", "B"))
	})
}
