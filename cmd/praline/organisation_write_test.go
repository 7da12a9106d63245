package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"praline/pages/browsertest"
)

// The series that the trainer writes: its id, and the files of its one lesson.
const (
	written = "ranger-sans-chercher"
	french  = "01-ranger-un-document.fr.md"
	dutch   = "01-ranger-un-document.nl.md"
)

// lesson is what the trainer writes, in a language. The key of its second
// question is wrong, as happens: nobody has seen it yet.
func (s *story) lesson(lang string) string {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "organisation", "lesson."+lang+".md"))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// eightCharacters is a code as the bot says it, for another device.
var eightCharacters = regexp.MustCompile(`\*\*([A-Z0-9]{4} [A-Z0-9]{4})\*\*`)

// signsIn says "console" in the app, and types the code into a browser.
func (s *story) signsIn(c *colleague) *desk {
	s.t.Helper()
	c.asks("command.console")
	found := eightCharacters.FindStringSubmatch(c.last().Text)
	if found == nil {
		s.t.Fatalf("%s: there is no code in %q", c.name, c.last().Text)
	}
	d := s.sits(c.words.Lang)
	d.enters(found[1])
	return d
}

// trainer: she joins by her code and signs in with eight characters.
func (s *story) trainer() {
	s.amelie = s.comes("telegram", "Amélie Exemple", "fr")
	s.amelie.joins(s.code["Amélie Exemple"])
	s.writer = s.signsIn(s.amelie)
	s.writer.reads("Amélie Exemple")
	s.writer.shown("home-trainer-new")
	for name, path := range map[string]string{
		"guide-advice": "/console/guide/advice", "guide-write": "/console/guide/write-a-lesson", "exchange": "/console/exchange", "campaigns-none": "/console/campaigns",
		"questions-none": "/console/questions", "surveys-none": "/console/surveys", "survey-new": "/console/surveys/new", "needs-none": "/console/needs", "answers-none": "/console/answers",
	} {
		s.writer.opens(path)
		s.writer.shown(name)
	}
}

// writes: a series from a template, with a fault that is shown at its line, and
// a piece of advice; then as it should be, in two languages beside each other.
func (s *story) writes() {
	w := s.writer
	w.opens("/console/series")
	w.shown("series-none")
	w.presses("library.new")
	w.shown("series-new")
	for name, text := range map[string]string{
		"title-fr": "Ranger sans chercher", "title-nl": "Opbergen zonder zoeken",
		"summary-fr": "Où va un document, et pour combien de temps.", "summary-nl": "Waar een document hoort, en hoelang.",
		"lesson-fr": "Ranger un document", "lesson-nl": "Een document opbergen",
	} {
		w.types(name, text)
	}
	w.presses("library.begin")
	w.finds("library.created")

	w.opens("/console/series/" + written + "/edit?file=" + french)
	faulty := strings.NewReplacer("minutes: 2", "minutes: deux", "  > Vous seul la retrouvez là, et seulement tant que vous êtes là.\n", "").Replace(s.lesson("fr"))
	w.types("text", faulty)
	live := `document.querySelector("#live").innerText`
	w.Wait(live + `.includes("deux")`) // while it is typed
	w.reads(w.words.Say("library.fault-at", "line", 3), w.words.Say("check.minutes-range", "minutes", "deux"))
	w.types("text", strings.Replace(faulty, "minutes: deux", "minutes: 2", 1))
	w.Wait(`!` + live + `.includes("« deux »")`)
	w.reads(w.words.Say("library.advice-at", "line", 24), w.words.Say("advice.feedback-missing.why"))
	w.presses("library.save")
	w.finds("library.saved")
	w.shown("editor")
	for _, app := range []string{"Telegram", "Slack", "Teams"} {
		w.reads(app)
	}

	w.opens("/console/series/" + written + "/side/" + strings.TrimSuffix(french, ".fr.md"))
	w.types("text-fr", s.lesson("fr"))
	w.types("text-nl", s.lesson("nl"))
	w.presses("library.save-both")
	w.finds("library.saved")
	w.shown("side")
	w.opens("/console/series/" + written)
	w.finds("library.no-faults")
	w.shown("series-draft")
	w.opens("/console/series/" + written + "/past?file=" + french)
	w.finds("library.restore")
	w.shown("past")
	w.opens("/console/series")
	w.shown("series")
}

// tries it in her own chat, and asks for a review.
func (s *story) tries() {
	w := s.writer
	w.opens("/console/series/" + written)
	w.presses("library.try")
	w.finds("library.trying")
	s.passes(s.time.Now())
	s.amelie.hears("Ranger sans chercher")
	s.amelie.presses("catalogue.try-" + written)
	s.amelie.asks("command.lesson")
	s.amelie.hears("Lundi, neuf heures")
	w.types("note", "Première version, à relire dans les deux langues.")
	w.presses("library.ask")
	w.finds("library.asked")
	if path := browsertest.Value[string](w.Page, `location.pathname`); path != "/console/series/"+written {
		s.t.Errorf("after asking for a review the trainer is at %s", path)
	}
}
