package main

import (
	"fmt"

	"praline/bot/report"
	"praline/scheduler"
)

// The sentence that a manager says with the first lesson.
const (
	sentenceFr = "Prenez ces minutes au calme : elles comptent comme du travail."
	sentenceNl = "Neem deze minuten in alle rust: ze tellen als werk."
)

// manager: she joins in Teams, and nothing can be seen yet.
func (s *story) manager() {
	s.els = s.comes("teams", "Els Voorbeeld", "nl")
	s.els.joins(s.code["Els Voorbeeld"])
	s.head = s.signsIn(s.els)
	m := s.head
	m.shown("home-manager-new")
	m.opens("/console/digest")
	m.shown("digest-none")
}

// sponsors: from the catalogue to a campaign that runs, on three pages.
func (s *story) sponsors() {
	m := s.head
	m.opens("/console/sponsor")
	m.shown("sponsor")
	m.opens("/console/sponsor/new?series=" + written)
	m.reads("Opbergen zonder zoeken")
	m.types("words.fr", sentenceFr)
	m.types("words.nl", sentenceNl)
	m.picks("minutes", "20")
	m.does("start", fmt.Sprintf("e.value = %q;", s.today()))
	m.shown("sponsor-form")
	m.presses("campaign.see-forecast")
	m.reads("Opbergen zonder zoeken", sentenceNl)
	m.shown("campaign-forecast")
	m.presses("campaign.do.launch")
	m.reads(m.words.Say("campaign.state.running"))
	m.shown("campaign")
	w := s.writer
	w.opens("/console/campaigns")
	w.reads("Ranger sans chercher")
	w.shown("campaigns")
	w.opens("/console/campaigns/new")
	w.shown("campaign-form")
}

// today is the day by the bot's clock.
func (s *story) today() scheduler.Date { return scheduler.DateOf(s.time.Now(), report.Zone()) }
