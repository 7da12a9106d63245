package console

import (
	"strings"

	"praline/bot/people"
)

// navItem is a line of the menu.
type navItem struct {
	Path, Label string
	Here        bool // this page, or one below it
	Exactly     bool // this page
	Waits       int  // how many wait there; 0 for none
	WaitsWords  string
}

// menu is what the navigation offers to whom: in the order of the work.
var menu = []struct {
	path, words string
	action      people.Action
}{
	{"/console", "console.nav-home", ""},
	{"/console/series", "library.nav-write", people.WriteSeries},
	{"/console/exchange", "exchange.nav", people.WriteSeries},
	{"/console/review", "library.nav-review", people.ReviewSeries},
	{"/console/campaigns", "campaign.nav", people.ScheduleCampaigns},
	{"/console/sponsor", "campaign.nav-sponsor", people.SponsorCampaigns},
	{"/console/compulsory", "campaign.nav-compulsory", people.SeeCompletions},
	{"/console/questions", "questions.nav", people.SeeQuestions},
	{"/console/digest", "digest.nav", people.SeeTeams},
	{answersPath, "answers.nav", people.AnswerLearners},
	{"/console/surveys", "surveys.nav", people.RunSurveys},
	{"/console/people", "people.nav", people.ManagePeople},
	{"/console/organisation", "people.organisation", people.ManageOrganisation},
}

// below are pages that lie under a line of the menu, and not under its path.
var below = [][2]string{
	{"/console/teams", "/console/people"},
	{"/console/import", "/console/people"},
	{"/console/invitations", "/console/people"},
	{"/console/audit", "/console/organisation"},
	{"/console/needs", "/console/surveys"},
	{"/console/guide", "/console/series"},
}

// nav is the menu of a visitor. Of the lines that a page lies under, the
// longest is where it is.
func (v *visit) nav() []navItem {
	if v.Actor == nil {
		return nil
	}
	var all []navItem
	here, place := -1, v.path
	for _, line := range below {
		if strings.HasPrefix(v.path, line[0]) {
			place = line[1] + "/"
		}
	}
	for _, m := range menu {
		if m.action != "" && !v.May(m.action) {
			continue
		}
		under := m.path == place || m.path != "/console" && strings.HasPrefix(place, m.path+"/")
		if under && (here < 0 || len(m.path) > len(all[here].Path)) {
			here = len(all)
		}
		item := navItem{Path: m.path, Label: v.W.Say(m.words), Exactly: m.path == v.path}
		if m.path == answersPath {
			if item.Waits = v.unanswered(); item.Waits > 0 {
				item.WaitsWords = v.W.Count("answers.wait-n", item.Waits)
			}
		}
		all = append(all, item)
	}
	if here >= 0 {
		all[here].Here = true
	}
	return all
}
