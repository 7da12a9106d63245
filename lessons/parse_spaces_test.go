package lessons

import (
	"testing"
	"testing/fstest"
)

func TestBound(t *testing.T) {
	for _, row := range []struct{ label, typed, want string }{
		{"question", "Que faites-vous ?", "Que faites-vous\u202f?"},
		{"colon in bold", "**Demain :** cherchez.", "**Demain\u00a0:** cherchez."},
		{"quotes", "Il dit « oui » ; vite !", "Il dit «\u00a0oui\u00a0»\u202f; vite\u202f!"},
		{"per cent", "45 % des réponses", "45\u202f% des réponses"},
		{"after an address", "`rh.test` ; `a : b` ?", "`rh.test`\u202f; `a : b`\u202f?"},
		{"bound already", "Vrai\u00a0?", "Vrai\u00a0?"},
		{"an address", "[ici](https://example.be/?a=b)", "[ici](https://example.be/?a=b)"},
	} {
		if got := bound(row.typed); got != row.want {
			t.Errorf("%s: %q, want %q", row.label, got, row.want)
		}
	}
}

func TestFrenchIsBoundAndDutchIsNot(t *testing.T) {
	page := "---\ntitle: \"Vrai ?\"\nminutes: 2\nobjective: Voir.\nsources:\n  - https://www.belgium.be\n---\n\n# Ah ?\n\nUn texte : long.\n\n## ? which\n\nLequel ?\n\n- [x] Un « a »\n  > Oui !\n- [ ] Deux ?\n  > Non.\n\n> Un ; fin.\n\n## ? word\n\nUn mot ?\n\n= oui ?\n\n> Voilà.\n"
	s, report := Read(fstest.MapFS{
		"series.yaml": {Data: []byte("id: s\nversion: 1.0.0\ntitle: {fr: \"Quoi ?\", nl: \"Wat ?\"}\nsummary: {fr: \"Ceci : cela.\", nl: \"Dit.\"}\nlicence: CC-BY-4.0\nauthors: [{name: A}]\nlevel: starter\n")},
		"01-a.fr.md":  {Data: []byte(page)},
		"01-a.nl.md":  {Data: []byte(page)},
	})
	if len(report.Faults) > 0 {
		t.Fatal(report.Faults)
	}
	french, dutch := s.Lessons[0].Twins["fr"], s.Lessons[0].Twins["nl"]
	q := french.Questions[0]
	for _, row := range []struct{ label, got, want string }{
		{"series title", s.Title["fr"], "Quoi\u202f?"},
		{"series summary", s.Summary["fr"], "Ceci\u00a0: cela."},
		{"lesson title", french.Title, "Vrai\u202f?"},
		{"screen title", french.Screens[0].Title, "Ah\u202f?"},
		{"screen", french.Screens[0].Text, "Un texte\u00a0: long."},
		{"question", q.Text, "Lequel\u202f?"},
		{"choice", q.Choices[0].Text, "Un «\u00a0a\u00a0»"},
		{"feedback", q.Choices[0].Feedback, "Oui\u202f!"},
		{"explanation", q.Explanation, "Un\u202f; fin."},
		{"accepted answer", french.Questions[1].Accepted[0], "oui ?"},
		{"Dutch title of the series", s.Title["nl"], "Wat ?"},
		{"Dutch question", dutch.Questions[0].Text, "Lequel ?"},
	} {
		if row.got != row.want {
			t.Errorf("%s: %q, want %q", row.label, row.got, row.want)
		}
	}
}
