package learner

import (
	"slices"
	"time"

	"praline/scheduler"
)

// Enrolled is how far a campaign of the organisation has come with a learner.
type Enrolled struct {
	Campaign string         `json:"c"`
	Since    scheduler.Date `json:"s,omitzero"`   // from when it was for them
	Told     bool           `json:"t,omitempty"`  // compulsory: they were told what is seen of it, and went on
	Begun    bool           `json:"b,omitempty"`  // they had a lesson of its series
	Week     scheduler.Date `json:"w,omitzero"`   // Monday of the week of Lessons
	Lessons  int            `json:"n,omitempty"`  // new lessons in that week
	Reminded int            `json:"r,omitempty"`  // reminders written
	Last     scheduler.Date `json:"l,omitzero"`   // of them
	Done     time.Time      `json:"d,omitzero"`   // compulsory: taught the last lesson
	Reported bool           `json:"ok,omitempty"` // and the organisation knows
}

// keptCampaigns is how many campaigns are remembered; those that the
// organisation must still be told of are never forgotten.
const keptCampaigns = 8

// Enrolled returns how far a campaign is, nil for one that never was for them.
// It is valid until the next Enrol.
func (l *Learner) Enrolled(campaign string) *Enrolled {
	if i := slices.IndexFunc(l.Campaigns, func(e Enrolled) bool { return e.Campaign == campaign }); i >= 0 {
		return &l.Campaigns[i]
	}
	return nil
}

// Enrol notes that a campaign is for the learner from a day on; false where it
// was already.
func (l *Learner) Enrol(campaign string, since scheduler.Date) bool {
	if l.Enrolled(campaign) != nil {
		return false
	}
	l.Campaigns = append(l.Campaigns, Enrolled{Campaign: campaign, Since: since})
	for i := 0; len(l.Campaigns) > keptCampaigns && i < len(l.Campaigns)-1; {
		if l.Campaigns[i].Owed() {
			i++
			continue
		}
		l.Campaigns = slices.Delete(l.Campaigns, i, i+1)
	}
	return true
}

// Owed says that the organisation is still to be told that the learner is done.
func (e Enrolled) Owed() bool { return !e.Done.IsZero() && !e.Reported }

// Owes says so of any campaign.
func (l *Learner) Owes() bool { return slices.ContainsFunc(l.Campaigns, Enrolled.Owed) }

// foldCampaigns takes over what n had of campaigns, where both are of one
// organisation.
func (l *Learner) foldCampaigns(n Learner) {
	for _, e := range n.Campaigns {
		mine := l.Enrolled(e.Campaign)
		if mine == nil {
			l.Campaigns = append(l.Campaigns, e)
			continue
		}
		mine.Told, mine.Begun = mine.Told || e.Told, mine.Begun || e.Begun
		if e.Week == mine.Week {
			mine.Lessons += e.Lessons
		}
		mine.Reminded = max(mine.Reminded, e.Reminded)
		if mine.Done = earliest(mine.Done, e.Done); e.Reported {
			mine.Reported = true
		}
	}
}
