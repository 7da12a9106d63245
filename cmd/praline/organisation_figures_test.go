package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"

	"praline/bot/recognition"
	"praline/bot/report"
	"praline/pages/browsertest"
)

// figures: the manager reads Monday's digest in her chat and on the page; groups
// of too few people are withheld, and what would give them away.
func (s *story) figures() {
	s.passes(s.today().At(9*60, report.Zone()).Add(time.Second)) // first the push of nine o'clock
	if s.els.begins() {
		s.els.learns()
	}
	s.passes(s.time.Now().Add(45 * time.Minute)) // one thing at a time
	s.els.waits()
	s.els.hearsAmong(2, strings.TrimSpace(firstLine(s.els.words.Say("digest.title", "week", ""))))
	m := s.head
	m.opens("/console/digest")
	m.reads(m.words.Say("digest.few"), m.words.Say("digest.foot"))
	m.shown("digest")
	m.opens("/console/digest/how")
	m.shown("digest-how")
	m.opens("/console")
	m.shown("home-manager")
}

func firstLine(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}

// badQuestion: the trainer sees that the third choice is taken instead of the
// right one, and mends the key; the question starts anew.
func (s *story) badQuestion() {
	w := s.writer
	w.opens("/console/questions")
	w.finds("questions.advice.wrong-key")
	w.shown("questions")
	w.opens("/console/questions/" + written + "/ranger-duree")
	w.finds("questions.advice.wrong-key")
	w.shown("question")

	w.opens("/console/series/" + written + "/side/" + strings.TrimSuffix(french, ".fr.md"))
	w.types("text-fr", s.keyed("fr"))
	w.types("text-nl", s.keyed("nl"))
	w.presses("library.save-both")
	w.opens("/console/series/" + written)
	w.types("note", "La bonne réponse était mal marquée.")
	w.presses("library.ask")
	w.finds("library.asked")
	r := s.reader
	r.opens("/console/review/" + written)
	r.reads(r.words.Count("library.impact-anew", 1, "names", "ranger-duree"))
	r.shown("review-second")
	r.presses("library.publish")
	r.finds("library.is-live")
	r.reads(r.words.Say("library.back"))
}

// keyed is the lesson with the right answer to its second question.
func (s *story) keyed(lang string) string {
	return strings.NewReplacer(
		"- [x] Le supprimer", "- [ ] Le supprimer", "- [ ] Le laisser", "- [x] Le laisser",
		"- [x] Het meteen", "- [ ] Het meteen", "- [ ] Het laten staan", "- [x] Het laten staan",
	).Replace(s.mended(lang))
}

// badge: in the week after, somebody knows it all, and shows it.
func (s *story) badge() {
	first := s.today()
	for n := range 5 {
		if n > 0 {
			s.time.to(first.AddDays(n).At(8*60+55, report.Zone()))
		}
		s.lives(first.AddDays(n))
	}
	lina := s.who["Lina"]
	lina.asks("command.badges")
	lina.hears("Ranger sans chercher")
	lina.presses("badge.file.")
	lina.waits()
	var file []byte
	for _, seen := range lina.Sees() {
		for _, data := range seen.Files {
			file = data
		}
	}
	path := filepath.Join(s.folder, "badge.svg")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		s.t.Fatal(err)
	}
	var found recognition.Verified
	if err := json.Unmarshal(s.command.run("badge", "verify", "--json", path), &found); err != nil {
		s.t.Fatal(err)
	}
	if found.Title != "Ranger sans chercher" || found.Organisation != "SPF Exemple" {
		s.t.Errorf("the badge is of %q, given by %q", found.Title, found.Organisation)
	}
	d := s.sits("fr")
	d.Go(s.address + "/b/" + found.ID)
	d.Wait(`document.readyState == "complete"`)
	if text := browsertest.Value[string](d.Page, `document.body.innerText`); !strings.Contains(text, "Ce badge est vrai") {
		s.t.Errorf("the page of %s says %q", found.ID, text)
	}
}

// after: what the month leaves behind: the trainer's year, and an audit log
// that nobody changed.
func (s *story) after() {
	w := s.writer
	w.opens("/console")
	w.shown("home-trainer-busy")
	w.opens("/console/year")
	w.shown("year")
	s.rachida.opens("/console")
	s.rachida.shown("home-administrator")
	s.rachida.opens("/console/sessions")
	s.rachida.shown("sessions")
	if said := string(s.command.run("audit", "verify")); !strings.Contains(said, "line") {
		s.t.Errorf("praline audit verify says %q", said)
	}
}
