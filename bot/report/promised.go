package report

import (
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// PromisedBy is the protected minutes a week that sponsors of running campaigns
// promise, by team: what they promise for several campaigns is added.
func PromisedBy(campaigns []campaign.Campaign, on scheduler.Date) map[string]int {
	minutes := make(map[string]int)
	for _, c := range campaigns {
		if !c.Running(on) {
			continue
		}
		of := make(map[string]int) // of one campaign the most generous counts
		for _, s := range c.Sponsors {
			for _, team := range s.Teams {
				of[team] = max(of[team], s.Minutes)
			}
		}
		for team, n := range of {
			minutes[team] += n
		}
	}
	return minutes
}
