package recognition

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"praline/lessons"
	"praline/scheduler"
)

func learned(lang string) Learning {
	return Learning{
		Series: &lessons.Series{
			ID: "phishing", Version: "1.2.0", Title: lessons.Text{"fr": "Hameçonnage et mots de passe", "nl": "Phishing en wachtwoorden"},
			Authors: []lessons.Person{{Name: "Amélie Exemple"}, {Name: "Bram Voorbeeld"}}, Reviewers: []lessons.Person{{Name: "Lieve Voorbeeld"}},
			Competences: []string{"4.1", "4.2"},
		},
		Lang: lang, Lessons: 8, Taught: 8, Questions: 16, Known: 14, DaysSince: 19, Minutes: 46,
		From: scheduler.Date{Year: 2026, Month: 9, Day: 7}, To: scheduler.Date{Year: 2026, Month: 10, Day: 16},
	}
}

func given(l Learning) Badge {
	return Badge{ID: "7k3fq9zt", Organisation: "SPF Exemple – FOD Voorbeeld", Series: "phishing", Version: "1.2.0", Titles: l.Series.Title, Competences: l.Series.Competences, Known: l.Known, Questions: l.Questions, Lessons: l.Lessons, At: day0}
}

func TestCertificate(t *testing.T) {
	for _, lang := range []string{"fr", "nl"} {
		l := learned(lang)
		for label, name := range map[string]string{"a name": "Nora Voorbeeld", "a name that fonts do not have": "Zoë 🎉 Ångström-Łukasz", "a long name": strings.Repeat("Marie-Antoinette ", 6), "no name": ""} {
			file, err := issuing().Certificate(given(l), l, name, day0)
			if err != nil {
				t.Fatalf("%s: %v", label, err)
			}
			for _, want := range []string{"/MarkInfo <</Marked true>>", "/StructTreeRoot", "/S /H1", "/S /Figure", "/Lang", "DisplayDocTitle"} {
				if !bytes.Contains(file, []byte(want)) {
					t.Errorf("%s: %s: no %s", lang, label, want)
				}
			}
			if len(file) > 100_000 {
				t.Errorf("%s: %d bytes", lang, len(file))
			}
		}
		if folder := os.Getenv("PRALINE_LOOK"); folder != "" {
			file, _ := issuing().Certificate(given(l), l, "Nora Voorbeeld", day0)
			_ = os.WriteFile(folder+"/certificate."+lang+".pdf", file, 0o600)
		}
	}
}
