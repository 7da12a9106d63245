package main

import (
	"fmt"
	"strings"

	"praline/pages/browsertest"
)

// reviewer: he joins in Slack, reads what was written, and asks for a change at
// a line.
func (s *story) reviewer() {
	s.bert = s.comes("slack", "Bert Voorbeeld", "nl")
	s.bert.joins(s.code["Bert Voorbeeld"])
	s.reader = s.signsIn(s.bert)
	r := s.reader
	r.reads(r.words.Say("library.todo-review", "title", "Opbergen zonder zoeken"))
	r.shown("home-reviewer")
	r.opens("/console/review")
	r.shown("reviews")
	r.pressesWords("Opbergen zonder zoeken")
	r.finds("library.impact-first")
	r.shown("review")
	r.commentsOn(dutch, s.lineOf("nl", "**Morgen:**"), "Zeg ook waar: in het dossier van de zaak.")
	r.types("note", "Eén zin is te kort, zie mijn opmerking.")
	r.presses("library.ask-changes")
	r.finds("library.changes-asked")
	r.shown("review-changes")
}

// lineOf is the number of the line of the lesson that begins so.
func (s *story) lineOf(lang, begins string) int {
	for i, line := range strings.Split(s.lesson(lang), "\n") {
		if strings.HasPrefix(line, begins) {
			return i + 1
		}
	}
	s.t.Fatalf("no line of the lesson in %s begins with %q", lang, begins)
	return 0
}

// commentsOn opens the form under a line, and says something there.
func (d *desk) commentsOn(file string, line int, text string) {
	d.s.t.Helper()
	d.opens(browsertest.Value[string](d.Page, fmt.Sprintf(`((a) => a.pathname + a.search)(document.querySelector("#l-%s-%d .say a"))`, strings.ReplaceAll(file, ".", "-"), line)))
	d.types("comment", text)
	d.presses("library.comment-save")
	d.reads(d.words.Say("library.commented"), text)
}

// mends: the trainer does what was asked in both languages, answers, and asks
// again. Her own approval does not publish.
func (s *story) mends() {
	w := s.writer
	w.opens("/console")
	w.reads(w.words.Say("library.todo-changes", "title", "Ranger sans chercher"))
	w.shown("home-trainer")
	w.presses("library.todo-changes-do")
	w.reads("Zeg ook waar")
	w.opens("/console/series/" + written + "/side/" + strings.TrimSuffix(french, ".fr.md"))
	w.types("text-fr", s.mended("fr"))
	w.types("text-nl", s.mended("nl"))
	w.presses("library.save-both")
	w.opens("/console/review/" + written)
	w.does(w.replyField(), `e.value = "C’est fait, dans les deux langues."`)
	w.presses("library.reply-save")
	w.finds("library.commented")
	w.presses("library.solve")
	w.finds("library.solved")
	w.opens("/console/series/" + written)
	w.types("note", "La phrase de demain dit où.")
	w.presses("library.ask")
	w.finds("library.asked")

	w.opens("/console/review/" + written) // she may review, but not her own
	w.finds("library.own-work")
	w.presses("library.approve")
	w.finds("library.approved-only")
	w.shown("review-own")
}

func (d *desk) replyField() string {
	return browsertest.Value[string](d.Page, `document.querySelector('textarea[name^="reply-"]').name`)
}

// mended is the lesson after the review.
func (s *story) mended(lang string) string {
	return strings.NewReplacer(
		"**Demain :** rangez le premier document que vous recevez.", "**Demain :** rangez le premier document que vous recevez dans le dossier de son affaire.",
		"**Morgen:** berg het eerste document dat u krijgt meteen op.", "**Morgen:** berg het eerste document dat u krijgt meteen op in het dossier van zijn zaak.",
	).Replace(s.lesson(lang))
}

// publishes: the reviewer has seen both languages, approves, and it is live.
func (s *story) publishes() {
	r := s.reader
	r.opens("/console/review/" + written)
	r.reads("C’est fait, dans les deux langues.", "in het dossier van zijn zaak")
	r.presses("library.read-nl")
	r.finds("library.read-noted")
	r.presses("library.read-fr")
	r.presses("library.publish")
	r.reads(r.words.Say("library.published", "version", "1.0.0"), r.words.Say("library.version-live", "version", "1.0.0"))
	r.shown("review-published")
	w := s.writer
	w.opens("/console/series/" + written)
	w.reads(w.words.Say("library.live", "version", "1.0.0"))
}
