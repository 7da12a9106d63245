package lessons

// Advice is what could be better in a series that is not wrong. It is careful:
// a trainer who is told something untrue stops reading. Each code is explained,
// with an example, in docs/trainers/advice.fr.md and .nl.md under an anchor of
// its name; locales has what is said ("advice.<code>") and why
// ("advice.<code>.why").
//
// Each function below looks at one thing, and each file at one kind of thing:
// advice_choices.go at choices, advice_questions.go at what is asked,
// advice_words.go and advice_abbreviations.go at what is read.

// advise returns all advice on a series, which may have faults.
func advise(s *Series) []Finding {
	a := &advice{}
	for _, lang := range s.Languages {
		seen := wordSet{}
		for _, l := range s.Lessons {
			if twin := l.Twins[lang]; twin != nil {
				a.file = twin.File
				a.twin(twin, seen)
			}
		}
	}
	for _, l := range s.Lessons {
		a.languagesLength(l, s.Languages)
	}
	a.rightPlaces(s)
	return a.findings
}

// advice is one run of advise.
type advice struct {
	file     string // that is being read
	findings []Finding
}

// say notes advice. Arguments are name, value, name, value, …
func (a *advice) say(line int, code string, arguments ...any) {
	a.findings = append(a.findings, Finding{File: a.file, Line: line, Code: code, Args: arguments})
}

// twin reads one language of a lesson, top to bottom. seen are the words that
// earlier lessons explained or were told of.
func (a *advice) twin(t *Twin, seen wordSet) {
	a.abbreviations(t, seen)
	a.jargon(t, seen)
	for _, s := range t.Screens {
		a.screenLong(s)
		a.sentencesLong(s.Line, s.Text)
	}
	for _, q := range t.Questions {
		if q == nil {
			continue
		}
		a.negativeQuestion(q, t.Lang)
		a.twoIdeas(q, t.Lang)
		a.rightLongest(q)
		a.sentencesLong(q.Line, q.Text)
		for _, c := range q.Choices {
			a.allOfTheAbove(c)
			a.feedbackMissing(q, c)
			a.sentencesLong(c.Line, c.Feedback)
		}
		a.sentencesLong(q.Line, q.Explanation)
	}
}
