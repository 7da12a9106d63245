package library_test

import (
	"strings"
	"testing"

	"praline/lessons/library"
	"praline/records/recordstest"
)

// What a trainer begins from has no fault, and nothing that the checker would
// advise to do better, whatever the titles are.
func TestTemplatesAreGoodLessons(t *testing.T) {
	for _, title := range []string{"Arroser", `Deux « mots » : "oui" & <non> #1`, "- [x] {{gap}}"} {
		l := &library.Library{Store: &recordstest.Memory{}}
		titles := map[string]string{"fr": title, "nl": title}
		files := []library.Change{library.Beginning{
			ID: "mine", Title: titles, Summary: titles, Licence: "CC-BY-4.0", Level: "starter", Author: title, Organisation: "SPF Exemple",
		}.File()}
		for i, template := range library.Templates {
			lesson, err := library.FromTemplate(template, i+1, "lesson-"+template, titles)
			if err != nil || len(lesson) != 2 {
				t.Fatalf("%s: %v %v", template, lesson, err)
			}
			files = append(files, lesson...)
		}
		d, err := l.Create(t.Context(), "spf", "mine", by("ann", 0), files...)
		if err != nil {
			t.Fatal(err)
		}
		s, report, err := l.Draft(t.Context(), "spf", "mine")
		if err != nil || len(report.Faults)+len(report.Advice) > 0 {
			t.Errorf("%s: %v\n%+v\n%+v", title, err, report.Faults, report.Advice)
		}
		if plain := strings.NewReplacer("\u00a0", " ", "\u202f", " "); plain.Replace(s.Title["fr"]) != title || s.Lessons[0].Twins["nl"].Title != title || s.Authors[0].Name != title {
			t.Errorf("%q became %q, %q, %q", title, s.Title["fr"], s.Lessons[0].Twins["nl"].Title, s.Authors[0].Name)
		}
		if d.NextNumber() != 4 {
			t.Errorf("the next lesson has number %d", d.NextNumber())
		}
	}
}

func TestFromTemplateRefuses(t *testing.T) {
	if _, err := library.FromTemplate("../series", 1, "x", nil); !refused(err, "no-template") {
		t.Error(err)
	}
	if _, err := library.FromTemplate("reflex", 1, "../x", nil); !refused(err, "id-form") {
		t.Error(err)
	}
}
