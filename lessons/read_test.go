package lessons_test

import (
	"os"
	"testing"

	"praline/lessons"
)

// TestShippedSeries reads what ships: without a fault, in both languages.
func TestShippedSeries(t *testing.T) {
	for _, name := range []string{"phishing", "personal-data", "plain-writing", "ai-at-work"} {
		s, report := lessons.Read(os.DirFS("../series/" + name))
		for _, f := range report.Faults {
			t.Errorf("%s/%s:%d: %s %v", name, f.File, f.Line, f.Code, f.Args)
		}
		if s == nil || s.ID != name || len(s.Lessons) != 10 || len(s.Languages) != 2 {
			t.Fatalf("%s: %+v", name, s)
		}
		for _, l := range s.Lessons {
			for _, lang := range s.Languages {
				if len(l.Twins[lang].Screens) < 2 || len(l.Twins[lang].Questions) < 2 {
					t.Errorf("%s has %d screens and %d questions", l.Twins[lang].File, len(l.Twins[lang].Screens), len(l.Twins[lang].Questions))
				}
			}
		}
	}
}
