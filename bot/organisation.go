package bot

import (
	"praline/bot/people"
	"praline/lessons"
	"praline/scheduler/campaign"
)

// Organisation is what a learner's organisation decides for them, at one
// moment. Deciding reads it and changes nothing of it.
type Organisation struct {
	people.Organisation
	Person    people.Person
	Catalogue lessons.Catalogue   // what they can be taught
	Policy    Policy              // of this organisation
	Campaigns []campaign.Campaign // that are for this learner now, the one to be taught first before the others
}
