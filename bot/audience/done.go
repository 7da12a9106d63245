package audience

import (
	"slices"
	"strings"
	"time"

	"praline/bot/people"
	"praline/scheduler/campaign"
)

// Done is "done" or "not yet" of one person, for compulsory training: all that
// anybody but them ever sees of them.
type Done struct {
	Person string    `json:"person"`
	Name   string    `json:"name"`
	Team   string    `json:"team,omitempty"`
	At     time.Time `json:"done,omitzero"` // zero: not yet
}

// WhoIsDone is the audience of a compulsory campaign, as far as an actor may
// see it: all, for who may declare what is compulsory, else the teams that they
// manage; by name. Of a campaign that is not compulsory, or that was not
// launched, it is nobody.
func WhoIsDone(one campaign.Campaign, roster []people.Person, completions []campaign.Completion, actor people.Actor) []Done {
	if !Listed(one) || !actor.May(people.SeeCompletions) {
		return nil
	}
	at := make(map[string]time.Time, len(completions))
	for _, c := range completions {
		at[c.Person] = c.At
	}
	wanted := one.Audience
	wanted.Level = "" // known only to the learner
	var all []Done
	for _, p := range roster {
		seen := actor.May(people.DeclareCompulsory) || slices.Contains(actor.Teams, p.Team)
		if seen && p.Left.IsZero() && wanted.Has(Facts(p, "")) {
			all = append(all, Done{p.ID, p.Name, p.Team, at[p.ID]})
		}
	}
	keys := make(map[string]string, len(all))
	for _, done := range all {
		keys[done.Person] = people.SortKey(done.Name)
	}
	slices.SortStableFunc(all, func(a, b Done) int { return strings.Compare(keys[a.Person], keys[b.Person]) })
	return all
}

// Listed says whether a campaign has a list of who is done: a compulsory one
// that was launched.
func Listed(one campaign.Campaign) bool { return one.Compulsory && !one.Launched.IsZero() }
