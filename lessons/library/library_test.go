package library_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"praline/lessons"
	"praline/lessons/library"
	"praline/records/recordstest"
)

var monday = time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)

// by is what a person does, some minutes after Monday at nine.
func by(person string, minutes int) library.Mark {
	return library.Mark{By: person, At: monday.Add(time.Duration(minutes) * time.Minute)}
}

const seriesYAML = `id: garden
version: 1.0.0
title: {fr: "Le jardin", nl: "De tuin"}
summary: {fr: "Un jardin.", nl: "Een tuin."}
licence: CC-BY-4.0
authors: [{name: "Amélie Exemple", organisation: "SPF Exemple"}]
level: starter
`

const lessonFR = `---
title: Arroser
minutes: 2
objective: Arroser au bon moment.
sources: [https://www.belgium.be/fr]
---

# Le soir

Arrosez le soir.

## ? when

Quand arrosez-vous ?

- [x] Le soir
  > Oui.
- [ ] À midi
  > L’eau s’évapore.

> Le soir, la terre boit.
`

var lessonNL = strings.NewReplacer(
	"Arroser au bon moment", "Op tijd water geven", "Arroser", "Water geven", "Le soir, la terre boit", "De grond drinkt ’s avonds", "# Le soir", "# ’s Avonds", "Arrosez le soir", "Geef ’s avonds water",
	"Quand arrosez-vous ?", "Wanneer geeft u water?", "Le soir", "’s Avonds", "Oui", "Ja", "À midi", "’s Middags", "L’eau s’évapore", "Het water verdampt", "/fr", "/nl").Replace(lessonFR)

func garden() []library.Change {
	return []library.Change{
		{Path: "series.yaml", Content: []byte(seriesYAML)},
		{Path: "01-water.fr.md", Content: []byte(lessonFR)},
		{Path: "01-water.nl.md", Content: []byte(lessonNL)},
	}
}

// written is a library with the draft "garden" of person ann.
func written(t *testing.T) *library.Library {
	t.Helper()
	l := &library.Library{Store: &recordstest.Memory{}}
	if _, err := l.Create(t.Context(), "spf", "garden", by("ann", 0), garden()...); err != nil {
		t.Fatal(err)
	}
	if _, report, err := l.Draft(t.Context(), "spf", "garden"); err != nil || !report.OK() {
		t.Fatalf("%v %+v", err, report.Faults)
	}
	return l
}

// published is a library with "garden" 1.0.0, written by ann, approved by rik.
func published(t *testing.T) *library.Library {
	t.Helper()
	l := written(t)
	reviewed(t, l, 10)
	if _, err := l.Publish(t.Context(), "spf", "garden", library.Publication{Mark: by("rik", 12)}); err != nil {
		t.Fatal(err)
	}
	return l
}

// reviewed asks for a review as ann, and approves as rik.
func reviewed(t *testing.T, l *library.Library, minutes int) {
	t.Helper()
	if err := l.AskReview(t.Context(), "spf", "garden", by("ann", minutes), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Approve(t.Context(), "spf", "garden", by("rik", minutes+1), draft(t, l).Digest()); err != nil {
		t.Fatal(err)
	}
}

func draft(t *testing.T, l *library.Library) library.Draft {
	t.Helper()
	d, err := l.Load(t.Context(), "spf", "garden")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// rewrite replaces words in a file, as somebody who has just read it.
func rewrite(t *testing.T, l *library.Library, who library.Mark, path string, replacements ...string) {
	t.Helper()
	text, err := l.Bytes(t.Context(), "spf", draft(t, l).Files[path].Digest)
	if err != nil {
		t.Fatal(err)
	}
	after := strings.NewReplacer(replacements...).Replace(string(text))
	if after == string(text) {
		t.Fatalf("%s has no %q", path, replacements)
	}
	if _, err := l.Save(t.Context(), "spf", "garden", who, library.Change{Path: path, Base: draft(t, l).Files[path].Digest, Content: []byte(after)}); err != nil {
		t.Fatal(err)
	}
}

func live(t *testing.T, l *library.Library, org string) lessons.Catalogue {
	t.Helper()
	all, err := l.Live(t.Context(), org)
	if err != nil {
		t.Fatal(err)
	}
	return lessons.NewCatalogue(all...)
}

// version is what is live of the garden, "" for nothing.
func version(t *testing.T, l *library.Library) string {
	t.Helper()
	if s := live(t, l, "spf").Series("garden"); s != nil {
		return s.Version
	}
	return ""
}

// refused says whether an error is the refusal of a code.
func refused(err error, code string) bool {
	var r library.Refusal
	return errors.As(err, &r) && r.Code == code
}

func TestFromDraftToLive(t *testing.T) {
	l := published(t)
	if got := version(t, l); got != "1.0.0" {
		t.Errorf("live: %q", got)
	}
	if all := live(t, l, "fod").All(); len(all) != 0 {
		t.Errorf("another organisation is taught %v", all)
	}
	if d := draft(t, l); d.State != library.Published || len(d.Authors) != 0 {
		t.Errorf("the draft: %+v", d)
	}
}
